import type * as sdk from "@aws-sdk/client-api-gateway";
import { type Finding, notice, warning } from "../text/finding";
import { byName } from "../text/order";
import type { OwnApiInput } from "../vocabulary/api";
import type { AuthorizerInput } from "../vocabulary/authorizer";
import {
  DEFAULT_TEMPLATE,
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponseInput,
  gatewayResponsesSchema,
} from "../vocabulary/gateway-response";
import type { ImportedApi, ImportedRoute } from "../vocabulary/imports";
import type { RouteInput } from "../vocabulary/route";
import { literalText } from "../vocabulary/schema";
import { adoptRoute, functionOf } from "./adopt-route";
import { adoptStage } from "./adopt-stage";
import { adoptTags } from "./adopt-tags";
import type { AccountDefinition } from "./definition";

export interface AdoptedApi {
  /** `undefined` for an API that the catalog cannot define; the findings say why. */
  readonly adopted: { readonly api: OwnApiInput; readonly imported: ImportedApi } | undefined;
  readonly findings: readonly Finding[];
}

/** An API with its routes and stages. What the catalog has no word for is kept, or left alone, and listed. */
export function adoptApi(id: string, definition: AccountDefinition): AdoptedApi {
  const { api, stages } = definition;
  const place = `API "${api.name}" (${api.id})`;
  const authorizer = adoptAuthorizer(definition);
  const refused = problemOf(definition, authorizer !== undefined);
  const left = (why: string): AdoptedApi => ({
    adopted: undefined,
    findings: [warning(place, `${why}; its definition stays with whoever has it, and its plans and keys are adopted`)],
  });
  if (refused) return left(refused);

  const findings: Finding[] = [];
  const routes: Record<string, RouteInput> = {};
  const importedRoutes: Record<string, ImportedRoute> = {};
  const resources: Record<string, string> = {};
  for (const { path = "", id: resourceId = "", resourceMethods = {} } of byPath(definition.resources)) {
    resources[path] = resourceId;
    for (const [verb, method] of Object.entries(resourceMethods).sort(([a], [b]) => byName(a, b))) {
      const key = `${verb} ${path}`;
      const adopted = adoptRoute(path, { ...method, httpMethod: verb }, authorizer?.id);
      if (typeof adopted === "string") {
        findings.push(warning(`${place}: ${key}`, `${adopted}; it stays as it is in AWS, and no deploy touches it`));
        continue;
      }
      routes[key] = adopted.route;
      importedRoutes[key] = Object.keys(adopted.keep).length > 0 ? { keep: adopted.keep } : {};
      const kept = Object.entries(adopted.keep).map(([part, attributes]) => `${attributes.join(", ")} of the ${part}`);
      if (kept.length > 0) findings.push(notice(`${place}: ${key}`, `keeps ${kept.join("; ")} as in AWS`));
    }
  }
  if (Object.keys(routes).length === 0) return left("has no method that the catalog has a word for");

  const adoptedStages = stages.map((stage) => ({ name: stage.stageName ?? "", ...adoptStage(stage, definition) }));
  for (const { name, imported } of adoptedStages)
    if (imported.keep) findings.push(notice(`${place}: stage ${name}`, `keeps ${imported.keep.join(", ")} as in AWS`));
  const { responses, imported: importedResponses, findings: aboutResponses } = adoptResponses(place, definition);
  const { tags, isComplete } = adoptTags(api.tags ?? {});
  const policy = readPolicy(api.policy);
  const keep = [...(isComplete ? [] : ["tags"]), ...(api.policy && !policy ? ["policy"] : [])];
  const type = api.endpointConfiguration?.types?.[0] === "EDGE" ? "EDGE" : "REGIONAL";
  return {
    adopted: {
      api: {
        ...(api.name === id ? {} : { name: api.name ?? "" }),
        ...(api.description ? { description: api.description } : {}),
        ...(type === "EDGE" && { endpointType: type }),
        ...(api.apiKeySource === "AUTHORIZER" && { keySource: "AUTHORIZER" }),
        ...(authorizer && { authorizer: authorizer.written }),
        ...(policy && { policy }),
        ...(Object.keys(responses).length > 0 && { gatewayResponses: responses }),
        ...(tags && { tags }),
        stages: Object.fromEntries(adoptedStages.map(({ name, written }) => [name, written])),
        routes,
      },
      imported: {
        restApiId: api.id ?? "",
        resources,
        routes: importedRoutes,
        stages: Object.fromEntries(adoptedStages.map(({ name, imported }) => [name, imported])),
        ...(authorizer && {
          authorizer: { id: authorizer.id, ...(authorizer.keep.length > 0 && { keep: authorizer.keep }) },
        }),
        ...(Object.keys(importedResponses).length > 0 && { gatewayResponses: importedResponses }),
        ...(keep.length > 0 && { keep }),
      },
    },
    findings: [...findings, ...aboutResponses],
  };
}

const byPath = (resources: readonly sdk.Resource[]) =>
  [...resources].sort((a, b) => byName(a.path ?? "", b.path ?? ""));

function problemOf({ api, stages }: AccountDefinition, hasAuthorizer: boolean): string | undefined {
  const types = api.endpointConfiguration?.types ?? [];
  if (types.length > 1 || types[0] === "PRIVATE")
    return `has the endpoint type ${types.join(" and ")}, which the catalog has no word for`;
  if (api.apiKeySource === "AUTHORIZER" && !hasAuthorizer)
    return "takes keys from an authorizer that the catalog has no word for";
  if (!literalText.safeParse(api.description ?? "").success) return "has a description that is no plain text";
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

interface AdoptedAuthorizer {
  readonly id: string;
  readonly written: AuthorizerInput;
  readonly keep: readonly string[];
}

/** The name that the catalog gives the one that it knows. */
const AUTHORIZER_NAME = "key-authorizer";

/** The catalog knows one, which calls a function. */
function adoptAuthorizer({ authorizers }: AccountDefinition): AdoptedAuthorizer | undefined {
  const [authorizer, ...others] = authorizers;
  const lambda = functionOf(authorizer?.authorizerUri);
  const type = authorizer?.type;
  if (!authorizer || others.length > 0 || lambda === undefined || (type !== "TOKEN" && type !== "REQUEST"))
    return undefined;
  const { identitySource, authorizerResultTtlInSeconds: ttl = 300 } = authorizer;
  return {
    id: authorizer.id ?? "",
    written: {
      lambda,
      ...(type === "REQUEST" && { type }),
      ...(identitySource && identitySource !== "method.request.header.Authorization" && { identitySource }),
      ...(ttl !== 300 && { resultTtlSeconds: ttl }),
    },
    keep: [
      ...(authorizer.name === AUTHORIZER_NAME ? [] : ["name"]),
      ...(authorizer.authorizerCredentials ? ["authorizer_credentials"] : []),
      ...(authorizer.identityValidationExpression ? ["identity_validation_expression"] : []),
    ],
  };
}

function adoptResponses(place: string, { gatewayResponses }: AccountDefinition) {
  const responses: Record<string, GatewayResponseInput> = {};
  const imported: Record<string, { keep?: string[] }> = {};
  const findings: Finding[] = [];
  for (const response of gatewayResponses) {
    const type = response.responseType ?? "";
    const { "application/json": template, ...otherTemplates } = response.responseTemplates ?? {};
    const headers = Object.entries(response.responseParameters ?? {}).map(([name, text]) => [
      name.replace(/^gatewayresponse\.header\./, ""),
      text.replace(/^'(.*)'$/s, "$1"),
    ]);
    const written: GatewayResponseInput = {
      ...(response.statusCode ? { statusCode: Number(response.statusCode) } : {}),
      ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
      ...(template !== undefined && template !== DEFAULT_TEMPLATE && { template }),
    };
    const isPlain = Object.values(response.responseParameters ?? {}).every((text) => /^'.*'$/s.test(text));
    const isKnown = GATEWAY_RESPONSE_TYPES.some((known) => known === type);
    if (!isKnown || !gatewayResponsesSchema.safeParse({ [type]: written }).success) {
      findings.push(warning(`${place}: gateway response ${type}`, "is not for the catalog; it stays as it is in AWS"));
      continue;
    }
    const keep = [
      ...(isPlain ? [] : ["response_parameters"]),
      ...(template === undefined || Object.keys(otherTemplates).length > 0 ? ["response_templates"] : []),
    ];
    const { headers: _, ...withoutHeaders } = written;
    responses[type] = isPlain ? written : withoutHeaders;
    imported[type] = keep.length > 0 ? { keep } : {};
  }
  return { responses, imported, findings };
}

/** AWS gives the policy as a text within a text. */
function readPolicy(text: string | undefined): Record<string, unknown> | undefined {
  if (!text) return undefined;
  for (const json of [text, text.replaceAll('\\"', '"').replaceAll("\\/", "/")]) {
    try {
      return JSON.parse(json) as Record<string, unknown>;
    } catch {}
  }
  return undefined;
}
