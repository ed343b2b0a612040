import type { HttpIntegration, ServiceIntegration } from "../../model/model";
import type { Header } from "../request";

/** What names an action of these services in a header; others take it in the query or in the path. */
const TARGETS: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDB_20120810",
  kinesis: "Kinesis_20131202",
  ssm: "AmazonSSM",
  states: "AWSStepFunctions",
};

/** A call of a service at an emulator, as an HTTP integration, and what it is sent with. */
export interface ServiceCall {
  readonly integration: HttpIntegration;
  /** Headers that a mapping may replace. */
  readonly headers: readonly Header[];
}

/**
 * @param endpoint of the emulator, such as `http://127.0.0.1:4566`
 */
export function serviceCall(
  { service, region, action, path, method, requestParameters, timeoutMilliseconds, mapping }: ServiceIntegration,
  endpoint: string,
): ServiceCall {
  const target = Object.hasOwn(TARGETS, service) ? TARGETS[service] : undefined;
  const query = action === undefined ? "" : `?Action=${encodeURIComponent(action)}`;
  const headers: Header[] = [
    // An emulator reads the service and the Region of it, and no signature.
    [
      "Authorization",
      `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=local`,
    ],
    ...(action !== undefined && target !== undefined
      ? ([
          ["X-Amz-Target", `${target}.${action}`],
          ["Content-Type", "application/x-amz-json-1.0"],
        ] as const)
      : []),
  ];
  const url = `${endpoint.replace(/\/$/, "")}/${path}${query}`;
  return {
    integration: { type: "http", url, method, requestParameters, timeoutMilliseconds, mapping, needsBackend: false },
    headers,
  };
}
