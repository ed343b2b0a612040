import { findingsOf, petShop, problemsOf, withRoutes, withSubscriptions, withTier } from "../support/catalogs";

describe("the classic mistakes with usage plans", () => {
  test("a plan on no stage gets a warning", () => {
    expect(findingsOf(withTier({ access: {} }))).toEqual([
      'warning: tier "gold": opens no stage, so its customers\' keys are refused everywhere; give it access to one',
    ]);
  });

  test("a plan whose only stage is retired gets the same warning", () => {
    const apis = { pets: { stages: { prod: { retired: true } }, routes: { "GET /pets": { mock: 200 } } } };
    const tiers = { gold: { access: { pets: "*" }, quota: { limit: 1, period: "DAY" } } };
    expect(findingsOf(petShop({ apis, tiers }))).toContainEqual(expect.stringContaining("opens no stage"));
  });

  test("a key in no plan is refused, for a subscription has a tier", () => {
    expect(problemsOf(withSubscriptions({ joe: { customer: "Joe" } }))).toEqual([
      'subscription "joe": tier must be the id of a tier, got nothing; name the one that was bought',
    ]);
  });

  test("a sold stage on which no route needs a key gets a warning", () => {
    expect(findingsOf(withRoutes({ "GET /pets": { mock: 200, apiKeyRequired: false } }))).toEqual([
      'warning: api "pets": is sold, but none of its routes needs a key, so no tier limits anybody; let a route need one',
    ]);
  });

  test("a route that was opened on purpose gets a notice", () => {
    const routes = { "GET /pets": { mock: 200 }, "GET /health": { mock: 200, apiKeyRequired: false } };
    expect(findingsOf(withRoutes(routes))).toEqual([
      'notice: api "pets": is open without a key, on purpose, at "GET /health"',
    ]);
  });

  test("a preflight route is not an open route", () => {
    expect(findingsOf(withRoutes({ "GET /pets": { mock: 200 }, "OPTIONS /pets": { mock: 204 } }))).toEqual([]);
  });

  test("disabled keys get a notice, however many they are", () => {
    const joe = { tier: "gold", enabled: false };
    expect(findingsOf(withSubscriptions({ joe }))).toEqual(['notice: subscriptions: 1 key is disabled: "joe"']);
    const crowd = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`c${10 + index}`, joe]));
    expect(findingsOf(withSubscriptions(crowd))).toEqual([
      'notice: subscriptions: 12 keys are disabled: "c10", "c11", "c12", "c13", "c14", "c15", "c16", "c17" and 4 more',
    ]);
  });

  test("a tier without any limit gets a warning", () => {
    expect(findingsOf(withTier({ throttle: undefined }))).toEqual([
      expect.stringMatching(/^warning: tier "gold": has neither throttle nor quota/),
    ]);
  });
});

describe("AWS Marketplace", () => {
  const sold = { tiers: { gold: { access: { pets: "*" }, quota: { limit: 1, period: "DAY" }, productCode: "abc" } } };

  test("needs the customer's id for a tier with a product code", () => {
    expect(findingsOf(withSubscriptions({ joe: { tier: "gold" } }, sold))).toEqual([
      expect.stringMatching(
        /^warning: subscription "joe": is on tier "gold", which is sold on AWS Marketplace, but has no/,
      ),
    ]);
    expect(findingsOf(withSubscriptions({ joe: { tier: "gold", marketplaceCustomerId: "c" } }, sold))).toEqual([]);
  });

  test("needs a product code for a customer with an id", () => {
    expect(findingsOf(withSubscriptions({ joe: { tier: "gold", marketplaceCustomerId: "c" } }))).toEqual([
      expect.stringMatching(
        /^warning: subscription "joe": has a marketplaceCustomerId, but tier "gold" has no productCode/,
      ),
    ]);
  });
});

describe("renaming a subscription", () => {
  test.each([
    [
      "to take over from one that is still there",
      { a: { tier: "gold", formerId: "b" }, b: { tier: "gold" } },
      /subscription "a": formerId "b" is the id of a subscription that is still there/,
    ],
    [
      "from itself",
      { a: { tier: "gold", formerId: "a" } },
      /formerId "a" is the id of a subscription that is still there/,
    ],
    [
      "of one key by two",
      { a: { tier: "gold", formerId: "x" }, b: { tier: "gold", formerId: "x" } },
      /subscription "b": formerId "x" is claimed by subscription "a" too/,
    ],
  ])("is refused %s", (_, subscriptions, problem) => {
    expect(problemsOf(withSubscriptions(subscriptions))).toEqual([expect.stringMatching(problem)]);
  });
});

describe("renaming a tier", () => {
  const limits = { access: { pets: "*" }, quota: { limit: 1, period: "DAY" } };

  test.each([
    [
      "to take over from one that is still there",
      { a: { ...limits, formerId: "b" }, b: limits },
      /^tier "a": formerId "b" is the id of a tier that is still there; drop that one, or leave formerId out/,
    ],
    [
      "from itself",
      { a: { ...limits, formerId: "a" } },
      /^tier "a": formerId "a" is the id of a tier that is still there/,
    ],
    [
      "of one usage plan by two",
      { a: { ...limits, formerId: "x" }, b: { ...limits, formerId: "x" } },
      /^tier "b": formerId "x" is claimed by tier "a" too, but one usage plan has one owner; keep it at one of them/,
    ],
    [
      "from what no tier was called",
      { a: { ...limits, formerId: "x y" } },
      /^tier "a": formerId must be the id that the tier had/,
    ],
  ])("is refused %s", (_, tiers, problem) => {
    expect(problemsOf(petShop({ tiers }))).toEqual([expect.stringMatching(problem)]);
  });

  test("is taken where the former id is free", () => {
    expect(problemsOf(petShop({ tiers: { a: { ...limits, formerId: "x" } } }))).toEqual([]);
  });
});

describe("what is retired", () => {
  test("cannot be given to a tier", () => {
    const apis = { pets: { stages: { prod: {}, beta: { retired: true } }, routes: { "GET /pets": { mock: 200 } } } };
    const tiers = { gold: { access: { pets: ["beta", "prod"] }, quota: { limit: 1, period: "DAY" } } };
    expect(problemsOf(petShop({ apis, tiers }))).toEqual([
      'tier "gold": access.pets: stage "beta" is retired; take it out of the tier\'s access',
    ]);
  });

  test("cannot hold customers: a retired cohort would delete their keys", () => {
    const written = withSubscriptions(
      { joe: { tier: "gold", cohort: "emea" } },
      { cohorts: { emea: { retired: true } } },
    );
    expect(problemsOf(written)).toEqual([
      expect.stringMatching(/^subscription "joe": cohort "emea" is retired, which would delete this key/),
    ]);
  });

  test("may be an API without routes, which is on its way out", () => {
    expect(problemsOf({ apis: { pets: { retired: true, stages: { prod: {} } } }, tiers: {} })).toEqual([]);
  });
});
