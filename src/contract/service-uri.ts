import type { AwsService } from "../vocabulary/aws-service";

/** What the `uri` of an integration says of an AWS service that it calls. */
export type ServiceTarget = Pick<AwsService, "partition" | "region" | "service" | "action" | "path">;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html — `uri` of an AWS integration */
const URI = /^arn:([^:]*):apigateway:([^:]*):([^:]+):(path|action)\/(.*)$/s;

export const encodeServiceUri = ({ partition, region, service, action, path = "" }: ServiceTarget): string =>
  `arn:${partition}:apigateway:${region}:${service}:${action === undefined ? `path/${path}` : `action/${action}`}`;

/** `undefined` where the `uri` names no service. */
export function decodeServiceUri(uri: string): ServiceTarget | undefined {
  const [, partition = "", region = "", service, kind, rest = ""] = URI.exec(uri) ?? [];
  if (service === undefined) return undefined;
  return {
    partition,
    region,
    service,
    action: kind === "action" ? rest : undefined,
    path: kind === "path" ? rest : undefined,
  };
}
