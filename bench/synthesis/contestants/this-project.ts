import { App } from "cdktf";
import { defineCatalog, TierStacks } from "../../../src";
import type { Prepare } from "../contestant";

/** As `main.ts` at the root has it: a catalog with all of its checks, and its stacks. */
export const prepare: Prepare = ({ workload: { restApiId, stage, plans, subscriptions }, outdir }) => {
  const app = new App({ outdir });
  return {
    build() {
      const catalog = defineCatalog({
        apis: { api: { restApiId, stages: { [stage]: {} } } },
        tiers: Object.fromEntries(
          plans.map(({ id, description, rateLimit, burstLimit, quotaADay }) => [
            id,
            {
              description,
              access: { api: [stage] },
              throttle: { rateLimit, burstLimit },
              quota: { limit: quotaADay, period: "DAY" as const },
            },
          ]),
        ),
        subscriptions: Object.fromEntries(
          subscriptions.map(({ id, customer, enabled, plan }) => [id, { tier: plan, customer, enabled }]),
        ),
      });
      new TierStacks(app, catalog);
    },
    synth() {
      app.synth();
    },
  };
};
