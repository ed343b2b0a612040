import type { Report } from "../../src/review/report";
import { review } from "../../src/review/review";
import { RULES } from "../../src/review/rules";
import type { Json } from "../support/synthesize";
import { onTier } from "../usage/support/usage-days";
import { GATE_CASES } from "./support/gate-cases";
import { ODD_CASES } from "./support/odd-cases";
import { planOf } from "./support/one-of-each";
import { plan } from "./support/planner";
import * as reviewed from "./support/reviewed";
import { WHOLE, wholePlan } from "./support/whole-plan";

const { reviewCatalogs, reviewTerraform } = reviewed;

/** Rules that a test of this file has seen to find something. */
const FOUND = new Set<string>();
function said(report: Report): Record<string, string[]> {
  const found = reviewed.said(report);
  for (const rule of Object.keys(found)) FOUND.add(rule);
  return found;
}

/** A catalog with a bit of everything that can change. */
const SHOP: Json = {
  apis: {
    pets: {
      stages: { test: {}, prod: {} },
      routes: {
        "GET /pets": { mock: 200 },
        "POST /pets": { http: "https://backend.example.com/pets" },
        "GET /health": { mock: 200, apiKeyRequired: false },
      },
    },
  },
  tiers: {
    bronze: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 1_000, period: "DAY" },
    },
    gold: {
      access: { pets: "*" },
      throttle: { rateLimit: 100, burstLimit: 200 },
      methodThrottle: { pets: { "POST /pets": { rateLimit: 5, burstLimit: 10 } } },
    },
    old: { access: { pets: ["prod"] }, throttle: { rateLimit: 1, burstLimit: 2 }, closed: true },
  },
  cohorts: { emea: {} },
  subscriptions: {
    joe: { tier: "bronze", customer: "Joe Black" },
    globex: { tier: "gold" },
    asleep: { tier: "gold", enabled: false },
  },
};

/** What a review says of a change of the shop, without what was so before. */
function saidOf(change: (shop: Json) => void): Record<string, string[]> {
  const after = structuredClone(SHOP);
  change(after);
  const { "route-ignores-key": _, "key-left-disabled": __, ...rest } = said(reviewCatalogs(SHOP, after));
  return rest;
}

describe("of a customer with several keys, or with limits that were negotiated, a review says", () => {
  const withJoe = (joe: Json) => {
    const shop = structuredClone(SHOP);
    Object.assign(shop.subscriptions.joe, joe);
    return shop;
  };
  const limits = { throttle: { rateLimit: 50, burstLimit: 100 } };
  const between = (before: Json, after: Json) => {
    const {
      "route-ignores-key": _,
      "key-left-disabled": __,
      ...rest
    } = said(reviewCatalogs(withJoe(before), withJoe(after)));
    return rest;
  };

  test.each<[string, Json, Json, Record<string, unknown[]>]>([
    [
      "that one key ends, and the others work",
      { keys: { main: {}, ci: {} } },
      { keys: { main: false, ci: {} } },
      { "key-ends": ["joe (Joe Black): the key is disabled; it works again once it is enabled; joe/ci still works"] },
    ],
    [
      "that a key is deleted that was disabled",
      { keys: { main: false, ci: {} } },
      { keys: { ci: {} } },
      { "key-without-access-removed": ["joe (Joe Black): it was disabled"] },
    ],
    [
      "that all access is lost where no other key works",
      { keys: { main: {}, ci: false } },
      { keys: { main: false, ci: false } },
      { "access-lost": ["joe (Joe Black): the key is disabled; it works again once it is enabled"] },
    ],
    [
      "that the limits are lowered",
      { limits },
      { limits: { throttle: { rateLimit: 40, burstLimit: 100 } } },
      { "limits-lowered": ["the limits of joe: rateLimit 50/s → 40/s (−20 %); 1 customer"] },
    ],
    [
      "which tier the limits follow from now on",
      { limits: { ...limits, quota: false } },
      { limits: { ...limits, quota: false }, tier: "gold" },
      {
        "tier-coverage": ["the limits of joe: opens pets/test as well; 1 customer"],
        "negotiated-tier-changed": ["the limits of joe: they follow tier gold instead of tier bronze"],
        "access-gained": ["joe (Joe Black): can call pets/test, on the limits of joe"],
        "limits-added": [
          "the limits of joe: rateLimit of POST /pets on pets/prod unlimited → 5/s; burstLimit of POST /pets on pets/prod unlimited → 10; 1 customer",
        ],
      },
    ],
    [
      "that the customer goes back to the tier",
      { limits },
      {},
      {
        "moved-to-less": [
          expect.stringMatching(/^joe \(Joe Black\): from limits of its own \(50\/s.*\) to bronze \(10\/s/),
        ],
        "tier-removed": ["the limits of joe: had 1 customer"],
      },
    ],
    [
      "that limits are negotiated on a tier that is closed",
      { tier: "bronze", limits },
      { tier: "old", limits },
      {
        "negotiated-tier-changed": ["the limits of joe: they follow tier old instead of tier bronze"],
        "closed-tier": ["joe (Joe Black): is put on tier old"],
        "limits-removed": ["the limits of joe: quota 1,000 a day → unlimited; 1 customer"],
      },
    ],
    [
      "nothing of the closed tier that it has where a key comes for a rotation",
      { tier: "old" },
      { tier: "old", keys: { main: {}, "2026-11": {} } },
      {
        "access-gained": ["joe/2026-11 (Joe Black): new on tier old: can call pets/prod"],
        "several-keys": ["joe: joe and joe/2026-11 work on tier old, and each of these 2 keys has 1/s, burst 2"],
      },
    ],
    [
      "nothing of the closed tier that it has where its limits go",
      { tier: "old", limits },
      { tier: "old" },
      {
        "moved-to-less": [expect.stringContaining("from limits of its own (50/s, burst 100) to old (1/s, burst 2)")],
        "tier-removed": ["the limits of joe: had 1 customer"],
      },
    ],
    [
      "no further key where both keys move to another tier",
      { tier: "bronze", keys: { main: {}, ci: {} } },
      { tier: "old", keys: { main: {}, ci: {} } },
      {
        "moved-to-less": [
          expect.stringMatching(/^joe \(Joe Black\): from bronze/),
          expect.stringMatching(/^joe\/ci \(Joe Black\): from bronze/),
        ],
        "closed-tier": ["joe (Joe Black): is put on tier old"],
      },
    ],
    [
      "that a further key comes while the other one moves",
      { tier: "bronze" },
      { tier: "bronze", limits, keys: { main: {}, ci: {} } },
      {
        "tier-moved": [expect.stringMatching(/^joe \(Joe Black\): from bronze/)],
        "tier-added": [expect.stringMatching(/^the limits of joe: /)],
        "access-gained": ["joe/ci (Joe Black): new on the limits of joe: can call pets/prod"],
        "several-keys": [expect.stringMatching(/^joe: joe and joe\/ci work on the limits of joe, /)],
      },
    ],
  ])("%s", (_, before, after, expected) => {
    expect(between(before, after)).toEqual(expected);
  });

  test("that somebody new with negotiated limits comes to a tier that is closed", () => {
    const found = saidOf(({ subscriptions }) => {
      subscriptions.zoe = { tier: "old", limits };
    });
    expect(found["closed-tier"]).toEqual(["zoe: is put on tier old"]);
  });

  test("nothing of negotiated limits whose tier only gets another id", () => {
    const before = withJoe({ limits, tier: "old" });
    const after = structuredClone(before);
    after.tiers.older = { ...after.tiers.old, formerId: "old" };
    delete after.tiers.old;
    after.subscriptions.joe.tier = "older";
    const { "route-ignores-key": _, "key-left-disabled": __, ...found } = said(reviewCatalogs(before, after));
    expect(found).toEqual({});
  });

  test.each([[{ throttle: { rateLimit: 50, burstLimit: 100 } }], [{ throttle: { rateLimit: 5, burstLimit: 10 } }]])(
    "how long a key of a cohort is in no plan where its limits go: they go with another stack (%j)",
    (limits) => {
      const gap =
        "; its old usage plan is deleted by stack access before stack access-emea puts the key into the new one: between the two applies, " +
        "calls get 403";
      const [own, cohort] = ["", "emea"].map((id) => {
        const joe = { limits, ...(id === "" ? {} : { cohort: id }) };
        const { "moved-to-less": less = [], "tier-moved": moved = [] } = between(joe, { ...joe, limits: undefined });
        return [...less, ...moved];
      });
      expect(own).toEqual([expect.not.stringContaining("between the two applies")]);
      expect(cohort).toEqual([expect.stringContaining(gap)]);
      const back = between({ cohort: "emea" }, { cohort: "emea", limits });
      expect(JSON.stringify(back)).not.toContain("between the two applies");
    },
  );

  test("of keys that one customer has, that there is one customer", () => {
    const keys = { main: {}, ci: {} };
    const report = reviewCatalogs(withJoe({ keys, limits }), withJoe({ keys, limits, enabled: false }));
    expect(report.sections.find(({ rule }) => rule === "access-lost")?.title).toBe("1 customer loses all access");
    const moved = reviewCatalogs(withJoe({ keys }), withJoe({ keys, limits }));
    expect(moved.sections.find(({ rule }) => rule === "tier-moved")?.title).toBe("1 customer moves to another tier");
    expect(said(moved)["tier-added"]).toEqual([expect.stringMatching(/; 1 customer$/)]);
    expect(between({ keys, limits }, { keys })["tier-removed"]).toEqual(["the limits of joe: had 1 customer"]);
    expect(between({ keys, limits }, { keys, limits: { throttle: { rateLimit: 40, burstLimit: 100 } } })).toEqual({
      "limits-lowered": ["the limits of joe: rateLimit 50/s → 40/s (−20 %); 1 customer"],
    });
  });

  test("that the key main ends, and no other key does on an API whose key authorizer looks for that one alone", () => {
    const shop = (keys: Json) => {
      const json = withJoe({ keys });
      const authorizer = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
      Object.assign(json.apis.pets, { keySource: "AUTHORIZER", authorizer });
      return json;
    };
    const reason = "the key is disabled; it works again once it is enabled";
    const report = reviewCatalogs(shop({ main: {}, ci: {} }), shop({ main: false, ci: {} }));
    const found = said(report);
    expect(found["access-lost"]).toEqual([
      `joe (Joe Black): ${reason}; joe/ci still works, but does not help on pets/prod: the key authorizer looks for the key main alone`,
    ]);
    expect(found["key-ends"]).toBeUndefined();
    expect(report.customers.losing).toEqual(["joe"]);
    const other = said(reviewCatalogs(shop({ main: {}, ci: {} }), shop({ main: {}, ci: false })));
    expect(other["key-ends"]).toEqual([`joe/ci (Joe Black): ${reason}; joe still works`]);
    expect(other["access-lost"]).toBeUndefined();
  });

  test("no formerId for a usage plan of negotiated limits, which takes none", () => {
    const moves: [Json, Json][] = [
      [{ limits }, {}],
      [{}, { limits }],
    ];
    for (const [before, after] of moves) expect(between(before, after)["tier-renamed"]).toBeUndefined();
    const renamed = structuredClone(withJoe({ limits }));
    delete renamed.tiers.bronze;
    renamed.tiers.silver = { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 } };
    Object.assign(renamed.subscriptions.joe, { tier: "silver", limits: undefined });
    expect(said(reviewCatalogs(withJoe({ limits }), renamed))["tier-renamed"]).toBeUndefined();
  });

  test("the id that a key of a renamed customer had, also where its name in AWS is another", () => {
    const before = withJoe({ keys: { main: {}, ci: {} } });
    const after = structuredClone(before);
    after.subscriptions.joseph = { ...after.subscriptions.joe, formerId: "joe" };
    delete after.subscriptions.joe;
    expect(said(reviewCatalogs(before, after))["customer-renamed"]).toEqual([
      "joseph (Joe Black): was joe",
      "joseph/ci (Joe Black): was joe/ci",
    ]);
  });

  test("that nobody loses access where another key does what the ended one did", () => {
    const report = reviewCatalogs(withJoe({ keys: { main: {}, ci: {} } }), withJoe({ keys: { ci: {} } }));
    expect(report.customers.losing).toEqual([]);
    expect(report.verdict).toBe("decision-needed");
  });
});

describe("of customers, a review says", () => {
  test.each<[string, (shop: Json) => void, Record<string, string[]>]>([
    [
      "who is suspended",
      ({ subscriptions }) => {
        subscriptions.joe.enabled = false;
      },
      { "access-lost": ["joe (Joe Black): the key is disabled; it works again once it is enabled"] },
    ],
    [
      "who comes back",
      ({ subscriptions }) => {
        delete subscriptions.asleep.enabled;
      },
      { "access-gained": ["asleep: the key is enabled again on tier gold: can call pets/prod and pets/test"] },
    ],
    [
      "who goes, and who comes",
      ({ subscriptions }) => {
        delete subscriptions.joe;
        subscriptions.zoe = { tier: "bronze" };
      },
      {
        "access-lost": ["joe (Joe Black): the key is deleted"],
        "access-gained": ["zoe: new on tier bronze: can call pets/prod"],
      },
    ],
    [
      "who gets a further key, with the whole limits once more",
      ({ subscriptions }) => {
        subscriptions.joe.keys = { main: {}, ci: {} };
      },
      {
        "access-gained": ["joe/ci (Joe Black): new on tier bronze: can call pets/prod"],
        "several-keys": [
          "joe: joe and joe/ci work on tier bronze, and each of these 2 keys has 10/s, burst 20, 1,000 a day",
        ],
      },
    ],
    [
      "whose key is exchanged in one step, without a time in which both work",
      ({ subscriptions }) => {
        subscriptions.joe.keys = { next: {} };
      },
      {
        "access-lost": ["joe (Joe Black): the key is deleted"],
        "access-gained": ["joe/next (Joe Black): new on tier bronze: can call pets/prod"],
      },
    ],
    [
      "who gets limits of their own, on a usage plan of their own",
      ({ subscriptions }) => {
        subscriptions.joe.limits = { throttle: { rateLimit: 50, burstLimit: 100 } };
      },
      {
        "tier-moved": [
          "joe (Joe Black): from bronze (10/s, burst 20, 1,000 a day) to limits of its own (50/s, burst 100, 1,000 a day)",
        ],
        "tier-added": ["the limits of joe: 50/s, burst 100, 1,000 a day; 1 customer"],
      },
    ],
    [
      "who is renamed",
      ({ subscriptions }) => {
        subscriptions["joe-and-sons"] = { ...subscriptions.joe, formerId: "joe" };
        delete subscriptions.joe;
      },
      { "customer-renamed": ["joe-and-sons (Joe Black): was joe"] },
    ],
    [
      "who gets another key by going to another cohort",
      ({ subscriptions }) => {
        subscriptions.joe.cohort = "emea";
      },
      {
        "key-replaced": [
          "joe (Joe Black): the key is deleted and created again (another resource takes its place: access-emea: aws_api_gateway_api_key.joe)",
        ],
      },
    ],
    [
      "whose tier changes, with the limits of both",
      ({ subscriptions }) => {
        subscriptions.joe.tier = "gold";
      },
      {
        "moved-to-less": [
          "joe (Joe Black): from bronze (10/s, burst 20, 1,000 a day) to gold (100/s, burst 200): rateLimit of POST /pets on " +
            "pets/prod 10/s → 5/s (−50 %); burstLimit of POST /pets on pets/prod 20 → 10 (−50 %)",
        ],
        "access-gained": ["joe (Joe Black): can call pets/test, on tier gold"],
      },
    ],
    [
      "who moves to less, and what is lost",
      (shop) => {
        delete shop.tiers.gold.methodThrottle;
        shop.subscriptions.globex.tier = "bronze";
      },
      {
        "access-reduced": ["globex: can no longer call pets/test"],
        "moved-to-less": [
          "globex: from gold (100/s, burst 200) to bronze (10/s, burst 20, 1,000 a day): rateLimit 100/s → 10/s (−90 %); " +
            "burstLimit 200 → 20 (−90 %); quota unlimited → 1,000 a day",
        ],
        "limits-removed": [
          "tier gold: rateLimit of POST /pets on pets/prod 5/s → unlimited; burstLimit of POST /pets on pets/prod 10 → unlimited; " +
            "rateLimit of POST /pets on pets/test 5/s → unlimited; burstLimit of POST /pets on pets/test 10 → unlimited; 1 customer",
        ],
      },
    ],
    [
      "who moves to more",
      ({ tiers, subscriptions }) => {
        tiers.gold.methodThrottle.pets["POST /pets"] = { rateLimit: 50, burstLimit: 100 };
        subscriptions.joe.tier = "gold";
        subscriptions.globex.tier = "gold";
      },
      {
        "access-gained": ["joe (Joe Black): can call pets/test, on tier gold"],
        "limits-raised": [expect.stringContaining("rateLimit of POST /pets on pets/prod 5/s → 50/s")] as never,
        "tier-moved": ["joe (Joe Black): from bronze (10/s, burst 20, 1,000 a day) to gold (100/s, burst 200)"],
      },
    ],
    [
      "who comes to a tier that is closed",
      ({ subscriptions }) => {
        subscriptions.zoe = { tier: "old" };
      },
      {
        "closed-tier": ["zoe: is put on tier old"],
        "access-gained": ["zoe: new on tier old: can call pets/prod"],
      },
    ],
    [
      "whose key is made, or deleted, without ever opening anything",
      ({ subscriptions }) => {
        delete subscriptions.asleep;
        subscriptions.later = { tier: "gold", enabled: false };
      },
      {
        "key-without-access-added": ["later: it is disabled"],
        "key-without-access-removed": ["asleep: it was disabled"],
      },
    ],
  ])("%s", (_, change, expected) => {
    expect(saidOf(change)).toEqual(expected);
  });
});

test("to which places keys are handed over from now on, a review says", () => {
  const found = saidOf((shop) => {
    shop.keyStore = { type: "ssm" };
    shop.subscriptions.globex.handOver = false;
  });
  expect(Object.keys(found)).toEqual(["key-handed-over"]);
  expect(found["key-handed-over"]).toEqual([
    expect.stringMatching(/^parameter \/api-tiers\/keys\/asleep: /),
    expect.stringMatching(/^parameter \/api-tiers\/keys\/joe: /),
  ]);
});

test("which stack cannot be planned yet, a review says", () => {
  const found = saidOf(({ apis }) => {
    apis.toys = { stages: { live: {} }, routes: { "GET /toys": { mock: 200 } } };
  });
  expect(found["stack-pending"]).toEqual([expect.stringMatching(/^stack toys-live: /)]);
});

test("of a tier that is renamed, a review says nothing of its customers: they keep plan, key and use", () => {
  const renamed = saidOf(({ tiers, subscriptions }) => {
    const { bronze } = tiers;
    delete tiers.bronze;
    tiers.basic = { ...bronze, formerId: "bronze" };
    for (const each of Object.values<Json>(subscriptions)) if (each.tier === "bronze") each.tier = "basic";
  });
  expect(renamed).toEqual({});
});

describe("of tiers, a review says", () => {
  test.each<[string, (tiers: Json) => void, Record<string, string[]>]>([
    [
      "what goes down, and for how many",
      ({ bronze }) => {
        bronze.quota.limit = 500;
        bronze.throttle.rateLimit = 9.5;
      },
      {
        "limits-lowered": [
          "tier bronze: rateLimit 10/s → 9.5/s (−5 %); quota 1,000 a day → 500 a day (−50 %); 1 customer",
        ],
      },
    ],
    [
      "what goes up",
      ({ bronze }) => {
        bronze.throttle.burstLimit = 200;
      },
      { "limits-raised": ["tier bronze: burstLimit 20 → 200 (+900 %); 1 customer"] },
    ],
    [
      "that a quota of another period is less, by the day",
      ({ bronze }) => {
        bronze.quota = { limit: 1_000, period: "WEEK" };
      },
      { "limits-lowered": ["tier bronze: quota 1,000 a day → 1,000 a week; 1 customer"] },
    ],
    [
      "what is limited now",
      ({ gold }) => {
        gold.quota = { limit: 10, period: "MONTH" };
        gold.methodThrottle.pets["GET /pets"] = { rateLimit: 1, burstLimit: 1 };
      },
      {
        "limits-added": [
          "tier gold: quota unlimited → 10 a month; rateLimit of GET /pets on pets/prod unlimited → 1/s; burstLimit of GET " +
            "/pets on pets/prod unlimited → 1; rateLimit of GET /pets on pets/test unlimited → 1/s; burstLimit of GET /pets " +
            "on pets/test unlimited → 1; 2 customers",
        ],
      },
    ],
    [
      "what is limited no more",
      ({ bronze }) => {
        delete bronze.quota;
      },
      { "limits-removed": ["tier bronze: quota 1,000 a day → unlimited; 1 customer"] },
    ],
    [
      "which stages it opens no more",
      ({ gold }) => {
        gold.access = { pets: ["prod"] };
      },
      {
        "access-reduced": ["globex: can no longer call pets/test"],
        "tier-coverage": ["tier gold: no longer opens pets/test; 2 customers"],
      },
    ],
    [
      "which are new, and which go",
      (tiers) => {
        delete tiers.old;
        tiers.silver = { access: { pets: ["test"] }, throttle: { rateLimit: 1, burstLimit: 2 } };
      },
      { "tier-added": ["tier silver: 1/s, burst 2; 0 customers"], "tier-removed": ["tier old: had 0 customers"] },
    ],
    [
      "which have limits that do not fit",
      ({ bronze }) => {
        bronze.throttle = { rateLimit: 10, burstLimit: 5 };
      },
      {
        "limits-lowered": ["tier bronze: burstLimit 20 → 5 (−75 %); 1 customer"],
        "unlikely-limits": [
          "tier bronze: burst 5 is below the rate of 10/s: who calls evenly over many seconds only just reaches the rate",
        ],
      },
    ],
  ])("%s", (_, change, expected) => {
    expect(saidOf(({ tiers }) => change(tiers))).toEqual(expected);
  });
});

describe("of prices, a review says", () => {
  const monthly = (amount: string, fields: Json = {}) => ({
    currency: "EUR",
    base: { amount, each: "MONTH" },
    ...fields,
  });
  const bands = (...unitPrices: string[]) => ({
    requests: {
      pricing: "GRADUATED",
      bands: unitPrices.map((unitPrice, index) =>
        index < unitPrices.length - 1 ? { upTo: 1_000, unitPrice } : { unitPrice },
      ),
    },
  });
  const prices = (before: Json | undefined, after: Json | undefined, tier = "bronze") => {
    const [was, is] = [structuredClone(SHOP), structuredClone(SHOP)];
    if (before) was.tiers[tier].price = before;
    if (after) is.tiers[tier].price = after;
    const { "route-ignores-key": _, "key-left-disabled": __, ...rest } = said(reviewCatalogs(was, is));
    return rest;
  };

  test.each<[string, Json | undefined, Json | undefined, Record<string, string[]>]>([
    ["nothing of one that stays", monthly("49"), monthly("49.00"), {}],
    [
      "which base is dearer",
      monthly("49"),
      monthly("59.50"),
      { "price-raised": ["tier bronze: base EUR 49 each month → EUR 59.5 each month; 1 customer"] },
    ],
    [
      "which is cheaper",
      monthly("49", { ...bands("0.01", "0.005"), included: 100 }),
      monthly("39", { ...bands("0.01", "0.004"), included: 1_000 }),
      {
        "price-changed": [
          "tier bronze: base EUR 49 each month → EUR 39 each month; included requests 100 → 1,000; requests EUR 0.01 for each " +
            "request up to 1,000, then EUR 0.005 → EUR 0.01 for each request up to 1,000, then EUR 0.004; 1 customer",
        ],
      },
    ],
    [
      "where a part is dearer and another cheaper",
      monthly("49", bands("0.01")),
      monthly("39", bands("0.02")),
      {
        "price-raised": [
          "tier bronze: base EUR 49 each month → EUR 39 each month; requests EUR 0.01 for each request → EUR 0.02 for each request; 1 customer",
        ],
      },
    ],
    [
      "what a free tier costs from now on",
      undefined,
      monthly("5"),
      { "price-raised": ["tier bronze: price none → EUR 5 each month; 1 customer"] },
    ],
    [
      "what nobody pays any more",
      monthly("5", bands("0.1")),
      undefined,
      { "price-changed": ["tier bronze: price EUR 5 each month; EUR 0.1 for each request → none; 1 customer"] },
    ],
    [
      "that other requests are charged",
      monthly("5", { ...bands("1"), counts: "2XX" }),
      monthly("5", { ...bands("1"), weights: { pets: { "GET /pets": 3 } } }),
      { "price-raised": ["tier bronze: weights none → GET /pets of pets 3; charged requests 2XX → ALL; 1 customer"] },
    ],
    [
      "that another currency is paid",
      monthly("5"),
      { ...monthly("5"), currency: "USD" },
      {
        "price-raised": ["tier bronze: currency EUR → USD; base EUR 5 each month → USD 5 each month; 1 customer"],
      },
    ],
  ])("%s", (_, before, after, expected) => {
    expect(prices(before, after)).toEqual(expected);
  });

  test("no more than that it changed, where the tier has no customers", () => {
    expect(prices(monthly("5"), monthly("50"), "old")).toEqual({
      "price-changed": ["tier old: base EUR 5 each month → EUR 50 each month; 0 customers"],
    });
  });

  test("what is not known of a month: on which tier nobody was, and whose access logs are missing", () => {
    const [was, is] = [structuredClone(SHOP), structuredClone(SHOP)];
    was.tiers.gold.price = monthly("10", { ...bands("0.01"), counts: "2XX" });
    is.tiers.gold.price = monthly("12", { ...bands("0.01"), counts: "2XX" });
    const october = ["2026-10-01", "2026-10-31"] as const;
    const raised = (usage: ReturnType<typeof onTier>) =>
      said(reviewCatalogs(was, is, { usage: { month: "2026-10", usage } }))["price-raised"];
    const change = "tier gold: base EUR 10 each month → EUR 12 each month; 2 customers; ";
    expect(raised(onTier("joe", "bronze", october))).toEqual([`${change}nobody was on it in 2026-10`]);
    expect(raised([...onTier("globex", "gold", october, 100), ...onTier("asleep", "gold", october)])).toEqual([
      `${change}at the usage of 2026-10: asleep EUR 10.00 → EUR 12.00; for globex it is not known, as access logs of 2026-10 are missing`,
    ]);
  });

  test("by how much each customer is concerned at a month's usage", () => {
    const [was, is] = [structuredClone(SHOP), structuredClone(SHOP)];
    was.tiers.gold.price = monthly("10", bands("0.01"));
    is.tiers.gold.price = monthly("12", bands("0.02"));
    const october = ["2026-10-01", "2026-10-31"] as const;
    const usage = [
      ...onTier("globex", "gold", october, 100),
      ...onTier("asleep", "gold", october, 0),
      ...onTier("joe", "bronze", october, 100),
    ];
    expect(said(reviewCatalogs(was, is, { usage: { month: "2026-10", usage } }))).toMatchObject({
      "price-raised": [
        "tier gold: base EUR 10 each month → EUR 12 each month; requests EUR 0.01 for each request → EUR 0.02 for each request; 2 customers; at the " +
          "usage of 2026-10: asleep EUR 10.00 → EUR 12.00 and globex EUR 41.00 → EUR 74.00",
      ],
    });
  });
});

describe("of APIs, a review says", () => {
  const released = (because: string) => [
    `stage pets/prod: because of ${because}`,
    `stage pets/test: because of ${because}`,
  ];
  test.each<[string, (apis: Json) => void, Record<string, string[]>]>([
    [
      "which route becomes open",
      ({ pets }) => {
        pets.routes["GET /pets"].apiKeyRequired = false;
      },
      { "route-opened": ["GET /pets of pets: becomes open to everyone"], "stage-redeployed": released("GET /pets") },
    ],
    [
      "which open route begins to ask for a key",
      ({ pets }) => {
        delete pets.routes["GET /health"].apiKeyRequired;
      },
      { "route-closed": ["GET /health of pets: needs a key"], "stage-redeployed": released("GET /health") },
    ],
    [
      "which routes come and go",
      ({ pets }) => {
        delete pets.routes["POST /pets"];
        pets.routes["GET /toys"] = { mock: 200, apiKeyRequired: false };
      },
      {
        "route-removed": ["POST /pets of pets: is gone for all who have a key"],
        "route-added": ["GET /toys of pets: is open to everyone"],
        "limits-removed": [expect.stringContaining("POST /pets")] as never,
        "stage-redeployed": released("GET /toys and POST /pets"),
      },
    ],
    [
      "nothing of logs, alarms and a dashboard, which decide on no request",
      ({ pets }) => {
        const topicArn = "arn:aws:sns:us-east-1:123456789012:on-call";
        pets.stages.prod = {
          accessLog: { format: { id: "$context.requestId", status: "$context.status" } },
          alarms: { topicArn, serverErrors: true, tooManyRequests: true, accountRate: true },
          dashboard: true,
        };
      },
      {},
    ],
    [
      "which routes are answered otherwise, where pages of one more origin may call",
      ({ pets }) => {
        pets.cors = { allowOrigin: ["https://a.example.com", "https://b.example.com"] };
      },
      {
        "gateway-response-changed": expect.anything() as never,
        "integration-changed": expect.anything() as never,
        "route-added": expect.anything() as never,
        "stage-redeployed": expect.anything() as never,
      },
    ],
    [
      "which route is answered by another backend",
      ({ pets }) => {
        pets.routes["POST /pets"].http = "https://other.example.com/pets";
      },
      {
        "integration-changed": ["POST /pets of pets: its integration changes: uri"],
        "stage-redeployed": released("POST /pets"),
      },
    ],
    [
      "which stage comes, and who can call it",
      ({ pets }) => {
        pets.stages.beta = {};
      },
      {
        "access-gained": ["globex: can call pets/beta, on tier gold"],
        "tier-coverage": ["tier gold: opens pets/beta as well; 2 customers"],
        "stage-added": ["stage pets/beta: open to tier gold"],
      },
    ],
    [
      "which stage is retired",
      ({ pets }) => {
        pets.stages.test.retired = true;
      },
      {
        "access-reduced": ["globex: can no longer call pets/test"],
        "stage-removed": ["stage pets/test: stops answering"],
        "tier-coverage": ["tier gold: no longer opens pets/test; 2 customers"],
      },
    ],
    [
      "which stack is dropped and stays",
      (apis) => {
        delete apis.pets.stages.test;
      },
      {
        "access-reduced": ["globex: can no longer call pets/test"],
        "stack-dropped": ["stack pets-test: is not synthesized any more, and everything in it stays"],
        "tier-coverage": ["tier gold: no longer opens pets/test; 2 customers"],
      },
    ],
  ])("%s", (_, change, expected) => {
    const found = saidOf(({ apis, tiers }) => {
      change(apis);
      if (!("POST /pets" in apis.pets.routes)) delete tiers.gold.methodThrottle;
    });
    expect(found).toEqual(expected);
  });
});

describe("of plain Terraform, in one state, a review says", () => {
  const ref = (address: string, attribute = "id") => `\${${address}.${attribute}}`;
  const API = ref("aws_api_gateway_rest_api.pets");
  const method = (name: string, fields: Json = {}) => ({
    rest_api_id: API,
    resource_id: ref(`aws_api_gateway_resource.${name}`),
    http_method: "GET",
    authorization: "NONE",
    api_key_required: true,
    ...fields,
  });
  const BEFORE: Json = {
    aws_api_gateway_rest_api: { pets: { name: "pets" } },
    aws_api_gateway_resource: {
      pets: {
        rest_api_id: API,
        parent_id: ref("aws_api_gateway_rest_api.pets", "root_resource_id"),
        path_part: "pets",
      },
      toys: {
        rest_api_id: API,
        parent_id: ref("aws_api_gateway_rest_api.pets", "root_resource_id"),
        path_part: "toys",
      },
    },
    aws_api_gateway_method: { pets: method("pets", { authorization: "AWS_IAM" }), toys: method("toys") },
    aws_api_gateway_deployment: { pets: { rest_api_id: API, triggers: { redeployment: "one" } } },
    aws_api_gateway_stage: {
      prod: { rest_api_id: API, deployment_id: ref("aws_api_gateway_deployment.pets"), stage_name: "prod" },
    },
    aws_api_gateway_usage_plan: {
      gold: {
        name: "gold",
        api_stages: [{ api_id: API, stage: "prod" }],
        throttle_settings: { rate_limit: 10, burst_limit: 20 },
      },
    },
    aws_api_gateway_api_key: { acme: { name: "acme" }, lonely: { name: "lonely" } },
    aws_api_gateway_usage_plan_key: {
      acme: {
        key_id: ref("aws_api_gateway_api_key.acme"),
        key_type: "API_KEY",
        usage_plan_id: ref("aws_api_gateway_usage_plan.gold"),
      },
    },
  };
  const STANDING = { "key-in-no-plan": ["lonely: every call gets 403 Forbidden"] };

  test.each<[string, (resources: Json) => void, Record<string, string[]>]>([
    [
      "that a log shows the values of keys to its readers",
      (resources) => {
        const format = "$context.requestId $context.identity.apiKey";
        resources.aws_api_gateway_stage.prod.access_log_settings = [{ destination_arn: "arn:aws:logs:x", format }];
      },
      { "not-judged": [expect.stringContaining("access_log_settings") as never] },
    ],
    [
      "nothing of a log that names keys by their ids",
      (resources) => {
        const format = "$context.requestId $context.identity.apiKeyId";
        resources.aws_api_gateway_stage.prod.access_log_settings = [{ destination_arn: "arn:aws:logs:x", format }];
      },
      {},
    ],
    [
      "that a removed route stays live",
      (resources) => {
        delete resources.aws_api_gateway_method.toys;
        resources.aws_api_gateway_deployment.pets.triggers.redeployment = "two";
      },
      {
        "route-stays-live": ["GET /toys of pets: still answers on pets/prod after this apply"],
        "route-removed": ["GET /toys of pets: is gone for all who have a key"],
        "stage-redeployed": ["stage pets/prod: because of redeployment"],
      },
    ],
    [
      "that a change is not deployed",
      (resources) => {
        resources.aws_api_gateway_method.toys.api_key_required = false;
      },
      {
        "route-opened": ["GET /toys of pets: becomes open to everyone"],
        "change-not-deployed": ["stage pets/prod: goes on without: GET /toys"],
      },
    ],
    [
      "that no authorizer any more who calls",
      (resources) => {
        resources.aws_api_gateway_method.pets.authorization = "NONE";
        resources.aws_api_gateway_deployment.pets.triggers.redeployment = "two";
      },
      {
        "authorizer-removed": ["GET /pets of pets: no longer asks for AWS_IAM"],
        "stage-redeployed": ["stage pets/prod: because of redeployment"],
      },
    ],
    [
      "that a missing burst, which the provider sends as 0, blocks every request",
      (resources) => {
        resources.aws_api_gateway_usage_plan.gold.throttle_settings = { rate_limit: 10 };
      },
      { "limit-blocks": ["tier gold: burstLimit 20 → 0 (−100 %); 1 customer"] },
    ],
    [
      "that a plan opens no stage any more",
      (resources) => {
        resources.aws_api_gateway_usage_plan.gold.api_stages = [];
      },
      {
        "access-lost": ["acme: tier gold no longer opens pets/prod"],
        "tier-coverage": ["tier gold: no longer opens pets/prod; 1 customer"],
        "plan-on-no-stage": ["tier gold: its 1 customer is refused"],
      },
    ],
    [
      "that something changes that no rule knows",
      (resources) => {
        resources.aws_api_gateway_usage_plan.gold.product_code = "abc";
      },
      { "not-judged": ["aws_api_gateway_usage_plan.gold product_code: changes"] },
    ],
    [
      "that a key is taken out of its plan",
      (resources) => {
        delete resources.aws_api_gateway_usage_plan_key.acme;
      },
      {
        "access-lost": ["acme: the key is taken out of tier gold"],
        "key-in-no-plan": ["acme: every call gets 403 Forbidden", "lonely: every call gets 403 Forbidden"],
      },
    ],
  ])("%s", (_, change, expected) => {
    const after = structuredClone(BEFORE);
    change(after);
    const { "route-ignores-key": __, "route-removed": removed, ...found } = said(reviewTerraform(BEFORE, after));
    expect({ ...found, ...(removed ? { "route-removed": removed } : {}) }).toEqual({ ...STANDING, ...expected });
  });

  test("what is changed and belongs to no rule, with nothing left out", () => {
    const after = structuredClone(BEFORE);
    after.aws_api_gateway_usage_plan.gold.description = "for those who pay";
    after.aws_api_gateway_usage_plan.gold.throttle_settings.rate_limit = 20;
    after.aws_route53_record = { shop: { name: "shop" } };
    const { otherChanges, sections } = reviewTerraform(BEFORE, after);
    expect(otherChanges.map(({ action, address, attributes }) => [action, address, attributes])).toEqual([
      ["update", "aws_api_gateway_usage_plan.gold", ["description"]],
      ["create", "aws_route53_record.shop", []],
    ]);
    expect(sections.map(({ rule }) => rule)).toContain("limits-raised");
  });
});

describe("of a canary, a review says", () => {
  const shopWith = (stage: object, change: (shop: Json) => void = () => {}) => {
    const shop = structuredClone(SHOP);
    shop.apis.pets.stages = { prod: stage };
    for (const tier of Object.values<Json>(shop.tiers)) tier.access = { pets: ["prod"] };
    change(shop);
    return shop;
  };
  const withoutKey = (shop: Json) => {
    shop.apis.pets.routes["GET /pets"].apiKeyRequired = false;
  };
  const canary = { percent: 10 };

  test("that a share of the calls gets the change, not that the stage goes on without it", () => {
    const found = said(reviewCatalogs(shopWith({}), shopWith({ canary }, withoutKey)));
    expect(found["canary-changed"]).toEqual([expect.stringMatching(/^stage pets\/prod: canary_settings/)]);
    expect(found["change-not-deployed"]).toBeUndefined();
  });

  test("that its next release is another deployment", () => {
    const found = said(reviewCatalogs(shopWith({ canary }), shopWith({ canary }, withoutKey)));
    expect(found["canary-changed"]).toEqual([expect.stringMatching(/^stage pets\/prod: canary_settings/)]);
    expect(found["change-not-deployed"]).toBeUndefined();
  });
});

describe("of base paths that go from one stage to another, a review says", () => {
  const name = "api.example.com";
  /** What is said where stages have these base paths before and after, each in a stack of its own, as plain Terraform may. */
  const saidOfPaths = (before: Record<string, string>, after: Record<string, string>) => {
    const [was, is] = [before, after].map((paths) =>
      Object.fromEntries(
        ["test", "prod"].map((stage) => {
          const mapping = { api_id: "pets", domain_name: name, stage_name: stage, base_path: paths[stage] };
          return [
            `pets-${stage}`,
            { resource: paths[stage] ? { aws_api_gateway_base_path_mapping: { own: mapping } } : {} },
          ];
        }),
      ),
    );
    return said(review(plan(was as Json, is as Json)))["base-path-taken"];
  };

  test("that no order of apply swaps two", () => {
    expect(saidOfPaths({ test: "v1", prod: "v2" }, { test: "v2", prod: "v1" })?.sort()).toEqual([
      "https://api.example.com/v1: pets/prod gets it from pets/test, which waits for pets/prod in turn: no order works",
      "https://api.example.com/v2: pets/test gets it from pets/prod, which waits for pets/test in turn: no order works",
    ]);
  });

  test("which stack lets go of one first", () => {
    const first = [
      "https://api.example.com/v1: pets/prod gets it from pets/test: apply stack pets-test before pets-prod",
    ];
    expect(saidOfPaths({ test: "v1", prod: "v2" }, { test: "v3", prod: "v1" })).toEqual(first);
    expect(saidOfPaths({ test: "v1" }, { prod: "v1" })).toEqual(first);
  });

  test("nothing where paths are free, or stay", () => {
    expect(saidOfPaths({ test: "v1" }, { test: "v1", prod: "v2" })).toBeUndefined();
    expect(saidOfPaths({ test: "v1" }, { test: "v2" })).toBeUndefined();
  });

  test("that customers' URLs lead elsewhere, where a catalog moves them in place", () => {
    const [was, is] = [
      { test: "v1", prod: "v2" },
      { test: "v2", prod: "v1" },
    ].map((paths) => {
      const shop = structuredClone(SHOP);
      for (const [stage, basePath] of Object.entries(paths))
        shop.apis.pets.stages[stage] = { domains: [{ name, basePath }] };
      return { ...shop, domainNames: { [name]: { existing: true } } };
    });
    const found = said(reviewCatalogs(was, is));
    expect(found["base-path-taken"]).toBeUndefined();
    expect(found["url-changed"]).toEqual([
      "https://api.example.com/v1: https://api.example.com/v1 (pets/test) → https://api.example.com/v1 (pets/prod)",
      "https://api.example.com/v2: https://api.example.com/v2 (pets/prod) → https://api.example.com/v2 (pets/test)",
    ]);
  });

  test("that Terraform changes both at once, or that the other one keeps it", () => {
    const API = "${aws_api_gateway_rest_api.pets.id}";
    const mapping = (stage_name: string, base_path: string) => ({
      api_id: API,
      domain_name: name,
      stage_name,
      base_path,
    });
    const before: Json = {
      aws_api_gateway_rest_api: { pets: { name: "pets" } },
      aws_api_gateway_base_path_mapping: { a: mapping("a", "v1") },
    };
    const saidOf = (mappings: Json) =>
      said(reviewTerraform(before, { ...before, aws_api_gateway_base_path_mapping: mappings }))["base-path-taken"];
    expect(saidOf({ b: mapping("b", "v1") })).toEqual([
      "https://api.example.com/v1: pets/b gets it from pets/a, and Terraform changes both at once: let go of it in an apply before this one",
    ]);
    expect(saidOf({ a: mapping("a", "v1"), b: mapping("b", "v1") })).toEqual([
      "https://api.example.com/v1: pets/b gets it, and pets/a keeps it",
    ]);
  });
});

describe("of what stands in other states, a review says", () => {
  /** A plan of these changes and of nothing else, with ids that AWS has given. */
  const reviewOf = (...changes: Json[]) =>
    review([
      {
        stack: "keys",
        file: "keys.json",
        json: wholePlan(changes),
      },
    ]);
  const change = (type: string, name: string, actions: string[], before: Json, after: Json, rest: Json = {}) => ({
    address: `${type}.${name}`,
    type,
    name,
    mode: "managed",
    change: { actions, before, after, after_unknown: {} },
    ...rest,
  });
  const KEY = { id: "key1", name: "acme", enabled: true, description: "" };
  const PLAN_KEY = { id: "key1", key_id: "key1", key_type: "API_KEY", name: "acme", usage_plan_id: "plan1" };

  test("who loses a plan of another state", () => {
    const report = reviewOf(
      change("aws_api_gateway_api_key", "acme", ["delete"], KEY, null),
      change("aws_api_gateway_usage_plan_key", "acme", ["delete"], PLAN_KEY, null),
    );
    expect(said(report)).toEqual({ "access-lost": ["acme: the key is deleted"] });
    expect(report.otherChanges).toEqual([]);
  });

  test("whose key, of another state, is taken out of a plan, or put into another one", () => {
    const out = reviewOf(change("aws_api_gateway_usage_plan_key", "acme", ["delete"], PLAN_KEY, null));
    expect(said(out)).toEqual({ "access-lost": ["acme: the key is taken out of tier plan1"] });
    const { id: _, name: __, ...after } = { ...PLAN_KEY, usage_plan_id: "plan2" };
    const moved = reviewOf(change("aws_api_gateway_usage_plan_key", "acme", ["delete", "create"], PLAN_KEY, after));
    expect(said(moved)["moved-to-less"]).toEqual([
      "acme: from plan1 (limits that these plans do not tell) to plan2 (limits that these plans do not tell); which of them " +
        "gives more is not in these plans",
    ]);
    expect(moved.customers).toMatchObject({ before: 0, after: 0, moving: ["acme"] });
  });

  test("the catalog's name of an API that it does not manage, and not the id in AWS", () => {
    const before = structuredClone(SHOP);
    before.apis.legacy = { restApiId: "a1b2c3d4e5", stages: { live: {}, next: {} } };
    before.tiers.gold.access.legacy = ["live"];
    const after = structuredClone(before);
    after.tiers.gold.access.legacy = ["live", "next"];
    const { "route-ignores-key": _, "key-left-disabled": __, ...found } = said(reviewCatalogs(before, after));
    expect(found).toEqual({
      "tier-coverage": ["tier gold: opens legacy/next as well; 2 customers"],
      "access-gained": ["globex: can call legacy/next, on tier gold"],
    });
  });

  test("that a key that Terraform forgets goes on working", () => {
    const report = reviewOf(
      change("aws_api_gateway_api_key", "acme", ["forget"], KEY, null),
      change("aws_api_gateway_usage_plan_key", "acme", ["forget"], PLAN_KEY, null),
    );
    expect(said(report)).toEqual({});
    expect(report.otherChanges.map(({ action, address }) => `${action} ${address}`)).toEqual([
      "forget aws_api_gateway_api_key.acme",
      "forget aws_api_gateway_usage_plan_key.acme",
    ]);
  });

  test("that what an earlier apply left behind goes, and not what took its place", () => {
    const old = { ...PLAN_KEY, id: "key0", key_id: "key0", name: "acme" };
    const report = reviewOf(
      change("aws_api_gateway_api_key", "acme", ["no-op"], KEY, KEY),
      change("aws_api_gateway_usage_plan_key", "acme", ["no-op"], PLAN_KEY, PLAN_KEY),
      change("aws_api_gateway_usage_plan_key", "acme", ["delete"], old, null, { deposed: "00000001" }),
    );
    expect(said(report)).toEqual({ "access-lost": ["key0: the key is taken out of tier plan1"] });
    expect(report.customers).toMatchObject({ before: 1, after: 1 });
  });
});

describe("of functions, authorizers and AWS quotas, a review says", () => {
  const API = "${aws_api_gateway_rest_api.pets.id}";
  const named = (count: number, of: (index: number) => Json) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, of(index)]));
  const authorizer = (name: string) => ({ rest_api_id: API, name });
  const BEFORE: Json = {
    aws_api_gateway_rest_api: { pets: { name: "pets" } },
    aws_api_gateway_resource: {
      pets: { rest_api_id: API, parent_id: "${aws_api_gateway_rest_api.pets.root_resource_id}", path_part: "pets" },
    },
    aws_api_gateway_authorizer: { one: authorizer("one"), other: authorizer("other") },
    aws_api_gateway_method: {
      pets: {
        rest_api_id: API,
        resource_id: "${aws_api_gateway_resource.pets.id}",
        http_method: "GET",
        authorization: "CUSTOM",
        authorizer_id: "${aws_api_gateway_authorizer.one.id}",
        api_key_required: true,
      },
    },
    aws_lambda_function: {
      pets: { function_name: "pets", source_code_hash: "one", memory_size: 128 },
      toys: { function_name: "toys", source_code_hash: "one" },
    },
    aws_lambda_alias: { prod: { function_name: "pets", name: "prod", function_version: "1" } },
  };
  const changed = (change: (resources: Json) => void) => {
    const after = structuredClone(BEFORE);
    change(after);
    return said(reviewTerraform(BEFORE, after));
  };
  const ofRule = (rule: string, change: (resources: Json) => void) => changed(change)[rule];

  test("which function gets other code or other settings, comes or goes, and which alias moves", () => {
    const found = ofRule("handler-released", ({ aws_lambda_alias, aws_lambda_function }) => {
      aws_lambda_alias.prod.function_version = "2";
      aws_lambda_alias.test = { function_name: "pets", name: "test", function_version: "2" };
      aws_lambda_function.pets.source_code_hash = "two";
      delete aws_lambda_function.toys;
    });
    expect(found?.sort()).toEqual([
      "alias prod of function pets: moves from version 1 to 2",
      expect.stringMatching(/^alias test of function pets: /),
      "function pets: gets other code",
      expect.stringMatching(/^function toys: /),
    ]);
    expect(
      ofRule("handler-released", (after) => Object.assign(after.aws_lambda_function.pets, { memory_size: 256 })),
    ).toEqual(["function pets: changes: memory_size"]);
    expect(ofRule("handler-released", () => {})).toBeUndefined();
  });

  test.each<[string, Json, string | undefined]>([
    [
      "another authorizer",
      { authorizer_id: "${aws_api_gateway_authorizer.other.id}" },
      "from the authorizer one to the authorizer other",
    ],
    ["IAM", { authorization: "AWS_IAM", authorizer_id: undefined }, "from the authorizer one to AWS_IAM"],
    ["nothing, which is another rule's", { authorization: "NONE", authorizer_id: undefined }, undefined],
    ["what it had", {}, undefined],
  ])("which route changes its authorizer: to %s", (_, fields, what) => {
    const found = ofRule("authorizer-changed", ({ aws_api_gateway_method }) => {
      const method = { ...aws_api_gateway_method.pets, ...fields };
      aws_api_gateway_method.pets = JSON.parse(JSON.stringify(method));
    });
    expect(found).toEqual(what && [`GET /pets of pets: ${what}`]);
  });

  const stages = (count: number) => (resources: Json) => {
    resources.aws_api_gateway_stage = named(count, (index) => ({
      rest_api_id: API,
      stage_name: `s${index}`,
      deployment_id: "d",
    }));
  };
  test.each([
    [7, undefined, undefined],
    [8, undefined, "8 of 10"],
    [10, undefined, "10 of 10"],
    [11, "11 of 10", undefined],
  ])("how near %i stages of an API are to what AWS allows", (count, exceeded, near) => {
    const found = changed(stages(count));
    const line = (text: string | undefined) =>
      text && [expect.stringMatching(`^stages of pets: ${text}, which AWS raises`)];
    expect(found["aws-limit-exceeded"]).toEqual(line(exceeded));
    expect(found["aws-limit-near"]).toEqual(line(near));
  });

  test("that 10,001 API keys are more than any account has", () => {
    const found = ofRule("aws-limit-exceeded", (resources) => {
      resources.aws_api_gateway_api_key = named(10_001, (index) => ({ name: `k${index}` }));
    });
    expect(found).toEqual(["API keys of the Region: 10,001 of 10,000, which cannot be raised"]);
  });

  test("what it cannot evaluate, if it concerns customers", () => {
    const found = ofRule("not-evaluated", (resources) => {
      resources.aws_api_gateway_usage_plan = {
        gold: { name: "gold", api_stages: [{ api_id: API, stage: "missing" }] },
      };
      resources.aws_api_gateway_documentation_part = { x: { rest_api_id: API } };
    });
    expect(found).toEqual([expect.stringMatching(/^shop: aws_api_gateway_usage_plan\.gold: .*missing.*pets/)]);
  });

  test("what is adopted, and whether it stays as it is", () => {
    const adopting = (name: string, before: Json, after: Json) => ({
      address: `aws_api_gateway_usage_plan.${name}`,
      type: "aws_api_gateway_usage_plan",
      name,
      mode: "managed",
      change: {
        actions: [before.description === after.description ? "no-op" : "update"],
        before,
        after,
        after_unknown: {},
        importing: { id: before.id },
      },
    });
    const json = wholePlan([
      adopting("gold", { id: "p1", name: "gold", description: "a" }, { id: "p1", name: "gold", description: "a" }),
      adopting("old", { id: "p2", name: "old", description: "a" }, { id: "p2", name: "old", description: "b" }),
    ]);
    expect(said(review([{ stack: "access", file: "access.json", json }])).adopted).toEqual([
      "aws_api_gateway_usage_plan.gold: stays as it is",
      "aws_api_gateway_usage_plan.old: is changed at once: description",
    ]);
  });
});

describe("of each gate on the way of a request, a review says", () => {
  test.each(GATE_CASES)("%s", (_, changes, expected) => {
    expect(said(review([planOf(...changes)]))).toEqual(expected);
  });

  test("that a tier gets another id, and how it keeps its plan", () => {
    const found = saidOf(({ tiers, subscriptions }) => {
      tiers.basic = tiers.bronze;
      delete tiers.bronze;
      subscriptions.joe.tier = "basic";
    });
    expect(found["tier-renamed"]).toEqual([
      'tier basic: takes all 1 customer of bronze, which goes; write formerId: "bronze"',
    ]);
  });
});

describe("of plans that are not whole, or say more than their changes, a review says", () => {
  test.each(ODD_CASES)("%s", (_, json, expected, needsDecision) => {
    const report = review([{ stack: "shop", file: "shop.json", json: JSON.parse(JSON.stringify(json)) }]);
    expect(said(report)).toEqual(expected);
    expect(report.verdict).toBe(needsDecision ? "decision-needed" : "no-decision-needed");
  });
});

test("where the value of a key can be read, new with this change or as before, a review says", () => {
  const value = ["Value", "Of", "AKey", "0123456789"].join("");
  const KEY = { id: "key1", name: "x", enabled: false, value };
  const change = (type: string, name: string, actions: string[], before: Json, after: Json) => ({
    address: `${type}.${name}`,
    type,
    name,
    mode: "managed",
    change: { actions, before, after, after_unknown: {} },
  });
  const parameter = (fields: Json) => ({ name: "/x", type: "String", ...fields });
  const changes = [
    change("aws_api_gateway_api_key", "x", ["no-op"], KEY, KEY),
    change("aws_ssm_parameter", "new", ["create"], null, parameter({ insecure_value: value })),
    change("aws_ssm_parameter", "old", ["no-op"], parameter({ value }), parameter({ value })),
    change("aws_ssm_parameter", "secure", ["create"], null, parameter({ value, type: "SecureString" })),
    change("aws_ssm_parameter", "other", ["create"], null, parameter({ value: "no key" })),
  ];
  const json = wholePlan(changes, {
    output_changes: {
      fresh: { actions: ["update"], before: null, after: { x: value }, after_unknown: false },
      stays: { actions: ["no-op"], before: value, after: value, after_unknown: false },
      later: { actions: ["create"], before: null, after: null, after_unknown: true },
      id: { actions: ["create"], before: null, after: null, after_unknown: true },
    },
    configuration: {
      root_module: {
        outputs: {
          later: { expression: { references: ["aws_api_gateway_api_key.y.value", "aws_api_gateway_api_key.y"] } },
          id: { expression: { references: ["aws_api_gateway_api_key.y.id", "aws_api_gateway_api_key.y"] } },
        },
      },
    },
  });
  const report = review([{ stack: "keys", file: "keys.json", json }]);
  expect(said(report)).toMatchObject({
    "key-readable": [
      "output fresh: holds the value of a key",
      "output later: holds the value of a key",
      "aws_ssm_parameter.new: holds the value of a key in insecure_value",
    ],
    "key-stays-readable": [
      "output stays: holds the value of a key",
      "aws_ssm_parameter.old: holds the value of a key, and is a String",
    ],
  });
  expect(JSON.stringify(report)).not.toContain(value);
});

describe("of a place where a key is handed over, a review says", () => {
  const value = ["Value", "Of", "AKey", "0123456789"].join("");
  const change = (address: string, actions: string[], before: Json, after: Json, rest: Json = {}) => ({
    address,
    type: address.split(".")[0],
    name: address.split(".")[1],
    mode: "managed",
    change: { actions, before, after, after_unknown: {}, ...rest },
  });
  const KEY = { id: "key1", name: "joe", enabled: false, value };
  const same = (address: string, values: Json) => change(address, ["no-op"], values, values);
  const KEY_STAYS = same("aws_api_gateway_api_key.joe", KEY);
  const parameter = (fields: Json = {}) => ({ id: "/joe", name: "/joe", type: "SecureString", value, ...fields });
  const SECRET = { id: "arn:joe", name: "joe-secret", kms_key_id: "" };
  const VERSION = { id: "v1", secret_id: "arn:joe", secret_string: value };
  const writeOnly = { value: null, has_value_wo: true, value_wo_version: 1 };

  test.each<[string, Json[], Record<string, string[]>]>([
    [
      "that it is deleted, though the key works on",
      [KEY_STAYS, change("aws_ssm_parameter.joe", ["delete"], parameter(), null)],
      { "key-place-lost": ["parameter /joe: is deleted"] },
    ],
    [
      "the same of a write-only value",
      [KEY_STAYS, change("aws_ssm_parameter.joe", ["delete"], parameter(writeOnly), null)],
      { "key-place-lost": ["parameter /joe: is deleted"] },
    ],
    [
      "that it goes with its key",
      [
        change("aws_api_gateway_api_key.joe", ["delete"], KEY, null),
        change("aws_ssm_parameter.joe", ["delete"], parameter(), null),
      ],
      { "key-handed-over": ["parameter /joe: is deleted"] },
    ],
    [
      "that it has another name",
      [
        KEY_STAYS,
        change("aws_ssm_parameter.joe", ["delete", "create"], parameter(), parameter({ name: "/new" }), {
          replace_paths: [["name"]],
        }),
      ],
      { "key-place-lost": ["parameter /new: is made; /joe is deleted"] },
    ],
    [
      "that it is created again",
      [KEY_STAYS, change("aws_ssm_parameter.joe", ["delete", "create"], parameter(), parameter())],
      { "key-place-lost": ["parameter /joe: is deleted and created again"] },
    ],
    [
      "that something else stands there",
      [KEY_STAYS, change("aws_ssm_parameter.joe", ["update"], parameter(), parameter({ value: "something else" }))],
      { "key-place-lost": ["parameter /joe: no longer holds the key"] },
    ],
    [
      "that it becomes readable",
      [KEY_STAYS, change("aws_ssm_parameter.joe", ["update"], parameter(), parameter({ type: "String" }))],
      { "key-readable": ["aws_ssm_parameter.joe: holds the value of a key, and is a String"] },
    ],
    [
      "that another KMS key decides who reads it",
      [KEY_STAYS, change("aws_ssm_parameter.joe", ["update"], parameter({ key_id: "a" }), parameter({ key_id: "b" }))],
      { "key-readers-changed": ["/joe: has another key_id"] },
    ],
    [
      "that a secret goes, and its version with it",
      [
        KEY_STAYS,
        change("aws_secretsmanager_secret.joe", ["delete"], SECRET, null),
        change("aws_secretsmanager_secret_version.joe", ["delete"], VERSION, null),
      ],
      { "key-place-lost": ["secret joe-secret: is deleted"] },
    ],
    [
      "that the version of a secret goes alone",
      [
        KEY_STAYS,
        same("aws_secretsmanager_secret.joe", SECRET),
        change("aws_secretsmanager_secret_version.joe", ["delete"], VERSION, null),
      ],
      { "key-place-lost": ["secret version joe-secret: is deleted"] },
    ],
    [
      "that others may read a secret",
      [
        KEY_STAYS,
        same("aws_secretsmanager_secret.joe", SECRET),
        same("aws_secretsmanager_secret_version.joe", VERSION),
        change("aws_secretsmanager_secret_policy.joe", ["create"], null, {
          secret_arn: "x",
          secret_id: "arn:joe",
          policy: "{}",
        }),
      ],
      { "key-readers-changed": ["joe-secret: has another policy"] },
    ],
    [
      "nothing of places that hold no key",
      [
        KEY_STAYS,
        change("aws_ssm_parameter.other", ["delete"], parameter({ name: "/other", value: "no key" }), null),
        change("aws_secretsmanager_secret.other", ["delete"], { ...SECRET, id: "arn:other" }, null),
        change("aws_secretsmanager_secret_policy.other", ["create"], null, { secret_id: "arn:other", policy: "{}" }),
      ],
      {},
    ],
    [
      "which other resources hold it",
      [
        KEY_STAYS,
        change("aws_lambda_function.f", ["create"], null, {
          function_name: "f",
          environment: [{ variables: { KEY: value } }],
        }),
        same("aws_api_gateway_stage.s", { id: "s", stage_name: "s", rest_api_id: "a", variables: { key: value } }),
        change("aws_s3_object.o", ["create"], null, { content: `key: ${value}` }),
      ],
      {
        "key-readable": [
          "aws_lambda_function.f environment: holds the value of a key",
          "aws_s3_object.o content: holds the value of a key",
        ],
        "key-stays-readable": ["aws_api_gateway_stage.s variables: holds the value of a key"],
      },
    ],
  ])("%s", (_, changes, expected) => {
    const report = review([{ stack: "keys", file: "keys.json", json: wholePlan(changes) }]);
    const ids = ["key-place-lost", "key-readers-changed", "key-handed-over", "key-readable", "key-stays-readable"];
    const found = Object.entries(said(report)).filter(([rule]) => ids.includes(rule));
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(JSON.stringify(report)).not.toContain(value);
  });
});

describe("customers are matched by their keys, at any index of a list", () => {
  const KEY = "aws_api_gateway_api_key.keys";
  const PLAN_KEY = "aws_api_gateway_usage_plan_key.keys";

  interface Listed {
    readonly index: number | string;
    readonly name: string;
    /** Its id in AWS; `undefined` where it is created. */
    readonly id?: string;
    readonly value?: string;
    /** @default - it is known */
    readonly unknownPlan?: true;
  }

  /** No value of anybody. */
  const fakeValue = (name: string) => `FakeValueOfTheKeyOf${name}`;

  /** Resources of one state by address: an API with a stage, a plan for it, and the keys of a list. */
  function resourcesOf(keys: readonly Listed[]): Record<string, Json> {
    const at = (index: number | string) => `[${JSON.stringify(index)}]`;
    return {
      "aws_api_gateway_rest_api.pets": { id: "api1", name: "pets" },
      "aws_api_gateway_stage.prod": { id: "s1", rest_api_id: "api1", stage_name: "prod", deployment_id: "d1" },
      "aws_api_gateway_usage_plan.gold": { id: "p1", name: "gold", api_stages: [{ api_id: "api1", stage: "prod" }] },
      ...Object.fromEntries(
        keys.flatMap(({ index, name, id, value, unknownPlan }) => [
          [KEY + at(index), { id, name, enabled: true, value }],
          [PLAN_KEY + at(index), { key_id: id, key_type: "API_KEY", usage_plan_id: unknownPlan ? undefined : "p1" }],
        ]),
      ),
    };
  }

  function saidOfKeys(before: readonly Listed[], after: readonly Listed[]) {
    const [then, now] = [resourcesOf(before), resourcesOf(after)];
    const known = (values: Json) => JSON.parse(JSON.stringify(values));
    const typeOf = (address: string) => address.replace(/\..*$/s, "");
    const parts = (address: string) => ({
      address,
      mode: "managed",
      type: typeOf(address),
      name: address.replace(/^[^.]*\.|\[.*$/g, ""),
      ...(address.includes("[") && { index: JSON.parse(address.replace(/^[^[]*\[|\]$/g, "")) }),
    });
    const reference = (text: string) => ({ references: [`${text}.id`, text] });
    const json = {
      ...WHOLE,
      planned_values: {
        root_module: {
          resources: Object.entries(now).map(([address, values]) => ({ ...parts(address), values: known(values) })),
        },
      },
      configuration: {
        root_module: {
          resources: [
            { mode: "managed", address: KEY, type: typeOf(KEY), name: "keys", expressions: {} },
            {
              mode: "managed",
              address: PLAN_KEY,
              type: typeOf(PLAN_KEY),
              name: "keys",
              expressions: {
                key_id: { references: [KEY, "each.key"] },
                usage_plan_id: {
                  references: [...reference("aws_api_gateway_usage_plan.gold").references, "each.value"],
                },
              },
            },
          ],
        },
      },
      resource_changes: [...new Set([...Object.keys(then), ...Object.keys(now)])].map((address) => {
        const [was, is] = [then[address], now[address]];
        const isReplaced = was && is && typeOf(address) !== "aws_api_gateway_usage_plan" && was.id !== is.id;
        const actions =
          !was || !is
            ? [was ? "delete" : "create"]
            : isReplaced || was.key_id !== is.key_id
              ? ["delete", "create"]
              : [JSON.stringify(was) === JSON.stringify(is) ? "no-op" : "update"];
        return {
          ...parts(address),
          change: {
            actions,
            before: was ? known(was) : null,
            after: is ? known(is) : null,
            after_unknown: is ? Object.fromEntries(Object.keys(is).map((name) => [name, is[name] === undefined])) : {},
          },
        };
      }),
    };
    return said(review([{ stack: "shop", file: "shop.json", json }]));
  }

  const listed = (...names: string[]): Listed[] =>
    names.map((name, index) => ({ index, name, id: `id${name}`, value: fakeValue(name) }));

  test("by the value: the first of a list goes, and the others keep their keys under other indices", () => {
    const after = [
      { index: 0, name: "globex", value: fakeValue("globex") },
      { index: 1, name: "initech", value: fakeValue("initech") },
    ];
    const found = saidOfKeys(listed("acme", "globex", "initech"), after);
    expect(found["access-lost"]).toEqual(["acme: the key is deleted"]);
    expect(found["key-replaced"]).toBeUndefined();
    expect(found["key-recreated"]).toEqual([
      `globex: keeps the value, at ${KEY}[0]`,
      `initech: keeps the value, at ${KEY}[1]`,
    ]);
  });

  test("by the value: count becomes for_each", () => {
    const after = [{ index: "acme", name: "acme", value: fakeValue("acme") }];
    const found = saidOfKeys(listed("acme"), after);
    expect(found["key-replaced"]).toBeUndefined();
    expect(found["access-lost"]).toBeUndefined();
    expect(found["key-recreated"]).toEqual([`acme: keeps the value, at ${KEY}["acme"]`]);
  });

  test("by the id: the first of a list without values goes, and its key works on under the name of the next", () => {
    const without = (keys: Listed[]) => keys.map(({ value: _, ...key }) => key);
    const after = without([
      { index: 0, name: "globex", id: "idacme" },
      { index: 1, name: "initech", id: "idglobex" },
    ]);
    const found = saidOfKeys(without(listed("acme", "globex", "initech")), after);
    expect(found["key-under-another-name"]).toEqual([
      "acme: the key keeps its value and works on, and is called globex from now on",
      "globex: the key keeps its value and works on, and is called initech from now on",
    ]);
    expect(found["access-lost"]).toEqual(["initech: the key is deleted"]);
    expect(found["customer-renamed"]).toBeUndefined();
  });

  test("a plan that is known only after the apply takes nobody's access, and no green verdict comes of it", () => {
    const [acme] = listed("acme") as [Listed];
    const found = saidOfKeys([acme], [{ ...acme, unknownPlan: true }]);
    expect(found["access-lost"]).toBeUndefined();
    expect(found["access-unknown"]).toEqual([
      "acme: can call pets/prod now; whether it still can is known after the apply",
    ]);
  });
});

test("a resource that stays as it is needs no decision, although a part of it is not read", () => {
  const resources: Json = {
    aws_api_gateway_rest_api: { pets: { name: "pets" } },
    aws_api_gateway_stage: {
      prod: { rest_api_id: "${aws_api_gateway_rest_api.pets.id}", stage_name: "prod", deployment_id: "d" },
    },
    aws_api_gateway_usage_plan: {
      gold: { name: "gold", api_stages: [{ api_id: "${aws_api_gateway_rest_api.pets.id}", stage: "missing" }] },
    },
  };
  const report = reviewTerraform(resources, resources);
  expect(said(report)["not-covered"]).toEqual([
    "shop: aws_api_gateway_usage_plan.gold: covers stage missing of API pets, which has no such stage in these plans",
  ]);
  expect(report.verdict).toBe("no-decision-needed");
});

test("what may hold the value of a key, and is known only after the apply, needs a decision", () => {
  const output = { actions: ["create"], before: null, after_unknown: true, after_sensitive: true };
  const json = wholePlan([], {
    output_changes: { keys: output },
    configuration: { root_module: { outputs: { keys: { expression: { references: ["local.keys"] } } } } },
  });
  expect(said(review([{ stack: "keys", file: "keys.json", json }]))).toEqual({
    "key-maybe-readable": ["output keys: may hold the value of a key"],
  });
});

describe("of customers who signed up by themselves, a review says", () => {
  const lost = (before: Json, after: Json) =>
    said(reviewCatalogs({ ...SHOP, selfService: before }, { ...SHOP, selfService: after }))["self-service-table-lost"];
  const both = { tiers: ["bronze", "gold"] };

  test.each<[string, Json, string[] | undefined]>([
    [
      "which table is lost with another name",
      { ...both, name: "shop" },
      ["table api-tiers-self-service: is deleted, with all subscriptions in it, and shop is created, empty"],
    ],
    [
      "which table is deleted",
      { ...both, retired: true },
      ["table api-tiers-self-service: is deleted, with all subscriptions in it"],
    ],
    ["nothing of a table that stays", { ...both, verification: false }, undefined],
  ])("%s", (_, after, expected) => {
    expect(lost(both, after)).toEqual(expected);
  });
});

test("traffic of somebody who is in none of the plans is a reminder", () => {
  const report = reviewCatalogs(SHOP, SHOP, { traffic: [{ customer: "jo", used: 1 }] });
  expect(said(report)["traffic-unknown"]).toEqual(["jo: is not a customer of these plans; did you mean joe?"]);
});

test("each rule says what must hold, why, and what to do, and has a name of its own", () => {
  for (const { id, holds, why, remedy, title } of RULES) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$|^adopted$/);
    for (const sentence of [holds, why, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/s);
    expect(title(1)).toMatch(/^1 /);
    expect(title(5_000)).toMatch(/^5,000 /);
  }
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test("each rule finds something in a test above", () => {
  expect(RULES.map(({ id }) => id).filter((id) => !FOUND.has(id))).toEqual([]);
});
