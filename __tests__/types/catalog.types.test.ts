import { App } from "cdktf";
import {
  type Catalog,
  CatalogError,
  type CatalogInput,
  defineApi,
  defineCatalog,
  defineSubscriptions,
  defineTiers,
  routesFromOpenApi,
  subscriptionsFromFile,
  type TierInput,
  TierStacks,
} from "../../src";
import { TestGateway } from "../../src/testing";

/**
 * What the compiler refuses, and where: each `@ts-expect-error` stands right above the word that is wrong, and the
 * type check of the project fails where an error is missing or stands elsewhere. Nothing of it has to run.
 */
const neverRun = (_: () => void) => {};

const apis = {
  pets: { stages: { test: {}, prod: {} }, routes: { "GET /pets": { mock: 200 }, "POST /pets": { mock: 201 } } },
} as const;
const tiers = { gold: { access: { pets: ["prod"] } } } as const;

neverRun(() => {
  // A tier that does not exist
  defineCatalog({
    apis,
    tiers,
    subscriptions: {
      joe: {
        // @ts-expect-error: Type '"golt"' is not assignable to type '"gold"'
        tier: "golt",
      },
    },
  });

  // An additional tier that does not exist
  defineCatalog({
    apis,
    tiers,
    subscriptions: {
      joe: {
        tier: "gold",
        additionalTiers: {
          // @ts-expect-error
          sandbox: "golt",
        },
      },
    },
  });

  // A cohort that was not declared
  defineCatalog({
    apis,
    tiers,
    cohorts: { emea: {} },
    subscriptions: {
      joe: {
        tier: "gold",
        // @ts-expect-error
        cohort: "amea",
      },
    },
  });

  // A store that does not exist
  defineCatalog({
    apis,
    tiers,
    keyStore: {
      // @ts-expect-error
      type: "vault",
    },
    subscriptions: {
      joe: {
        tier: "gold",
        // @ts-expect-error
        handOver: true,
      },
    },
  });

  // A misspelt field of a subscription
  defineCatalog({
    apis,
    tiers,
    subscriptions: {
      joe: {
        tier: "gold",
        // @ts-expect-error
        enbled: false,
      },
    },
  });

  // A key value in the catalog
  defineCatalog({
    apis,
    tiers,
    subscriptions: {
      joe: {
        tier: "gold",
        // @ts-expect-error
        keyValue: "not-the-place",
      },
    },
  });

  // An API that does not exist
  defineCatalog({
    apis,
    tiers: {
      gold: {
        access: {
          // @ts-expect-error
          petz: ["prod"],
        },
      },
    },
  });

  // A stage that does not exist
  defineCatalog({
    apis,
    tiers: {
      gold: {
        access: {
          pets: [
            // @ts-expect-error
            "prdo",
          ],
        },
      },
    },
  });

  // A route that does not exist
  defineCatalog({
    apis,
    tiers: {
      gold: {
        access: { pets: "*" },
        methodThrottle: {
          pets: {
            // @ts-expect-error
            "GET /toys": { rateLimit: 1, burstLimit: 1 },
          },
        },
      },
    },
  });

  // A type of gateway response that API Gateway does not have
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        gatewayResponses: {
          THROTTLED: { statusCode: 429 },
          // @ts-expect-error
          THROTLED: { statusCode: 429 },
        },
      },
    },
    tiers: {},
  });

  // A method for CORS that is none
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        cors: {
          allowOrigin: "*",
          // @ts-expect-error
          allowMethods: ["ANY"],
        },
      },
    },
    tiers: {},
  });

  // Days that CloudWatch does not know
  defineCatalog({
    apis: {
      pets: {
        stages: {
          prod: {
            // @ts-expect-error
            accessLog: { retentionDays: 10 },
          },
        },
      },
    },
    tiers: {},
  });

  // Half a throttle
  defineCatalog({
    apis,
    tiers: {
      gold: {
        access: { pets: "*" },
        // @ts-expect-error
        throttle: { rateLimit: 1 },
      },
    },
  });

  // A period that AWS does not have
  defineCatalog({
    apis,
    tiers: {
      gold: {
        access: { pets: "*" },
        quota: {
          limit: 1,
          // @ts-expect-error
          period: "HOUR",
        },
      },
    },
  });

  // A misspelt field of an API
  defineCatalog({
    apis: {
      pets: {
        // @ts-expect-error
        naem: "Pets",
        stages: { prod: {} },
        routes: { "GET /pets": { mock: 200 } },
      },
    },
    tiers: {},
  });

  // A key source that AWS does not have
  defineCatalog({
    apis: {
      pets: {
        // @ts-expect-error
        keySource: "COOKIE",
        stages: { prod: {} },
        routes: { "GET /pets": { mock: 200 } },
      },
    },
    tiers: {},
  });

  // A method that HTTP does not have
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        routes: {
          // @ts-expect-error
          "FETCH /pets": { mock: 200 },
        },
      },
    },
    tiers: {},
  });

  // A route without an integration
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        routes: {
          // @ts-expect-error
          "GET /pets": { apiKeyRequired: false },
        },
      },
    },
    tiers: {},
  });

  // A route with two integrations
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        routes: {
          // @ts-expect-error
          "GET /pets": { mock: 200, http: "https://backend.example.com" },
        },
      },
    },
    tiers: {},
  });

  // A misspelt field of a stage
  defineCatalog({
    apis: {
      pets: {
        stages: {
          prod: {
            // @ts-expect-error
            retierd: true,
          },
        },
        routes: { "GET /pets": { mock: 200 } },
      },
    },
    tiers: {},
  });

  // Routes of an API that someone else manages
  defineCatalog({
    apis: {
      // @ts-expect-error: Types of property 'routes' are incompatible
      legacy: {
        restApiId: "a1b2c3d4e5",
        stages: { live: {} },
        routes: { "GET /pets": { mock: 200 } },
      },
    },
    tiers: {},
  });

  // A misspelt field of a route
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        routes: {
          "GET /pets": {
            mock: 200,
            // @ts-expect-error
            apiKeyRequird: false,
          },
        },
      },
    },
    tiers: {},
  });

  // A misspelt field of a tier
  defineCatalog({
    apis,
    tiers: {
      gold: {
        access: { pets: "*" },
        // @ts-expect-error
        quta: { limit: 1, period: "DAY" },
      },
    },
  });

  // A data file among the customers that are written in the catalog
  defineCatalog({
    apis,
    tiers,
    // @ts-expect-error
    subscriptions: subscriptionsFromFile("customers.csv"),
  });

  // A file's name where its content is expected
  defineCatalog({
    apis,
    tiers,
    // @ts-expect-error
    subscriptionFiles: ["customers.csv"],
  });
});

const pets = defineApi({
  stages: { test: {}, prod: {} },
  routes: { "GET /pets": { mock: 200 }, "POST /pets": { http: "https://backend.example.com/pets" } },
});
const legacy = defineApi({ restApiId: "a1b2c3d4e5", stages: { live: {} } });
const petTiers = defineTiers(
  { pets, legacy },
  {
    gold: {
      access: { pets: ["prod"], legacy: ["live"] },
      throttle: { rateLimit: 10, burstLimit: 10 },
      methodThrottle: {
        pets: { "GET /pets": { rateLimit: 1, burstLimit: 1 } },
        legacy: { "GET /whatever": { rateLimit: 1, burstLimit: 1 } },
      },
    },
    free: { access: { pets: "*" } },
    trial: { access: { legacy: "*" } },
  },
);
const cohorts = { emea: {} };
const customers = defineSubscriptions(
  { tiers: petTiers, cohorts },
  { joe: { tier: "gold", cohort: "emea" }, zoe: { tier: "free", additionalTiers: { more: "trial" } } },
);
const split = () => defineCatalog({ apis: { pets, legacy }, tiers: petTiers, cohorts, subscriptions: customers });

neverRun(() => {
  // A misspelt field of an API in a file of its own, and of its route
  defineApi({
    // @ts-expect-error
    naem: "Pets",
    stages: { prod: {} },
    routes: {},
  });
  defineApi({
    stages: { prod: {} },
    // @ts-expect-error
    routes: { "GET /pets": { mock: 200, apiKeyRequird: false } },
  });

  // Tiers in a file of their own, that name what the APIs do not have
  defineTiers(
    { pets },
    {
      // @ts-expect-error
      gold: { access: { petz: "*" } },
      // @ts-expect-error
      free: { access: { pets: ["prdo"] } },
      // @ts-expect-error
      more: { access: { pets: "*" }, methodThrottle: { pets: { "GET /petz": { rateLimit: 1, burstLimit: 1 } } } },
    },
  );

  // Subscriptions in a file of their own, that name what is not there
  defineSubscriptions(
    { tiers: petTiers, cohorts },
    {
      // @ts-expect-error
      joe: { tier: "golt" },
      // @ts-expect-error
      zoe: { tier: "gold", cohort: "amea" },
    },
  );

  // Parts that do not fit together
  defineCatalog({
    apis: { toys: pets },
    // @ts-expect-error
    tiers: petTiers,
  });
  defineCatalog({
    apis: { pets, legacy },
    tiers: { gold: { access: { pets: "*" } } },
    cohorts,
    // @ts-expect-error
    subscriptions: customers,
  });

  // Names where a catalog is used
  const stacks = new TierStacks(new App(), split());
  stacks.release("pets", "prod");
  stacks.definition("pets");
  stacks.plan("gold");
  stacks.key("joe");
  // @ts-expect-error
  stacks.release("petz", "prod");
  // @ts-expect-error
  stacks.release("pets", "prdo");
  // @ts-expect-error: a stage of the other API
  stacks.release("pets", "live");
  // @ts-expect-error
  stacks.definition("petz");
  // @ts-expect-error
  stacks.plan("golt");
  // @ts-expect-error
  stacks.key("jo");

  const gateway = TestGateway.of(split());
  gateway.customer("joe").at("pets", "prod");
  gateway.anyone.at("legacy", "live");
  // @ts-expect-error
  gateway.customer("jo");
  // @ts-expect-error
  gateway.customer("joe").at("petz", "prod");
  // @ts-expect-error
  gateway.anyone.at("pets", "prdo");

  // What is read at run time has any name
  TestGateway.from("cdktf.out").customer("anybody").at("anything", "anywhere");
  const withFile = defineCatalog({ apis, tiers, subscriptionFiles: [subscriptionsFromFile("customers.csv")] });
  new TierStacks(new App(), withFile).key("somebody");
  // @ts-expect-error
  new TierStacks(new App(), withFile).plan("golt");

  // Tiers that are computed: names of records are known, those of Object.fromEntries may be any
  const sizes = { silver: 10, bronze: 5 };
  const bySize = {} as Record<keyof typeof sizes, TierInput>;
  const known = defineCatalog({
    apis,
    tiers: { ...bySize, gold: { access: { pets: ["prod"] } } },
    subscriptions: { joe: { tier: "silver" }, zoe: { tier: "gold" } },
  });
  // @ts-expect-error
  new TierStacks(new App(), known).plan("golt");
  defineCatalog({
    apis,
    tiers: { ...bySize, gold: { access: { pets: ["prod"] } } },
    // @ts-expect-error
    subscriptions: { joe: { tier: "sliver" } },
  });
  const computedTiers = defineCatalog({
    apis,
    tiers: Object.fromEntries(
      Object.entries(sizes).map(([size, rateLimit]) => [
        size,
        { access: { pets: ["prod"] }, throttle: { rateLimit, burstLimit: 2 * rateLimit } },
      ]),
    ),
    subscriptions: { joe: { tier: "whatever" } },
  });
  new TierStacks(new App(), computedTiers).plan("whatever");
  defineTiers(
    apis,
    Object.fromEntries(
      Object.keys(sizes).map((size) => [
        size,
        { access: { pets: ["prod"] }, quota: { limit: 1, period: "DAY" } } satisfies TierInput,
      ]),
    ),
  );
  defineTiers(
    apis,
    // @ts-expect-error: an API that does not exist
    Object.fromEntries(Object.keys(sizes).map((size) => [size, { access: { petz: ["prod"] } }])),
  );

  // Routes that are computed, among others
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        routes: { ...routesFromOpenApi("openapi.yaml"), "GET /version": { mock: 200 } },
      },
    },
    tiers: {
      gold: {
        access: { pets: "*" },
        methodThrottle: { pets: { "GET /of-the-document": { rateLimit: 1, burstLimit: 1 } } },
      },
    },
  });
});

test("a catalog of several files is the same as one of one", () => {
  expect(split()).toEqual(
    defineCatalog({
      apis: { pets, legacy },
      tiers: { gold: petTiers.gold, free: petTiers.free, trial: petTiers.trial },
      cohorts,
      subscriptions: { joe: customers.joe, zoe: customers.zoe },
    }),
  );
});

test("what is right compiles: every kind of API, tier and subscription", () => {
  const catalog: Catalog = defineCatalog({
    apis: {
      pets: {
        stages: { test: {}, prod: {} },
        routes: { "GET /pets": { mock: 200 }, "ANY /{proxy+}": { http: "https://x.example.com/{proxy}" } },
      },
      legacy: { restApiId: "a1b2c3d4e5", stages: { live: {} } },
      gone: { retired: true, stages: { prod: {} } },
    },
    tiers: {
      gold: {
        access: { pets: "*", legacy: ["live"] },
        throttle: { rateLimit: 10, burstLimit: 10 },
        methodThrottle: {
          pets: { "GET /pets": { rateLimit: 1, burstLimit: 1 } },
          legacy: { "GET /whatever": { rateLimit: 1, burstLimit: 1 } },
        },
      },
      free: { access: { pets: ["test", "prod"] }, quota: { limit: 1, period: "DAY" } },
    },
    cohorts: { emea: {} },
    subscriptions: { joe: { tier: "gold", cohort: "emea" }, zoe: { tier: "free", additionalTiers: {} } },
    subscriptionFiles: [],
  });
  expect(catalog.subscriptions).toHaveLength(2);
});

test("a catalog whose APIs are only known at run time compiles, and is checked at run time", () => {
  const loose: CatalogInput = {
    apis: { legacy: { restApiId: "a1b2c3d4e5", stages: { live: {} } } },
    tiers: { gold: { access: { legacy: ["lvie"] } } },
  };
  expect(() => defineCatalog(loose)).toThrow(CatalogError);
});
