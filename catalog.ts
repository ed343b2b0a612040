import { defineCatalog } from "./src";

export const catalog = defineCatalog({
  apis: {
    meditations: {
      description: "Thoughts of Marcus Aurelius, one at a time.",
      stages: { test: {}, prod: {} },
      routes: {
        "GET /meditations": { handler: { name: "meditations", memorySize: 256, tracing: true } },
        "POST /meditations": { handler: "meditations" },
        "GET /meditations/{id}": { handler: "meditations" },
        "GET /health": { mock: 200, apiKeyRequired: false },
      },
    },
    journal: {
      description: "One's own notes. Callers sign in, and their key is looked up for them.",
      keySource: "AUTHORIZER",
      authorizer: {
        handler: {
          name: "key-authorizer",
          environment: { OIDC_ISSUER: "https://issuer.example.com", OIDC_AUDIENCE: "journal" },
        },
      },
      stages: { prod: {} },
      routes: { "GET /entries": { http: "https://backend.example.com/entries" } },
    },
  },
  tiers: {
    bronze: {
      access: { meditations: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 1_000, period: "DAY" },
    },
    silver: {
      access: { meditations: ["prod"] },
      throttle: { rateLimit: 50, burstLimit: 100 },
      quota: { limit: 5_000, period: "DAY" },
    },
    gold: {
      access: { meditations: "*", journal: "*" },
      throttle: { rateLimit: 100, burstLimit: 250 },
      quota: { limit: 10_000, period: "DAY" },
      methodThrottle: { meditations: { "POST /meditations": { rateLimit: 5, burstLimit: 10 } } },
    },
  },
  keyStore: { type: "ssm" },
  subscriptions: {
    "joe-black": { tier: "bronze", customer: "Joe Black" },
    "umbrella-corp": { tier: "silver", customer: "Umbrella Corporation" },
    initech: { tier: "gold", customer: "Initech", enabled: false },
    globex: { tier: "gold", customer: "Globex Corporation", keyValue: { variable: "globex_key" } },
  },
});
