/** A catalog in which every mutation finds something to change. */
export const CHANGEABLE = {
  apis: {
    pets: {
      description: "Pets.",
      stages: {
        test: { variables: { host: "test.example.com" } },
        prod: {
          settings: { throttle: { rateLimit: 500, burstLimit: 600 } },
          methodSettings: { "GET /pets": { throttle: { rateLimit: 50, burstLimit: 60 } } },
        },
      },
      routes: { "GET /pets": { mock: 200 }, "POST /pets": { http: "https://backend.example.com/pets" } },
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
  },
  keyStore: { type: "ssm" },
  subscriptions: {
    acme: { tier: "bronze", customer: "Acme", tags: { team: "a" } },
    initech: { tier: "gold", enabled: false },
    joe: { tier: "gold", customer: "Joe Black", marketplaceCustomerId: "m1" },
  },
};
