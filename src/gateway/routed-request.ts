import type { RouteModel } from "../model/model";
import type { LocalAws } from "./local-aws";
import type { GatewayRequest } from "./request";

/** A request as it comes in at a stage. */
export interface ReceivedRequest {
  readonly request: GatewayRequest;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** As in `x-amzn-RequestId`. */
  readonly requestId: string;
  /** As in `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** `$context.domainName`. */
  readonly domainName: string;
  /** Whether CloudFront stands before the API, which writes some names of headers in its own way. */
  readonly isEdge: boolean;
  /** Whether the stage's canary answers. */
  readonly isCanary: boolean;
  readonly aws: LocalAws;
}

/** A request whose route is found, with all that the events of functions say of it. */
export interface RoutedRequest extends ReceivedRequest {
  readonly route: Pick<RouteModel, "path">;
  /** Percent-encoded as they came, which is how AWS passes them on. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * What policies of authorizers are about.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export function methodArn({ request, aws }: RoutedRequest): string {
  const { api, stage, method } = request;
  return `arn:aws:execute-api:${aws.region}:${aws.accountId}:${api}/${stage}/${method}${singleSlash(request.path)}`;
}

/** A path with one slash in front, however many were sent. */
export const singleSlash = (path: string): string =>
  path.startsWith("/") && !path.startsWith("//") ? path : path.replace(/^\/*/, "/");
