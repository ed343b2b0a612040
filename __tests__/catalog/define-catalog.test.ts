import { CatalogError, defineCatalog } from "../../src";
import { defineUnchecked, petShop, problemsOf, withSubscriptions } from "../support/catalogs";

describe("a catalog that is right", () => {
  const catalog = defineCatalog({
    apis: {
      pets: { stages: { test: {}, prod: {} }, routes: { "POST /pets": { mock: 201 }, "GET /pets": { mock: 200 } } },
      legacy: { restApiId: "a1b2c3d4e5", stages: { live: {} } },
    },
    tiers: {
      gold: { access: { pets: "*", legacy: ["live"] }, quota: { limit: 100, period: "DAY" } },
      bronze: { access: { pets: ["prod"] }, throttle: { rateLimit: 0.5, burstLimit: 1 } },
    },
    subscriptions: { zoe: { tier: "bronze" }, adam: { tier: "gold", customer: "Adam" } },
  });

  test("is sorted, whatever the order in which it was written", () => {
    expect(catalog.apis.map(({ id }) => id)).toEqual(["legacy", "pets"]);
    expect(catalog.apis[1]?.stages.map(({ name }) => name)).toEqual(["prod", "test"]);
    expect(catalog.tiers.map(({ id }) => id)).toEqual(["bronze", "gold"]);
    expect(catalog.subscriptions.map(({ id }) => id)).toEqual(["adam", "zoe"]);
  });

  test("has its defaults filled in", () => {
    expect(catalog.apis[1]).toMatchObject({
      name: "pets",
      endpointType: "REGIONAL",
      keySource: "HEADER",
      retired: false,
    });
    expect(catalog.subscriptions[1]).toMatchObject({
      customer: "",
      enabled: true,
      cohort: undefined,
      keys: [{ tags: {} }],
    });
    expect(catalog.tiers[0]).toMatchObject({ displayName: "bronze", closed: false, quota: undefined });
  });

  test('opens all stages of an API to a tier whose access is "*", those that come later too', () => {
    expect(catalog.tiers[1]?.access).toEqual([
      { api: "legacy", stages: ["live"], methodThrottles: [] },
      { api: "pets", stages: ["prod", "test"], methodThrottles: [] },
    ]);
  });
});

describe("a catalog with many mistakes", () => {
  const written = {
    apis: {
      pets: {
        keySource: "COOKIE",
        stages: { prod: {} },
        routes: { "GET /pets/": { mock: 200 }, "PUT /pets": {}, "GET /ok": { mock: 200 } },
      },
    },
    tiers: {
      gold: { access: { pets: ["prdo"] }, throttle: { rateLimit: 10, burstLimit: 0 } },
      bronze: { access: { petz: "*" }, quota: { limit: 10, period: "WEEK", offset: 9 } },
    },
    subscriptions: {
      joe: { tier: "bronz" },
      zoe: { tier: "gold", cohort: "emea" },
      max: { tier: "gold", enabld: false },
    },
  };

  test("gets all of them told at once, each with its place and its remedy", () => {
    expect(problemsOf(written)).toEqual([
      'api "pets": keySource must be HEADER or AUTHORIZER, got "COOKIE"',
      'api "pets": route "GET /pets/": must have a path without empty parts; drop the doubled or trailing slash',
      'api "pets": route "PUT /pets": has no integration; give it one of handler, mock, http, lambda or aws',
      'tier "gold": throttle.burstLimit must be a positive integer, got 0; leave out throttle for no limit',
      'tier "gold": access.pets: unknown stage "prdo" of API "pets"; did you mean "prod"?',
      'tier "bronze": quota.offset must be 0 to 6 for period WEEK, got 9; leave it out for 0',
      'tier "bronze": access.petz: unknown API "petz"; did you mean "pets"?',
      'subscription "joe": tier: unknown tier "bronz"; did you mean "bronze"?',
      'subscription "zoe": cohort: unknown cohort "emea"; there are none',
      expect.stringMatching(/^subscription "max": has the unknown field "enabld"; did you mean "enabled"\?/),
    ]);
  });

  test("is refused with one error, whose message lists them", () => {
    expect(() => defineUnchecked(written)).toThrow(CatalogError);
    expect(() => defineUnchecked(written)).toThrow(/^The catalog has 10 problems:\n {2}- api "pets": keySource/);
  });
});

describe("an unknown field", () => {
  test.each([
    ["additionalTiersOfCustomer", "a long word of letters"],
    ["additional_tiers_of_the_customer_2", "parts with a digit among them"],
  ])("is shown by its name, %s: %s is not a key", (field) => {
    expect(problemsOf(withSubscriptions({ joe: { tier: "gold", [field]: true } }))).toEqual([
      expect.stringContaining(`has the unknown field "${field}"`),
    ]);
  });

  test.each(["aB3".repeat(7), "0f9e8d7c-1111-2222-3333-444455556666"])(
    "is not shown where it looks like a key",
    (field) => {
      expect(problemsOf(withSubscriptions({ joe: { tier: "gold", [field]: true } }))).toEqual([
        expect.stringContaining('has the unknown field "<not shown>"'),
      ]);
    },
  );
});

describe("what is not a catalog at all", () => {
  test.each([
    [
      "nothing",
      undefined,
      [
        "catalog: apis must be an object by id, got nothing; write { apis: { name: {} } }",
        "catalog: tiers must be an object by id, got nothing; write { tiers: { name: {} } }",
      ],
    ],
    [
      "a list of APIs",
      { apis: [], tiers: {} },
      ["catalog: apis must be an object by id, got []; write { apis: { name: {} } }"],
    ],
    [
      "an unknown part",
      { ...petShop(), plans: {} },
      [
        'catalog: has the unknown part "plans"; its parts are apis, tiers, cohorts, subscriptions, subscriptionFiles, keyStore, domainNames, selfService',
      ],
    ],
    [
      "a text as subscriptions",
      petShop({ subscriptions: "joe" }),
      ['catalog: subscriptions must be an object, got "joe"; data files go into subscriptionFiles'],
    ],
    [
      "a number as a tier",
      petShop({ tiers: { gold: 3 } }),
      [expect.stringMatching(/^tier "gold": must be an object with access, .*, got 3$/)],
    ],
    [
      "a null as an API",
      petShop({ apis: { pets: null } }),
      [expect.stringMatching(/^api "pets": must be an object/), expect.stringMatching(/unknown stage "prod"/)],
    ],
  ])("%s is refused", (_, written, problems) => {
    expect(problemsOf(written)).toEqual(problems);
  });
});

describe("nonsense that looks harmless", () => {
  const shopWith = (api: Record<string, unknown>) =>
    petShop({ apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } }, ...api } } });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["a list of cohorts", petShop({ cohorts: ["emea"] }), /cohorts must be an object by id, got \["emea"\]/],
    ["a Map of tiers", petShop({ tiers: new Map() }), /tiers must be an object by id/],
    [
      "a list of stages",
      shopWith({ stages: ["prod"] }),
      /stages must be an object, got \["prod"\]; write \{ prod: \{\} \}/,
    ],
    [
      "an authorizer by name",
      shopWith({ authorizer: { lambda: "keys" } }),
      /authorizer.lambda must be the ARN of a Lambda function, got "keys"; write it as arn:aws:lambda/,
    ],
    [
      "a bare identity source",
      shopWith({ authorizer: { lambda: "${f.arn}", identitySource: "Authorization" } }),
      /authorizer.identitySource must be such as method.request.header.Authorization/,
    ],
    [
      "a query string for a TOKEN authorizer",
      shopWith({ authorizer: { lambda: "${f.arn}", identitySource: "method.request.querystring.t" } }),
      /authorizer.identitySource takes one header where its type is not REQUEST/,
    ],
    [
      "a description that cdktf would resolve",
      shopWith({ description: "${TfToken[TOKEN.1]}" }),
      /description must not hold "TfToken\["/,
    ],
    [
      "a stage of somebody else's with a description",
      petShop({ apis: { pets: { restApiId: "a1", stages: { prod: { description: "x" } } } } }),
      /stage "prod": has the unknown field "description"/,
    ],
    [
      "a retired stage of somebody else's",
      petShop({ apis: { pets: { restApiId: "a1", stages: { prod: { retired: true } } } } }),
      /stage "prod": has the unknown field "retired"/,
    ],
    [
      "the name of an API in the place of its id",
      petShop({ apis: { pets: { restApiId: "My API", stages: { prod: {} } } } }),
      /restApiId must be the id of a REST API, such as a1b2c3d4e5, got "My API"/,
    ],
    [
      "a former id that is none",
      petShop({ subscriptions: { joe: { tier: "gold", formerId: "" } } }),
      /formerId must be the id that it had before, got ""/,
    ],
    [
      "a tag in our own name",
      petShop({
        tiers: { gold: { access: { pets: "*" }, quota: { limit: 1, period: "DAY" }, tags: { "api-tiers:tier": "x" } } },
      }),
      /tags.api-tiers:tier is reserved/,
    ],
    [
      "a slot with a slash",
      petShop({ subscriptions: { joe: { tier: "gold", additionalTiers: { "a/b": "gold" } } } }),
      /additionalTiers/,
    ],
  ])("is refused: %s", (_, written, problem) => {
    expect(problemsOf(written)).toContainEqual(expect.stringMatching(problem));
  });

  test.each(["constructor", "toString", "hasOwnProperty"])(
    "is refused: an id that JavaScript keeps for itself, %s",
    (id) => {
      const api = { stages: { prod: {} }, routes: { "GET /": { mock: 200 } } };
      expect(problemsOf(petShop({ apis: { [id]: api }, tiers: {} }))).toContainEqual(
        expect.stringContaining("a word that JavaScript keeps"),
      );
      expect(problemsOf(petShop({ subscriptions: { [id]: { tier: "gold" } } }))).toContainEqual(
        expect.stringContaining("a word that JavaScript keeps"),
      );
    },
  );
});

describe("ids", () => {
  test.each([
    [
      "an API",
      petShop({ apis: { "my pets": { stages: { prod: {} }, routes: { "GET /": { mock: 200 } } } }, tiers: {} }),
      'api "my pets": must be called by 1 to 64 letters',
    ],
    [
      "a tier",
      petShop({ tiers: { "9lives": { access: { pets: "*" } } } }),
      'tier "9lives": must be called by 1 to 64 letters',
    ],
    [
      "a stage",
      petShop({ apis: { pets: { stages: { "te st": {} }, routes: { "GET /": { mock: 200 } } } }, tiers: {} }),
      'api "pets": stage "te st": must be called by 1 to 128 letters',
    ],
    [
      "a subscription",
      petShop({ subscriptions: { "a/b": { tier: "gold" } } }),
      'subscription "a/b": must be called by 1 to 128 letters',
    ],
    ["a cohort", petShop({ cohorts: { "e mea": {} } }), 'cohort "e mea": must be called by 1 to 64 letters'],
  ])("that AWS or Terraform would refuse are refused: %s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringContaining(problem)]);
  });

  test.each(["4711", "acme.inc", "joe@example.com", "a", "Customer_9"])(
    "of subscriptions may come from elsewhere: %s",
    (id) => {
      expect(problemsOf(petShop({ subscriptions: { [id]: { tier: "gold" } } }))).toEqual([]);
    },
  );

  test.each([
    [
      "an API named access",
      { access: { stages: {} } },
      {},
      'api "access": would stand in the stack "access", as does the access stack; rename one of them',
    ],
    [
      "an API named like a stage of another",
      { a: { stages: { b: {} }, routes: { "GET /": { mock: 200 } } }, "a-b": { stages: {} } },
      {},
      'api "a-b": would stand in the stack "a-b", as does api "a": stage "b"; rename one of them',
    ],
    ["a cohort named like a stage", { access2: { stages: {} } }, {}, undefined],
  ])("give each stack a name of its own: %s", (_, apis, cohorts, problem) => {
    expect(problemsOf({ apis, tiers: {}, cohorts })).toEqual(problem === undefined ? [] : [problem]);
  });
});

describe("a name that JavaScript keeps for itself", () => {
  const parsed = (json: string) => JSON.parse(json) as Record<string, unknown>;

  test.each([
    [
      "as a tag",
      withSubscriptions({ joe: { tier: "gold", tags: parsed('{"__proto__":"x"}') } }),
      /"joe": tags.__proto__ is called/,
    ],
    [
      "as an additional tier",
      withSubscriptions({ joe: { tier: "gold", additionalTiers: parsed('{"__proto__":"gold"}') } }),
      /"joe": additionalTiers.__proto__ is called by a word that JavaScript keeps for itself; rename it, or drop it/,
    ],
    [
      "as a stage",
      petShop({
        apis: { pets: { stages: parsed('{"__proto__":{}}'), routes: { "GET /pets": { mock: 200 } } } },
        tiers: {},
      }),
      /__proto__.* is called by a word that JavaScript keeps for itself/,
    ],
  ])("is refused instead of dropped: %s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });

  test("is a name like any other where it can be", () => {
    const tags = { constructor: "x", toString: "y" };
    expect(defineUnchecked(withSubscriptions({ joe: { tier: "gold", tags } })).subscriptions[0]?.keys[0]?.tags).toEqual(
      tags,
    );
  });
});

describe("an entry that is wrong exists for what refers to it, so that there is one error:", () => {
  const api = (parts: Record<string, unknown>) => ({
    apis: { pets: { stages: { prod: {} }, routes: { "GET /": { mock: 200 } }, ...parts } },
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "a VPC link of a route",
      api({
        vpcLinks: { inner: { id: "A B" } },
        routes: { "GET /": { http: "http://a.internal", integration: { vpcLink: "inner" } } },
      }),
      /vpcLink "inner": id must be the id of a VPC link/,
    ],
    [
      "an authorizer of a route",
      api({ authorizers: { keys: { lambda: "no" } }, routes: { "GET /": { mock: 200, authorizer: "keys" } } }),
      /authorizer "keys": lambda must be the ARN/,
    ],
    [
      "an authorizer of all routes, by which keys come",
      api({ authorizers: { keys: { lambda: "no" } }, authorizer: "keys", keySource: "AUTHORIZER" }),
      /authorizer "keys": lambda must be the ARN/,
    ],
    [
      "a route that has settings on a stage",
      api({
        stages: { prod: { methodSettings: { "GET /": { metrics: true } } } },
        routes: { "GET /": { mock: 2000 }, "PUT /": { mock: 200 } },
      }),
      /route "GET \/": mock must be a status/,
    ],
    [
      "a domain name of a stage",
      {
        ...api({ stages: { prod: { domains: [{ name: "a.example.com" }] } } }),
        domainNames: { "a.example.com": { certificateArn: 1 } },
      },
      /domain name "a.example.com": certificateArn must be the ARN/,
    ],
    [
      "a tier of a subscription",
      { tiers: { gold: { access: 1 } }, subscriptions: { joe: { tier: "gold" } } },
      /access/,
    ],
  ])("%s", (_, parts, message) => {
    expect(problemsOf(petShop({ ...api({}), tiers: {}, ...parts }))).toEqual([expect.stringMatching(message)]);
  });
});
