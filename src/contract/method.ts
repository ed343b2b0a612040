import { type Authorization, authorizerOf } from "../vocabulary/authorization";
import type { Integration } from "../vocabulary/integration";
import { parametersInSettings } from "../vocabulary/integration-problems";
import { parametersOf } from "../vocabulary/path-parameters";
import type { RequestParameter } from "../vocabulary/request";
import { CHECKED_CONTENT_TYPE, type RequestRules } from "../vocabulary/request";
import type { Route } from "../vocabulary/route";
import {
  flag,
  flags,
  list,
  optionalText,
  ResourceType,
  strings,
  text,
  type ValuesOf,
  type Written,
} from "./resource-type";

/** One method on one path. */
export const METHOD = new ResourceType("aws_api_gateway_method", {
  rest_api_id: optionalText,
  resource_id: optionalText,
  http_method: text(),
  authorization: text("NONE"),
  authorizer_id: optionalText,
  authorization_scopes: list,
  api_key_required: flag(),
  operation_name: optionalText,
  request_models: strings,
  request_parameters: flags,
  request_validator_id: optionalText,
});
export type MethodAttributes = ValuesOf<typeof METHOD.fields>;

/** What a method refers to; ids, or Terraform references. */
export interface MethodReferences {
  /** The id in AWS of the authorizer that the route asks. */
  readonly authorizerId?: string | undefined;
  /** The name of the model of a JSON body. */
  readonly bodyModel?: string | undefined;
  readonly requestValidatorId?: string | undefined;
}

export function encodeMethod(
  { method, path, apiKeyRequired, authorization, integration, request, operationName }: Route,
  { authorizerId, bodyModel, requestValidatorId }: MethodReferences,
) {
  const scopes = authorization.type === "COGNITO_USER_POOLS" ? authorization.scopes : [];
  return {
    http_method: method as string,
    api_key_required: apiKeyRequired,
    authorization: authorization.type as string,
    authorizer_id: authorizerOf(authorization) === undefined ? undefined : authorizerId,
    authorization_scopes: scopes.length > 0 ? [...scopes] : undefined,
    request_parameters: encodeParameters(usedParameters(path, integration), request),
    request_models: bodyModel === undefined ? undefined : { [CHECKED_CONTENT_TYPE]: bodyModel },
    request_validator_id: requestValidatorId,
    operation_name: operationName,
  } satisfies Written<typeof METHOD.fields>;
}

const PREFIX = {
  path: "method.request.path.",
  query: "method.request.querystring.",
  headers: "method.request.header.",
};

/**
 * Who the callers must be; `undefined` for what the catalog cannot say.
 *
 * @param idOf the id in the catalog of an authorizer, by its id in AWS or the reference to it
 */
export function decodeAuthorization(
  { authorization, authorizer_id = "", authorization_scopes }: MethodAttributes,
  idOf: (authorizerId: string) => string | undefined,
): Authorization | undefined {
  if (authorization === "NONE" || authorization === "AWS_IAM") return { type: authorization };
  const authorizer = idOf(authorizer_id);
  if (authorizer === undefined) return undefined;
  if (authorization === "CUSTOM") return { type: authorization, authorizer };
  if (authorization === "COGNITO_USER_POOLS") return { type: authorization, authorizer, scopes: authorization_scopes };
  return undefined;
}

/** Parameters that an integration may use only if the method declares them. */
function usedParameters(path: string, { type, settings = {} }: Integration): string[] {
  const own = type === "http" ? parametersOf(path).filter((name) => settings.path?.[name] !== false) : [];
  return [...new Set([...own.map((name) => PREFIX.path + name), ...parametersInSettings(settings)])];
}

/** All that a method declares, and whether a request must have it; `undefined` where there is nothing. */
function encodeParameters(
  used: readonly string[],
  { query, headers }: Pick<RequestRules, "query" | "headers"> = { query: [], headers: [] },
): Record<string, boolean> | undefined {
  const declared = [
    ...used.map((name) => [name, name.startsWith(PREFIX.path)] as const),
    ...query.map(({ name, required }) => [PREFIX.query + name, required] as const),
    ...headers.map(({ name, required }) => [PREFIX.headers + name, required] as const),
  ];
  return declared.length > 0 ? Object.fromEntries(declared) : undefined;
}

/** The query parameters and headers that a method declares, each sorted by name. */
export function decodeParameters(
  parameters: Readonly<Record<string, boolean>>,
): Pick<RequestRules, "query" | "headers"> {
  const under = (prefix: string): RequestParameter[] =>
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, required]) => ({ name: name.slice(prefix.length), required }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { query: under(PREFIX.query), headers: under(PREFIX.headers) };
}
