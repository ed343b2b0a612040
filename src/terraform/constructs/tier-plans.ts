import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { terraformName } from "../../contract/terraform-name";
import { encodeUsagePlan, USAGE_PLAN } from "../../contract/usage-plan";
import { isNegotiated, type NegotiatedTier, type Tier } from "../../vocabulary/tier";
import { config } from "./config";
import { IdentityOutput } from "./identity-output";
import { MovedBlocks } from "./moved-blocks";

export interface TierPlansProps {
  readonly tiers: readonly Tier[];
  /**
   * Tiers with the limits of one subscription: `catalog.negotiatedTiers`.
   * @default - none
   */
  readonly negotiatedTiers?: readonly NegotiatedTier[];
  /** Ids of the REST APIs that the tiers cover, by the APIs' ids in the catalog. */
  readonly restApiIds: Readonly<Record<string, string>>;
  /**
   * The stages that the tiers cover, where they stand in the same stack: AWS covers only a stage that exists.
   * @default - they stand elsewhere
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * One usage plan for each tier, and one for each subscription with limits of its own; `aws_api_gateway_usage_plan.<tier>` in a plan. The address comes from the tier's id: a tier
 * that is renamed keeps its plan by its `formerId`.
 */
export class TierPlans extends Construct {
  private readonly plans = new Map<string, ApiGatewayUsagePlan>();

  constructor(scope: Construct, id: string, { tiers, negotiatedTiers = [], restApiIds, dependsOn }: TierPlansProps) {
    super(scope, id);
    const all = [...tiers, ...negotiatedTiers];
    for (const tier of all) {
      // A construct's id takes no "/", and a tier's has no space.
      const plan = new ApiGatewayUsagePlan(this, tier.id.replace("/", " "), {
        ...config(USAGE_PLAN, encodeUsagePlan(tier, restApiIds), ["name", "description", "product_code"]),
        dependsOn,
      });
      plan.overrideLogicalId(terraformName(tier.id));
      this.plans.set(tier.id, plan);
      if (isNegotiated(tier)) IdentityOutput.of(this).addNegotiated(tier, plan);
      else IdentityOutput.of(this).addTier(tier);
    }
    const moves = all.flatMap(({ id: tier, formerId }) =>
      formerId === undefined ? [] : [{ resource: this.plan(tier), from: terraformName(formerId) }],
    );
    new MovedBlocks(this, "moved:", moves);
  }

  /** Ids of the usage plans by tier and by `Subscription.plan`, for `SubscriptionKeys`: one token for each plan, not one for each key. */
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
