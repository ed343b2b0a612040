import { App } from "cdktf";
import { defineCatalog, printSynthesis, TierStacks } from "../../src";

/** Plans and keys for an API that someone else manages, known by its id and the names of its stages. */
const catalog = defineCatalog({
  apis: { orders: { restApiId: "a1b2c3d4e5", stages: { v1: {}, v2: {} } } },
  tiers: {
    partner: {
      access: { orders: ["v2"] },
      throttle: { rateLimit: 20, burstLimit: 40 },
      methodThrottle: { orders: { "POST /orders": { rateLimit: 2, burstLimit: 4 } } },
    },
  },
  subscriptions: { "acme.inc": { tier: "partner", customer: "Acme, Inc." } },
});

const app = new App();
const stacks = new TierStacks(app, catalog);
app.synth();
printSynthesis(stacks);
