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

  /** @param gone ids of what is managed in another world: what this one does not have of it is gone, and not elsewhere */
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

const idsOf = (type: string, resources: readonly TerraformResource[]): ReadonlySet<string> =>
  new Set(resources.filter((each) => each.type === type).map(({ attributes }) => textOf(attributes.id)));

/** Ids that AWS has given to the APIs and usage plans of a world. */
export const managedIds = (resources: readonly TerraformResource[]): ReadonlySet<string> =>
  new Set([...idsOf("aws_api_gateway_rest_api", resources), ...idsOf("aws_api_gateway_usage_plan", resources)]);

/** Where that stands which someone else manages. */
const ELSEWHERE = "(elsewhere)";

/** Whether an API or a usage plan is managed by none of the plans, so that nothing but its id is known. */
export const isElsewhere = ({ stack }: Place): boolean => stack === ELSEWHERE;

/**
 * For each API that is named by its id and is in none of the plans, one that has nothing but that id; and for each usage
 * plan, one that opens what only it knows.
 */
function standIns({ resources }: TerraformResources, gone: ReadonlySet<string>): TerraformResource[] {
  const known = idsOf("aws_api_gateway_rest_api", resources);
  const apis = strangers(resources.flatMap(apiIdsIn), (id) => known.has(id) || gone.has(id));
  const knownPlans = idsOf("aws_api_gateway_usage_plan", resources);
  const plans = strangers(resources.flatMap(planIdsIn), (id) => knownPlans.has(id) || gone.has(id));
  const standIn = (type: string, id: string, attributes: TerraformResource["attributes"]) => ({
    stack: ELSEWHERE,
    address: `${type}.${id}`,
    type,
    folder: "",
    attributes: { id, ...attributes },
  });
  return [
    ...apis.map((id) => standIn("aws_api_gateway_rest_api", id, { name: id })),
    ...(plans.length > 0 ? [standIn("aws_api_gateway_rest_api", STAGES_OF_PLAN, { name: STAGES_OF_PLAN })] : []),
    ...plans.map((id) =>
      standIn("aws_api_gateway_usage_plan", id, { name: id, api_stages: [{ api_id: STAGES_OF_PLAN, stage: id }] }),
    ),
  ];
}

/** `stages of plan/abc123` is all that can be said of what such a plan opens. */
const STAGES_OF_PLAN = "stages of plan";

/** Ids that AWS may have given, of what is not known. */
const strangers = (ids: readonly string[], isKnown: (id: string) => boolean): string[] =>
  [...new Set(ids.filter((id) => /^[a-z0-9]+$/.test(id) && !isKnown(id)))].sort();

function apiIdsIn({ type, attributes }: TerraformResource): string[] {
  if (type === "aws_api_gateway_usage_plan") {
    const stages = Array.isArray(attributes.api_stages) ? attributes.api_stages : [];
    return stages.map((stage) => textOf(stage?.api_id));
  }
  return type === "aws_api_gateway_stage" ? [textOf(attributes.rest_api_id)] : [];
}

const planIdsIn = ({ type, attributes }: TerraformResource): string[] =>
  type === "aws_api_gateway_usage_plan_key" ? [textOf(attributes.usage_plan_id)] : [];
