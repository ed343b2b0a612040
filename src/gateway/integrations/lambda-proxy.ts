import type { LambdaIntegration } from "../../model/model";
import type { GatewayResponseType } from "../../vocabulary/gateway-response";
import type { FunctionRunner } from "../functions/function-runner";
import type { FunctionOutcome } from "../functions/outcome";
import { authorizedContext, type Caller, type RequestKey, requestEvent } from "../proxy-event";
import { type GatewayAnswer, type Header, headerValue } from "../request";
import type { RoutedRequest } from "../routed-request";
import { traceIdOf } from "../trace-id";
import { toGatewayAnswer } from "./lambda-proxy-answer";
import { isBinary } from "./media-type";

export interface LambdaProxyCall {
  readonly routed: RoutedRequest;
  readonly integration: LambdaIntegration;
  readonly binaryMediaTypes: readonly string[];
  /** The key that the route asked for. */
  readonly key: RequestKey | undefined;
  /** Whom the route's authorizer let through. */
  readonly caller: Caller | undefined;
}

export type IntegrationOutcome = { readonly kind: "answer"; readonly answer: GatewayAnswer } | IntegrationFailure;

export interface IntegrationFailure {
  readonly kind: "failure";
  readonly type: GatewayResponseType;
  /** `DEFAULT_5XX` has no status of its own. */
  readonly status: number;
  /** One sentence for the log; the client does not see it. */
  readonly reason: string;
}

/** Calls a function with the event of a REST proxy, and takes its result for the answer. */
export async function callLambdaProxy(call: LambdaProxyCall, runner: FunctionRunner): Promise<IntegrationOutcome> {
  const { routed, integration, binaryMediaTypes } = call;
  const outcome = await runner.invoke(integration.function, lambdaProxyEvent(call), {
    requestId: routed.requestId,
    patienceMilliseconds: integration.timeoutMilliseconds,
  });
  if (outcome.kind !== "answered") return failureOf(outcome, integration);
  const accept = headerValue(routed.request.headers, "accept");
  const answer = toGatewayAnswer(outcome.payload, { accept, binaryMediaTypes });
  if (!("malformed" in answer)) {
    const headers: Header[] = [...answer.headers, ["X-Amzn-Trace-Id", traceIdOf(routed)]];
    return { kind: "answer", answer: { ...answer, headers } };
  }
  const reason = `the result of function "${integration.function.name}" is not a response: ${answer.reason}`;
  return answer.malformed === "base64"
    ? { kind: "failure", type: "API_CONFIGURATION_ERROR", status: 500, reason }
    : badGateway(reason);
}

/**
 * The event of a Lambda proxy, version 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function lambdaProxyEvent({ routed, binaryMediaTypes, key, caller }: LambdaProxyCall) {
  const { body, headers } = routed.request;
  const event = requestEvent(routed);
  const isBase64Encoded = body.length > 0 && isBinary(headerValue(headers, "content-type"), binaryMediaTypes);
  return {
    // Not by "...event", which takes longer than to make it.
    resource: event.resource,
    path: event.path,
    httpMethod: event.httpMethod,
    headers: event.headers,
    multiValueHeaders: event.multiValueHeaders,
    queryStringParameters: orNull(event.queryStringParameters),
    multiValueQueryStringParameters: orNull(event.multiValueQueryStringParameters),
    pathParameters: orNull(event.pathParameters),
    stageVariables: orNull(event.stageVariables),
    requestContext: authorizedContext(routed, key, caller),
    body: body.length === 0 ? null : bytesOf(body).toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength);

const orNull = <Value extends object>(map: Value): Value | null => (Object.keys(map).length === 0 ? null : map);

/**
 * AWS names no type for a function that fails: `INTEGRATION_FAILURE` is a 504, and what clients get is a 502, which only
 * `DEFAULT_5XX` reaches.
 */
const badGateway = (reason: string): IntegrationFailure => ({
  kind: "failure",
  type: "DEFAULT_5XX",
  status: 502,
  reason,
});

export function failureOf(
  outcome: Exclude<FunctionOutcome, { kind: "answered" }>,
  { function: { name }, timeoutMilliseconds }: LambdaIntegration,
): IntegrationFailure {
  switch (outcome.kind) {
    case "given-up":
      return {
        kind: "failure",
        type: "INTEGRATION_TIMEOUT",
        status: 504,
        reason: `function "${name}" had not answered after ${timeoutMilliseconds} ms, the integration's limit`,
      };
    case "event-too-large":
      return {
        kind: "failure",
        type: "REQUEST_TOO_LARGE",
        status: 413,
        reason: `function "${name}": ${outcome.reason}`,
      };
    case "failed":
      return badGateway(`function "${name}" failed: ${outcome.error.type}: ${outcome.error.message}`);
    default:
      return badGateway(`function "${name}": ${outcome.reason}`);
  }
}
