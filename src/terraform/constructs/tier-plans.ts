import { ApiGatewayUsagePlan, type ApiGatewayUsagePlanApiStages } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { encodeMethodPath } from "../../contract/method-path";
import { encodePlanTags } from "../../contract/tags";
import { terraformName } from "../../contract/terraform-name";
import type { Tier } from "../../vocabulary/tier";
import { literal } from "./literal";

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

/** One usage plan for each tier; `aws_api_gateway_usage_plan.<tier>` in a plan. */
export class TierPlans extends Construct {
  private readonly plans = new Map<string, ApiGatewayUsagePlan>();

  constructor(scope: Construct, id: string, { tiers, restApiIds, dependsOn }: TierPlansProps) {
    super(scope, id);
    for (const tier of tiers) {
      const plan = new ApiGatewayUsagePlan(this, tier.id, {
        name: literal(tier.displayName),
        description: literal(tier.description),
        productCode: tier.productCode && literal(tier.productCode),
        apiStages: apiStages(tier, restApiIds),
        throttleSettings: tier.throttle,
        quotaSettings: tier.quota && {
          limit: tier.quota.limit,
          period: tier.quota.period,
          offset: tier.quota.offset ?? 0,
        },
        dependsOn,
        tags: encodePlanTags({ tier: tier.id, closed: tier.closed, tags: tier.tags }),
      });
      plan.overrideLogicalId(terraformName(tier.id));
      this.plans.set(tier.id, plan);
    }
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

function apiStages(tier: Tier, restApiIds: Readonly<Record<string, string>>): ApiGatewayUsagePlanApiStages[] {
  return tier.access.flatMap(({ api, stages, methodThrottles }) => {
    if (stages.length === 0) return [];
    const apiId = restApiIds[api];
    if (apiId === undefined)
      throw new Error(`tier "${tier.id}" covers API "${api}", whose REST API id was not given; add it to restApiIds`);
    const throttle = methodThrottles.map(({ route, throttle }) => ({ path: encodeMethodPath(route), ...throttle }));
    return stages.map((stage) => ({ apiId, stage, ...(throttle.length > 0 ? { throttle } : {}) }));
  });
}
