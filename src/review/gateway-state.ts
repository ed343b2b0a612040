import { readAddress } from "../contract/addresses";
import { stringOf } from "../contract/attributes";
import { keyNamed } from "../contract/identity";
import { keyId } from "../contract/key-id";
import type { ExportedSubscription } from "../contract/self-service-export";
import type { ExternalIds } from "../model/external-ids";
import type {
  ApiModel,
  ExternalApi,
  ExternalKey,
  ExternalPlan,
  GatewayModel,
  KeyModel,
  RouteModel,
  UsagePlanModel,
} from "../model/model";
import type { Naming } from "../model/naming";
import { gatewayIn } from "../model/read-gateway";
import type { ResourceIndex } from "../model/resource-index";
import { withRuntimeKeys } from "../model/runtime-keys";
import { possibleReferences, type TerraformResource } from "../model/terraform-resource";

/** A resource's name across all plans; for what is managed elsewhere its id in AWS, which is never an address. */
export const placeOf = (thing: Place | External): string =>
  "external" in thing ? thing.awsId : `${thing.stack ?? ""}|${thing.address}`;

/** What none of the plans manages. */
export interface External {
  readonly external: true;
  readonly awsId: string;
}

/** An API, managed by the plans or elsewhere. */
export type AnyApi = ApiModel | ExternalApi;
/** A usage plan, managed by the plans or elsewhere. */
export type AnyPlan = UsagePlanModel | ExternalPlan;
/** A key, managed by the plans or elsewhere. */
export type AnyKey = KeyModel | ExternalKey;

/** Where a resource stands. */
export interface Place {
  readonly stack: string | undefined;
  readonly address: string;
}

/** Customers who signed up by themselves, and the tiers that are known before or after the change. */
export interface RuntimeKeys {
  readonly subscriptions: readonly ExportedSubscription[];
  readonly tiers: ReadonlySet<string>;
}

/** What the account holds, as far as the plans tell: before they are applied, or after. */
export class GatewayState {
  readonly gateway: GatewayModel;
  /** Those that the plans manage, and those of which they hold parts. */
  readonly apis: readonly AnyApi[];
  private readonly byId = new Map<string, ReadonlyMap<string, TerraformResource>>();
  private readonly texts = new Map<string, ReadonlySet<string>>();
  private readonly models: ReadonlyMap<string, AnyApi | AnyKey | AnyPlan>;
  private readonly routes: ReadonlyMap<string, RouteModel>;

  constructor(
    private readonly index: ResourceIndex,
    external: ExternalIds,
    naming: Naming,
    { subscriptions, tiers }: RuntimeKeys = { subscriptions: [], tiers: new Set() },
  ) {
    this.gateway = withRuntimeKeys(gatewayIn(index, external, naming), subscriptions, { tiers });
    const { apis, keys, plans, external: elsewhere } = this.gateway;
    this.apis = [...apis, ...elsewhere.apis];
    const known = [...this.apis, ...keys, ...elsewhere.keys, ...plans, ...elsewhere.plans];
    this.models = new Map(known.map((each) => [placeOf(each), each]));
    this.routes = new Map(
      this.apis.flatMap((api) => api.routes.map((route) => [this.methodOf(route) ?? placeOf(route), route] as const)),
    );
  }

  /** A resource as it stands in this state. */
  at({ stack, address }: Place): TerraformResource | undefined {
    return this.index.at(stack, address);
  }

  /** Whether it exists in this state; what is managed elsewhere always does. */
  holds(thing: Place | External): boolean {
    return "external" in thing || this.at(thing) !== undefined;
  }

  /** The id of the subscription's key that had an address; what moves has its new address in this state. */
  keyIdAt({ stack, address }: Place): string | undefined {
    const name = readAddress(address)?.name;
    const key = name === undefined ? undefined : keyNamed(name, this.index.identities.get(stack));
    return key && keyId(key);
  }

  ofType(type: string): readonly TerraformResource[] {
    return this.index.ofType(type);
  }

  /** The API to which a part of one belongs, such as a method. */
  apiOf(place: Place, attribute = "rest_api_id"): AnyApi | undefined {
    return this.model(place, attribute, "aws_api_gateway_rest_api") as AnyApi | undefined;
  }

  /** The route to which a part of one belongs, such as an integration. */
  routeOf(place: Place): RouteModel | undefined {
    const method = this.methodOf(place);
    return method === undefined ? undefined : this.routes.get(method);
  }

  /** The plan in which a plan key puts a key. */
  planOf(planKey: Place): AnyPlan | undefined {
    return this.model(planKey, "usage_plan_id", "aws_api_gateway_usage_plan") as AnyPlan | undefined;
  }

  /** The key that a plan key puts in a plan. */
  keyOf(planKey: Place): AnyKey | undefined {
    return this.model(planKey, "key_id", "aws_api_gateway_api_key") as AnyKey | undefined;
  }

  /** The keys of which a plan key puts one in a plan, where only that is known. */
  possibleKeysOf(planKey: Place): readonly TerraformResource[] {
    const text = stringOf(this.at(planKey)?.attributes.key_id);
    return possibleReferences(text).flatMap(({ stack, address }) => this.index.at(stack, address) ?? []);
  }

  /** The resource of a type to which an attribute refers. */
  targetOf(place: Place, attribute: string, type: string): TerraformResource | undefined {
    return this.referred(place, attribute, type);
  }

  /** All texts by which others may refer to a resource. */
  idsOf(place: Place): readonly string[] {
    const resource = this.at(place);
    return resource ? this.index.attributeTexts(resource, "id") : [];
  }

  /** What the resources of a type have for an attribute. */
  textsOf(type: string, attribute: string): ReadonlySet<string> {
    const name = `${type} ${attribute}`;
    const known = this.texts.get(name);
    if (known) return known;
    const texts = new Set(this.ofType(type).map(({ attributes }) => stringOf(attributes[attribute])));
    this.texts.set(name, texts);
    return texts;
  }

  /** What a stage serves. */
  deploymentOf(stage: Place): TerraformResource | undefined {
    const { type } = this.at(stage) ?? {};
    if (type === "aws_api_gateway_deployment") return this.at(stage);
    return this.referred(stage, "deployment_id", "aws_api_gateway_deployment");
  }

  private model(place: Place, attribute: string, type: string) {
    const resource = this.referred(place, attribute, type);
    return this.models.get(resource ? placeOf(resource) : stringOf(this.at(place)?.attributes[attribute]));
  }

  private methodOf(place: Place): string | undefined {
    const { resource_id, http_method } = this.at(place)?.attributes ?? {};
    const api = this.apiOf(place);
    return api && `${placeOf(api)} ${stringOf(resource_id)} ${stringOf(http_method)}`;
  }

  private referred(place: Place, attribute: string, type: string): TerraformResource | undefined {
    let ids = this.byId.get(type);
    if (ids === undefined) {
      ids = this.index.byId(type);
      this.byId.set(type, ids);
    }
    return ids.get(stringOf(this.at(place)?.attributes[attribute]));
  }
}
