import { z } from "zod";
import { canonicalJson } from "../text/canonical-json";
import { accessLogFormatSchema } from "./access-log-format";
import { LOG_RETENTION_DAYS } from "./log-retention";
import { fieldsOf, inForms, isKnownLater, shortOrLong, wrong } from "./schema";

/** Where a stage writes a line for each request. */
export type AccessLogInput =
  /** To a log group of the stage's own, kept for 30 days. */
  | true
  | {
      /**
       * Days for which the stage's own log group keeps a line: one of those that CloudWatch knows, 1 to 3653; 0 forever.
       * @unit days
       * @default 30
       */
      readonly retentionDays?: RetentionDays;
      readonly destinationArn?: never;
      /**
       * What a line says: fields of a JSON object and the variables of API Gateway from which they come, as `{ status: "$context.status" }`,
       * or the whole line as a string. Usage and replay read lines of JSON, by what their fields are made of.
       * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
       * @default - all fields of `ACCESS_LOG_FIELDS`
       */
      readonly format?: AccessLogFormat;
    }
  | {
      /**
       * ARN of a log group that is there, or of a Firehose stream, whose name must begin with `amazon-apigateway-`.
       * @default - a log group of the stage's own
       */
      readonly destinationArn: string;
      readonly retentionDays?: never;
      readonly format?: AccessLogFormat;
    };

/** Where a stage writes its access log, and what, checked. */
export type AccessLog = { readonly format: string } & (
  | { readonly kind: "own"; readonly retentionDays: RetentionDays }
  | { readonly kind: "existing"; readonly destinationArn: string }
);

/** 0 keeps forever. */
const RETENTION_DAYS = [0, ...LOG_RETENTION_DAYS] as const;
export type RetentionDays = (typeof RETENTION_DAYS)[number];

/**
 * What a line of the access log says, by the names of its fields, and from which variable of API Gateway it comes. A line
 * is a JSON object of texts; what a request does not have is `"-"`. It holds the id of the caller's key, never the key.
 *
 * `requestTimeEpoch` and the latencies are in milliseconds, `responseLength` in bytes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const ACCESS_LOG_FIELDS = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTimeEpoch: "$context.requestTimeEpoch",
  apiId: "$context.apiId",
  stage: "$context.stage",
  resourcePath: "$context.resourcePath",
  httpMethod: "$context.httpMethod",
  status: "$context.status",
  protocol: "$context.protocol",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  apiKeyId: "$context.identity.apiKeyId",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  errorMessage: "$context.error.message",
  errorResponseType: "$context.error.responseType",
  authorizerPrincipal: "$context.authorizer.principalId",
} as const;
export type AccessLogField = keyof typeof ACCESS_LOG_FIELDS;

/**
 * What usage and replay read of a line of the access log: whose call, when, of what, and how
 * it was answered.
 */
export const NEEDED_LOG_FIELDS = [
  "apiKeyId",
  "requestTimeEpoch",
  "status",
  "resourcePath",
  "httpMethod",
  "stage",
  "extendedRequestId",
] as const satisfies readonly AccessLogField[];

/** A line of the access log, as it is read. */
export type AccessLogLine = Readonly<Record<AccessLogField, string>>;

/** The format of the access log, as API Gateway takes it: one line of JSON. */
export const ACCESS_LOG_FORMAT = JSON.stringify(ACCESS_LOG_FIELDS);

/** Fields of a log's lines with their variables, or the whole line. */
export type AccessLogFormat = string | Readonly<Record<string, string>>;

const LOG_GROUP = /^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:[A-Za-z0-9_/.#-]{1,512}$/;
const STREAM = /^arn:aws[a-z-]*:firehose:[a-z0-9-]+:\d{12}:deliverystream\/(?<name>[A-Za-z0-9_.-]{1,64})$/;

const logSchema = inForms<Exclude<AccessLogInput, true>>(
  fieldsOf<Exclude<AccessLogInput, true>>()({
    retentionDays: z
      .literal(RETENTION_DAYS, { error: wrong(`must be one of ${RETENTION_DAYS.join(", ")} days`, "0 keeps forever") })
      .optional(),
    destinationArn: z
      .string({ error: wrong("must be the ARN of a log group or of a Firehose stream") })
      .superRefine((arn, context) => {
        const refuse = (message: (issue: { readonly input: string }) => string) =>
          context.addIssue({ code: "custom", message: message({ input: arn }), input: arn });
        if (isKnownLater(arn) || LOG_GROUP.test(withoutStreams(arn))) return;
        const name = STREAM.exec(arn)?.groups?.name;
        if (name === undefined)
          refuse(
            wrong(
              "must be the ARN of a log group or of a Firehose stream",
              "write it as arn:aws:logs:<region>:<account>:log-group:<name>",
            ),
          );
        else if (!name.startsWith("amazon-apigateway-"))
          refuse(wrong('must name a stream that begins with "amazon-apigateway-"', "AWS takes no other; rename it"));
      })
      .optional(),
    format: accessLogFormatSchema.optional(),
  }).superRefine((log, context) => {
    if (log.destinationArn === undefined || log.retentionDays === undefined) return;
    const message =
      "must not be given with destinationArn, whose owner decides how long it keeps; keep one of the two fields";
    context.addIssue({ code: "custom", message, path: ["retentionDays"], input: log });
  }),
);

const switchedOn = z.literal(true, {
  error: wrong("must be true or an object with retentionDays, destinationArn or format", "leave it out for no log"),
});

export const accessLogSchema = shortOrLong(switchedOn, logSchema);

/** CloudWatch shows a log group's ARN with `:*` at its end, which API Gateway does not take. */
const withoutStreams = (arn: string) => arn.replace(/:\*$/, "");

/** The checked form of a stage's access log. */
export function toAccessLog(written: AccessLogInput | undefined): AccessLog | undefined {
  if (written === undefined) return undefined;
  const { destinationArn, retentionDays = 30, format: given = ACCESS_LOG_FORMAT } = written === true ? {} : written;
  const format = typeof given === "string" ? given : canonicalJson(given);
  if (destinationArn !== undefined) return { kind: "existing", destinationArn: withoutStreams(destinationArn), format };
  return { kind: "own", retentionDays, format };
}

/** The access log of a stage as a person would write it: without what is the default. */
export const writtenAccessLog = ({
  destinationArn,
  format,
}: {
  readonly destinationArn: string;
  readonly format: string;
}): AccessLogInput => ({ destinationArn, ...(format === ACCESS_LOG_FORMAT ? {} : { format }) });
