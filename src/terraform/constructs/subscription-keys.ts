import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { addresses, planKeyName } from "../../contract/addresses";
import { API_KEY, encodeApiKey } from "../../contract/api-key";
import { encodePlanKey, PLAN_KEY } from "../../contract/plan-key";
import { terraformName } from "../../contract/terraform-name";
import type { Subscription } from "../../vocabulary/subscription";
import { config } from "./config";
import { IdentityOutput } from "./identity-output";
import { compareKeyValues, keyValueConditions } from "./key-value-checks";
import { oneOfMany } from "./one-of-many";

export interface SubscriptionKeysProps {
  readonly subscriptions: readonly Subscription[];
  /** Ids of the usage plans, by tier. */
  readonly planIds: Readonly<Record<string, string>>;
}

/**
 * One API key for each subscription, and its plan keys; of a key that is managed elsewhere the plan keys alone.
 *
 * Addresses come from the subscription's id alone (`aws_api_gateway_api_key.joe-black`): a move to another tier replaces
 * the plan key and leaves the key, and with it what the customer holds, as it is.
 */
export class SubscriptionKeys extends Construct {
  private readonly keys = new Map<string, ApiGatewayApiKey>();
  /** By Terraform name. */
  private readonly planKeys = new Map<string, ApiGatewayUsagePlanKey>();

  constructor(scope: Construct, id: string, { subscriptions, planIds }: SubscriptionKeysProps) {
    super(scope, id);
    const owners = new Map<string, string>();
    for (const subscription of subscriptions) {
      const slots = subscription.additionalTiers.map(({ name }) => planKeyName(subscription.id, name));
      for (const name of [terraformName(subscription.id), ...slots]) {
        const other = owners.get(name);
        if (other !== undefined)
          throw new Error(`subscriptions "${other}" and "${subscription.id}" get the same Terraform name; rename one`);
        owners.set(name, subscription.id);
      }
      this.addSubscription(subscription, planIds);
    }
    IdentityOutput.of(this).addKeys(this.keys);
    const variables = subscriptions.flatMap(({ keyVariable }) => keyVariable ?? []);
    if (variables.length > 1) compareKeyValues(new Construct(this, "distinct-key-values"), variables);
  }

  /** Whether the plan keys of this subscription stand here, and not with those of a cohort. */
  has(subscription: string): boolean {
    return this.planKeys.has(terraformName(subscription));
  }

  /** @throws Error for a subscription that has no key here */
  key(subscription: string): ApiGatewayApiKey {
    const key = this.keys.get(subscription);
    if (!key && this.has(subscription))
      throw new Error(`the key of "${subscription}" is managed elsewhere (existingKeyId); take its id from there`);
    if (!key) throw new Error(`"${subscription}" has no key here; its cohort may stand in another stack`);
    return key;
  }

  /**
   * The plan key of a subscription's tier, or of one of its additional tiers.
   *
   * @throws Error for a subscription or an additional tier that has none here
   */
  planKey(subscription: string, additionalTier?: string): ApiGatewayUsagePlanKey {
    const planKey = this.planKeys.get(planKeyName(subscription, additionalTier));
    const what = additionalTier === undefined ? subscription : `${subscription}/${additionalTier}`;
    if (!planKey) throw new Error(`"${what}" has no plan key here; its cohort may stand in another stack`);
    return planKey;
  }

  private addSubscription(subscription: Subscription, planIds: Readonly<Record<string, string>>): void {
    const { id, formerId, existingKeyId } = subscription;
    const scope = new Construct(this, id);
    if (existingKeyId === undefined) this.addKey(scope, subscription);
    else IdentityOutput.of(this).addExistingKey(id, existingKeyId);
    // Written out, since a token for each of 10,000 keys takes longer than all the rest.
    const keyId = existingKeyId ?? `\${${addresses.apiKey(id)}.id}`;

    const addPlanKey = (constructId: string, tier: string, nameOf: (subscription: string) => string) => {
      const usagePlanId = planIds[tier];
      if (usagePlanId === undefined)
        throw new Error(`subscription "${id}" is on tier "${tier}", whose plan was not given; add it to planIds`);
      // Never created before it is destroyed: AWS refuses a key in two plans of one stage.
      const planKey = new SubscriptionPlanKey(scope, constructId, {
        ...config(PLAN_KEY, encodePlanKey({ keyId, usagePlanId })),
      });
      planKey.overrideLogicalId(nameOf(id));
      this.planKeys.set(nameOf(id), planKey);
      if (formerId !== undefined) planKey.movedFrom = nameOf(formerId);
    };
    addPlanKey("plan-key", subscription.tier, terraformName);
    for (const { name: slot, tier } of subscription.additionalTiers)
      addPlanKey(`plan-key:${slot}`, tier, (subscriptionId) => planKeyName(subscriptionId, slot));
  }

  private addKey(scope: Construct, subscription: Subscription): void {
    const { id, formerId } = subscription;
    if (subscription.keyVariable !== undefined) this.addKeyVariable(subscription.keyVariable, id);
    const key = new SubscriptionKey(scope, "key", {
      ...config(API_KEY, encodeApiKey(subscription), ["name", "description", "customer_id"]),
      lifecycle:
        subscription.keyVariable === undefined
          ? undefined
          : { precondition: keyValueConditions(subscription.keyVariable, id) },
    });
    key.overrideLogicalId(terraformName(id));
    if (formerId !== undefined) key.movedFrom = terraformName(formerId);
    this.keys.set(id, key);
  }

  private addKeyVariable(name: string, subscription: string): void {
    const variable = new TerraformVariable(this, `variable:${name}`, {
      type: "string",
      sensitive: true,
      // So that the key reports its absence, which knows whose it is.
      default: "",
      nullable: false,
      description: `Key value of subscription ${subscription}; set it as TF_VAR_${name}.`,
    });
    variable.overrideLogicalId(name);
  }
}

class SubscriptionKey extends oneOfMany(ApiGatewayApiKey) {}

class SubscriptionPlanKey extends oneOfMany(ApiGatewayUsagePlanKey) {}
