import { Fn, Token } from "cdktf";
import { selfServicePrefix } from "../../contract/self-service";
import { SELF_SERVICE_TAG } from "../../contract/tags";
import type { KeyStore } from "../../vocabulary/key-store";
import { isKnownLater } from "../../vocabulary/schema";
import type { SelfService } from "../../vocabulary/self-service";
import type { ConditionalStatement } from "./policy-document";

export interface SelfServiceRightsProps {
  readonly settings: SelfService;
  readonly keyStore: KeyStore;
  readonly planIds: readonly string[];
  readonly tableArn: string;
  readonly logGroupArn: string;
  readonly schedulerRoleArn: string;
}

/** ARNs of the same partition, Region and account as another, which Terraform knows once it has made that. */
export const arnBeside = (other: string) => (service: string, resource: string, account?: string) => {
  const part = (index: number) => Token.asString(Fn.element(Fn.split(":", other), index));
  return `arn:${part(1)}:${service}:${part(3)}:${account ?? part(4)}:${resource}`;
};

/**
 * What the function may do: make keys that carry its tag, change and read those that do, put them into the plans of its tiers, and no
 * others. IAM knows nothing narrower than the list of all keys, so it may read that; it asks for it without values.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
export function selfServiceRights(props: SelfServiceRightsProps): ConditionalStatement[] {
  const { settings, planIds, tableArn, logGroupArn, schedulerRoleArn } = props;
  const { name } = settings;
  const arn = arnBeside(tableArn);
  const apiGateway = (path: string) => arn("apigateway", path, "");
  const created = { StringEquals: { [`aws:RequestTag/${SELF_SERVICE_TAG}`]: name } };
  const owned = { StringEquals: { [`aws:ResourceTag/${SELF_SERVICE_TAG}`]: name } };
  return [
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroupArn}:*`] },
    { actions: ["apigateway:POST"], resources: [apiGateway("/apikeys")], condition: created },
    // Tags that are given when a key is made are a right of their own.
    { actions: ["apigateway:PUT"], resources: [apiGateway("/tags/*")], condition: created },
    { actions: ["apigateway:GET"], resources: [apiGateway("/apikeys")] },
    {
      actions: ["apigateway:GET", "apigateway:PATCH", "apigateway:DELETE"],
      resources: [apiGateway("/apikeys/*")],
      condition: owned,
    },
    {
      actions: ["apigateway:GET", "apigateway:POST"],
      resources: planIds.map((id) => apiGateway(`/usageplans/${id}/keys`)),
    },
    {
      actions: ["apigateway:GET", "apigateway:DELETE"],
      resources: planIds.map((id) => apiGateway(`/usageplans/${id}/keys/*`)),
    },
    {
      actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"],
      resources: [tableArn, `${tableArn}/index/*`],
    },
    {
      actions: ["scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"],
      resources: [arn("scheduler", `schedule/${name}/*`)],
    },
    {
      actions: ["iam:PassRole"],
      resources: [schedulerRoleArn],
      condition: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
    },
    { actions: ["events:PutEvents"], resources: [arn("events", `event-bus/${settings.eventBus}`)] },
    ...storeRights(props, arn),
  ];
}

function storeRights(
  { settings, keyStore }: SelfServiceRightsProps,
  arn: ReturnType<typeof arnBeside>,
): ConditionalStatement[] {
  if (settings.handOver === "answer") return [];
  const prefix = selfServicePrefix(keyStore.prefix);
  const { kmsKeyId } = keyStore;
  const keys = kmsKeyId === undefined ? [] : [kmsKeyId];
  return [
    settings.handOver === "ssm"
      ? { actions: ["ssm:PutParameter", "ssm:DeleteParameter"], resources: [arn("ssm", `parameter${prefix}*`)] }
      : {
          actions: ["secretsmanager:CreateSecret", "secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret"],
          resources: [arn("secretsmanager", `secret:${prefix}*`)],
        },
    ...keys.map((id) => ({
      actions: ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
      resources: [id.startsWith("arn:") || isKnownLater(id) ? id : arn("kms", `key/${id}`)],
    })),
  ];
}
