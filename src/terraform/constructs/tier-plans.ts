import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { terraformName } from "../../contract/terraform-name";
import { encodeUsagePlan, USAGE_PLAN } from "../../contract/usage-plan";
import type { Tier } from "../../vocabulary/tier";
import { config } from "./config";
import { IdentityOutput } from "./identity-output";
import { MovedBlocks } from "./moved-blocks";

export interface TierPlansProps {
  readonly tiers: readonly Tier[];
  /** Ids of the REST APIs that the tiers cover, by the APIs' ids in the catalog. */
  readonly restApiIds: Readonly<Record<string, string>>;
  /**
   * The stages that the tiers cover, where they stand in the same stack: AWS covers only a stage that exists.
   * @default - they stand elsewhere
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * One usage plan for each tier; `aws_api_gateway_usage_plan.<tier>` in a plan. The address comes from the tier's id: a tier
 * that is renamed keeps its plan by its `formerId`.
 */
export class TierPlans extends Construct {
  private readonly plans = new Map<string, ApiGatewayUsagePlan>();

  constructor(scope: Construct, id: string, { tiers, restApiIds, dependsOn }: TierPlansProps) {
    super(scope, id);
    for (const tier of tiers) {
      const plan = new ApiGatewayUsagePlan(this, tier.id, {
        ...config(USAGE_PLAN, encodeUsagePlan(tier, restApiIds), ["name", "description", "product_code"]),
        dependsOn,
      });
      plan.overrideLogicalId(terraformName(tier.id));
      this.plans.set(tier.id, plan);
      IdentityOutput.of(this).addTier(tier);
    }
    const moves = tiers.flatMap(({ id: tier, formerId }) =>
      formerId === undefined ? [] : [{ resource: this.plan(tier), from: terraformName(formerId) }],
    );
    new MovedBlocks(this, "moved:", moves);
  }

  /** Ids of the usage plans by tier, for `SubscriptionKeys`: one token for each plan, not one for each key. */
  get ids(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.plans].map(([tier, plan]) => [tier, plan.id]));
  }

  /** @throws Error for a tier that is not there, with those that are */
  plan(tier: string): ApiGatewayUsagePlan {
    const plan = this.plans.get(tier);
    if (!plan) throw new Error(`"${tier}" has no usage plan here; there are ${[...this.plans.keys()].join(", ")}`);
    return plan;
  }
}
