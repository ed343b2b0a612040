import { API_KEY } from "../contract/api-key";
import { type Attributes, isEmpty, stringOf, stringsOf } from "../contract/attributes";
import { INTEGRATION } from "../contract/integration-resource";
import { METHOD } from "../contract/method";
import { decodeMethodPath } from "../contract/method-path";
import { decodeMethodSettings, METHOD_SETTINGS } from "../contract/method-settings";
import { PLAN_KEY } from "../contract/plan-key";
import type { Fields, ResourceType } from "../contract/resource-type";
import { REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { decodeUsagePlan, USAGE_PLAN } from "../contract/usage-plan";
import { canonicalJson } from "../text/canonical-json";

/** One thing that a resource says, as it is compared. */
export interface Part {
  /** Terraform's name of the attribute, or `stage` and `method_throttle` for what stands within `api_stages`. */
  readonly attribute: string;
  /** The stage of a usage plan, and the method, of which it is said. */
  readonly of?: PlanStagePart;
  /** Data; `undefined` for nothing. */
  readonly value: unknown;
}

export interface PlanStagePart {
  /** The API's id in AWS. */
  readonly apiId: string;
  readonly stage: string;
  /** `GET /pets`; AWS's path of the method where it is none of a route. `undefined` for the stage as a whole. */
  readonly route?: string;
}

/** By which the same part of a resource is found elsewhere. */
export const nameOfPart = ({ attribute, of }: Part): string =>
  of === undefined ? attribute : canonicalJson([attribute, of]);

/**
 * What is compared of a resource, by its Terraform type: all attributes that this project writes, but for those that say to
 * what the resource belongs.
 */
export const COMPARED: Readonly<Record<string, (attributes: Attributes) => Part[]>> = {
  [API_KEY.type]: (attributes) => [...partsOf(API_KEY, attributes, ["tags", "value"]), tagsOf(attributes)],
  [USAGE_PLAN.type]: (attributes) => [
    ...partsOf(USAGE_PLAN, attributes, ["api_stages", "tags"]),
    ...stagesOf(attributes),
    tagsOf(attributes),
  ],
  // It says nothing but that a key is in a plan.
  [PLAN_KEY.type]: () => [],
  [REST_API.type]: (attributes) => [
    ...partsOf(REST_API, attributes, ["tags", "body", "fail_on_warnings", "parameters", "put_rest_api_mode"]),
    tagsOf(attributes),
  ],
  [STAGE.type]: (attributes) => [
    ...partsOf(STAGE, attributes, ["rest_api_id", "stage_name", "tags", "cache_cluster_size"]),
    // AWS goes on to give the size of a cache that is switched off.
    sizeOfCache(attributes),
    tagsOf(attributes),
  ],
  [METHOD_SETTINGS.type]: (attributes) => {
    const { throttle, metrics, logLevel, cache } = decodeMethodSettings(attributes);
    const { settings } = METHOD_SETTINGS.read(attributes);
    return [
      { attribute: "throttle", value: throttle },
      { attribute: "metrics", value: metrics },
      { attribute: "log_level", value: logLevel },
      { attribute: "data_trace", value: settings?.data_trace_enabled ?? false },
      { attribute: "cache", value: cache },
    ];
  },
  [METHOD.type]: (attributes) => partsOf(METHOD, attributes, ["rest_api_id", "resource_id", "http_method"]),
  [INTEGRATION.type]: (attributes) => partsOf(INTEGRATION, attributes, ["rest_api_id", "resource_id", "http_method"]),
};

/** The Terraform types that are compared attribute by attribute. */
export const isCompared = (type: string): boolean => Object.hasOwn(COMPARED, type);

function partsOf<Of extends Fields>(
  type: ResourceType<Of>,
  attributes: Attributes,
  without: readonly string[],
): Part[] {
  return Object.entries(type.read(attributes)).flatMap(([attribute, value]) =>
    without.includes(attribute) ? [] : [{ attribute, value: isNothing(value) ? undefined : value }],
  );
}

/** An empty text, list or map is what AWS gives where there is nothing; `false` is something. */
const isNothing = (value: unknown) => value !== false && isEmpty(value);

function sizeOfCache(attributes: Attributes): Part {
  const { cache_cluster_enabled: isOn, cache_cluster_size: size } = STAGE.read(attributes);
  return { attribute: "cache_cluster_size", value: isOn ? size : undefined };
}

/** All tags of a resource, those of the provider too; not those that AWS itself gives. */
function tagsOf(attributes: Attributes): Part {
  const all = Object.entries(stringsOf(attributes.tags_all ?? attributes.tags)).filter(
    ([name]) => !/^aws:/i.test(name),
  );
  return { attribute: "tags", value: all.length === 0 ? undefined : Object.fromEntries(all) };
}

function stagesOf(attributes: Attributes): Part[] {
  const { stages } = decodeUsagePlan(attributes);
  const { api_stages: blocks } = USAGE_PLAN.read(attributes);
  return [
    ...stages.map(({ apiId, stage }): Part => ({ attribute: "stage", of: { apiId, stage }, value: true })),
    ...blocks.flatMap(({ api_id: apiId, stage, throttle }) =>
      throttle.map((limits): Part => {
        const route = decodeMethodPath(limits.path) ?? limits.path;
        const value = { rateLimit: limits.rate_limit, burstLimit: limits.burst_limit };
        return { attribute: "method_throttle", of: { apiId, stage, route }, value };
      }),
    ),
  ];
}

/** Whether two values of a part are the same. */
export const isSameValue = (one: unknown, other: unknown): boolean =>
  (isNothing(one) && isNothing(other)) || canonicalJson(one) === canonicalJson(other);

/** The id in AWS, where AWS has given one. */
export const awsIdOf = ({ id }: Attributes): string | undefined => {
  const text = stringOf(id);
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : undefined;
};
