import { type DecodedRestApi, decodeRestApi, encodeRestApi, REST_API } from "../contract/rest-api";
import { type Finding, notice, warning } from "../text/finding";
import { type OwnApiInput, writtenApi } from "../vocabulary/api";
import type { ImportedApi } from "../vocabulary/imports";
import { literalText } from "../vocabulary/schema";
import { adoptAuthorizer } from "./adopt-authorizer";
import { adoptResponses, writtenResponse } from "./adopt-responses";
import { adoptRoutes } from "./adopt-routes";
import { adoptStage } from "./adopt-stage";
import { adoptTags } from "./adopt-tags";
import type { AccountDefinition } from "./definition";
import { restApiAttributes } from "./terraform-attributes";

export interface AdoptedApi {
  /** `undefined` for an API that the catalog cannot define; the findings say why. */
  readonly adopted: { readonly api: OwnApiInput; readonly imported: ImportedApi } | undefined;
  readonly findings: readonly Finding[];
}

/** An API with its routes and stages. What the catalog does not support is kept, or left alone, and listed. */
export function adoptApi(id: string, definition: AccountDefinition): AdoptedApi {
  const place = `API "${definition.api.name}" (${definition.api.id})`;
  const left = (why: string): AdoptedApi => ({
    adopted: undefined,
    findings: [
      warning(place, `${why}; its definition stays with their current owner, and its plans and keys are adopted`),
    ],
  });
  const there = restApiAttributes(definition.api);
  const found = decodeRestApi(there);
  const authorizer = adoptAuthorizer(definition);
  const refused = problemOf(found, definition, authorizer !== undefined);
  if (refused) return left(refused);
  const aboutResponses = adoptResponses(place, definition);
  const routes = adoptRoutes(place, definition, authorizer?.id, aboutResponses.responses);
  if (Object.keys(routes.written).length === 0) return left("has no method that the catalog supports");

  const stages = definition.stages.map((stage) => ({ name: stage.stageName ?? "", ...adoptStage(stage, definition) }));
  const keptOfStages = stages.flatMap(({ name, imported }) =>
    imported.keep ? [notice(`${place}: stage ${name}`, `keeps ${imported.keep.join(", ")} as in AWS`)] : [],
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
        ...(authorizer && { authorizer: authorizer.written }),
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
        ...(authorizer && {
          authorizer: { id: authorizer.id, ...(authorizer.keep.length > 0 && { keep: authorizer.keep }) },
        }),
        ...(Object.keys(aboutResponses.imported).length > 0 && { gatewayResponses: aboutResponses.imported }),
        ...(keep.length > 0 && { keep }),
      },
    },
    findings: [...routes.findings, ...keptOfStages, ...aboutResponses.findings],
  };
}

function problemOf(
  { endpointTypes, entry: { keySource, description } }: DecodedRestApi,
  { stages }: AccountDefinition,
  hasAuthorizer: boolean,
): string | undefined {
  const [endpointType = "", ...others] = endpointTypes;
  if (others.length > 0 || !["EDGE", "REGIONAL"].includes(endpointType))
    return `has the endpoint type ${endpointTypes.join(" and ")}, which the catalog does not support`;
  if (keySource === "AUTHORIZER" && !hasAuthorizer)
    return "takes keys from an authorizer that the catalog does not support";
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
