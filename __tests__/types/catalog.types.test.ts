import { type Catalog, CatalogError, type CatalogInput, defineCatalog, subscriptionsFromFile } from "../../src";

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
      legacy: {
        restApiId: "a1b2c3d4e5",
        stages: { live: {} },
        // @ts-expect-error
        routes: { "GET /pets": { mock: 200 } },
      },
    },
    tiers: {},
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
  const loose: CatalogInput<
    Record<string, { restApiId: string; stages: Record<string, Record<string, never>> }>,
    string,
    string
  > = {
    apis: { legacy: { restApiId: "a1b2c3d4e5", stages: { live: {} } } },
    tiers: { gold: { access: { legacy: ["lvie"] } } },
  };
  expect(() => defineCatalog(loose)).toThrow(CatalogError);
});
