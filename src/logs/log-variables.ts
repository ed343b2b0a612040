/** A variable of a format: `$context.identity.apiKeyId`. */
export const LOG_VARIABLE = /\$context\.((?:[A-Za-z]\w*\.)*[A-Za-z]\w*)/g;

/** What API Gateway writes for what a request does not have. */
export const ABSENT = "-";

/** Variables whose absence says something: API Gateway did not refuse the call. */
export const SAYS_BY_ABSENCE: ReadonlySet<string> = new Set(["error.responseType"]);

const ID = "[A-Za-z0-9]+";
const REQUEST_ID = "[A-Za-z0-9_=+/.-]+";
const NUMBER = "-?\\d+(?:\\.\\d+)?";

/** What the values of variables look like, where that is known: it tells where a value ends in lines without quotes. */
const SHAPES: Readonly<Record<string, string>> = {
  accountId: "\\d{12}",
  apiId: ID,
  "error.responseType": "[A-Z0-9_]+",
  extendedRequestId: REQUEST_ID,
  httpMethod: "[A-Za-z]+",
  "identity.apiKeyId": ID,
  "identity.sourceIp": "[0-9A-Fa-f.:]+",
  integrationLatency: NUMBER,
  isCanaryRequest: "true|false",
  protocol: "[A-Za-z0-9./]+",
  requestId: REQUEST_ID,
  requestTime: "\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4}",
  requestTimeEpoch: "\\d{1,16}",
  resourcePath: '/[^\\s"<>]*',
  responseLatency: NUMBER,
  responseLength: NUMBER,
  stage: "[$A-Za-z0-9_-]+",
  status: "\\d{3}",
};

/** The pattern of a variable's values that are present; `undefined` for one that may be anything. */
export const patternOf = (variable: string): string | undefined =>
  Object.hasOwn(SHAPES, variable) ? SHAPES[variable] : undefined;

/** The shape of a variable's values, as a part of a regular expression; `undefined` for one that may be anything. */
export function shapeOf(variable: string): string | undefined {
  const pattern = patternOf(variable);
  return pattern === undefined ? undefined : `(?:${pattern}|${ABSENT})`;
}
