import { stringOf } from "../../contract/attributes";
import { REST_API } from "../../contract/rest-api";
import { STAGE } from "../../contract/stage";
import type {
  ApiModel,
  ExternalKey,
  GatewayModel,
  KeyModel,
  RouteModel,
  StageModel,
  UsagePlanModel,
} from "../../model/model";
import type { TerraformResource } from "../../model/terraform-resource";
import { show } from "../../text/show";
import { MAIN_KEY } from "../../vocabulary/main-key";

/** What findings are put into words with: the deployed resources, as the states say them. */
export class Facts {
  readonly keys: ReadonlyMap<string, KeyModel | ExternalKey>;
  readonly plans: ReadonlyMap<string, UsagePlanModel>;
  readonly apis: ReadonlyMap<string, Pick<ApiModel, "id" | "routes" | "stages"> & { readonly api: string | undefined }>;
  private readonly resources: ReadonlyMap<string, TerraformResource>;

  constructor(
    readonly model: GatewayModel,
    readonly states: readonly TerraformResource[],
    /** Of AWS, for commands; `undefined` for that of the environment. */
    readonly region: string | undefined,
  ) {
    const byAwsId = <Thing extends { readonly awsId: string | undefined }>(things: readonly Thing[]) =>
      new Map(things.flatMap((each) => (each.awsId === undefined ? [] : [[each.awsId, each] as const])));
    this.keys = byAwsId<KeyModel | ExternalKey>([...model.keys, ...model.external.keys]);
    this.plans = byAwsId(model.plans);
    this.apis = byAwsId([...model.apis, ...model.external.apis.map((api) => ({ ...api, api: api.id }))]);
    this.resources = new Map(states.map((each) => [`${each.stack ?? ""}|${each.address}`, each]));
  }

  at({
    stack,
    address,
  }: {
    readonly stack: string | undefined;
    readonly address: string;
  }): TerraformResource | undefined {
    return this.resources.get(`${stack ?? ""}|${address}`);
  }

  /** `acme (Acme)`: what people call a key, and whose it is. */
  keySubject(awsId: string): string {
    const key = this.keys.get(awsId);
    if (!key) return `key ${awsId}`;
    return nameOfCustomer(key);
  }

  /** Which key of which subscription a key is, and whether that has others; `undefined` for a key of no subscription. */
  ownerOf(
    awsId: string,
  ): { readonly subscription: string; readonly key: string; readonly isOneOfMany: boolean } | undefined {
    const { subscription, key = MAIN_KEY } = this.keys.get(awsId) ?? {};
    if (subscription === undefined) return undefined;
    const all = [...this.keys.values()].filter((each) => each.subscription === subscription);
    return { subscription, key, isOneOfMany: all.length > 1 };
  }

  /** Whether a key of a subscription is meant to work, as the stacks say. */
  works(subscription: string): boolean {
    return [...this.keys.values()].some(
      (each) => each.subscription === subscription && ("external" in each || each.enabled),
    );
  }

  /** Routes of an API whose methods a tier's own plan throttles. */
  throttledByTier(tier: string | undefined, api: string): string[] {
    return [...this.plans.values()]
      .filter((plan) => plan.tier === tier && plan.negotiatedFor === undefined)
      .flatMap(({ stages }) => stages.filter((stage) => stage.api === api))
      .flatMap(({ methodThrottles }) => [...methodThrottles.keys()]);
  }

  /** The tier, or the name of another plan. */
  planName(awsId: string, name = awsId): string {
    const plan = this.plans.get(awsId);
    return plan ? planName(plan) : `usage plan ${show(name)}`;
  }

  apiName(awsId: string): string {
    return this.apis.get(awsId)?.id ?? awsId;
  }

  /** Customers of a plan, by the names of their keys. */
  customersOf(awsId: string): string[] {
    const plan = this.plans.get(awsId);
    return plan ? [...plan.keys, ...plan.externalKeys].map(({ id }) => id) : [];
  }

  /** Customers whose tier covers a stage; of a whole API without one. */
  customersOn(api: string, stage?: string): string[] {
    const covering = this.model.plans.filter(({ stages }) =>
      stages.some((each) => each.api === api && (stage === undefined || each.stage === stage)),
    );
    return [
      ...new Set(covering.flatMap(({ keys, externalKeys }) => [...keys, ...externalKeys].map(({ id }) => id))),
    ].sort();
  }

  /** The stage at a place, and its API. */
  stageAt(resource: TerraformResource): { readonly api: ApiOf; readonly stage: StageModel } | undefined {
    return this.inApi(resource, ({ stages }) =>
      stages.find((each) =>
        resource.type === STAGE.type ? isAt(each, resource) : each.name === stringOf(resource.attributes.stage_name),
      ),
    ) as { readonly api: ApiOf; readonly stage: StageModel } | undefined;
  }

  /** The route of a method or an integration, and its API. */
  routeAt(resource: TerraformResource): { readonly api: ApiOf; readonly route: RouteModel } | undefined {
    for (const api of this.apis.values()) {
      const route = api.routes.find(
        (each) => isAt(each, resource) || (each.stack === resource.stack && each.parts.includes(resource.address)),
      );
      if (route) return { api, route };
    }
    return undefined;
  }

  /** The API that a resource is, or to which it belongs. */
  apiAt({ type, attributes }: TerraformResource): ApiOf | undefined {
    return this.apis.get(stringOf(type === REST_API.type ? attributes.id : attributes.rest_api_id));
  }

  private inApi(resource: TerraformResource, find: (api: ApiOf) => StageModel | undefined) {
    const api = this.apiAt(resource);
    const stage = api && find(api);
    return api && stage && { api, stage };
  }
}

export type ApiOf = Pick<ApiModel, "id" | "routes" | "stages"> & { readonly api: string | undefined };

const isAt = (one: { readonly stack: string | undefined; readonly address: string }, other: TerraformResource) =>
  one.stack === other.stack && one.address === other.address;

/** `gold`, `the limits of acme`, `usage plan "legacy"`. */
function planName({ id, tier, negotiatedFor }: UsagePlanModel): string {
  if (negotiatedFor !== undefined) return `the limits of ${negotiatedFor}`;
  return tier === undefined ? `usage plan ${show(id)}` : id;
}

/** `acme/ci (Acme)`: what people call a key, and whose it is. */
export function nameOfCustomer(key: KeyModel | ExternalKey): string {
  const customer = "external" in key || key.subscription === undefined ? "" : key.description;
  return customer === "" ? key.id : `${key.id} (${printed(customer)})`;
}

/** Foreign text within a sentence. */
const printed = (text: string) => show(text).slice(1, -1);
