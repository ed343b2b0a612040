import type { ApiModel } from "../model/model";
import type { GatewayResponseType } from "../vocabulary/gateway-response";
import type { ContextVariables } from "./context-variables";
import type { GatewayAnswer, Header } from "./request";

/** An error that API Gateway answers itself: what went wrong. */
export interface GatewayError {
  readonly type: GatewayResponseType;
  /** Why, for the log of the local gateway. AWS says no more than the answer does. */
  readonly reason: string;
  /** @default - that of the type */
  readonly status?: number;
  /** `$context.error.validationErrorString`. @default - the message */
  readonly validationError?: string;
  /** `x-amzn-ErrorType`. @default - that of the type */
  readonly errorType?: string;
  /** `null` for an answer whose message is JSON's null. @default - that of the type */
  readonly message?: string | null;
}

/** The outcome of a request: an integration's answer, or a gateway error. */
export type Outcome = GatewayAnswer | GatewayError;

interface Standard {
  readonly status: number;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
  readonly message: string | null;
}

/**
 * What AWS answers for each type of gateway error.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const STANDARD: Readonly<Record<GatewayResponseType, Standard>> = {
  ACCESS_DENIED: {
    status: 403,
    errorType: "AccessDeniedException",
    message: "User is not authorized to access this resource",
  },
  API_CONFIGURATION_ERROR: {
    status: 500,
    errorType: "InternalServerErrorException",
    message: "Internal server error",
  },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: "AuthorizerConfigurationException", message: null },
  AUTHORIZER_FAILURE: { status: 500, errorType: "AuthorizerFailureException", message: null },
  BAD_REQUEST_BODY: { status: 400, errorType: "BadRequestException", message: "Invalid request body" },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: "BadRequestException", message: "Bad Request" },
  DEFAULT_4XX: { status: 400, errorType: "BadRequestException", message: "Bad Request" },
  DEFAULT_5XX: { status: 500, errorType: "InternalServerErrorException", message: "Internal server error" },
  EXPIRED_TOKEN: { status: 403, errorType: "ExpiredTokenException", message: "The security token is expired" },
  INTEGRATION_FAILURE: { status: 504, errorType: "InternalServerErrorException", message: "Internal server error" },
  INTEGRATION_TIMEOUT: {
    status: 504,
    errorType: "InternalServerErrorException",
    message: "Endpoint request timed out",
  },
  INVALID_API_KEY: { status: 403, errorType: "ForbiddenException", message: "Forbidden" },
  INVALID_SIGNATURE: { status: 403, errorType: "InvalidSignatureException", message: "The signature does not match" },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    errorType: "MissingAuthenticationTokenException",
    message: "Missing Authentication Token",
  },
  QUOTA_EXCEEDED: { status: 429, errorType: "LimitExceededException", message: "Limit Exceeded" },
  REQUEST_TOO_LARGE: { status: 413, errorType: "RequestTooLargeException", message: "Request Too Long" },
  RESOURCE_NOT_FOUND: { status: 404, errorType: "NotFoundException", message: "Not Found" },
  THROTTLED: { status: 429, errorType: "TooManyRequestsException", message: "Too Many Requests" },
  UNAUTHORIZED: { status: 401, errorType: "UnauthorizedException", message: "Unauthorized" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: "BadRequestException", message: "Unsupported Media Type" },
  WAF_FILTERED: { status: 403, errorType: "ForbiddenException", message: "Forbidden" },
};

/** API Gateway writes these bodies in its own way, unless a template is given. */
const OWN_BODIES: Partial<Record<GatewayResponseType, (message: string | null) => string>> = {
  ACCESS_DENIED: (message) => JSON.stringify({ Message: message }),
  BAD_REQUEST_BODY: (message) => `{"message": ${JSON.stringify(message)}}`,
  BAD_REQUEST_PARAMETERS: (message) => `{"message": ${JSON.stringify(message)}}`,
  DEFAULT_5XX: (message) => `{"message": ${JSON.stringify(message)}}`,
  INTEGRATION_FAILURE: (message) => `{"message": ${JSON.stringify(message)}}`,
  INTEGRATION_TIMEOUT: (message) => `{"message": ${JSON.stringify(message)}}`,
};

const JSON_TYPE = "application/json";

/** The answer to a gateway error, from the API's gateway responses; AWS's default if it has none. */
export function answerOfOwn(
  { type, status, message, errorType, validationError }: GatewayError,
  api: Pick<ApiModel, "gatewayResponses"> | undefined,
  variables: ContextVariables,
): GatewayAnswer {
  const standard = STANDARD[type];
  const said = message === undefined ? standard.message : message;
  const usual = status ?? standard.status;
  const given =
    api?.gatewayResponses.get(type) ?? api?.gatewayResponses.get(usual < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
  // A template without JSON, such as one for XML, is for clients that ask for it; the first one is what AWS falls back on.
  const [mediaType, template] = (given && Object.entries(given.templates).find(([name]) => name === JSON_TYPE)) ??
    (given && Object.entries(given.templates)[0]) ?? [JSON_TYPE, undefined];
  const error: Readonly<Record<string, string>> = {
    "context.error.message": said ?? "null",
    "context.error.messageString": JSON.stringify(said),
    "context.error.responseType": type,
    "context.error.validationErrorString": validationError ?? said ?? "null",
  };
  const body =
    template === undefined
      ? (OWN_BODIES[type]?.(said) ?? JSON.stringify({ message: said }))
      : render(template, (name) => error[name] ?? variables(name));
  return {
    status: given?.statusCode ?? usual,
    headers: [
      ["Content-Type", mediaType],
      ["x-amzn-ErrorType", errorType ?? standard.errorType],
      ...Object.entries(given?.headers ?? {}),
      ...mappedHeaders(given?.mappedHeaders ?? {}, variables),
    ],
    body,
  };
}

/** Headers of a gateway response that are mapped; one whose source is not there is not sent. */
function mappedHeaders(mapped: Readonly<Record<string, string>>, variables: ContextVariables): Header[] {
  return Object.entries(mapped).flatMap(([name, source]): Header[] => {
    const value = variables(source);
    return value === undefined || value === "" ? [] : [[name, value]];
  });
}

/**
 * Gateway responses know variables, and nothing else of mapping templates.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
function render(template: string, variables: ContextVariables): string {
  const pattern =
    /\$(?:\{((?:context|stageVariables|method\.request)\.[\w.-]+)\}|((?:context|stageVariables|method\.request)(?:\.[\w-]+)+))/g;
  return template.replace(pattern, (_, braced: string | undefined, plain: string | undefined) => {
    return variables(braced ?? plain ?? "") ?? "";
  });
}
