import { Lazy, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { encodeIdentity, IDENTITY_OUTPUT, type NegotiatedIdentity, type StageIdentity } from "../../contract/identity";
import { terraformName } from "../../contract/terraform-name";
import { encodeTierPrices, TIER_PRICES_OUTPUT } from "../../contract/tier-prices";
import { byName } from "../../text/order";
import type { Tier } from "../../vocabulary/tier";
import { literally } from "./literal";
import { overridesOf } from "./overrides";

const ID = "api-tiers";
const API_KEY = "aws_api_gateway_api_key";

/**
 * The output by which a stack says what it holds of the catalog, one for each stack. It is written at synth, after overrides
 * of names, so what reads the stack never has to guess from what AWS shows.
 */
export class IdentityOutput extends Construct {
  private readonly apis = new Map<TerraformResource, string>();
  private readonly existingApis = new Map<string, string>();
  private readonly stages = new Map<TerraformResource, StageIdentity>();
  private readonly tiers = new Set<string>();
  private readonly prices: Pick<Tier, "id" | "price">[] = [];
  private readonly negotiated = new Map<TerraformResource, NegotiatedIdentity>();
  private readonly existingKeys = new Map<string, string>();
  private keys: Map<TerraformResource, string> | undefined;

  /** That of the stack in which a construct stands. */
  static of(scope: Construct): IdentityOutput {
    const stack = TerraformStack.of(scope);
    const found = stack.node.tryFindChild(ID);
    return found === undefined ? new IdentityOutput(stack) : (found as IdentityOutput);
  }

  private constructor(private readonly stack: TerraformStack) {
    super(stack, ID);
    const output = new TerraformOutput(this, "output", {
      value: Lazy.anyValue({ produce: ({ preparing }) => this.value(preparing) }),
      description: "What this stack holds of the catalog, for api-tiers.",
    });
    output.overrideLogicalId(IDENTITY_OUTPUT);
  }

  addApi(api: string, restApi: TerraformResource): void {
    this.apis.set(restApi, api);
  }

  /** @param restApiId of a REST API that is managed elsewhere */
  addExistingApi(api: string, restApiId: string): void {
    this.existingApis.set(api, restApiId);
  }

  addStage(identity: StageIdentity, stage: TerraformResource): void {
    this.stages.set(stage, identity);
  }

  /** With its price, if it has one, which stands in an output of its own. */
  addTier({ id, price }: Pick<Tier, "id" | "price">): void {
    this.tiers.add(id);
    if (!price) return;
    if (this.prices.length === 0) this.addPrices();
    this.prices.push({ id, price });
  }

  /** The usage plan with the limits of one subscription. */
  addNegotiated({ subscription, tier }: NegotiatedIdentity, plan: TerraformResource): void {
    this.negotiated.set(plan, { subscription, tier });
  }

  /**
   * @param id of the key in the catalog
   * @param awsId of a key that is managed elsewhere
   */
  addExistingKey(id: string, awsId: string): void {
    this.existingKeys.set(id, awsId);
  }

  /** The keys of some subscriptions by their ids, which may be none: then those of others in this stack are known to be others. */
  addKeys(keys: ReadonlyMap<string, TerraformResource>): void {
    this.keys ??= new Map();
    for (const [id, key] of keys) this.keys.set(key, id);
  }

  private addPrices(): void {
    const output = new TerraformOutput(this, "prices", {
      value: Lazy.anyValue({ produce: () => literally(encodeTierPrices(this.prices)) }),
      description: "What the tiers cost, for invoices. Nothing in API Gateway depends on it.",
    });
    output.overrideLogicalId(TIER_PRICES_OUTPUT);
  }

  /** @param preparing whether just references to other stacks are looked for, which names of keys never are */
  private value(preparing: boolean) {
    return encodeIdentity({
      apis: byTerraformName(this.apis),
      existingApis: sorted(this.existingApis),
      stages: byTerraformName(this.stages),
      tiers: [...this.tiers].sort(byName),
      negotiated: byTerraformName(this.negotiated),
      existingKeys: sorted(this.existingKeys),
      subscriptions:
        this.keys && !preparing ? { renamed: renamed(this.keys), others: this.otherKeys(this.keys) } : undefined,
    });
  }

  private otherKeys(keys: ReadonlyMap<TerraformResource, string>): string[] {
    const own = new Set([...keys.keys()].map((key) => key.friendlyUniqueId));
    const names = this.stack.node
      .findAll()
      .filter((each): each is TerraformResource => TerraformResource.isTerraformResource(each) && !keys.has(each))
      .filter((each) => each.terraformResourceType === API_KEY && TerraformStack.of(each) === this.stack)
      .map((each) => each.friendlyUniqueId);
    return [...new Set([...names, ...Object.keys(overridesOf(this.stack, API_KEY))])]
      .filter((name) => !own.has(name))
      .sort(byName);
  }
}

const sorted = (ids: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...ids].sort(([a], [b]) => byName(a, b)));

function byTerraformName<Identity>(resources: ReadonlyMap<TerraformResource, Identity>): Record<string, Identity> {
  const entries = [...resources].map(([resource, identity]) => [resource.friendlyUniqueId, identity] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => byName(a, b)));
}

function renamed(keys: ReadonlyMap<TerraformResource, string>): Record<string, string> {
  const entries: [name: string, id: string][] = [];
  for (const [{ friendlyUniqueId: name }, id] of keys)
    if (name !== id || terraformName(id) !== name) entries.push([name, id]);
  return Object.fromEntries(entries.sort(([a], [b]) => byName(a, b)));
}
