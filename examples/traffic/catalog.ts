import { defineCatalog } from "../../src";

/** Of the sample at the root of the repository; the others follow in this order. */
const SAMPLE = {
  "joe-black": { tier: "bronze", customer: "Joe Black" },
  "umbrella-corp": { tier: "silver", customer: "Umbrella Corporation" },
  initech: { tier: "gold", customer: "Initech", enabled: false },
  globex: { tier: "gold", customer: "Globex Corporation" },
} as const;

const OTHERS = [
  "Hooli",
  "Acme",
  "Soylent",
  "Vandelay Industries",
  "Tyrell",
  "Duff",
  "Pied Piper",
  "Wonka",
  "Dunder Mifflin",
  "Oceanic",
  "Planet Express",
  "Cyberdyne",
  "Bluth",
  "Sterling Cooper",
  "Aperture",
  "Black Mesa",
  "Weyland",
  "Rekall",
  "Nakatomi",
  "Virtucon",
  "Spacely",
  "Cogswell",
  "Paper Street",
  "Monsters",
  "Oscorp",
  "Massive Dynamic",
  "Wernham Hogg",
  "Prestige",
  "Omni",
  "Strickland",
  "Krusty",
  "Gekko",
  "Sirius",
  "Blue Sun",
  "Ewing Oil",
  "Mooby",
];

/** Of ten customers, six are on bronze and one is on gold. */
const TIERS = [
  "bronze",
  "bronze",
  "silver",
  "bronze",
  "bronze",
  "silver",
  "bronze",
  "gold",
  "silver",
  "bronze",
] as const;

/**
 * The tiers of the sample at the root of the repository, with more customers.
 *
 * @param customers at least 10
 */
export function catalogOf(customers = 40) {
  const others = Array.from({ length: customers - Object.keys(SAMPLE).length }, (_, index) => {
    const customer = OTHERS[index] ?? `Customer ${index}`;
    return [customer.toLowerCase().replaceAll(" ", "-"), { tier: TIERS[index % 10] ?? "bronze", customer }] as const;
  });
  return defineCatalog({
    apis: {
      meditations: {
        stages: { test: {}, prod: { accessLog: true } },
        routes: {
          "GET /meditations": { mock: 200 },
          "POST /meditations": { mock: 201 },
          "GET /meditations/{id}": { mock: 200 },
          "GET /health": { mock: 200, apiKeyRequired: false },
        },
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
        access: { meditations: "*" },
        throttle: { rateLimit: 100, burstLimit: 250 },
        quota: { limit: 10_000, period: "DAY" },
        methodThrottle: { meditations: { "POST /meditations": { rateLimit: 5, burstLimit: 10 } } },
      },
    },
    subscriptions: { ...SAMPLE, ...Object.fromEntries(others) },
  });
}
