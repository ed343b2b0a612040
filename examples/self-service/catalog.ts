import { defineCatalog, type HandlerOptions } from "../../src";

/** What the self-service is called in AWS. */
const NAME = "pets-self-service";

/** A handler that may do no more than call the self-service: only that has the rights to its keys. */
const calling = (name: string): HandlerOptions => ({
  name,
  environment: { SELF_SERVICE_FUNCTION: NAME },
  timeoutSeconds: 29,
  statements: [{ actions: ["lambda:InvokeFunction"], resources: [`arn:aws:lambda:*:*:function:${NAME}`] }],
});

/** Pets are sold in three tiers. Two can be chosen by anybody who signs up; partners are in the catalog. */
export const catalog = defineCatalog({
  apis: {
    pets: {
      stages: { prod: {} },
      routes: { "GET /pets": { mock: { status: 200, body: [{ name: "Rex" }] } } },
    },
    accounts: {
      stages: { prod: {} },
      // The team's own servers call it, and no customer.
      authorizers: {
        ownServers: {
          handler: { name: "own-servers", environment: { TOKEN_SHA256: process.env.OWN_SERVERS_TOKEN_SHA256 ?? "" } },
        },
      },
      routes: {
        "GET /subscriptions/{subscription}": {
          handler: calling("subscriptions"),
          authorizer: "ownServers",
          apiKeyRequired: false,
        },
        "PUT /subscriptions/{subscription}": {
          handler: "subscriptions",
          authorizer: "ownServers",
          apiKeyRequired: false,
        },
        "POST /subscriptions/{subscription}/{command}": {
          handler: "subscriptions",
          authorizer: "ownServers",
          apiKeyRequired: false,
        },
      },
    },
    webhooks: {
      stages: { prod: {} },
      // Whose they are, their signature says.
      routes: { "POST /stripe": { handler: calling("stripe-webhooks"), apiKeyRequired: false } },
    },
  },
  tiers: {
    free: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 1, burstLimit: 5 },
      quota: { limit: 100, period: "DAY" },
    },
    startup: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 20, burstLimit: 40 },
      quota: { limit: 10_000, period: "DAY" },
    },
    partner: { access: { pets: ["prod"] }, throttle: { rateLimit: 50, burstLimit: 100 } },
  },
  subscriptions: { "joe-black": { tier: "partner", customer: "Joe Black" } },
  selfService: { name: NAME, tiers: ["free", "startup"], rotationGraceHours: 24 },
});
