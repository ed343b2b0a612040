import { defineUnchecked } from "../support/catalogs";
import { account, adopted, key, messages, plan } from "./support/accounts";

describe("ids come from names", () => {
  test.each<[string, string]>([
    ["joe-black", "joe-black"],
    ["acme.inc", "acme.inc"],
    ["zoe@example.com", "zoe@example.com"],
    ["José / Black", "jose-black"],
    ["  Ünïcödé & Søn  ", "unicode-s-n"],
    ["株式会社", "key-k1"],
    ["constructor", "key-k1"],
    ["", "key-k1"],
  ])("a key called %j is the subscription %j", (name, id) => {
    expect(Object.keys(adopted(account([plan("p1", "gold")], [key("k1", name)])).subscriptions)).toEqual([id]);
  });

  test.each<[string, string]>([
    ["gold", "gold"],
    ["Gold Plan", "gold-plan"],
    ["100 per day", "tier-100-per-day"],
    ["★", "tier-p1"],
  ])("a plan called %j is the tier %j", (name, id) => {
    expect(Object.keys(adopted(account([plan("p1", name)], [])).tiers)).toEqual([id]);
  });

  test("of those that share a name the oldest has it alone, in whatever order AWS lists them", () => {
    const keys = [key("k3", "Joe"), key("k1", "Joe"), key("k2", "joe"), key("k4", "JOE / 2"), key("k5", "joe-2")];
    const once = adopted(account([plan("p1", "gold")], keys));
    const again = adopted(account([plan("p1", "gold")], [...keys].reverse()));
    const ids = (adoption: typeof once) =>
      Object.entries(adoption.imports.subscriptions ?? {}).map(([id, { apiKeyId }]) => [apiKeyId, id]);
    expect(ids(once)).toEqual([
      ["k1", "Joe"],
      ["k2", "joe"],
      ["k3", "Joe-2"],
      ["k4", "joe-2"],
      ["k5", "joe-2-2"],
    ]);
    expect(ids(again)).toEqual(ids(once));
  });
});

test("a plan and a key become what a person would write, with everything that AWS has of them", () => {
  const gold = plan("p1", "Gold Plan", {
    description: "All of it",
    productCode: "prod-1",
    quota: { limit: 1_000, period: "WEEK", offset: 2 },
    stages: ["prod", "test"].map((stage) => ({
      apiId: "api1",
      stage,
      methodThrottles: { "/pets/GET": { rateLimit: 1.5, burstLimit: 2 }, "//GET": { rateLimit: 1, burstLimit: 1 } },
    })),
    tags: { team: "a", "aws:cloudformation:stack-name": "x", "managed-by": "someone" },
  });
  const joe = key("k1", "Joe Black", {
    description: "Joe, Inc.",
    enabled: false,
    customerId: "c-1",
    tags: { region: "eu" },
  });
  const { apis, tiers, subscriptions, imports, findings } = adopted(account([gold], [joe]));
  expect({ apis, tiers, subscriptions }).toEqual({
    apis: { "pet-store": { restApiId: "api1", stages: { prod: {}, test: {} } } },
    tiers: {
      "gold-plan": {
        displayName: "Gold Plan",
        description: "All of it",
        access: { "pet-store": ["prod", "test"] },
        throttle: { rateLimit: 10, burstLimit: 20 },
        quota: { limit: 1_000, period: "WEEK", offset: 2 },
        methodThrottle: {
          "pet-store": { "GET /": { rateLimit: 1, burstLimit: 1 }, "GET /pets": { rateLimit: 1.5, burstLimit: 2 } },
        },
        productCode: "prod-1",
        tags: { team: "a" },
      },
    },
    subscriptions: {
      "joe-black": {
        tier: "gold-plan",
        keyName: "Joe Black",
        customer: "Joe, Inc.",
        enabled: false,
        marketplaceCustomerId: "c-1",
        tags: { region: "eu" },
      },
    },
  });
  expect(imports).toEqual({
    apis: {},
    domainNames: {},
    tiers: { "gold-plan": { usagePlanId: "p1" } },
    subscriptions: { "joe-black": { apiKeyId: "k1", usagePlanId: "p1" } },
  });
  expect(findings).toEqual([]);
  expect(defineUnchecked({ apis, tiers, subscriptions }).findings.map(({ severity }) => severity)).not.toContain(
    "error",
  );
});

describe("what the catalog does not support stays as it is in AWS, and is listed", () => {
  test.each<[string, Parameters<typeof plan>[2], string[], RegExp]>([
    [
      "a burst without a rate",
      { throttle: { burstLimit: 5 } },
      ["throttle_settings"],
      /blocks every request; throttle_settings stays/,
    ],
    [
      "a quota of 0",
      { quota: { limit: 0, period: "DAY" } },
      ["quota_settings"],
      /has a quota that the catalog does not take/,
    ],
    [
      "a throttle of all methods",
      { stages: [{ apiId: "api1", stage: "prod", methodThrottles: { "*/*": { rateLimit: 1, burstLimit: 1 } } }] },
      ["api_stages"],
      /throttles methods in a way that the catalog does not support, on stage prod of "pet-store"/,
    ],
    [
      "another throttle on each stage",
      {
        stages: [
          { apiId: "api1", stage: "prod", methodThrottles: { "/a/GET": { rateLimit: 1, burstLimit: 1 } } },
          { apiId: "api1", stage: "test", methodThrottles: {} },
        ],
      },
      ["api_stages"],
      /throttles methods of "pet-store" on one stage otherwise than on another/,
    ],
    [
      "an API that is gone",
      { stages: [{ apiId: "gone", stage: "prod", methodThrottles: {} }] },
      ["api_stages"],
      /the API gone, which is no longer there/,
    ],
    ["tags that are refused", { tags: { "a*b": "c" } }, ["tags"], /has tags that the catalog does not take/],
  ])("%s", (_, parts, keep, message) => {
    const adoption = adopted(account([plan("p1", "gold", parts)], []));
    expect(adoption.imports.tiers?.gold?.keep).toEqual(keep);
    expect(messages(adoption)).toEqual([expect.stringMatching(message)]);
    const { apis, tiers } = adoption;
    expect(() => defineUnchecked({ apis, tiers })).not.toThrow();
  });

  test("a key without a name keeps none", () => {
    const adoption = adopted(account([plan("p1", "gold")], [key("k1", "")]));
    expect(adoption.imports.subscriptions?.["key-k1"]?.keep).toEqual(["name"]);
    expect(messages(adoption)).toEqual([expect.stringMatching(/has no name, and Terraform wants one; name stays/)]);
  });
});

describe("keys in no plan or in several", () => {
  const plans = [
    plan("p1", "gold"),
    plan("p2", "trial", { stages: [{ apiId: "api1", stage: "test", methodThrottles: {} }] }),
    plan("p3", "silver"),
  ];

  test("a key in no plan is left alone, and listed", () => {
    const adoption = adopted(account(plans, [key("k1", "joe")], { k1: [] }));
    expect(adoption.subscriptions).toEqual({});
    expect(messages(adoption)).toEqual([
      'key "joe" (k1): is in no usage plan, so it opens nothing and is left alone; put it in a plan, or delete it',
    ]);
  });

  test("a key in two plans has an additional tier, under the name of that tier", () => {
    const adoption = adopted(account(plans, [key("k1", "joe")], { k1: ["p2", "p1"] }));
    expect(adoption.subscriptions.joe).toEqual({ tier: "gold", additionalTiers: { trial: "trial" } });
    expect(adoption.imports.subscriptions?.joe).toEqual({
      apiKeyId: "k1",
      usagePlanId: "p1",
      additionalUsagePlanIds: { trial: "p2" },
    });
  });

  test("a key in two plans of one stage, which AWS takes no longer, is in one, and that is listed", () => {
    const adoption = adopted(account(plans, [key("k1", "joe")], { k1: ["p1", "p3"] }));
    expect(adoption.subscriptions.joe).toEqual({ tier: "gold" });
    expect(messages(adoption)).toEqual([
      expect.stringMatching(/is in plan "silver" for the stage api1\/prod, which another/),
    ]);
  });
});

describe("a part of an account is chosen", () => {
  const read = {
    ...account(
      [
        plan("p1", "gold", { tags: { team: "a" } }),
        plan("p2", "toys", { stages: [{ apiId: "api2", stage: "live", methodThrottles: {} }] }),
      ],
      [key("k1", "joe"), key("k2", "zoe", { tags: { team: "a" } }), key("k3", "bob")],
      { k1: ["p1"], k2: ["p2"], k3: ["p2", "p1"] },
    ),
    apis: [
      { id: "api1", name: "Pet Store", createdAt: 1, stages: ["prod"] },
      { id: "api2", name: "Toys", createdAt: 2, stages: ["live"] },
    ],
  };
  test.each<[string, Parameters<typeof adopted>[1], string[], string[], string[]]>([
    ["all of it, if nothing is said", {}, ["Toys", "pet-store"], ["gold", "toys"], ["bob", "joe", "zoe"]],
    ["by the name of an API", { apis: ["Toys"] }, ["Toys"], ["toys"], ["bob", "zoe"]],
    ["by the id of an API", { apis: ["api1"] }, ["pet-store"], ["gold"], ["bob", "joe"]],
    ["by the name of a plan", { plans: ["gold"] }, ["pet-store"], ["gold"], ["bob", "joe"]],
    [
      "by a tag of plans or of keys",
      { tags: { team: "a" } },
      ["Toys", "pet-store"],
      ["gold", "toys"],
      ["bob", "joe", "zoe"],
    ],
    ["by a plan and a tag", { plans: ["toys"], tags: { team: "a" } }, ["Toys"], ["toys"], ["zoe"]],
  ])("%s", (_, selection, apis, tiers, subscriptions) => {
    const adoption = adopted(read, selection);
    expect(Object.keys(adoption.apis).sort()).toEqual(apis);
    expect(Object.keys(adoption.tiers).sort()).toEqual(tiers);
    expect(Object.keys(adoption.subscriptions).sort()).toEqual(subscriptions);
  });

  test("a key that is in a plan beside stays there as it is, and that is reported", () => {
    expect(messages(adopted(read, { plans: ["gold"] }))).toEqual([
      'key "bob" (k3): is also in the plans p2, which were not chosen; there it stays as it is',
    ]);
  });

  test("what was asked for and is not there is an error, all of it at once", () => {
    expect(() => adopted(read, { apis: ["pats"], plans: ["gild"] })).toThrow(
      'there is no API "pats" that a usage plan covers, no usage plan "gild" in this account and Region; look at the name, or at --region',
    );
  });
});

describe("run again, only what is new is added", () => {
  const first = adopted(account([plan("p1", "gold")], [key("k1", "joe")]));
  const known = {
    apis: new Map([["pet-store", { restApiId: "api1", stages: ["prod", "test"] }]]),
    tiers: ["gold"],
    subscriptions: ["joe"],
    imports: first.imports,
  };
  /** The keys that are known are not asked for their plans. */
  const later = (plans: Parameters<typeof account>[0], keys: Parameters<typeof account>[1]) => {
    const read = account(plans, keys);
    return { ...read, plansOfKeys: new Map([...read.plansOfKeys].filter(([id]) => id !== "k1")) };
  };

  test("nothing, where nothing is", () => {
    const again = adopted(later([plan("p1", "gold")], [key("k1", "joe")]), {}, known);
    expect(again).toMatchObject({ apis: {}, stages: {}, tiers: {}, subscriptions: {}, findings: [] });
    expect(again.imports).toEqual(first.imports);
  });

  test("whatever a person has called what was there", () => {
    const renamed = {
      ...known,
      apis: new Map([["pets", { restApiId: "api1", stages: ["prod", "test"] }]]),
      tiers: ["premium"],
      subscriptions: ["joe-black"],
      imports: {
        tiers: { premium: { usagePlanId: "p1" } },
        subscriptions: { "joe-black": { apiKeyId: "k1", usagePlanId: "p1" } },
      },
    };
    const again = adopted(
      later([plan("p1", "gold"), plan("p2", "new")], [key("k1", "joe"), key("k2", "joe")]),
      {},
      renamed,
    );
    expect(Object.keys(again.tiers)).toEqual(["new"]);
    expect(again.tiers.new?.access).toEqual({ pets: ["prod"] });
    expect(again.subscriptions).toEqual({ joe: { tier: "premium" } });
    expect(again.imports.subscriptions).toEqual({
      "joe-black": { apiKeyId: "k1", usagePlanId: "p1" },
      joe: { apiKeyId: "k2", usagePlanId: "p1" },
    });
  });

  test("a new stage goes to the API that is there", () => {
    const read = later([plan("p1", "gold")], []);
    const apis = [{ id: "api1", name: "Pet Store", createdAt: 1, stages: ["beta", "prod", "test"] }];
    expect(adopted({ ...read, apis }, {}, known).stages).toEqual({ "pet-store": ["beta"] });
  });

  test("a key that this catalog has made since is none of another customer", () => {
    const again = adopted(
      later([plan("p1", "gold")], [key("k2", "hooli")]),
      {},
      { ...known, subscriptions: ["joe", "hooli"] },
    );
    expect(again.subscriptions).toEqual({});
    expect(messages(again)).toEqual([
      'key "hooli" (k2): is taken for the subscription "hooli" that the catalog has already, without an import; rename one if it is another',
    ]);
  });
});

test("a key that a subscription has by its id is not adopted a second time, whatever it is called", () => {
  const { subscriptions, imports } = adopted(
    account([plan("p1", "Gold")], [key("k1", "Old Partner"), key("k2", "joe")]),
    {},
    { subscriptions: ["partner"], existingKeys: ["k1"] },
  );
  expect(Object.keys(subscriptions)).toEqual(["joe"]);
  expect(Object.keys(imports.subscriptions ?? {})).toEqual(["joe"]);
});
