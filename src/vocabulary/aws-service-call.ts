import type { AwsService, AwsServiceInput, ServiceCall } from "./aws-service";
import type { IntegrationResponseInput } from "./integration-settings";
import { parametersInText } from "./path-parameters";
import { isKnownLater } from "./schema";

/** A fixed value, as a mapping is written. */
const quoted = (text: string) => `'${text}'`;

/** The error of a service is an error of the route: with one response alone, callers would get it with 200. */
const RESPONSES: Readonly<Record<number, IntegrationResponseInput>> = {
  200: {},
  400: { selectionPattern: "4\\d{2}" },
  500: { selectionPattern: "5\\d{2}" },
};

/**
 * The request's JSON body as a text within JSON. `escapeJavaScript` also escapes single quotes, which JSON does not know.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
const BODY_AS_TEXT = `"$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'","'")"`;

/** What a form says in general words, with how the service is called. */
export function toServiceCall(written: AwsServiceInput): ServiceCall {
  if ("sqs" in written) return sendMessage(written.sqs);
  if ("stepFunctions" in written) return startExecution(written.stepFunctions);
  if ("eventBridge" in written) return putEvents(written.eventBridge);
  if ("dynamodb" in written) return tableAction(written.dynamodb);
  if ("s3" in written) return objectAction(written.s3);
  const { service, region, action, path, httpMethod = "POST", statements = [] } = written;
  return {
    service: { service, region, partition: partitionOf(region), action, path, httpMethod, statements },
    settings: { responses: RESPONSES },
  };
}

/** A part of an ARN, which Terraform takes where it knows the ARN only later. */
const partOfArn = (arn: string, position: number): string =>
  isKnownLater(arn) ? `\${element(split(":", "${arn}"), ${position})}` : (arn.split(":")[position] as string);

const placeOf = (arn: string) => ({ partition: partOfArn(arn, 1), region: partOfArn(arn, 3) });

const partitionOf = (region: string) =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

function sendMessage({
  queueArn,
  messageGroupId,
}: {
  queueArn: string;
  messageGroupId?: string | undefined;
}): ServiceCall {
  const group = messageGroupId === undefined ? "" : `&MessageGroupId=${groupOf(messageGroupId)}`;
  return {
    service: {
      service: "sqs",
      ...placeOf(queueArn),
      action: undefined,
      path: `${partOfArn(queueArn, 4)}/${partOfArn(queueArn, 5)}`,
      httpMethod: "POST",
      statements: [{ actions: ["sqs:SendMessage"], resources: [queueArn] }],
    },
    settings: {
      headers: { "Content-Type": quoted("application/x-www-form-urlencoded") },
      requestTemplates: { "application/json": `Action=SendMessage&MessageBody=$util.urlEncode($input.body)${group}` },
      passthroughBehavior: "NEVER",
      responses: RESPONSES,
    },
  };
}

const groupOf = (group: string) => (group.startsWith("$") ? `$util.urlEncode(${group})` : encodeURIComponent(group));

function startExecution({
  stateMachineArn,
  sync = false,
}: {
  stateMachineArn: string;
  sync?: boolean | undefined;
}): ServiceCall {
  const action = sync ? "StartSyncExecution" : "StartExecution";
  return {
    service: post("states", action, stateMachineArn),
    settings: {
      requestTemplates: { "application/json": `{"stateMachineArn":"${stateMachineArn}","input":${BODY_AS_TEXT}}` },
      passthroughBehavior: "NEVER",
      responses: RESPONSES,
    },
  };
}

function putEvents({
  eventBusArn,
  source,
  detailType,
}: {
  eventBusArn: string;
  source: string;
  detailType: string;
}): ServiceCall {
  const entry = `{"Source":"${source}","DetailType":"${detailType}","Detail":${BODY_AS_TEXT},"EventBusName":"${eventBusArn}"}`;
  // EventBridge answers 200 also where it took no event.
  const answer =
    "#if($input.path('$.FailedEntryCount') > 0)#set($context.responseOverride.status = 500)#end$input.json('$')";
  return {
    service: post("events", "PutEvents", eventBusArn),
    settings: {
      headers: { "X-Amz-Target": quoted("AWSEvents.PutEvents"), "Content-Type": quoted("application/x-amz-json-1.1") },
      requestTemplates: { "application/json": `{"Entries":[${entry}]}` },
      passthroughBehavior: "NEVER",
      responses: { ...RESPONSES, 200: { templates: { "application/json": answer } } },
    },
  };
}

const tableAction = ({ tableArn, action }: { tableArn: string; action: string }): ServiceCall => ({
  service: {
    ...post("dynamodb", action, tableArn),
    statements: [
      {
        actions: [`dynamodb:${action}`],
        // The table's indexes can be asked as well.
        resources: action === "Query" || action === "Scan" ? [tableArn, `${tableArn}/index/*`] : [tableArn],
      },
    ],
  },
  settings: { passthroughBehavior: "NEVER", responses: RESPONSES },
});

const post = (service: string, action: string, arn: string): AwsService => ({
  service,
  ...placeOf(arn),
  action,
  path: undefined,
  httpMethod: "POST",
  statements: [{ actions: [`${service}:${action}`], resources: [arn] }],
});

const METHODS = { GetObject: "GET", PutObject: "PUT", DeleteObject: "DELETE" } as const;

function objectAction({
  bucket,
  region,
  key,
  action,
}: {
  bucket: string;
  region: string;
  key: string;
  action: keyof typeof METHODS;
}): ServiceCall {
  const parameters = parametersInText(key);
  // A role acts on what its rights name: keys that a parameter chooses are any of the bucket's after the fixed part.
  const fixed = key.replace(/[{$].*$/s, "*");
  const path = Object.fromEntries(parameters.map((name) => [name, `method.request.path.${name}`]));
  return {
    service: {
      service: "s3",
      region,
      partition: partitionOf(region),
      action: undefined,
      path: `${bucket}/${key}`,
      httpMethod: METHODS[action],
      statements: [{ actions: [`s3:${action}`], resources: [`arn:${partitionOf(region)}:s3:::${bucket}/${fixed}`] }],
    },
    settings: {
      ...(parameters.length > 0 ? { path } : {}),
      // The body is the object; and without templates nothing else would be let through.
      passthroughBehavior: "WHEN_NO_MATCH",
      responses: {
        ...RESPONSES,
        200: action === "GetObject" ? { headers: { "Content-Type": "integration.response.header.Content-Type" } } : {},
        400: { selectionPattern: "40[0-25-9]|4[1-9]\\d" },
        // S3 answers 403 for an object that is not there where the role may not list the bucket.
        404: { selectionPattern: "40[34]" },
      },
    },
  };
}
