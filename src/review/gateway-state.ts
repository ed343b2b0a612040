import { stringOf } from "../contract/attributes";
import type { ApiModel, GatewayModel, KeyModel, RouteModel, UsagePlanModel } from "../model/model";
import type { Naming } from "../model/naming";
import { gatewayIn } from "../model/read-gateway";
import type { ResourceIndex } from "../model/resource-index";
import type { TerraformResource } from "../model/terraform-resource";

/** A resource's name across all plans. */
export const placeOf = ({ stack, address }: Place): string => `${stack ?? ""}|${address}`;

/** Where a resource stands. */
export interface Place {
  readonly stack: string | undefined;
  readonly address: string;
}

/** What the account holds, as far as the plans tell: before they are applied, or after. */
export class GatewayState {
  readonly gateway: GatewayModel;
  private readonly byId = new Map<string, ReadonlyMap<string, TerraformResource>>();
  private readonly texts = new Map<string, ReadonlySet<string>>();
  private readonly models: ReadonlyMap<string, ApiModel | KeyModel | UsagePlanModel>;
  private readonly routes: ReadonlyMap<string, RouteModel>;

  constructor(
    private readonly index: ResourceIndex,
    naming: Naming,
  ) {
    this.gateway = gatewayIn(index, naming);
    const { apis, keys, plans } = this.gateway;
    this.models = new Map([...apis, ...keys, ...plans].map((each) => [placeOf(each), each]));
    this.routes = new Map(
      apis.flatMap((api) => api.routes.map((route) => [this.methodOf(route) ?? placeOf(route), route] as const)),
    );
  }

  /** A resource as it stands in this state. */
  at({ stack, address }: Place): TerraformResource | undefined {
    return this.index.at(stack, address);
  }

  ofType(type: string): readonly TerraformResource[] {
    return this.index.ofType(type);
  }

  /** The API to which a part of one belongs, such as a method. */
  apiOf(place: Place): ApiModel | undefined {
    return this.model(this.referred(place, "rest_api_id", "aws_api_gateway_rest_api")) as ApiModel | undefined;
  }

  /** The route to which a part of one belongs, such as an integration. */
  routeOf(place: Place): RouteModel | undefined {
    const method = this.methodOf(place);
    return method === undefined ? undefined : this.routes.get(method);
  }

  /** The plan in which a plan key puts a key. */
  planOf(planKey: Place): UsagePlanModel | undefined {
    return this.model(this.referred(planKey, "usage_plan_id", "aws_api_gateway_usage_plan")) as
      | UsagePlanModel
      | undefined;
  }

  /** The key that a plan key puts in a plan. */
  keyOf(planKey: Place): KeyModel | undefined {
    return this.model(this.referred(planKey, "key_id", "aws_api_gateway_api_key")) as KeyModel | undefined;
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

  private model(resource: TerraformResource | undefined) {
    return resource && this.models.get(placeOf(resource));
  }

  private methodOf(place: Place): string | undefined {
    const { resource_id, http_method } = this.at(place)?.attributes ?? {};
    const api = this.referred(place, "rest_api_id", "aws_api_gateway_rest_api");
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

/** Where that stands which someone else manages. */
const ELSEWHERE = "(elsewhere)";

/** Whether something is managed by none of the plans, so that little but its id is known. */
export const isExternal = ({ stack }: Place): boolean => stack === ELSEWHERE;

/**
 * What the plans name by its id and do not manage, before the change or after it: APIs that have nothing but that id, usage
 * plans that open what only they know, and keys. It is the same before and after.
 */
export function externalResources(resources: readonly TerraformResource[]): TerraformResource[] {
  const external = (type: string, named: readonly string[]) => {
    const known = new Set(
      resources.filter((each) => each.type === type).map(({ attributes }) => stringOf(attributes.id)),
    );
    // AWS makes ids of these characters; what is known only later is not an id.
    return [...new Set(named.filter((id) => /^[a-z0-9]+$/.test(id) && !known.has(id)))].sort();
  };
  const planKeys = resources.filter(({ type }) => type === "aws_api_gateway_usage_plan_key");
  const apis = external("aws_api_gateway_rest_api", resources.flatMap(apiIdsIn));
  const plans = external(
    "aws_api_gateway_usage_plan",
    planKeys.map(({ attributes }) => stringOf(attributes.usage_plan_id)),
  );
  const keys = external(
    "aws_api_gateway_api_key",
    planKeys.map(({ attributes }) => stringOf(attributes.key_id)),
  );
  // The provider tells a key's name at its place in a plan, once that is there.
  const names = new Map(
    planKeys.flatMap(({ attributes: { key_id: id, name } }) =>
      stringOf(name) === "" ? [] : [[stringOf(id), stringOf(name)]],
    ),
  );
  return [
    ...apis.map((id) => externalResource("aws_api_gateway_rest_api", id, { name: id })),
    ...(plans.length > 0
      ? [externalResource("aws_api_gateway_rest_api", STAGES_OF_PLAN, { name: STAGES_OF_PLAN })]
      : []),
    ...plans.map((id) =>
      externalResource("aws_api_gateway_usage_plan", id, {
        name: id,
        api_stages: [{ api_id: STAGES_OF_PLAN, stage: id }],
      }),
    ),
    ...keys.map((id) => externalResource("aws_api_gateway_api_key", id, { name: names.get(id) ?? id })),
  ];
}

/** `stages of plan/abc123` is all that can be said of what such a plan opens. */
const STAGES_OF_PLAN = "stages of plan";

const externalResource = (
  type: string,
  id: string,
  attributes: TerraformResource["attributes"],
): TerraformResource => ({
  stack: ELSEWHERE,
  address: `${type}.${id}`,
  type,
  folder: "",
  attributes: { id, ...attributes },
});

function apiIdsIn({ type, attributes }: TerraformResource): string[] {
  if (type === "aws_api_gateway_usage_plan") {
    const stages = Array.isArray(attributes.api_stages) ? attributes.api_stages : [];
    return stages.map((stage) => stringOf(stage?.api_id));
  }
  return type === "aws_api_gateway_stage" ? [stringOf(attributes.rest_api_id)] : [];
}
