import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { addresses, planKeyName } from "../../contract/addresses";
import { API_KEY, encodeApiKey } from "../../contract/api-key";
import { keyId } from "../../contract/key-id";
import { encodePlanKey, PLAN_KEY } from "../../contract/plan-key";
import { terraformName } from "../../contract/terraform-name";
import { MAIN_KEY } from "../../vocabulary/main-key";
import type { Subscription } from "../../vocabulary/subscription";
import type { SubscriptionKey } from "../../vocabulary/subscription-key";
import { config } from "./config";
import { IdentityOutput } from "./identity-output";
import { compareKeyValues, keyValueConditions } from "./key-value-checks";
import { oneOfMany } from "./one-of-many";

export interface SubscriptionKeysProps {
  readonly subscriptions: readonly Subscription[];
  /** Ids of the usage plans, by tier; of negotiated limits by the id of their plan (`Subscription.plan`). */
  readonly planIds: Readonly<Record<string, string>>;
}

/**
 * The API keys of each subscription, and their plan keys; of a key that is managed elsewhere the plan keys alone.
 *
 * Addresses come from the ids of the keys alone (`aws_api_gateway_api_key.joe-black`): a move to another tier replaces
 * the plan key and leaves the key, and with it what the customer holds, as it is.
 */
export class SubscriptionKeys extends Construct {
  /** By the ids of the keys. */
  private readonly keys = new Map<string, ApiGatewayApiKey>();
  /** By Terraform name. */
  private readonly planKeys = new Map<string, ApiGatewayUsagePlanKey>();
  /** Subscriptions, by the Terraform names of their plan keys. */
  private readonly owners = new Map<string, string>();
  private readonly subscriptions: ReadonlySet<string>;

  constructor(scope: Construct, id: string, { subscriptions, planIds }: SubscriptionKeysProps) {
    super(scope, id);
    this.subscriptions = new Set(subscriptions.map((subscription) => subscription.id));
    for (const subscription of subscriptions) this.addSubscription(subscription, planIds);
    IdentityOutput.of(this).addKeys(this.keys);
    const variables = subscriptions.flatMap(({ keys }) => keys.flatMap(({ keyVariable }) => keyVariable ?? []));
    if (variables.length > 1) compareKeyValues(new Construct(this, "distinct-key-values"), variables);
  }

  /** Whether the plan keys of this subscription stand here, and not with those of a cohort. */
  has(subscription: string): boolean {
    return this.subscriptions.has(subscription);
  }

  /**
   * @param name of the key among several
   * @throws Error for a subscription that has no such key here
   */
  key(subscription: string, name: string = MAIN_KEY): ApiGatewayApiKey {
    const id = keyId({ subscription, key: name });
    const key = this.keys.get(id);
    if (!key && this.planKeys.has(planKeyName(id)))
      throw new Error(`the key of "${id}" is managed elsewhere (existingKeyId); take its id from there`);
    if (!key) throw new Error(`"${id}" has no key here; its cohort may stand in another stack`);
    return key;
  }

  /**
   * The plan key of a subscription's tier, or of one of its additional tiers.
   *
   * @param name of the key among several
   * @throws Error for what has none here
   */
  planKey(subscription: string, additionalTier?: string, name: string = MAIN_KEY): ApiGatewayUsagePlanKey {
    const id = keyId({ subscription, key: name });
    const planKey = this.planKeys.get(planKeyName(id, additionalTier));
    const what = additionalTier === undefined ? id : `${id}/${additionalTier}`;
    if (!planKey) throw new Error(`"${what}" has no plan key here; its cohort may stand in another stack`);
    return planKey;
  }

  private addSubscription(subscription: Subscription, planIds: Readonly<Record<string, string>>): void {
    const { id, formerId, additionalTiers, plan } = subscription;
    const scope = new Construct(this, id);
    const idOf = (tier: string, usagePlan: string) => {
      const usagePlanId = planIds[usagePlan];
      if (usagePlanId === undefined)
        throw new Error(`subscription "${id}" is on tier "${tier}", whose plan was not given; add it to planIds`);
      return usagePlanId;
    };
    const plans = [
      { slot: undefined, usagePlanId: idOf(subscription.tier, plan) },
      ...additionalTiers.map(({ name, tier }) => ({ slot: name, usagePlanId: idOf(tier, tier) })),
    ];
    for (const key of subscription.keys) {
      const own = keyId({ subscription: id, key: key.name });
      const former = formerId === undefined ? undefined : keyId({ subscription: formerId, key: key.name });
      const keyScope = key.name === MAIN_KEY ? scope : new Construct(scope, `key:${key.name}`);
      const { existingKeyId } = key;
      if (existingKeyId === undefined) this.addKey(keyScope, { own, former }, subscription, key);
      else IdentityOutput.of(this).addExistingKey(own, existingKeyId);
      // Written out, since a token for each of 10,000 keys takes longer than all the rest.
      const awsId = existingKeyId ?? `\${${addresses.apiKey(own)}.id}`;
      for (const { slot, usagePlanId } of plans) {
        // Never created before it is destroyed: AWS refuses a key in two plans of one stage.
        const planKey = new SubscriptionPlanKey(
          keyScope,
          slot === undefined ? "plan-key" : `plan-key:${slot}`,
          config(PLAN_KEY, encodePlanKey({ keyId: awsId, usagePlanId })),
        );
        const name = planKeyName(own, slot);
        this.claim(name, id);
        planKey.overrideLogicalId(name);
        this.planKeys.set(name, planKey);
        if (former !== undefined) planKey.movedFrom = planKeyName(former, slot);
      }
    }
  }

  /** Refuses a Terraform name that the hash in it gives to two subscriptions. */
  private claim(name: string, subscription: string): void {
    const other = this.owners.get(name);
    if (other !== undefined)
      throw new Error(`subscriptions "${other}" and "${subscription}" get the same Terraform name; rename one`);
    this.owners.set(name, subscription);
  }

  /** @param ids the id of the key, and the one that it had before */
  private addKey(
    scope: Construct,
    { own, former }: { readonly own: string; readonly former: string | undefined },
    { id, customer, marketplaceCustomerId }: Subscription,
    key: SubscriptionKey,
  ): void {
    if (key.keyVariable !== undefined) this.addKeyVariable(key.keyVariable, id);
    const resource = new ApiKeyOfSubscription(scope, "key", {
      lifecycle: key.keyVariable === undefined ? undefined : { precondition: keyValueConditions(key.keyVariable, own) },
      ...config(API_KEY, encodeApiKey({ customer, marketplaceCustomerId, ...key }), [
        "name",
        "description",
        "customer_id",
      ]),
    });
    resource.overrideLogicalId(terraformName(own));
    if (former !== undefined) resource.movedFrom = terraformName(former);
    this.keys.set(own, resource);
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

class ApiKeyOfSubscription extends oneOfMany(ApiGatewayApiKey) {}

class SubscriptionPlanKey extends oneOfMany(ApiGatewayUsagePlanKey) {}
