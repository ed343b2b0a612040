import type { Json } from "../../support/synthesize";

/** What is deployed before each change. The names are those that people would choose; no value is a key's. */
const DEPLOYED: Json = {
  apis: {
    pets: {
      stages: { test: {}, prod: {} },
      routes: {
        "GET /pets": { mock: 200 },
        "POST /pets": { mock: 201 },
        "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" },
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
      throttle: { rateLimit: 100, burstLimit: 250 },
      quota: { limit: 10_000, period: "DAY" },
      methodThrottle: { pets: { "POST /pets": { rateLimit: 5, burstLimit: 10 } } },
    },
  },
  keyStore: { type: "ssm" },
  subscriptions: {
    "joe-black": { tier: "bronze", customer: "Joe Black" },
    initech: { tier: "gold", customer: "Initech", enabled: false },
    globex: { tier: "gold", customer: "Globex Corporation", keyValue: { variable: "globex_key" } },
    ...subscriptions(40, "garden", { tier: "bronze" }),
  },
};

/** Customers with names in a row: `garden-01`, `garden-02`, … */
function subscriptions(count: number, name: string, written: Json): Json {
  const width = String(count).length;
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${name}-${String(index + 1).padStart(width, "0")}`, written]),
  );
}

/** One pull request: what it makes of the catalog that is deployed. */
export interface Scenario {
  readonly change: (catalog: Json) => void;
  /** Whether nothing at all is deployed yet. */
  readonly firstDeploy?: true;
  /** Whether the value of Globex's key is another one. */
  readonly otherKeyValue?: true;
}

/**
 * Each has a folder in `fixtures` with the plans that the real Terraform made, a file for each stack whose plan differs
 * from that of `no-change`.
 */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "first-deploy": { firstDeploy: true, change: () => {} },
  "no-change": { change: () => {} },
  suspended: {
    change: ({ subscriptions }) => {
      subscriptions["joe-black"].enabled = false;
    },
  },
  "tier-moved": {
    change: ({ subscriptions }) => {
      subscriptions["joe-black"].tier = "gold";
    },
  },
  "key-value-changed": { otherKeyValue: true, change: () => {} },
  "quota-halved": {
    change: ({ tiers }) => {
      tiers.bronze.quota.limit = 500;
    },
  },
  "route-opened": {
    change: ({ apis }) => {
      apis.pets.routes["GET /pets"].apiKeyRequired = false;
    },
  },
  "route-removed": {
    change: ({ apis }) => {
      delete apis.pets.routes["GET /pets/{id}"];
    },
  },
  "stage-added": {
    change: ({ apis }) => {
      apis.pets.stages.beta = {};
    },
  },
  "stage-dropped": {
    change: ({ apis }) => {
      delete apis.pets.stages.test;
    },
  },
  "subscription-removed": {
    change: ({ subscriptions }) => {
      delete subscriptions["joe-black"];
    },
  },
  "renamed-with-former-id": {
    change: ({ subscriptions }) => {
      delete subscriptions["joe-black"];
      subscriptions["black-and-sons"] = { tier: "bronze", customer: "Black & Sons", formerId: "joe-black" };
    },
  },
  "renamed-without-former-id": {
    change: ({ subscriptions }) => {
      delete subscriptions["joe-black"];
      subscriptions["black-and-sons"] = { tier: "bronze", customer: "Black & Sons" };
    },
  },
  "five-thousand-subscriptions": {
    change: (catalog) => {
      delete catalog.keyStore;
      catalog.subscriptions = { ...catalog.subscriptions, ...subscriptions(5_000, "shop", { tier: "bronze" }) };
    },
  },
};

/** The catalog before a change, and after it. */
export function catalogsOf({ change, firstDeploy }: Scenario): { before: Json | undefined; after: Json } {
  const after = structuredClone(DEPLOYED);
  change(after);
  return { before: firstDeploy ? undefined : structuredClone(DEPLOYED), after };
}

/** What a pull request of plain Terraform changes in `__tests__/support/hand-written/main.tf`. */
export const HAND_WRITTEN_EDITS: readonly (readonly [string, string])[] = [
  // A customer goes, and another one comes.
  ['default = ["acme", "initech"]', 'default = ["initech", "hooli"]'],
  // A route is opened, and nothing says that the stages must be deployed again.
  ["api_key_required = true", "api_key_required = false"],
  ["limit  = 8", "limit  = 4"],
  ["burst_limit = 5", "burst_limit = 50"],
];
