import fc from "fast-check";
import { AMBIGUOUS } from "../../src/logs/line-template";
import { LogFormat } from "../../src/logs/log-format";
import { callOf, formatProblem, type LoggedCall } from "../../src/logs/logged-call";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { agents, calls } from "./support/arbitrary-calls";
import { call, rendered, renderedEscaped, variablesOf } from "./support/rendered-lines";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 500);

/** Formats as people write them, each with what is needed of a call. */
const FORMATS = {
  "this project's": ACCESS_LOG_FORMAT,
  "JSON with numbers and nested fields":
    '{ "id": "$context.extendedRequestId", "at": $context.requestTimeEpoch, "http": { "status": $context.status, "method": "$context.httpMethod", ' +
    '"route": "$context.resourcePath" }, "who": {"ip": "$context.identity.sourceIp", "agent": "$context.identity.userAgent", "key": "$context.identity.apiKeyId"}, ' +
    '"api": "$context.apiId", "stage":"$context.stage", "error": $context.error.messageString, "why": "$context.error.responseType" }',
  "JSON with several variables in a string":
    '{"line":"$context.httpMethod $context.resourcePath $context.status","at":"$context.requestTimeEpoch","agent":"$context.identity.userAgent",' +
    '"key":"$context.identity.apiKeyId","api":"$context.apiId","stage":"$context.stage","id":"$context.extendedRequestId","why":"$context.error.responseType"}',
  "common log format":
    '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" ' +
    "$context.status $context.responseLength $context.extendedRequestId $context.identity.apiKeyId $context.apiId $context.stage $context.error.responseType",
  "CSV with the user agent in quotes":
    '$context.requestTimeEpoch,$context.httpMethod,$context.resourcePath,$context.status,"$context.identity.userAgent",$context.identity.apiKeyId,' +
    "$context.apiId,$context.stage,$context.extendedRequestId,$context.error.responseType",
  XML:
    '<request id="$context.extendedRequestId"><at>$context.requestTimeEpoch</at><agent>$context.identity.userAgent</agent><method>$context.httpMethod</method>' +
    "<path>$context.resourcePath</path><status>$context.status</status><key>$context.identity.apiKeyId</key><api>$context.apiId</api><stage>$context.stage</stage>" +
    "<why>$context.error.responseType</why></request>",
} as const;
const JSON_FORMATS = Object.entries(FORMATS).filter(([, format]) => format.startsWith("{"));

function readBack(format: string, line: string): LoggedCall | string | undefined {
  const values = new LogFormat(format).read(line);
  const read = values === undefined ? undefined : values === AMBIGUOUS ? "ambiguous" : callOf(values);
  if (typeof read !== "object") return read;
  const { isWholeSecond, ...call } = read;
  expect(isWholeSecond).toBe(format.includes("requestTimeEpoch") ? undefined : true);
  return call;
}

test.each(Object.entries(FORMATS))("%s: what is written of a call is read as that call", (_name, format) => {
  expect(formatProblem(new LogFormat(format).variables)).toBeUndefined();
  fc.assert(
    fc.property(calls, (written) => {
      const values = {
        "identity.userAgent": "curl/8.5.0",
        "identity.sourceIp": "203.0.113.7",
        ...variablesOf(written),
      };
      expect(readBack(format, rendered(format, values))).toEqual(written);
    }),
    { numRuns: RUNS },
  );
});

test.each(JSON_FORMATS)("%s: values with escapes are read, whatever a client sends", (_name, format) => {
  fc.assert(
    fc.property(calls, agents, (written, agent) => {
      const values = { "identity.sourceIp": "2001:db8::7", ...variablesOf(written), "identity.userAgent": agent };
      const line = renderedEscaped(format, values);
      expect(readBack(format, line)).toEqual(written);
      const read = new LogFormat(format).read(line);
      if (typeof read === "object" && agent !== "-" && agent !== "" && format.includes("userAgent"))
        expect(read.get("identity.userAgent")).toBe(agent);
    }),
    { numRuns: RUNS },
  );
});

test.each(JSON_FORMATS)("%s: lines that another program wrote again are read", (_name, format) => {
  fc.assert(
    fc.property(calls, agents, fc.constantFrom(0, 1), (written, agent, indent) => {
      const values = { "identity.sourceIp": "203.0.113.7", ...variablesOf(written), "identity.userAgent": agent };
      const parsed = JSON.parse(renderedEscaped(format, { "error.messageString": "0", ...values }));
      const again = JSON.stringify(
        { added: [1], ...Object.fromEntries(Object.entries(parsed).reverse()) },
        null,
        indent,
      );
      expect(readBack(format, again.replace(/\n/g, ""))).toEqual(written);
    }),
    { numRuns: RUNS },
  );
});

test.each(Object.entries(FORMATS))(
  "%s: where nobody escapes, what a client sends never becomes the call of another customer",
  (_name, format) => {
    let read = 0;
    fc.assert(
      fc.property(calls, agents, (written, agent) => {
        const values = { "identity.sourceIp": "203.0.113.7", ...variablesOf(written), "identity.userAgent": agent };
        const back = readBack(format, rendered(format, values));
        if (typeof back === "object") {
          read++;
          expect(back).toEqual(written);
        }
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 4);
  },
);

test("each variable that API Gateway has is read from a line of JSON", () => {
  const names = [
    "integration.latency",
    "authorizer.principalId",
    "customDomain.basePathMatched",
    "xrayTraceId",
    "path",
  ];
  const format = JSON.stringify(Object.fromEntries(names.map((name, index) => [`f${index}`, `$context.${name}`])));
  const read = new LogFormat(format).read(
    rendered(format, Object.fromEntries(names.map((name) => [name, `of ${name}`]))),
  );
  expect(read).toEqual(new Map(names.map((name) => [name, `of ${name}`])));
});

test("a line that a client filled with separators is given up soon", () => {
  const format =
    "$context.identity.user,$context.identity.caller,$context.identity.userAgent,$context.path,$context.status";
  const begin = performance.now();
  expect(new LogFormat(format).read(`${",".repeat(10_000)}x`)).toBe(AMBIGUOUS);
  expect(new LogFormat(format).read(`${",".repeat(10_000)}200`)).toBe(AMBIGUOUS);
  expect(performance.now() - begin).toBeLessThan(5_000);
});

test.each([
  ["another object", '{"a":1}'],
  ["a text", "START RequestId: 1"],
  ["nothing", ""],
  ["a list", "[1]"],
  ["a line that was cut off", ACCESS_LOG_FORMAT.slice(0, 80)],
  ["a field written twice", '{"requestId":"a","requestId":"b"}'],
])("%s is not a line of the format", (_what, line) => {
  expect(new LogFormat(ACCESS_LOG_FORMAT).read(line)).toBeUndefined();
});

test("a format with the values of keys is refused, and what it would have read is not printed", () => {
  expect(() => new LogFormat('{"key":"$context.identity.apiKey"}')).toThrow(
    /has \$context\.identity\.apiKey, which is the secret value of the caller's key: such a log is not read; write \$context\.identity\.apiKeyId/,
  );
});

test.each<[string, RegExp]>([
  ["identity.apiKeyId", /does not have \$context\.identity\.apiKeyId \(whose key it was\)/],
  ["status", /\$context\.status \(the status\).*format: \{ …, status: "\$context\.status" \}/],
  ["requestTimeEpoch", /\$context\.requestTimeEpoch \(the time of the request\)/],
  ["resourcePath", /\$context\.resourcePath \(the route\)/],
  ["httpMethod", /\$context\.httpMethod \(the method\)/],
])("a format without %s is refused, with what to add", (variable, message) => {
  const fields = ACCESS_LOG_FORMAT.replace(`"$context.${variable}"`, '"none"');
  expect(formatProblem(new LogFormat(fields).variables)).toMatch(message);
});

test("an API and a stage that lines do not say may be given", () => {
  const format = ACCESS_LOG_FORMAT.replace("$context.apiId", "").replace("$context.stage", "");
  const { variables } = new LogFormat(format);
  expect(formatProblem(variables)).toMatch(/\$context\.apiId \(the API\), \$context\.stage \(the stage\)/);
  expect(formatProblem(variables, { api: "a1", stage: "prod" })).toBeUndefined();
  const values = new LogFormat(format).read(rendered(format, variablesOf(call())));
  expect(values).toBeInstanceOf(Map);
  if (values instanceof Map)
    expect(callOf(values, { api: "a1", stage: "test" })).toMatchObject({ api: "a1", stage: "test" });
});
