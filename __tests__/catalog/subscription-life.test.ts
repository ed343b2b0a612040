import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { subscriptionsFromFile } from "../../src";
import { defineUnchecked, findingsOf, petShop, problemsOf, withSubscriptions } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

const TIERS = {
  gold: {
    access: { pets: ["prod"] },
    throttle: { rateLimit: 10, burstLimit: 20 },
    quota: { limit: 1_000, period: "DAY" },
    methodThrottle: { pets: { "GET /pets": { rateLimit: 5, burstLimit: 5 } } },
    closed: true,
  },
  silver: { access: { pets: "*" }, throttle: { rateLimit: 5, burstLimit: 10 } },
};
const shop = (joe: object, parts: object = {}) =>
  petShop({ tiers: TIERS, subscriptions: { joe: { tier: "gold", ...joe } }, ...parts });
const joeOf = (joe: object) => defineUnchecked(shop(joe)).subscriptions[0];

describe("a subscription with several keys", () => {
  test("has them sorted by name, with what it says of all and what each says of itself", () => {
    const joe = joeOf({
      keyName: "Joe",
      tags: { team: "a" },
      keys: { "2026-11": { handOver: "ssm", tags: { use: "rotation" } }, main: {}, ci: false },
    });
    expect(joe?.keys).toEqual([
      expect.objectContaining({ name: "2026-11", keyName: "Joe-2026-11", enabled: true, handOver: "ssm" }),
      expect.objectContaining({ name: "ci", keyName: "Joe-ci", enabled: false, tags: { team: "a" } }),
      expect.objectContaining({ name: "main", keyName: "Joe", enabled: true, handOver: undefined }),
    ]);
    expect(joe?.keys[0]?.tags).toEqual({ team: "a", use: "rotation" });
  });

  test("has the same key without the field as with `main` alone", () => {
    expect(joeOf({ keys: { main: {} } })?.keys).toEqual(joeOf({})?.keys);
  });

  test("has no key that works while it is suspended", () => {
    expect(joeOf({ enabled: false, keys: { main: {}, ci: true } })?.keys.map(({ enabled }) => enabled)).toEqual([
      false,
      false,
    ]);
  });

  test("is noticed, because AWS gives each key the whole limits", () => {
    expect(findingsOf(shop({ keys: { main: {}, ci: {}, old: false } }))).toContainEqual(
      'notice: subscriptions: 1 subscription has several keys that work, each with the whole limits of its tier: "joe"',
    );
    expect(findingsOf(shop({ keys: { main: {}, old: false } })).join()).not.toContain("several keys");
  });

  test("is warned of where the key authorizer would look for a key that it has not", () => {
    const authorizer = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
    const apis = {
      pets: { keySource: "AUTHORIZER", authorizer, stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } },
    };
    const found = (keys: object, fields: object = {}) =>
      findingsOf(shop({ keys, ...fields }, { apis, keyStore: { type: "ssm" } })).join();
    const looks = "and the key authorizer looks for that one alone";
    expect(found({ "2026-11": {} })).toContain(`has no key "main", ${looks}`);
    expect(found({ main: false, "2026-11": {} })).toContain(
      `has a disabled key "main" beside one that works, ${looks}`,
    );
    expect(found({ main: { handOver: false }, "2026-11": {} })).toContain(
      `does not hand its key "main" over, ${looks}`,
    );
    for (const keys of [
      { main: {}, "2026-11": {} },
      { main: {}, "2026-11": false },
      { main: false, ci: false },
    ])
      expect(found(keys)).not.toContain("the key authorizer looks for");
    expect(found({ main: false, ci: {} }, { enabled: false })).not.toContain("the key authorizer looks for");
  });

  test("is not warned of the key authorizer where its tier opens no API of one", () => {
    const authorizer = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
    const routes = { "GET /pets": { mock: 200 } };
    const apis = {
      pets: { stages: { prod: {} }, routes },
      toys: { keySource: "AUTHORIZER", authorizer, stages: { prod: {} }, routes },
    };
    const tiers = { gold: TIERS.gold, toys: { access: { toys: "*" }, throttle: { rateLimit: 5, burstLimit: 10 } } };
    const subscriptions = { joe: { tier: "gold", keys: { ci: {} } }, zoe: { tier: "toys", keys: { ci: {} } } };
    const found = findingsOf(petShop({ apis, tiers, subscriptions, keyStore: { type: "ssm" } }));
    expect(found.filter((each) => each.includes("the key authorizer looks for"))).toEqual([
      expect.stringContaining('subscription "zoe"'),
    ]);
  });

  test.each<[string, object, string | RegExp]>([
    ["no key", { keys: {} }, "keys has no key; keep one, or write enabled: false to suspend the subscription"],
    ["a list", { keys: ["main"] }, /keys must be an object of keys by name, such as \{ main: \{\}, ci: \{\} \}, got/],
    ["a name with a slash", { keys: { "a/b": {} } }, /must be called by 1 to 64 letters, digits and \. _ -/],
    [
      "an unknown field",
      { keys: { main: { enable: true } } },
      /keys\.main has the unknown field "enable"; did you mean/,
    ],
    ["a text for a key", { keys: { main: "yes" } }, 'keys.main must be true or false, got "yes"'],
    [
      "a value beside them",
      { keyValue: { variable: "x" }, keys: { main: {} } },
      /keyValue must not be given beside keys; write it in one/,
    ],
    [
      "a name of an additional tier",
      { additionalTiers: { ci: "silver" }, keys: { main: {}, ci: {} } },
      "keys.ci is the name of an additional tier too, but their plan keys share names; rename one",
    ],
    [
      "a suspension that cannot reach a key",
      { enabled: false, keys: { main: { existingKeyId: "a1b2c3d4e5" }, ci: {} } },
      /enabled must not be given, because the key "main" is managed elsewhere/,
    ],
    [
      "what is another's to say",
      { keys: { main: { existingKeyId: "a1b2c3d4e5", enabled: false } } },
      /keys\.main\.enabled must not be given beside existingKeyId/,
    ],
  ])("is refused with %s", (_, joe, problem) => {
    expect(problemsOf(shop(joe)).filter((each) => !each.includes("both open"))).toEqual([
      typeof problem === "string" ? `subscription "joe": ${problem}` : expect.stringMatching(problem),
    ]);
  });

  test("is refused where two keys have one variable or one key of AWS", () => {
    const keys = { a: { keyValue: { variable: "one" } }, b: { keyValue: { variable: "one" } } };
    expect(problemsOf(shop({ keys }))).toEqual([
      expect.stringContaining('keyValue.variable "one" is used by subscription "joe/a" too'),
    ]);
  });

  test("stands in a CSV file as a column for each name", () => {
    const csv =
      "id,tier,keys.main,keys.2026-11,trial.tier,trial.until\njoe,gold,false,TRUE,,\nzoe,gold,,,gold,2026-12-24\n";
    const [joe, zoe] = withFolder((folder) => {
      writeFileSync(join(folder, "customers.csv"), csv);
      const subscriptionFiles = [subscriptionsFromFile(join(folder, "customers.csv"))];
      return defineUnchecked(petShop({ subscriptionFiles })).subscriptions;
    });
    expect(joe?.keys.map(({ name, enabled }) => [name, enabled])).toEqual([
      ["2026-11", true],
      ["main", false],
    ]);
    expect(joe?.dates.trial).toBeUndefined();
    expect(zoe?.keys.map(({ name }) => name)).toEqual(["main"]);
    expect(zoe?.dates.trial).toEqual({ tier: "gold", until: "2026-12-24" });
  });
});

describe("negotiated limits", () => {
  const negotiated = (limits: object, joe: object = {}) => defineUnchecked(shop({ limits, ...joe })).negotiatedTiers;

  test("are those of the tier in all that is not written", () => {
    expect(negotiated({ quota: false }, { customer: "Joe Black" })).toEqual([
      expect.objectContaining({
        id: "joe/limits",
        subscription: "joe",
        tier: "gold",
        displayName: "gold (Joe Black)",
        throttle: TIERS.gold.throttle,
        quota: undefined,
        closed: false,
        access: [
          {
            api: "pets",
            stages: ["prod"],
            methodThrottles: [{ route: "GET /pets", throttle: { rateLimit: 5, burstLimit: 5 } }],
          },
        ],
      }),
    ]);
    const throttle = { rateLimit: 50, burstLimit: 60 };
    const [other] = negotiated({ throttle, methodThrottle: { pets: { "GET /pets": false } } });
    expect(other).toMatchObject({ throttle, quota: TIERS.gold.quota, access: [{ methodThrottles: [] }] });
  });

  test("wait until a trial is over", () => {
    const trial = { tier: "silver", until: "2026-12-24" };
    expect(negotiated({ quota: false }, { trial })).toEqual([]);
    expect(joeOf({ limits: { quota: false }, trial })).toMatchObject({
      tier: "silver",
      boughtTier: "gold",
      plan: "silver",
    });
    expect(joeOf({ limits: { quota: false } })).toMatchObject({ tier: "gold", plan: "joe/limits" });
  });

  test("count as usage plans against AWS's quota", () => {
    const many = Object.fromEntries(
      Array.from({ length: 299 }, (_, index) => [`c${index}`, { tier: "silver", limits: { quota: false } }]),
    );
    expect(findingsOf(withSubscriptions(many, { tiers: TIERS })).join("\n")).toContain(
      "has 301 tiers and negotiated limits, over AWS's default of 300 usage plans",
    );
  });

  test.each<[string, object, RegExp]>([
    ["nothing", {}, /limits has no limit; write throttle, quota or methodThrottle/],
    ["a throttle that is undefined", { throttle: undefined }, /limits has no limit/],
    ["no API", { methodThrottle: {} }, /limits has no limit/],
    ["no route", { methodThrottle: { pets: {} } }, /limits has no limit/],
    [
      "a throttle of 0",
      { throttle: { rateLimit: 0, burstLimit: 5 } },
      /limits\.throttle\.rateLimit must be a number of requests a second above 0, got 0; write false for no throttle/,
    ],
    [
      "a quota of 0",
      { quota: { limit: 0, period: "DAY" } },
      /limits\.quota\.limit must be a positive integer, got 0; write false for no quota/,
    ],
    ["true", { throttle: true }, /limits\.throttle must be a throttle, or false for none, got true/],
    ["half a throttle", { throttle: { rateLimit: 5 } }, /limits\.throttle\.burstLimit must be a positive integer/],
    [
      "a route that is not there",
      { methodThrottle: { pets: { "GET /pet": false } } },
      /limits\.methodThrottle\.pets: unknown route "GET \/pet"/,
    ],
    [
      "an API that is not there",
      { methodThrottle: { petz: { "GET /pets": false } } },
      /limits\.methodThrottle\.petz: unknown API "petz"; did you mean "pets"/,
    ],
    ["no throttle beside those of methods", { throttle: false }, /limits: has no throttle, but methods have/],
  ])("are refused with %s, also during a trial", (_, limits, problem) => {
    for (const dates of [{}, { trial: { tier: "silver", until: "2026-12-24" } }])
      expect(problemsOf(shop({ limits, ...dates }))).toEqual([expect.stringMatching(problem)]);
  });

  test("warn at the subscription of what cannot be meant", () => {
    expect(findingsOf(shop({ limits: { throttle: { rateLimit: 50, burstLimit: 6 } } }))).toContainEqual(
      expect.stringMatching(/^warning: subscription "joe": throttle: burstLimit 6 is below rateLimit 50/),
    );
  });
});

test.each<[string, object, RegExp | undefined]>([
  [
    "a trial of the tier that it has",
    { trial: { tier: "gold", until: "2026-12-24" } },
    /so the trial changes nothing; drop/,
  ],
  [
    "a trial of the tier that it has, with limits of its own",
    { trial: { tier: "gold", until: "2026-12-24" }, limits: { quota: false } },
    /so the trial only sets its own limits aside until 2026-12-24; drop/,
  ],
  [
    "a move to the tier that it has",
    { pendingTier: { tier: "gold", on: "2026-12-24" } },
    /moves to tier "gold" on 2026-12-24, which it has bought already/,
  ],
  ["a trial of another tier", { trial: { tier: "silver", until: "2026-12-24" } }, undefined],
  ["a move to another tier", { pendingTier: { tier: "silver", on: "2026-12-24" } }, undefined],
])("%s is warned of, if it changes nothing", (_, joe, warning) => {
  const found = findingsOf(shop(joe)).filter((each) => /which it has bought/.test(each));
  expect(found).toEqual(warning ? [expect.stringMatching(warning)] : []);
});

test.each([
  ["fits", 1021, []],
  [
    "is too long",
    1022,
    [
      expect.stringMatching(
        /keys\.ci gets the name of its subscription with "-ci", of 1025 characters, but AWS takes at most 1024/,
      ),
    ],
  ],
])("a name in AWS that is made of two, and %s", (_, length, problems) => {
  expect(problemsOf(shop({ keyName: "x".repeat(length), keys: { main: {}, ci: {} } }))).toEqual(problems);
  expect(problemsOf(shop({ keyName: "x".repeat(length), keys: { main: {}, ci: { keyName: "ci" } } }))).toEqual([]);
});

describe("days", () => {
  test("change nothing by themselves: synthesis reads no clock, so what stands is what is", () => {
    expect(joeOf({ startsOn: "1999-01-01" })).toMatchObject({ enabled: false, keys: [{ enabled: false }] });
    expect(joeOf({ endsOn: "1999-01-01" })).toMatchObject({ enabled: true, keys: [{ enabled: true }] });
    expect(joeOf({ trial: { tier: "silver", until: "1999-01-01" } })).toMatchObject({
      tier: "silver",
      boughtTier: "gold",
    });
    expect(joeOf({ pendingTier: { tier: "silver", on: "1999-01-01" } })).toMatchObject({ tier: "gold" });
  });

  test.each<[string, object, RegExp]>([
    [
      "what is not a day",
      { startsOn: "2026-02-30" },
      /startsOn must be a day of the calendar such as 2026-12-01, got "2026-02-30"/,
    ],
    ["a date of another form", { endsOn: "1.12.2026" }, /endsOn must be a day of the calendar/],
    ["a time", { endsOn: new Date(0) }, /endsOn must be a day of the calendar/],
    [
      "an end before the start",
      { startsOn: "2026-12-02", endsOn: "2026-12-02" },
      /endsOn must be a day after startsOn, which is 2026-12-02/,
    ],
    [
      "a move after the end",
      { endsOn: "2026-12-02", pendingTier: { tier: "silver", on: "2026-12-02" } },
      /pendingTier\.on must be a day before endsOn/,
    ],
    [
      "a move within a trial",
      { trial: { tier: "silver", until: "2026-12-02" }, pendingTier: { tier: "silver", on: "2026-12-01" } },
      /pendingTier\.on must be a day after trial\.until/,
    ],
    [
      "a tier that is not there",
      { trial: { tier: "silber", until: "2026-12-02" } },
      /trial\.tier: unknown tier "silber"; did you mean "silver"/,
    ],
    [
      "a pending tier that is not there",
      { pendingTier: { tier: "gald", on: "2026-12-02" } },
      /pendingTier\.tier: unknown tier "gald"/,
    ],
    [
      "a key that is managed elsewhere",
      { existingKeyId: "a1b2c3d4e5", endsOn: "2026-12-02" },
      /endsOn must not be given beside existingKeyId/,
    ],
  ])("are refused with %s", (_, joe, problem) => {
    expect(problemsOf(shop(joe))).toEqual([expect.stringMatching(problem)]);
  });
});
