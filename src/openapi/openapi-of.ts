import { EXTENSIONS } from "../document/extensions";
import type { ApiModel, GatewayModel, RouteModel } from "../model/model";
import { countOf, findNamed } from "../model/names";
import { byName } from "../text/order";
import { show } from "../text/show";
import { unknownName } from "../vocabulary/identifier";
import { parametersOf } from "../vocabulary/path-parameters";
import { DocumentedSchemas } from "./documented-schemas";
import {
  type OpenApiDocument,
  type OpenApiOperationObject,
  type OpenApiParameter,
  type OpenApiSecurityScheme,
  TIERS,
} from "./openapi-document";
import { proofsOf } from "./security-schemes";
import { serversOf } from "./stage-servers";
import { describeTiers, tiersOf } from "./tier-description";

export interface OpenApiOfOptions {
  /**
   * Where stages answer, by stage.
   * @default - their domain name, or the address that AWS gives, with variables for what only a deploy knows
   */
  readonly servers?: Readonly<Record<string, string>>;
}

/**
 * An API as it was synthesized, as an OpenAPI 3.0 document for its customers: paths, parameters, bodies, how to send the
 * key, and what the tiers allow. Equal APIs give equal documents.
 *
 * @param name of the API: its id in the catalog; of one that this project did not create, its name or address
 * @throws Error for an API, or a stage, that is not there, or that several could be
 */
export function openApiOf(
  { apis, plans }: GatewayModel,
  name: string,
  { servers = {} }: OpenApiOfOptions = {},
): OpenApiDocument {
  const api = apiOfName(apis, name, servers);
  const tiers = tiersOf(api, plans);
  const schemes = new Map<string, OpenApiSecurityScheme>();
  const schemas = new DocumentedSchemas(api);
  const names = countOf(api.routes.flatMap(({ operationName }) => operationName ?? []));
  const paths: Record<string, Record<string, OpenApiOperationObject>> = {};
  for (const route of api.routes) {
    const method = route.method === "ANY" ? EXTENSIONS.anyMethod : route.method.toLowerCase();
    paths[route.path] = {
      ...paths[route.path],
      [method]: operationOf(route, schemesOf(route, api, schemes), schemas, names),
    };
  }
  const description = [api.description, describeTiers(tiers)].filter((text) => text !== "").join("\n\n");
  return {
    openapi: "3.0.3",
    info: { title: api.name, ...(description === "" ? {} : { description }), version: "1.0" },
    servers: api.stages.flatMap((stage) => serversOf(stage, servers[stage.name])),
    [EXTENSIONS.keySource]: api.keySource,
    [TIERS]: tiers,
    paths,
    components: {
      ...(Object.keys(schemas.all).length > 0 ? { schemas: schemas.all } : {}),
      securitySchemes: Object.fromEntries([...schemes].sort(([a], [b]) => byName(a, b))),
    },
  };
}

/**
 * The API that a person means, which has these stages.
 *
 * @throws Error
 */
export function apiOfName(
  apis: readonly ApiModel[],
  name: string,
  servers: Readonly<Record<string, string>>,
): ApiModel {
  const api = findNamed(name, apis, "API", (each) => each.api);
  const stages = api.stages.map((stage) => stage.name);
  for (const stage of Object.keys(servers))
    if (!stages.includes(stage))
      throw new Error(unknownName(stage, "stage", stages, `${show(stage)} of API ${show(name)}`));
  return api;
}

function operationOf(
  route: RouteModel,
  schemes: readonly string[],
  schemas: DocumentedSchemas,
  names: ReadonlyMap<string, number>,
): OpenApiOperationObject {
  const { operationName } = route;
  const parameters = parametersOfRoute(route);
  const models = Object.entries(route.requestModels);
  const content = models.map(([type, schema]) => [type, { schema: schemas.ofBody(route, schema) }]);
  return {
    // API Gateway lets several have one name.
    ...(operationName !== undefined && names.get(operationName) === 1 ? { operationId: operationName } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(models.length > 0
      ? { requestBody: { required: route.validates.body, content: Object.fromEntries(content) } }
      : {}),
    responses: responsesOf(route),
    security: schemes.length > 0 ? [Object.fromEntries(schemes.map((scheme) => [scheme, []]))] : [],
  };
}

const PLACES = { querystring: "query", header: "header" } as const;

function parametersOfRoute({ path, requestParameters }: RouteModel): OpenApiParameter[] {
  const schema = { type: "string" } as const;
  const inPath = parametersOf(path).map((name) => ({ name, in: "path", required: true, schema }) as const);
  const others = Object.entries(requestParameters).flatMap(([parameter, required]) => {
    const [, place, name] = /^method\.request\.(querystring|header)\.(.+)$/.exec(parameter) ?? [];
    if ((place !== "querystring" && place !== "header") || name === undefined) return [];
    return [{ name, in: PLACES[place], required, schema }];
  });
  return [...inPath, ...others.sort((a, b) => byName(b.in, a.in) || byName(a.name, b.name))];
}

/** What a customer has to expect; of what a backend answers, API Gateway knows nothing. */
function responsesOf({ integration, apiKeyRequired, authorizer, validates }: RouteModel) {
  const own =
    integration.type === "mock"
      ? integration.responses.map(({ statusCode }) => [`${statusCode}`, "The answer."] as const)
      : [["default", "The answer of the service."] as const];
  const all = new Map<string, string>([
    ...(validates.body || validates.parameters
      ? [["400", "A parameter is missing, or the body does not fit."] as const]
      : []),
    ...(authorizer ? [["401", "What the authorizer wants is missing."] as const] : []),
    ...(apiKeyRequired
      ? [
          ["403", "There is no API key, or none that is valid here."] as const,
          ["429", "The tier's rate, burst or quota is used up."] as const,
        ]
      : []),
    ...own,
  ]);
  const sorted = [...all].sort(([a], [b]) => byName(a, b));
  return Object.fromEntries(sorted.map(([status, description]) => [status, { description }]));
}

/** The names of the schemes that a request needs, all of them; they are added to those of the document. */
function schemesOf(route: RouteModel, api: ApiModel, schemes: Map<string, OpenApiSecurityScheme>): string[] {
  const proofs = proofsOf(route, api);
  for (const { name, scheme } of proofs) schemes.set(name, scheme);
  return proofs.map(({ name }) => name);
}
