import { z } from "zod";
import { nearestTo } from "../text/nearest";
import { isObject } from "./objects";
import { shortOrLong, wrong } from "./schema";

const EXAMPLE = 'write { requestId: "$context.requestId", status: "$context.status" }';
const OWN_ID = /\$context\.(requestId|extendedRequestId)(?![\w.])/;
const KEY_VALUE = /\$(\{)?context\.identity\.apiKey(?![\w.])/;

/** Whether lines hold the secret values of callers' keys. */
export const holdsKeyValues = (format: string): boolean => KEY_VALUE.test(format);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html */
function refuseFormat(format: string, context: z.RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: "custom", message, input: format });
  if (/[\r\n](?!$)/.test(format))
    refuse("must be one line, and has a line break; leave it out, or write it at the end alone");
  if (format.includes("TfToken[")) refuse('must not hold "TfToken[", because it is taken literally');
  if (holdsKeyValues(format))
    refuse(
      "must not hold $context.identity.apiKey, which is the secret value of the caller's key; write $context.identity.apiKeyId, " +
        "by which usage and replay know the customer",
    );
  if (!OWN_ID.test(format))
    refuse("must hold $context.requestId or $context.extendedRequestId, without which AWS refuses it; write both");
}

const WRONG_FORMAT = { error: wrong("must be a line, or an object by field", EXAMPLE) };
const WRONG_FIELD = { error: wrong("must be a string with a variable of API Gateway", EXAMPLE) };

export const accessLogFormatSchema = shortOrLong(
  z.string(WRONG_FORMAT).superRefine(refuseFormat),
  z
    .record(z.string(), z.string(WRONG_FIELD), WRONG_FORMAT)
    .superRefine((fields, context) => refuseFormat(JSON.stringify(fields), context))
    .readonly(),
);

/** A variable that is not a string of its own: `{"status": $context.status}`. */
const BARE_VARIABLE = /(?<=[:,[]\s*)\$context\.[\w.]+/g;

/** Where a line of a format says something: the name of its field, and whether the value is a string there. */
export interface LoggedField {
  readonly name: string;
  readonly isText: boolean;
}

/**
 * The fields of a format's lines, by their variables (`$context.status`); `undefined` for one whose lines are not objects of
 * JSON.
 */
export function loggedFields(format: string): ReadonlyMap<string, LoggedField> | undefined {
  let line: unknown;
  try {
    line = JSON.parse(format.replace(BARE_VARIABLE, (variable) => JSON.stringify({ variable })));
  } catch {
    return undefined;
  }
  if (!isObject(line)) return undefined;
  return new Map(
    Object.entries(line).flatMap(([name, value]): [string, LoggedField][] => {
      if (typeof value === "string") return [[value, { name, isText: true }]];
      return isObject(value) && typeof value.variable === "string" ? [[value.variable, { name, isText: false }]] : [];
    }),
  );
}

/**
 * The pattern by which CloudWatch finds the lines of requests that were answered 429; `undefined` for a format whose lines do not
 * say it where CloudWatch can look.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function tooManyRequestsPattern(format: string): string | undefined {
  const status = loggedFields(format)?.get("$context.status");
  if (!status || !/^[\w-]+$/.test(status.name)) return undefined;
  return `{ $.${status.name} = ${status.isText ? '"429"' : "429"} }`;
}

/** Variables of a format that AWS does not know, but that are a slip away from one. */
export function misspeltVariables(format: string): readonly { readonly written: string; readonly meant: string }[] {
  const names = [...format.matchAll(/\$context\.([A-Za-z][\w.]*\w)/g)].map(([, name = ""]) => name);
  return [...new Set(names)].flatMap((written) => {
    if (VARIABLES.includes(written) || FREE.some((prefix) => written.startsWith(prefix))) return [];
    const meant = nearestTo(written, VARIABLES);
    return meant === undefined ? [] : [{ written: `$context.${written}`, meant: `$context.${meant}` }];
  });
}

/** What an authorizer, a token or a certificate decides. */
const FREE = ["authorizer.", "identity.clientCert.", "requestOverride.", "responseOverride."];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
const VARIABLES = (
  "accountId apiId authenticate.error authenticate.latency authenticate.status authorize.error authorize.latency " +
  "authorize.status awsEndpointRequestId awsEndpointRequestId2 cipherSuite customDomain.basePathMatched " +
  "customDomain.routingRuleIdMatched deploymentId domainName domainPrefix endpointType error.message " +
  "error.messageString error.responseType error.validationErrorString extendedRequestId httpMethod identity.accountId " +
  "identity.apiKeyId identity.caller identity.cognitoAuthenticationProvider identity.cognitoAuthenticationType " +
  "identity.cognitoIdentityId identity.cognitoIdentityPoolId identity.principalOrgId identity.sourceIp identity.user " +
  "identity.userAgent identity.userArn identity.vpcId identity.vpceId integration.error integration.integrationStatus " +
  "integration.latency integration.requestId integration.status integrationErrorMessage integrationLatency " +
  "integrationStatus isCanaryRequest path protocol requestId requestTime requestTimeEpoch resourceId resourcePath " +
  "responseLatency responseLength stage status tlsVersion waf.error waf.latency waf.status wafResponseCode webaclArn " +
  "xrayTraceId"
).split(" ");
