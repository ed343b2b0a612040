import type { AccountDefinition } from "../aws/definition";
import { restApiAttributes } from "../aws/terraform-attributes";
import { type DecodedRestApi, decodeRestApi, encodeRestApi, REST_API } from "../contract/rest-api";
import { type Finding, notice, warning } from "../text/finding";
import { holdsKeyValues } from "../vocabulary/access-log-format";
import type { OwnApiInput } from "../vocabulary/api";
import { writtenApi } from "../vocabulary/api-entry";
import { authorizerOf } from "../vocabulary/authorization";
import { AUTHORIZER_OF_API, writtenAuthorizer } from "../vocabulary/authorizer";
import { writtenResponse } from "../vocabulary/gateway-response";
import type { ImportedApi, ImportedStage } from "../vocabulary/imports";
import { literalText } from "../vocabulary/schema";
import { type AdoptedAuthorizers, adoptAuthorizers } from "./adopt-authorizers";
import { adoptResponses } from "./adopt-responses";
import { adoptRoutes } from "./adopt-routes";
import { adoptStage } from "./adopt-stage";
import { adoptTags } from "./adopt-tags";
import { keptInWords } from "./kept-in-words";

export interface AdoptedApi {
  /** `undefined` for an API that the catalog cannot define; the findings say why. */
  readonly adopted: { readonly api: OwnApiInput; readonly imported: ImportedApi } | undefined;
  readonly findings: readonly Finding[];
}

/** An API with its routes and stages. What the catalog does not support is kept, or left alone, and listed. */
export function adoptApi(id: string, definition: AccountDefinition): AdoptedApi {
  const place = `API "${definition.api.name}" (${definition.api.id})`;
  const left = (why: string, findings: readonly Finding[] = []): AdoptedApi => ({
    adopted: undefined,
    findings: [
      ...findings,
      warning(place, `${why}; its definition stays with their current owner, and its plans and keys are adopted`),
    ],
  });
  const there = restApiAttributes(definition.api);
  const found = decodeRestApi(there);
  const refused = problemOf(found, definition);
  if (refused) return left(refused);
  const authorizers = adoptAuthorizers(definition);
  const aboutResponses = adoptResponses(place, definition);
  const routes = adoptRoutes(place, definition, authorizers, aboutResponses.responses);
  if (Object.keys(routes.written).length === 0) return left("has no method that the catalog supports", routes.findings);
  // AWS takes the key from a Lambda authorizer's answer, and such a route asks none that the catalog can name.
  const isWithoutKey = routes.routes.some(
    ({ apiKeyRequired, authorization }) => apiKeyRequired && authorization.type !== "CUSTOM",
  );
  if (found.entry.keySource === "AUTHORIZER" && isWithoutKey)
    return left("takes keys from an authorizer that the catalog does not support");

  const stages = definition.stages.map((stage) => ({
    name: stage.stageName ?? "",
    ...adoptStage(stage, definition, Object.keys(routes.written)),
  }));
  const keptOfStages = stages.flatMap(({ name, imported, left }) =>
    aboutStage(`${place}: stage ${name}`, imported, left),
  );
  const keysInLogs = definition.stages
    .filter(({ accessLogSettings: log }) => holdsKeyValues(log?.format ?? ""))
    .map(({ stageName = "" }) =>
      warning(
        `${place}: stage ${stageName}`,
        "writes the secret values of keys to its access log, by $context.identity.apiKey; write $context.identity.apiKeyId, and " +
          "replace the keys that others could read there",
      ),
    );
  const { tags = {} } = adoptTags(found.entry.tags);
  const entry = { ...found.entry, tags };
  const keep = REST_API.differing(encodeRestApi(entry), there);
  if (definition.api.policy && !entry.policy) keep.push("policy");
  const responses = routes.responses.map((each) => [each.type, writtenResponse(each)] as const);
  return {
    adopted: {
      api: {
        ...(entry.name === id ? {} : { name: entry.name }),
        ...writtenApi(entry),
        ...writtenAuthorizers(authorizers),
        ...(Object.keys(routes.vpcLinks).length > 0 && { vpcLinks: routes.vpcLinks }),
        ...(Object.keys(routes.models.models).length > 0 && { models: routes.models.models }),
        ...(routes.cors && { cors: routes.cors }),
        ...(responses.length > 0 && { gatewayResponses: Object.fromEntries(responses) }),
        stages: Object.fromEntries(stages.map(({ name: stage, written }) => [stage, written])),
        routes: routes.written,
      },
      imported: {
        restApiId: definition.api.id ?? "",
        resources: routes.resources,
        routes: routes.imported,
        stages: Object.fromEntries(stages.map(({ name: stage, imported }) => [stage, imported])),
        ...(Object.keys(routes.validators).length > 0 && { validators: routes.validators }),
        ...(Object.keys(routes.models.imported).length > 0 && { models: routes.models.imported }),
        ...(authorizers.authorizers.length > 0 && { authorizers: authorizers.imported }),
        ...(Object.keys(aboutResponses.imported).length > 0 && { gatewayResponses: aboutResponses.imported }),
        ...(keep.length > 0 && { keep }),
      },
    },
    findings: [...routes.findings, ...keptOfStages, ...keysInLogs, ...aboutResponses.findings],
  };
}

/** What of a stage stays as it is. */
function aboutStage(
  place: string,
  { keep = [], methodSettings = {} }: ImportedStage,
  left: readonly string[],
): Finding[] {
  const kept = Object.entries(methodSettings).flatMap(([route, each]) =>
    each.keep ? [`${keptInWords(each.keep)} of ${route === "*" ? "all methods" : route}`] : [],
  );
  const all = [...(keep.length > 0 ? [keptInWords(keep)] : []), ...kept];
  return [
    ...(all.length > 0 ? [notice(place, `keeps ${all.join(", ")} as in AWS`)] : []),
    ...(left.length > 0
      ? [notice(place, `has settings of ${left.join(", ")}, which are not adopted: they stay as they are in AWS`)]
      : []),
  ];
}

/** The one that stands in the API's `authorizer` itself, and those that have names. */
function writtenAuthorizers({
  authorizers,
  byDefault,
}: AdoptedAuthorizers): Pick<OwnApiInput, "authorizer" | "authorizers"> {
  const own = authorizers.find(({ id }) => id === AUTHORIZER_OF_API);
  if (own) return { authorizer: writtenAuthorizer(own) };
  const name = byDefault.type === "NONE" ? undefined : (authorizerOf(byDefault) ?? byDefault.type);
  const named = authorizers.map((each) => [each.id, writtenAuthorizer(each)] as const);
  return {
    ...(name === undefined ? {} : { authorizer: name }),
    ...(named.length > 0 && { authorizers: Object.fromEntries(named) }),
  };
}

function problemOf(
  { endpointTypes, entry: { description, policy } }: DecodedRestApi,
  { stages }: AccountDefinition,
): string | undefined {
  const [endpointType = "", ...others] = endpointTypes;
  if (endpointType === "PRIVATE" && policy === undefined)
    return "is PRIVATE without a resource policy that can be read, and AWS deploys none of these";
  if (others.length > 0 || !["EDGE", "REGIONAL", "PRIVATE"].includes(endpointType))
    return `has the endpoint type ${endpointTypes.join(" and ")}, which the catalog does not support`;
  if (!literalText.safeParse(description).success) return "has a description that is not plain text";
  if (stages.length === 0) return "has no stage";
  const served = stages.map(({ deploymentId }) => deploymentId);
  const shared = stages.filter(({ deploymentId }, index) => served.indexOf(deploymentId) < index);
  if (shared.length > 0)
    return (
      `has stages that share a deployment, which each stage wants for itself (${shared.map(({ stageName }) => stageName).join(", ")}); ` +
      "deploy these with aws apigateway create-deployment and adopt again"
    );
  return undefined;
}
