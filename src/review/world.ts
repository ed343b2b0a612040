import type {
  SynthesizedApi,
  SynthesizedGateway,
  SynthesizedKey,
  SynthesizedPlan,
  SynthesizedRoute,
} from "../synthesized/model";
import { gatewayOf } from "../synthesized/read-gateway";
import { ResourceIndex } from "../synthesized/resource-index";
import { textOf } from "../synthesized/terraform-attributes";
import type { TerraformResource, TerraformResources } from "../synthesized/terraform-resource";

/** A resource's name across all plans. */
export const placeOf = ({ stack, address }: Place): string => `${stack ?? ""}|${address}`;

/** Where a resource stands. */
export interface Place {
  readonly stack: string | undefined;
  readonly address: string;
}

/** What the account holds, as far as the plans tell: before they are applied, or after. */
export class World {
  readonly gateway: SynthesizedGateway;
  private readonly index: ResourceIndex;
  private readonly byId = new Map<string, ReadonlyMap<string, TerraformResource>>();
  private readonly models: ReadonlyMap<string, SynthesizedApi | SynthesizedKey | SynthesizedPlan>;
  private readonly routes: ReadonlyMap<string, SynthesizedRoute>;

  /** @param gone ids of APIs that are managed in another world; in this one there are none of these */
  constructor(resources: TerraformResources, gone: ReadonlySet<string> = new Set()) {
    const whole = { ...resources, resources: [...resources.resources, ...standIns(resources, gone)] };
    this.gateway = gatewayOf(whole);
    this.index = new ResourceIndex(whole);
    const { apis, keys, plans } = this.gateway;
    this.models = new Map([...apis, ...keys, ...plans].map((each) => [placeOf(each), each]));
    this.routes = new Map(
      apis.flatMap((api) => api.routes.map((route) => [this.methodOf(route) ?? placeOf(route), route] as const)),
    );
  }

  /** A resource as it stands in this world. */
  at({ stack, address }: Place): TerraformResource | undefined {
    return this.index.at(stack, address);
  }

  ofType(type: string): readonly TerraformResource[] {
    return this.index.ofType(type);
  }

  /** The API to which a part of one belongs, such as a method. */
  apiOf(place: Place): SynthesizedApi | undefined {
    return this.model(this.referred(place, "rest_api_id", "aws_api_gateway_rest_api")) as SynthesizedApi | undefined;
  }

  /** The route to which a part of one belongs, such as an integration. */
  routeOf(place: Place): SynthesizedRoute | undefined {
    const method = this.methodOf(place);
    return method === undefined ? undefined : this.routes.get(method);
  }

  /** The plan in which a plan key puts a key. */
  planOf(planKey: Place): SynthesizedPlan | undefined {
    return this.model(this.referred(planKey, "usage_plan_id", "aws_api_gateway_usage_plan")) as
      | SynthesizedPlan
      | undefined;
  }

  /** The key that a plan key puts in a plan. */
  keyOf(planKey: Place): SynthesizedKey | undefined {
    return this.model(this.referred(planKey, "key_id", "aws_api_gateway_api_key")) as SynthesizedKey | undefined;
  }

  /** What a stage serves. */
  deploymentOf(stage: Place): TerraformResource | undefined {
    const { type } = this.at(stage) ?? {};
    if (type === "aws_api_gateway_deployment") return this.at(stage);
    return this.referred(stage, "deployment_id", "aws_api_gateway_deployment");
  }

  private model(resource: TerraformResource | undefined) {
    return resource && this.models.get(placeOf(resource));
  }

  private methodOf(place: Place): string | undefined {
    const { resource_id, http_method } = this.at(place)?.attributes ?? {};
    const api = this.referred(place, "rest_api_id", "aws_api_gateway_rest_api");
    return api && `${placeOf(api)} ${textOf(resource_id)} ${textOf(http_method)}`;
  }

  private referred(place: Place, attribute: string, type: string): TerraformResource | undefined {
    let ids = this.byId.get(type);
    if (ids === undefined) {
      ids = this.index.byId(type);
      this.byId.set(type, ids);
    }
    return ids.get(textOf(this.at(place)?.attributes[attribute]));
  }
}

/** Ids that AWS has given to the APIs of a world. */
export const apiIds = (resources: readonly TerraformResource[]): ReadonlySet<string> =>
  new Set(resources.filter(({ type }) => type === "aws_api_gateway_rest_api").map(idOf));

/** Where an API that someone else manages stands. */
const ELSEWHERE = "(elsewhere)";

/** Whether an API is managed by none of the plans, so that nothing but its id is known. */
export const isElsewhere = (api: SynthesizedApi): boolean => api.stack === ELSEWHERE;

/** For each API that is named by its id and is in none of the plans, one that has nothing but that id. */
function standIns({ resources }: TerraformResources, gone: ReadonlySet<string>): TerraformResource[] {
  const known = apiIds(resources);
  const isStranger = (id: string) => /^[a-z0-9]+$/.test(id) && !known.has(id) && !gone.has(id);
  const named = new Set(resources.flatMap(apiIdsIn).filter(isStranger));
  return [...named].sort().map((id) => ({
    stack: ELSEWHERE,
    address: `aws_api_gateway_rest_api.${id}`,
    type: "aws_api_gateway_rest_api",
    folder: "",
    attributes: { id, name: id },
  }));
}

const idOf = ({ attributes }: TerraformResource) => textOf(attributes.id);

function apiIdsIn({ type, attributes }: TerraformResource): string[] {
  if (type === "aws_api_gateway_usage_plan") {
    const stages = Array.isArray(attributes.api_stages) ? attributes.api_stages : [];
    return stages.map((stage) => textOf(stage?.api_id));
  }
  return type === "aws_api_gateway_stage" ? [textOf(attributes.rest_api_id)] : [];
}
