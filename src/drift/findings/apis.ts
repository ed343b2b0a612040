import { stringOf } from "../../contract/attributes";
import { INTEGRATION } from "../../contract/integration-resource";
import { METHOD } from "../../contract/method";
import { decodeMethodPath } from "../../contract/method-path";
import { METHOD_SETTINGS } from "../../contract/method-settings";
import { REST_API } from "../../contract/rest-api";
import { STAGE } from "../../contract/stage";
import type { TerraformResource } from "../../model/terraform-resource";
import { formatThrottle } from "../../text/limits";
import { show } from "../../text/show";
import type { Throttle } from "../../vocabulary/throttle";
import type { Changed, Gone } from "../differences";
import { API_FIELDS, at, fieldOf, other, ROUTE_FIELDS, SETTINGS_FIELDS, STAGE_FIELDS, words } from "./api-fields";
import type { Facts } from "./facts";
import {
  addressOf,
  configurationEdit,
  type DriftFinding,
  type DriftKind,
  deployOf,
  type Keep,
  noEdit,
} from "./finding";

/** What became of APIs, their stages and routes. */
export function apiFindings(gone: readonly Gone[], changed: readonly Changed[], facts: Facts): DriftFinding[] {
  const idOf = ({ attributes, type }: TerraformResource) =>
    stringOf(type === REST_API.type ? attributes.id : attributes.rest_api_id);
  const goneOf = (type: string) =>
    gone.filter(({ resource }) => resource.type === type).map(({ resource }) => resource);
  const apis = new Set(goneOf(REST_API.type).map(idOf));
  const stages = new Set(goneOf(STAGE.type).map((each) => `${idOf(each)} ${each.attributes.stage_name}`));
  const methods = new Set(goneOf(METHOD.type).map(methodOf));
  // What belongs to something that is gone is gone with it.
  const isOwn = (resource: TerraformResource) => {
    if (resource.type === REST_API.type) return true;
    if (apis.has(idOf(resource))) return false;
    if (resource.type === METHOD_SETTINGS.type)
      return !stages.has(`${idOf(resource)} ${resource.attributes.stage_name}`);
    return resource.type !== INTEGRATION.type || !methods.has(methodOf(resource));
  };
  return [
    ...gone.flatMap(({ resource }) => (isOwn(resource) ? (GONE[resource.type]?.(resource, facts) ?? []) : [])),
    ...changed.flatMap((each) => CHANGED[each.resource.type]?.(each, facts) ?? []),
  ];
}

const methodOf = ({ attributes: { rest_api_id, resource_id, http_method } }: TerraformResource) =>
  `${rest_api_id} ${resource_id} ${http_method}`;

/** What a finding is about, and what takes it back. */
function base(resource: TerraformResource, facts: Facts, kind: DriftKind, name: string, back: string) {
  const api = facts.apiAt(resource);
  const stage = stageNameOf(resource);
  return {
    kind,
    group: "apis" as const,
    about: name,
    subject: name,
    customers: api ? facts.customersOn(api.id, stage) : [],
    takeBack: { commands: [deployOf(resource)], what: back },
    address: addressOf(resource),
  };
}

const stageNameOf = ({ type, attributes }: TerraformResource) =>
  type === STAGE.type || type === METHOD_SETTINGS.type ? stringOf(attributes.stage_name) : undefined;

const nameOfApi = (resource: TerraformResource, facts: Facts) => facts.apiAt(resource)?.id ?? resource.address;
const nameOfStage = (resource: TerraformResource, facts: Facts) =>
  `${nameOfApi(resource, facts)}/${stringOf(resource.attributes.stage_name)}`;
function nameOfRoute(resource: TerraformResource, facts: Facts): string {
  const found = facts.routeAt(resource);
  return found ? `${found.route.key} of ${found.api.id}` : resource.address;
}

const AGAIN = "creates it again, with another id and another URL";

const GONE: Readonly<Record<string, (resource: TerraformResource, facts: Facts) => DriftFinding>> = {
  [REST_API.type]: (resource, facts) => ({
    ...base(
      resource,
      facts,
      "api-deleted",
      nameOfApi(resource, facts),
      `${AGAIN}; deploy its stages and tiers after it`,
    ),
    what: "the API was deleted in AWS, with its stages",
    keep: takenOut(resource, facts, []),
  }),
  [STAGE.type]: (resource, facts) => ({
    ...base(resource, facts, "stage-deleted", nameOfStage(resource, facts), "creates it again, at the same URL"),
    what: "the stage was deleted in AWS, so nobody can call it",
    keep: takenOut(resource, facts, ["stages", stringOf(resource.attributes.stage_name)]),
  }),
  [METHOD_SETTINGS.type]: (resource, facts) => {
    const [name, path] = settingsOf(resource, facts);
    return {
      ...base(resource, facts, "stage-limit-changed", nameOfStage(resource, facts), `${name} has its settings again`),
      what: `${name} has no settings in AWS, and so no limit of its own; the stacks give it some`,
      keep: path
        ? { path, edit: undefined, what: "take it out", commands: [] }
        : configurationEdit(resource, "no settings"),
    };
  },
  [METHOD.type]: (resource, facts) => ({
    ...base(resource, facts, "route-deleted", nameOfRoute(resource, facts), `creates it again; ${LIVE}`),
    what: `the route was deleted in AWS; ${LIVE}`,
    keep: takenOut(resource, facts, ["routes", facts.routeAt(resource)?.route.key ?? ""]),
  }),
  [INTEGRATION.type]: (resource, facts) => ({
    ...base(
      resource,
      facts,
      "route-changed",
      nameOfRoute(resource, facts),
      `the route has its integration again; ${LIVE}`,
    ),
    what: `the route has no integration in AWS; ${LIVE}`,
    keep: noEdit("a route of the catalog always has one; take the route out"),
  }),
};

const LIVE = "callers see it once a stage is deployed";

function takenOut(resource: TerraformResource, facts: Facts, rest: readonly string[]): Keep {
  const api = facts.apiAt(resource)?.api;
  return api === undefined
    ? noEdit(`take ${addressOf(resource)} out of the configuration`)
    : { path: ["apis", api, ...rest], edit: undefined, what: "take it out", commands: [] };
}

/** For which methods settings are, and where a catalog says them. */
function settingsOf(resource: TerraformResource, facts: Facts): readonly [string, readonly string[] | undefined] {
  const { method_path: written, stage_name } = resource.attributes;
  const route = decodeMethodPath(stringOf(written)) ?? stringOf(written);
  const api = facts.apiAt(resource)?.api;
  const settings = route === "*" ? ["settings"] : ["methodSettings", route];
  const path = api === undefined ? undefined : ["apis", api, "stages", stringOf(stage_name), ...settings];
  return [route === "*" ? "every method without settings of its own" : route, path];
}

const CHANGED: Readonly<Record<string, (change: Changed, facts: Facts) => DriftFinding>> = {
  [REST_API.type]: (change, facts) => {
    const { resource, part } = change;
    const field = API_FIELDS[part.attribute];
    return {
      ...base(resource, facts, "api-changed", nameOfApi(resource, facts), `it has its ${words(part.attribute)} again`),
      what: other(change),
      keep: fieldOf(change, facts.apiAt(resource)?.api, [], field),
    };
  },
  [STAGE.type]: (change, facts) => {
    const { resource, part, actual, wanted } = change;
    const name = nameOfStage(resource, facts);
    if (part.attribute === "deployment_id")
      return {
        ...base(resource, facts, "stage-deployed", name, "the stage serves what the stacks deployed again"),
        what: `the stage serves deployment ${show(actual)} in AWS; the stacks deployed ${show(wanted)}`,
        keep: noEdit("a catalog does not name deployments; write what was changed into the catalog, and deploy that"),
      };
    const stage = ["stages", stringOf(resource.attributes.stage_name)];
    return {
      ...base(resource, facts, "stage-changed", name, `the stage has its ${words(part.attribute)} again`),
      what: other(change),
      keep: fieldOf(change, facts.apiAt(resource)?.api, stage, STAGE_FIELDS[part.attribute]),
    };
  },
  [METHOD_SETTINGS.type]: (change, facts) => {
    const { resource, part, actual, wanted } = change;
    const [name, path] = settingsOf(resource, facts);
    const [is, was] = [actual, wanted].map((limit) => (limit ? formatThrottle(limit as Throttle) : "none"));
    const isLimit = part.attribute === "throttle";
    const back = isLimit ? `the limit of ${name} is ${was} again` : `${name} has its ${words(part.attribute)} again`;
    const field = SETTINGS_FIELDS[part.attribute];
    return {
      ...base(resource, facts, isLimit ? "stage-limit-changed" : "stage-changed", nameOfStage(resource, facts), back),
      what: isLimit
        ? `the limit of ${name}, for all customers together, is ${is} in AWS; the catalog says ${was}`
        : `${name}: ${other(change)}`,
      keep: path === undefined ? configurationEdit(resource, "what AWS has") : at(path, field, actual),
    };
  },
  [METHOD.type]: (change, facts) => {
    const { resource, part, actual } = change;
    const found = facts.routeAt(resource);
    const route = ["routes", found?.route.key ?? ""];
    const isKey = part.attribute === "api_key_required";
    const back = isKey
      ? `it ${actual ? "needs no key" : "needs a key"} again`
      : `it has its ${words(part.attribute)} again`;
    return {
      ...base(
        resource,
        facts,
        isKey ? "key-requirement-changed" : "route-changed",
        nameOfRoute(resource, facts),
        `${back}; ${LIVE}`,
      ),
      what: isKey
        ? `the route ${actual ? "needs a key" : "needs no key, so everyone may call it,"} in AWS; the catalog says it ${actual ? "needs none" : "needs one"}; ${LIVE}`
        : `${other(change)}; ${LIVE}`,
      keep: fieldOf(change, found?.api.api, route, ROUTE_FIELDS[part.attribute]),
    };
  },
  [INTEGRATION.type]: (change, facts) => {
    const { resource, part } = change;
    const found = facts.routeAt(resource);
    const back = `its integration has its ${words(part.attribute)} again; ${LIVE}`;
    return {
      ...base(resource, facts, "route-changed", nameOfRoute(resource, facts), back),
      what: `its integration: ${other(change)}; ${LIVE}`,
      keep: fieldOf(change, found?.api.api, ["routes", found?.route.key ?? ""], undefined),
    };
  },
};
