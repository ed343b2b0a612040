import type { RequestParameter } from "../vocabulary/request";
import { CHECKED_CONTENT_TYPE, type RequestRules } from "../vocabulary/request";
import { parametersOf, type Route } from "../vocabulary/route";
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
  /** The API's authorizer, which is asked where a key is required. */
  readonly authorizerId?: string | undefined;
  /** The name of the model of a JSON body. */
  readonly bodyModel?: string | undefined;
  readonly requestValidatorId?: string | undefined;
}

export function encodeMethod(
  { method, path, apiKeyRequired, integration, request }: Route,
  { authorizerId, bodyModel, requestValidatorId }: MethodReferences,
) {
  const authorized = authorizerId !== undefined && apiKeyRequired;
  return {
    http_method: method as string,
    api_key_required: apiKeyRequired,
    authorization: authorized ? "CUSTOM" : "NONE",
    authorizer_id: authorized ? authorizerId : undefined,
    request_parameters: encodeParameters(integration.type === "http" ? parametersOf(path) : [], request),
    request_models: bodyModel === undefined ? undefined : { [CHECKED_CONTENT_TYPE]: bodyModel },
    request_validator_id: requestValidatorId,
  } satisfies Written<typeof METHOD.fields>;
}

const PREFIX = {
  path: "method.request.path.",
  query: "method.request.querystring.",
  headers: "method.request.header.",
};

/** All that a method declares, and whether a request must have it; `undefined` where there is nothing. */
function encodeParameters(
  path: readonly string[],
  { query, headers }: Pick<RequestRules, "query" | "headers"> = { query: [], headers: [] },
): Record<string, boolean> | undefined {
  const declared = [
    // An `http` backend gets path parameters only if the method declares them and the integration maps them.
    ...path.map((name) => [PREFIX.path + name, true] as const),
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
