import { blockOf, stringOf } from "../contract/attributes";
import { BASE_PATH_MAPPING } from "../contract/domain-name";
import { decodeMethodSettings, METHOD_SETTINGS } from "../contract/method-settings";
import { STAGE } from "../contract/stage";
import { byName } from "../text/order";
import type { Throttle } from "../vocabulary/throttle";
import { stageOf } from "./identity";
import type { StageModel } from "./model";
import type { ResourceIndex } from "./resource-index";
import { canaryOf, webAclAssociations, webAclOf } from "./stage-settings";
import { hasUnknownLimit, isKnown, readable, type TerraformResource } from "./terraform-resource";

/** The stages of an API, sorted by name. */
export function stagesOf(api: TerraformResource, index: ResourceIndex): StageModel[] {
  const settings = index.partsOf(METHOD_SETTINGS.type, api);
  const stages = index.partsOf(STAGE.type, api);
  // A deployment may create its stage by itself, as Terraform's older examples do.
  const created = index
    .partsOf("aws_api_gateway_deployment", api)
    .filter(({ attributes }) => stringOf(attributes.stage_name) !== "");
  return [...stages, ...created]
    .flatMap((resource): StageModel[] => {
      const { stage_name: name, variables, access_log_settings: log } = STAGE.read(resource.attributes);
      if (!isKnown(name)) {
        index.leaveOut(resource, { kind: "unknown", what: "stage-name", value: readable(name) });
        return [];
      }
      const own = settings.filter(({ attributes }) => METHOD_SETTINGS.read(attributes).stage_name === name);
      return [
        {
          ...index.originOf(resource),
          name,
          stage: stageOf(resource, index)?.stage,
          variables,
          methodThrottles: methodThrottlesOf(own, index),
          customUrls: customUrlsOf(api, name, index),
          webAcl: webAclOf(resource, index),
          accessLogFormat: log && isKnown(log.format) ? log.format || undefined : undefined,
          canary: canaryOf(resource),
          parts: [...own, ...webAclAssociations(resource, index)].map(({ address }) => address),
        },
      ];
    })
    .sort((a, b) => byName(a.name, b.name));
}

/** A mapping that names no stage leads to all of them: the stage is then a part of the path. */
function customUrlsOf(api: TerraformResource, stage: string, index: ResourceIndex): string[] {
  return index
    .ofType(BASE_PATH_MAPPING.type)
    .filter(({ attributes }) => index.refersTo(attributes.api_id, api))
    .flatMap(({ attributes }) => {
      const { domain_name: name, base_path: path, stage_name: named } = BASE_PATH_MAPPING.read(attributes);
      const url = `https://${name}${path === undefined ? "" : `/${path}`}`;
      return named === undefined ? [`${url}/${stage}`] : named === stage ? [url] : [];
    })
    .filter(isKnown)
    .sort(byName);
}

function methodThrottlesOf(
  settings: readonly TerraformResource[],
  index: ResourceIndex,
): ReadonlyMap<string, Throttle> {
  const throttles = new Map<string, Throttle>();
  for (const resource of settings) {
    const { route, methodPath, throttle, cache } = decodeMethodSettings(resource.attributes);
    if (cache) index.leaveOut(resource, { kind: "caching" });
    if (hasUnknownLimit(blockOf(resource.attributes.settings))) {
      index.leaveOut(resource, { kind: "unknown", what: "throttle", value: route ?? methodPath });
      continue;
    }
    if (!throttle) continue;
    if (route === undefined) index.leaveOut(resource, { kind: "method-path", path: methodPath });
    else throttles.set(route, throttle);
  }
  return throttles;
}
