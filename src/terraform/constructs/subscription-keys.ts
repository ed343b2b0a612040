import { ApiGatewayApiKey, type ApiGatewayApiKeyConfig } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import {
  ApiGatewayUsagePlanKey,
  type ApiGatewayUsagePlanKeyConfig,
} from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { type TerraformResource, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Subscription } from "../../catalog/subscription";
import { terraformName } from "./terraform-name";

export interface SubscriptionKeysProps {
  readonly subscriptions: readonly Subscription[];
  /** Ids of the usage plans, by tier. */
  readonly planIds: Readonly<Record<string, string>>;
}

/**
 * One API key for each subscription, and its plan keys.
 *
 * Addresses come from the subscription's id alone (`aws_api_gateway_api_key.joe-black`): a move to another tier replaces
 * the plan key and leaves the key, and with it what the customer holds, as it is.
 */
export class SubscriptionKeys extends Construct {
  private readonly keys = new Map<string, ApiGatewayApiKey>();

  constructor(scope: Construct, id: string, { subscriptions, planIds }: SubscriptionKeysProps) {
    super(scope, id);
    const names = new Map<string, string>();
    for (const subscription of subscriptions) {
      const name = terraformName(subscription.id);
      const other = names.get(name);
      if (other !== undefined)
        throw new Error(`subscriptions "${other}" and "${subscription.id}" get the same Terraform name; rename one`);
      names.set(name, subscription.id);
      this.addSubscription(subscription, planIds);
    }
  }

  /** @throws Error for a subscription that has no key here */
  key(subscription: string): ApiGatewayApiKey {
    const key = this.keys.get(subscription);
    if (!key) throw new Error(`"${subscription}" has no key here; its cohort may stand in another stack`);
    return key;
  }

  private addSubscription(subscription: Subscription, planIds: Readonly<Record<string, string>>): void {
    const { id, formerId } = subscription;
    const scope = new Construct(this, id);
    const name = terraformName(id);
    const key = new SubscriptionKey(scope, "key", formerId === undefined ? undefined : terraformName(formerId), {
      name: id,
      // AWS would be told "Managed by Terraform" otherwise, and an adopted key would be changed to it.
      description: subscription.customer,
      enabled: subscription.enabled,
      customerId: subscription.marketplaceCustomerId,
      value: subscription.keyVariable && this.keyVariable(subscription.keyVariable, id).stringValue,
      tags: Object.keys(subscription.tags).length > 0 ? subscription.tags : undefined,
    });
    key.overrideLogicalId(name);
    this.keys.set(id, key);

    const addPlanKey = (constructId: string, tier: string, nameOf: (subscription: string) => string) => {
      const usagePlanId = planIds[tier];
      if (usagePlanId === undefined)
        throw new Error(`subscription "${id}" is on tier "${tier}", whose plan was not given; add it to planIds`);
      // Never created before it is destroyed: AWS refuses a key in two plans of one stage.
      const planKey = new SubscriptionPlanKey(
        scope,
        constructId,
        formerId === undefined ? undefined : nameOf(formerId),
        {
          // Written out, since a token for each of 10,000 keys takes longer than all the rest.
          keyId: `\${${key.terraformResourceType}.${name}.id}`,
          keyType: "API_KEY",
          usagePlanId,
        },
      );
      planKey.overrideLogicalId(nameOf(id));
    };
    addPlanKey("plan-key", subscription.tier, terraformName);
    for (const { name: slot, tier } of subscription.additionalTiers)
      addPlanKey(`plan-key:${slot}`, tier, (subscriptionId) => terraformName(`${subscriptionId}/${slot}`));
  }

  private keyVariable(name: string, subscription: string): TerraformVariable {
    const variable = new TerraformVariable(this, `variable:${name}`, {
      type: "string",
      sensitive: true,
      nullable: false,
      description: `Key value of subscription ${subscription}; set it as TF_VAR_${name}.`,
      validation: [
        {
          // @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-api-key-with-console.html
          condition: `\${can(regex("^[A-Za-z0-9]{20,128}$", var.${name}))}`,
          errorMessage: `The key value of subscription ${subscription} (TF_VAR_${name}) must be 20 to 128 letters and digits.`,
        },
      ],
    });
    variable.overrideLogicalId(name);
    return variable;
  }
}

/** An API key that may have had another address before. */
class SubscriptionKey extends ApiGatewayApiKey {
  constructor(
    scope: Construct,
    id: string,
    private readonly formerName: string | undefined,
    config: ApiGatewayApiKeyConfig,
  ) {
    super(scope, id, config);
  }

  override toTerraform() {
    return leanBlock(this, super.toTerraform(), this.formerName);
  }
}

/** A plan key that may have had another address before. */
class SubscriptionPlanKey extends ApiGatewayUsagePlanKey {
  constructor(
    scope: Construct,
    id: string,
    private readonly formerName: string | undefined,
    config: ApiGatewayUsagePlanKeyConfig,
  ) {
    super(scope, id, config);
  }

  override toTerraform() {
    return leanBlock(this, super.toTerraform(), this.formerName);
  }
}

/**
 * A block without what it does not say, and without cdktf's note of where it was made: cdktf looks for tokens in every
 * field three times, so with 10,000 keys the absent ones take as long as those that are there. The `moved` block is
 * written here, for cdktf's own asks an installed Terraform for its version at every synth.
 */
function leanBlock(
  resource: TerraformResource,
  // biome-ignore lint/suspicious/noExplicitAny: it is what cdktf's toTerraform returns
  synthesized: any,
  formerName: string | undefined,
) {
  const { terraformResourceType: type, friendlyUniqueId: name } = resource;
  const block = synthesized.resource?.[type]?.[name];
  if (!block) return synthesized;
  const said = Object.entries(block).filter(([field, value]) => value !== undefined && field !== "//");
  return {
    ...synthesized,
    resource: { [type]: { [name]: Object.fromEntries(said) } },
    ...(formerName === undefined ? {} : { moved: [{ from: `${type}.${formerName}`, to: `${type}.${name}` }] }),
  };
}
