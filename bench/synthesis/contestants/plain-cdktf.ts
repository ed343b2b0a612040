import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Prepare } from "../contestant";

/** cdktf and its AWS provider as their documentation shows them, with nothing checked. */
export const prepare: Prepare = ({ workload: { restApiId, stage, plans, subscriptions }, outdir }) => {
  const app = new App({ outdir });
  return {
    build() {
      const access = new TerraformStack(app, "access");
      new AwsProvider(access, "aws", { defaultTags: [{ tags: { "managed-by": "cdktf" } }] });
      const planIds = new Map(
        plans.map(({ id, description, rateLimit, burstLimit, quotaADay }) => {
          const plan = new ApiGatewayUsagePlan(access, id, {
            name: id,
            description,
            apiStages: [{ apiId: restApiId, stage }],
            throttleSettings: { rateLimit, burstLimit },
            quotaSettings: { limit: quotaADay, period: "DAY", offset: 0 },
            tags: { "api-tiers:tier": id },
          });
          return [id, plan.id];
        }),
      );
      for (const { id, customer, enabled, plan } of subscriptions) {
        const key = new ApiGatewayApiKey(access, `${id}-key`, { name: id, description: customer, enabled });
        new ApiGatewayUsagePlanKey(access, `${id}-plan-key`, {
          keyId: key.id,
          keyType: "API_KEY",
          usagePlanId: planIds.get(plan) as string,
        });
      }
    },
    synth() {
      app.synth();
    },
  };
};
