import fc from "fast-check";
import { LogFormat } from "../../src/logs/log-format";
import { logLines, recordsOf } from "../../src/logs/log-records";
import type { LoggedCall } from "../../src/logs/logged-call";
import { readCall } from "../../src/logs/read-call";
import { readTraffic } from "../../src/replay/read-traffic";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { agents, calls } from "../logs/support/arbitrary-calls";
import { changedLines } from "../logs/support/changed-lines";
import { rendered, renderedEscaped, variablesOf } from "../logs/support/rendered-lines";
import { callsOf, sourceOf } from "./support";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);

const OTHERS = {
  none: undefined,
  "a shorter one with the same fields":
    '{"requestId":"$context.requestId","requestTimeEpoch":"$context.requestTimeEpoch","apiId":"$context.apiId","stage":"$context.stage","resourcePath":"$context.resourcePath","httpMethod":"$context.httpMethod","status":"$context.status","apiKeyId":"$context.identity.apiKeyId"}',
  "one in which fields have other variables": ACCESS_LOG_FORMAT.replace(
    '"$context.status"',
    '"$context.integrationStatus"',
  ).replace('"integrationStatus":"$context.integrationStatus"', '"integrationStatus":"$context.status"'),
  CSV: "$context.requestTimeEpoch,$context.httpMethod,$context.resourcePath,$context.status,$context.identity.apiKeyId,$context.apiId,$context.stage,$context.extendedRequestId",
  "one whose lines begin and end with brackets":
    "[$context.requestTimeEpoch $context.httpMethod $context.resourcePath $context.status $context.identity.apiKeyId $context.apiId $context.stage]",
  "JSON that is read as text":
    '{"line":"$context.httpMethod $context.resourcePath $context.status","at":"$context.requestTimeEpoch","key":"$context.identity.apiKeyId","api":"$context.apiId","stage":"$context.stage"}',
} as const;

/** All lines as texts. */
async function readAsTexts(source: ReturnType<typeof sourceOf>, formats: readonly LogFormat[]) {
  const read: Omit<LoggedCall, "id">[] = [];
  const notes: Record<string, number> = {};
  let lines = 0;
  for await (const records of recordsOf(
    source.bytes(),
    formats.flatMap(({ boundary }) => boundary ?? []),
  ))
    for (const { text = "", line } of records)
      for (const each of logLines(text)) {
        lines++;
        const call = readCall(each, { formats, defaults: {} });
        if (typeof call === "object") read.push((({ id: _, ...rest }) => rest)(call));
        else notes[`${call} ${line}`] = (notes[`${call} ${line}`] ?? 0) + 1;
      }
  return { read, notes, lines };
}

const sorted = (some: readonly object[]) => some.map((each) => JSON.stringify(each, Object.keys(each).sort())).sort();

test.each(Object.entries(OTHERS))(
  "a log is read as if all its lines were texts; other formats: %s",
  async (_name, other) => {
    const texts = [ACCESS_LOG_FORMAT, ...(other === undefined ? [] : [other])];
    const lines = fc
      .tuple(
        calls,
        agents,
        fc.constantFrom(...texts),
        fc.boolean(),
        fc.constantFrom("", "", "2026-11-03T10:20:31.123Z ", "2026-11-03T10:20:31Z "),
      )
      .map(([call, agent, text, isEscaped, prefix]) => {
        const values = {
          ...variablesOf(call),
          "identity.userAgent": agent,
          integrationStatus: "200",
          responseLength: "12",
        };
        return prefix + (isEscaped ? renderedEscaped : rendered)(text, values);
      });
    const logs = fc
      .array(fc.tuple(changedLines(lines), fc.constantFrom("\n", "\n", "\n", "\r\n", "", "\n\n")), { maxLength: 8 })
      .map((all) => Buffer.concat(all.flatMap(([line, separator]) => [line, Buffer.from(separator)])));
    await fc.assert(
      fc.asyncProperty(logs, fc.integer({ min: 1, max: 3000 }), fc.boolean(), async (log, size, isReversed) => {
        const formats = (isReversed ? [...texts].reverse() : texts).map((text) => new LogFormat(text));
        const expected = await readAsTexts(sourceOf(log, log.length + 1), formats);
        const traffic = await readTraffic({ sources: [sourceOf(log, size)], formats });
        const { duplicate, ...notes } = traffic.reading.notes;
        expect(traffic.reading.lines).toBe(expected.lines);
        if (duplicate === undefined) expect(sorted(callsOf(traffic))).toEqual(sorted(expected.read));
        for (const kind of ["another format", "more than one reading", "not a call"] as const) {
          const places = Object.entries(expected.notes).flatMap(([place, count]) =>
            place.startsWith(kind) ? Array<string>(count).fill(`api.log:${place.split(" ").at(-1)}`) : [],
          );
          expect(notes[kind]?.count ?? 0).toBe(places.length);
          expect(notes[kind]?.places ?? []).toEqual(places.slice(0, 3));
        }
      }),
      { numRuns: RUNS },
    );
  },
);
