import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey } from "aws-cdk-lib/aws-apigateway";
import { App, type AppProps, Stack } from "aws-cdk-lib/core";
import type { Prepare } from "../contestant";

/** CloudFormation takes 500 resources in a stack, and a subscription is two of them: its key and its plan key. */
const SUBSCRIPTIONS_PER_STACK = 250;

/**
 * L1 constructs throughout, the fastest that AWS CDK has: its L2 `ApiKey` makes a second construct for each key, and its
 * L2 `UsagePlan.addApiKey` puts every plan key into the stack of the plan, where 10,000 do not fit.
 */
export const prepareWith =
  (settings: AppProps): Prepare =>
  ({ workload: { restApiId, stage, plans, subscriptions }, outdir }) => {
    const app = new App({ outdir, analyticsReporting: false, ...settings });
    return {
      build() {
        // Of the stack, as the tags of a Terraform provider: an aspect (`Tags.of`) would visit every construct.
        const tags = { "managed-by": "aws-cdk" };
        const access = new Stack(app, "access", { tags });
        const planIds = new Map(
          plans.map(({ id, description, rateLimit, burstLimit, quotaADay }) => {
            const plan = new CfnUsagePlan(access, id, {
              usagePlanName: id,
              description,
              apiStages: [{ apiId: restApiId, stage }],
              throttle: { rateLimit, burstLimit },
              quota: { limit: quotaADay, period: "DAY", offset: 0 },
              tags: [{ key: "api-tiers:tier", value: id }],
            });
            return [id, plan.ref];
          }),
        );
        for (let first = 0; first < subscriptions.length; first += SUBSCRIPTIONS_PER_STACK) {
          const keys = new Stack(app, `keys-${first / SUBSCRIPTIONS_PER_STACK}`, { tags });
          for (const { id, customer, enabled, plan } of subscriptions.slice(first, first + SUBSCRIPTIONS_PER_STACK)) {
            const key = new CfnApiKey(keys, `${id}-key`, { name: id, description: customer, enabled });
            new CfnUsagePlanKey(keys, `${id}-plan-key`, {
              keyId: key.ref,
              keyType: "API_KEY",
              usagePlanId: planIds.get(plan) as string,
            });
          }
        }
      },
      synth() {
        app.synth();
      },
    };
  };

/** AWS CDK as it comes, which includes a validation of its templates. */
export const prepare = prepareWith({});
