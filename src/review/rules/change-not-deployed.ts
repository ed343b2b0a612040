import { BODY_MODEL } from "../../contract/body-model";
import { deployedAttributes } from "../../contract/deployed-parts";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, listed, type Rule } from "../finding";
import { type AnyApi, placeOf } from "../gateway-state";
import { isUsedToCheck } from "../request-checks";
import type { StageChange } from "../stages";
import { aboutStage } from "../subjects";
import { changedParts } from "../way/changed-parts";

export const changeNotDeployed: Rule = {
  id: "change-not-deployed",
  severity: "decision",
  title: (count) =>
    counted(count, "stage does not get the changes of its API", "stages do not get the changes of their APIs"),
  holds: "A change of an API reaches its stages.",
  why:
    "A stage serves the snapshot that its deployment took. Where the deployment stays, the stage goes on as before: it " +
    "asks for keys, or does not, as it did.",
  remedy:
    "Deploy the stage as well. In plain Terraform, let the deployment's triggers change with all that it snapshots " +
    "(ids of methods are not enough: they stay when api_key_required changes).",
  find: (facts) =>
    facts.stages
      .flatMap((stage): Finding[] => {
        if (!stage.before || !stage.after || stage.redeployed || goesToCanary(stage)) return [];
        const changed = partsOf(stage.api, facts);
        if (changed.length === 0) return [];
        return [{ ...aboutStage(stage), what: `goes on without: ${listed(changed, 10)}` }];
      })
      .concat(externalStages(facts)),
};

/** A canary that changes takes the changes up, which `canary-changed` reports. */
const goesToCanary = ({ changes }: StageChange) =>
  changes.some((change) => changedParts(change).some((part) => /^canary_settings(\.deployment_id)?$/.test(part)));

/** An API whose stages are in none of the plans. */
function externalStages(facts: Facts): Finding[] {
  const { before, after } = facts;
  const known = new Set(before.gateway.apis.map(placeOf));
  return after.gateway.apis
    .filter((api) => known.has(placeOf(api)) && !facts.stages.some((stage) => stage.api === api))
    .map((api) => [api, partsOf(api, facts)] as const)
    .filter(([, changed]) => changed.length > 0)
    .map(([{ id }, changed]) => ({
      about: id,
      subject: `API ${id}`,
      apis: [id],
      what: `none of these plans has a stage of it, which would get: ${listed(changed, 10)}`,
    }));
}

const OTHER_PARTS: Readonly<Record<string, string>> = {
  aws_api_gateway_authorizer: "authorizer",
  aws_api_gateway_gateway_response: "gateway response",
  aws_api_gateway_model: "model",
  aws_api_gateway_request_validator: "request validator",
  aws_api_gateway_rest_api_policy: "resource policy",
};

/** What a deployment of an API would take up that the one before did not have. */
function partsOf(api: AnyApi, facts: Facts): string[] {
  const { routes, changes, before, after } = facts;
  const ofRoutes = routes.filter(
    (route) => placeOf(route.api) === placeOf(api) && [...route.method, ...route.integration].length > 0,
  );
  const isPart = (change: ResourceChange) => {
    const owner = after.apiOf(change) ?? before.apiOf(change);
    return change.action !== "none" && owner !== undefined && placeOf(owner) === placeOf(api);
  };
  // A model that checks nothing is for people and their SDKs.
  const isServed = (change: ResourceChange) => change.type !== BODY_MODEL.type || isUsedToCheck(change, facts);
  const others = changes.filter(({ type }) => type in OTHER_PARTS).filter((each) => isPart(each) && isServed(each));
  const own = changes.filter((change) => placeOf(change) === placeOf(api));
  return [
    ...ofRoutes.map(({ key }) => key),
    ...others.map((change) => `${OTHER_PARTS[change.type]} ${nameOf(change)}`),
    ...own.flatMap(({ type, changedAttributes }) =>
      changedAttributes.filter((name) => deployedAttributes(type).includes(name)),
    ),
  ];
}

function nameOf({ before, after, address }: ResourceChange): string {
  const { name, response_type } = after ?? before ?? {};
  return [name, response_type].find((each): each is string => typeof each === "string") ?? address;
}
