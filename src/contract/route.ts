import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { Integration } from "../vocabulary/integration";
import type { RequestRules } from "../vocabulary/request";
import { HTTP_METHODS, type Route, type RouteKey } from "../vocabulary/route";
import type { Attributes } from "./attributes";
import { BODY_MODEL, decodeBodySchema, encodeBodyModel } from "./body-model";
import { decodeIntegration, encodeIntegration, INTEGRATION } from "./integration";
import { decodeAuthorization, decodeParameters, encodeMethod, METHOD, type MethodReferences } from "./method";
import { decodeMockBody, decodeMockHeaders, encodeMockAnswer, INTEGRATION_RESPONSE, METHOD_RESPONSE } from "./mock";
import { encodeRequestValidator, REQUEST_VALIDATOR } from "./request-validator";
import type { ResourceType } from "./resource-type";
import { type Decoded, refused, type Unsupported } from "./unsupported";

/** The resources of a route, as they stand in Terraform or in AWS. */
export interface RouteResources {
  readonly method: Attributes;
  /** `undefined` where the method has none, which AWS does not deploy. */
  readonly integration: Attributes | undefined;
  /** Method responses. */
  readonly responses: readonly Attributes[];
  /** Integration responses. */
  readonly answers: readonly Attributes[];
  /** The model of its JSON body, where the method names one. */
  readonly bodyModel?: Attributes | undefined;
  /** What the method's validator checks, where the method names one. */
  readonly validator?: Attributes | undefined;
}

/** What the catalog writes of a route. */
export interface WrittenRoute extends Partial<ReturnType<typeof encodeMockAnswer>> {
  readonly method: ReturnType<typeof encodeMethod>;
  readonly integration: ReturnType<typeof encodeIntegration>;
  readonly bodyModel?: ReturnType<typeof encodeBodyModel>;
}

export interface RouteReferences extends Omit<MethodReferences, "bodyModel"> {
  /** The `uri` that calls a handler's function, by the handler's name. */
  readonly functionUri: (handler: string) => string;
  /** Headers of the answer of a mock. */
  readonly mockHeaders?: AnswerHeaders | undefined;
}

export function encodeRoute(route: Route, references: RouteReferences): WrittenRoute {
  const { integration, request } = route;
  const bodyModel = request?.body === undefined ? undefined : encodeBodyModel(route.key, request.body);
  return {
    method: encodeMethod(route, { ...references, bodyModel: bodyModel?.name }),
    integration: encodeIntegration(route, references.functionUri),
    ...(integration.type === "mock" ? encodeMockAnswer(integration, references.mockHeaders) : {}),
    ...(bodyModel ? { bodyModel } : {}),
  };
}

/** A route, with the headers of its mock answer, which are the API's CORS. */
export interface DecodedRoute {
  readonly route: Route;
  readonly mockHeaders: AnswerHeaders;
}

export interface DecodeOptions {
  /** The handler of a function, by the function's ARN without the alias of the stage. */
  readonly handlerOf?: (functionArn: string) => string | undefined;
  /**
   * The id in the catalog of an authorizer, by its id in AWS or the reference to it.
   * @default - no authorizer is known
   */
  readonly authorizerOf?: (authorizerId: string) => string | undefined;
}

/** @param path `/pets/{id}` */
export function decodeRoute(
  path: string,
  resources: RouteResources,
  options: DecodeOptions = {},
): Decoded<DecodedRoute> {
  const method = METHOD.read(resources.method);
  const verb = HTTP_METHODS.find((known) => known === method.http_method);
  if (verb === undefined) return refused("attribute", METHOD.type, "http_method", method.http_method);
  const behind = decodeBehind(resources, options);
  if (!behind.entry) return { entry: undefined, unsupported: behind.unsupported };
  const { integration, mockHeaders } = behind.entry;
  const authorization = decodeAuthorization(method, options.authorizerOf ?? (() => undefined));
  const unsupported: Unsupported[] = authorization
    ? []
    : [{ kind: "authorization", resource: METHOD.type, attribute: "authorization", value: method.authorization }];
  const key: RouteKey = `${verb} ${path as `/${string}`}`;
  const route: Route = {
    key,
    method: verb,
    path,
    apiKeyRequired: method.api_key_required,
    authorization: authorization ?? { type: "NONE" },
    integration,
    request: decodeRequest(key, resources),
  };
  return { entry: { route, mockHeaders }, unsupported: [...unsupported, ...behind.unsupported] };
}

interface Behind {
  readonly integration: Integration;
  readonly mockHeaders: AnswerHeaders;
}

function decodeBehind({ method, integration, ...answered }: RouteResources, options: DecodeOptions): Decoded<Behind> {
  if (!integration) return refused("no-integration", METHOD.type, undefined, METHOD.read(method).http_method);
  const read = INTEGRATION.read(integration);
  if (read.type === "MOCK" && read.connection_type !== "VPC_LINK") return decodeMock(answered);
  const { entry, unsupported } = decodeIntegration(read, options.handlerOf);
  return { entry: entry && { integration: entry, mockHeaders: {} }, unsupported };
}

/** A mock of the catalog has one answer. */
function decodeMock({ answers, responses }: Pick<RouteResources, "answers" | "responses">): Decoded<Behind> {
  const [answer, ...others] = answers.map((each) => INTEGRATION_RESPONSE.read(each));
  if (!answer || others.length > 0)
    return refused("mock-answers", INTEGRATION_RESPONSE.type, undefined, answers.length);
  const { status_code } = answer;
  if (!responses.some((each) => METHOD_RESPONSE.read(each).status_code === status_code))
    return refused("undeclared-status", METHOD_RESPONSE.type, "status_code", status_code);
  const unsupported: Unsupported[] = [];
  const lose = (attribute: string, value: unknown) =>
    unsupported.push({ kind: "mapping", resource: INTEGRATION_RESPONSE.type, attribute, value });
  const { headers, mapped, templates } = decodeMockHeaders(answer);
  for (const value of Object.values(mapped)) lose("response_parameters", value);
  const body = decodeMockBody(templates);
  if (body === "mapped") lose("response_templates", templates);
  const mock = { type: "mock", status: Number(status_code), ...(body === "mapped" ? {} : body) } as const;
  return { entry: { integration: mock, mockHeaders: headers }, unsupported };
}

/**
 * What a request must have; `undefined` where the catalog would declare or check something else. Model and validator are
 * the route's own only under the names that the catalog gives them.
 */
function decodeRequest(key: string, { method, bodyModel, validator }: RouteResources): RequestRules | undefined {
  const { request_parameters, request_models } = METHOD.read(method);
  const schema = bodyModel && decodeBodySchema(BODY_MODEL.read(bodyModel).schema);
  const isOwn = schema !== undefined && Object.values(request_models).includes(encodeBodyModel(key, schema).name);
  const rules = { ...decodeParameters(request_parameters), body: isOwn ? schema : undefined };
  if (rules.query.length === 0 && rules.headers.length === 0 && rules.body === undefined) return undefined;
  const written = encodeRequestValidator(rules);
  const differs = written
    ? !validator || REQUEST_VALIDATOR.differing(written, { ...validator, rest_api_id: undefined }).length > 0
    : validator !== undefined;
  return differs ? undefined : rules;
}

/** Attributes of a route's resources that the catalog would write otherwise, by the part of the route. */
export type RouteDifferences = Readonly<
  Partial<Record<"method" | "integration" | "response" | "answer" | "bodyModel", readonly string[]>>
>;

/** Which attributes Terraform would change if a route were written over what is there. */
export function differencesOfRoute(written: WrittenRoute, there: RouteResources): RouteDifferences {
  const status = written.answer?.status_code;
  const ofStatus = (all: readonly Attributes[]) => all.find(({ status_code }) => String(status_code) === status) ?? {};
  const found = {
    method: differing(METHOD, written.method, there.method),
    integration: differing(INTEGRATION, written.integration, there.integration ?? {}),
    response: written.response ? differing(METHOD_RESPONSE, written.response, ofStatus(there.responses)) : [],
    answer: written.answer ? differing(INTEGRATION_RESPONSE, written.answer, ofStatus(there.answers)) : [],
    bodyModel: written.bodyModel ? differing(BODY_MODEL, written.bodyModel, there.bodyModel ?? {}) : [],
  };
  return Object.fromEntries(Object.entries(found).filter(([, names]) => names.length > 0));
}

/** Where a resource stands; another place is another resource. */
const PLACE = ["rest_api_id", "resource_id", "http_method"];

// biome-ignore lint/suspicious/noExplicitAny: a type and what is written of it belong together
const differing = (type: ResourceType<any>, written: Attributes, there: Attributes) =>
  type.differing(written, there).filter((name) => !PLACE.includes(name));
