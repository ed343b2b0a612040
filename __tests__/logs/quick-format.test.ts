import fc from "fast-check";
import { LogFormat } from "../../src/logs/log-format";
import { isAbsent, OTHER_LINE, QuickFormat } from "../../src/logs/quick-format";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { agents, calls } from "./support/arbitrary-calls";
import { changedLines } from "./support/changed-lines";
import { rendered, renderedEscaped, variablesOf } from "./support/rendered-lines";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 3000);

const WANTED = [
  "identity.apiKeyId",
  "apiId",
  "stage",
  "httpMethod",
  "resourcePath",
  "status",
  "requestTimeEpoch",
  "extendedRequestId",
  "identity.userAgent",
] as const;

const FORMATS = {
  "this project's": ACCESS_LOG_FORMAT,
  "numbers outside of strings":
    '{ "at": $context.requestTimeEpoch, "status": $context.status, "length": $context.responseLength, "agent": "$context.identity.userAgent", ' +
    '"http": { "method": "$context.httpMethod", "route": "$context.resourcePath" }, "key":"$context.identity.apiKeyId", "account": "$context.accountId"}',
  "dates and fields without variables":
    '{"kind":"access","when":"$context.requestTime","epoch":"$context.requestTimeEpoch","who":"$context.identity.userAgent","ip":"$context.identity.sourceIp",' +
    '"s":"$context.status","m":"$context.httpMethod","p":"$context.resourcePath","k":"$context.identity.apiKeyId","id":"$context.extendedRequestId","l":"$context.integrationLatency"}',
} as const;

test.each(Object.entries(FORMATS))("%s: what is found in bytes is what is read of the text", (_name, text) => {
  const format = new LogFormat(text);
  const quick = QuickFormat.of(format, WANTED);
  if (!quick) throw new Error("the format must have a quick form");
  const numbers = fc.constantFrom("-", "0", "17", "-1", "1.5", "1.", "");
  const lines = fc.tuple(calls, agents, numbers, fc.boolean()).map(([call, agent, number, isEscaped]) =>
    (isEscaped ? renderedEscaped : rendered)(text, {
      ...variablesOf(call),
      "identity.userAgent": agent,
      "identity.sourceIp": "2001:db8::7",
      accountId: "111111111111",
      responseLength: number,
      integrationLatency: number,
    }),
  );
  let found = 0;
  fc.assert(
    fc.property(changedLines(lines), fc.nat(3), (line, before) => {
      const end = quick.find(Buffer.concat([Buffer.from('{\n"'.slice(0, before)), line]), before);
      if (end === OTHER_LINE) expect(format.readExactly(line.toString())).toBeUndefined();
      if (end < 0) return;
      found++;
      const values = format.readExactly(line.toString("utf8", 0, end - before));
      if (!(values instanceof Map)) throw new Error("what is found must be readable");
      for (const [index, name] of WANTED.entries()) {
        const [first = 0, last = 0] = [quick.found.from[index], quick.found.end[index]];
        const there = line.toString("utf8", first - before, last - before);
        const isThere = format.variables.has(name) && !isAbsent(line, first - before, last - before);
        expect(isThere ? there : undefined).toBe(values.get(name));
      }
    }),
    { numRuns: RUNS },
  );
  expect(found).toBeGreaterThan(RUNS / 10);
});

test.each([
  ["with several variables in a string", '{"line":"$context.status $context.httpMethod"}'],
  ["with an escape in it", '{"a\\"":"$context.status"}'],
  ["with a variable of which the values end nowhere", '{"a":$context.identity.userAgent}'],
  ["in which a variable comes twice", '{"a":"$context.status","b":"$context.status"}'],
  ["with characters that are not ASCII", '{"é":"$context.status"}'],
  ["with what stands between two lines", '{"a":"}{","b":"$context.status"}'],
  ["with alternatives", '{"a":"$context.status","b":"$context.isCanaryRequest"}'],
  ["that is not JSON", "$context.status $context.httpMethod"],
])("a format %s is read as text", (_what, text) => {
  expect(QuickFormat.of(new LogFormat(text), WANTED)).toBeUndefined();
});
