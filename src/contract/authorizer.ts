import { AUTHORIZER_DEFAULTS, type Authorizer } from "../vocabulary/authorizer";
import { RELEASE_VARIABLE } from "../vocabulary/stage-variables";
import { decodeFunctionUri, encodeFunctionUri } from "./function-uri";
import { list, number, optionalText, ResourceType, text, type ValuesOf, type Written } from "./resource-type";
import { type Decoded, refused } from "./unsupported";

/** Who is asked whether a request may pass. */
export const AUTHORIZER = new ResourceType("aws_api_gateway_authorizer", {
  rest_api_id: optionalText,
  name: text(),
  type: text(AUTHORIZER_DEFAULTS.type),
  authorizer_uri: optionalText,
  authorizer_credentials: optionalText,
  identity_source: optionalText,
  identity_validation_expression: optionalText,
  authorizer_result_ttl_in_seconds: number(AUTHORIZER_DEFAULTS.resultTtlSeconds),
  provider_arns: list,
});
export type AuthorizerAttributes = ValuesOf<typeof AUTHORIZER.fields>;

/**
 * @param functionUri the `uri` that calls a handler's function, by the handler's name
 */
export function encodeAuthorizer(authorizer: Authorizer, functionUri: (handler: string) => string) {
  const { handler, lambda, userPools, name, type, identitySource, resultTtlSeconds } = authorizer;
  return {
    name,
    type: type as string,
    ...(userPools
      ? { provider_arns: [...userPools] }
      : { authorizer_uri: handler === undefined ? encodeFunctionUri(lambda) : functionUri(handler) }),
    identity_source: identitySource,
    identity_validation_expression: authorizer.identityValidationExpression,
    authorizer_result_ttl_in_seconds: resultTtlSeconds,
    authorizer_credentials: authorizer.credentials,
  } satisfies Written<typeof AUTHORIZER.fields>;
}

/**
 * Where the caller's identity stands. A `REQUEST` authorizer that caches nothing needs none; AWS's default is for `TOKEN`.
 */
export const identitySourceOf = ({ type, identity_source }: AuthorizerAttributes): string =>
  identity_source ?? (type === "REQUEST" ? "" : AUTHORIZER_DEFAULTS.identitySource);

const VARIABLE = `:\${stageVariables.${RELEASE_VARIABLE}}`;

/**
 * @param id the authorizer's id in the catalog
 * @param handlerOf the handler of a function, by the function's ARN without the alias of the stage
 */
export function decodeAuthorizer(
  id: string,
  attributes: AuthorizerAttributes,
  handlerOf: (functionArn: string) => string | undefined = () => undefined,
): Decoded<Authorizer> {
  const { type, authorizer_uri = "", provider_arns } = attributes;
  const settings = {
    id,
    name: attributes.name,
    identitySource: identitySourceOf(attributes),
    identityValidationExpression: attributes.identity_validation_expression,
    resultTtlSeconds: attributes.authorizer_result_ttl_in_seconds,
    credentials: type === "COGNITO_USER_POOLS" ? undefined : attributes.authorizer_credentials,
  };
  if (type === "COGNITO_USER_POOLS") return { entry: { ...settings, type, userPools: provider_arns }, unsupported: [] };
  if (type !== "TOKEN" && type !== "REQUEST") return refused("authorizer-type", AUTHORIZER.type, "type", type);
  const arn = decodeFunctionUri(authorizer_uri);
  if (arn === undefined) return refused("no-function", AUTHORIZER.type, "authorizer_uri", authorizer_uri);
  const handler = arn.endsWith(VARIABLE) ? handlerOf(arn.slice(0, -VARIABLE.length)) : undefined;
  if (handler !== undefined) return { entry: { ...settings, type, handler }, unsupported: [] };
  if (arn.includes("${"))
    return refused("function-by-stage-variable", AUTHORIZER.type, "authorizer_uri", authorizer_uri);
  return { entry: { ...settings, type, lambda: arn }, unsupported: [] };
}
