import type { AnswerHeaders } from "../vocabulary/cors-answers";
import { HTTP_METHODS } from "../vocabulary/http-method";
import type { RoutePart } from "../vocabulary/imports";
import type { Integration } from "../vocabulary/integration";
import { parametersInSettings } from "../vocabulary/integration-problems";
import type { JsonSchema } from "../vocabulary/json-schema";
import { CHECKED_CONTENT_TYPE, type RequestRules } from "../vocabulary/request";
import type { Route, RouteKey } from "../vocabulary/route";
import { modelReference, referredModel } from "../vocabulary/schema-references";
import { type Answerer, type DecodeAnswererOptions, decodeAnswerer } from "./answerer";
import { type Attributes, stringOf } from "./attributes";
import { BODY_MODEL, bodyModelName, decodeBodyModel, encodeBodyModel } from "./body-model";
import { encodeIntegration, type IntegrationReferences } from "./integration";
import { INTEGRATION } from "./integration-resource";
import { encodeAnswers, type WrittenAnswer } from "./integration-settings";
import { decodeAuthorization, decodeParameters, encodeMethod, METHOD, type MethodReferences } from "./method";
import { encodeMockAnswer, INTEGRATION_RESPONSE, METHOD_RESPONSE } from "./mock";
import { type ModelSchemas, NO_MODELS } from "./model-schemas";
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
export interface WrittenRoute {
  readonly method: ReturnType<typeof encodeMethod>;
  readonly integration: ReturnType<typeof encodeIntegration>;
  /** Only where API Gateway makes the answer. */
  readonly answers: readonly WrittenAnswer[];
  /** Only where the body has a schema of its own. */
  readonly bodyModel?: ReturnType<typeof encodeBodyModel>;
}

export interface RouteReferences extends Omit<MethodReferences, "bodyModel">, IntegrationReferences {
  /** Headers of answers that API Gateway makes. */
  readonly mockHeaders?: AnswerHeaders | undefined;
  /** Models of the API that have names, to which bodies refer; none where this is left out. */
  readonly models?: ModelSchemas;
}

export function encodeRoute(route: Route, references: RouteReferences): WrittenRoute {
  const { integration, request } = route;
  const named = referredModel(request?.body);
  const isOwn = request?.body !== undefined && named === undefined;
  const bodyModel = isOwn ? encodeBodyModel(route.key, request.body, references.models) : undefined;
  return {
    method: encodeMethod(route, { ...references, bodyModel: named ?? bodyModel?.name }),
    integration: encodeIntegration(route, references),
    answers: answersOf(integration, references.mockHeaders),
    ...(bodyModel ? { bodyModel } : {}),
  };
}

function answersOf(integration: Integration, headers: AnswerHeaders | undefined): readonly WrittenAnswer[] {
  if (integration.settings?.responses) return encodeAnswers(integration.settings.responses, headers);
  return integration.type === "mock" ? [encodeMockAnswer(integration, headers)] : [];
}

/** A route, with the headers of its mock answer, which are the API's CORS. */
export interface DecodedRoute {
  readonly route: Route;
  readonly mockHeaders: AnswerHeaders;
}

export interface DecodeOptions extends DecodeAnswererOptions {
  /**
   * The id in the catalog of an authorizer, by its id in AWS or the reference to it.
   * @default - no authorizer is known
   */
  readonly authorizerOf?: (authorizerId: string) => string | undefined;
  /**
   * Models of the API that have names.
   * @default - none
   */
  readonly models?: ModelSchemas;
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
  const behind = resources.integration
    ? decodeAnswerer({ method: verb, path }, { ...resources, integration: resources.integration }, options)
    : refused<Answerer>("no-integration", METHOD.type, undefined, verb);
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
    request: decodeRequest(key, resources, integration, options.models),
    operationName: method.operation_name,
  };
  return { entry: { route, mockHeaders }, unsupported: [...unsupported, ...behind.unsupported] };
}

/**
 * What a request must have; `undefined` where the catalog would declare or check something else. A model is the route's own
 * only under the name that the catalog gives it; a validator is one that checks the same, whatever its name.
 */
function decodeRequest(
  key: string,
  { method, bodyModel, validator }: RouteResources,
  { settings = {} }: Integration,
  models: ModelSchemas = NO_MODELS,
): RequestRules | undefined {
  const { request_parameters: declared, request_models } = METHOD.read(method);
  // What the integration uses is declared without being asked for.
  const used = parametersInSettings(settings);
  const request_parameters = Object.fromEntries(
    Object.entries(declared).filter(([name, required]) => required || !used.includes(name)),
  );
  const rules = { ...decodeParameters(request_parameters), body: decodeBody(key, request_models, bodyModel, models) };
  if (rules.query.length === 0 && rules.headers.length === 0 && rules.body === undefined) return undefined;
  const written = encodeRequestValidator(rules);
  const differs = written
    ? !validator ||
      REQUEST_VALIDATOR.differing(written, { ...validator, rest_api_id: undefined, name: written.name }).length > 0
    : validator !== undefined;
  return differs ? undefined : rules;
}

function decodeBody(
  key: string,
  requestModels: Readonly<Record<string, string>>,
  bodyModel: Attributes | undefined,
  models: ModelSchemas,
): JsonSchema | undefined {
  const name = requestModels[CHECKED_CONTENT_TYPE];
  if (name === undefined) return undefined;
  if (name === bodyModelName(key))
    return name === bodyModel?.name ? decodeBodyModel(stringOf(bodyModel.schema), models) : undefined;
  return models.models.some((model) => model.name === name) ? modelReference(name) : undefined;
}

/** Attributes of a route's resources that the catalog would write otherwise, by the part of the route. */
export type RouteDifferences = Readonly<Partial<Record<RoutePart, readonly string[]>>>;

/** Which attributes Terraform would change if a route were written over what is there. */
export function differencesOfRoute(written: WrittenRoute, there: RouteResources): RouteDifferences {
  const ofStatus = (all: readonly Attributes[], status: string) =>
    all.find(({ status_code }) => String(status_code) === status) ?? {};
  const found: [RoutePart, readonly string[]][] = [
    ["method", differing(METHOD, written.method, there.method)],
    ["integration", differing(INTEGRATION, written.integration, there.integration ?? {})],
    ...written.answers.flatMap(({ response, answer }): [RoutePart, readonly string[]][] => [
      [
        `response ${response.status_code}`,
        differing(METHOD_RESPONSE, response, ofStatus(there.responses, response.status_code)),
      ],
      [
        `answer ${answer.status_code}`,
        differing(INTEGRATION_RESPONSE, answer, ofStatus(there.answers, answer.status_code)),
      ],
    ]),
    ["bodyModel", written.bodyModel ? differing(BODY_MODEL, written.bodyModel, there.bodyModel ?? {}) : []],
  ];
  return Object.fromEntries(found.filter(([, names]) => names.length > 0));
}

/** Where a resource stands; another place is another resource. */
const PLACE = ["rest_api_id", "resource_id", "http_method"];

// biome-ignore lint/suspicious/noExplicitAny: a type and what is written of it belong together
const differing = (type: ResourceType<any>, written: Attributes, there: Attributes) =>
  type.differing(written, there).filter((name) => !PLACE.includes(name));
