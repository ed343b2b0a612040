import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { LogFormat } from "../../src/logs/log-format";
import type { LoggedCall } from "../../src/logs/logged-call";
import { readTraffic } from "../../src/replay/read-traffic";
import { readingNotes } from "../../src/replay/reading-notes";
import { wasServed } from "../../src/replay/simulate";
import type { Traffic } from "../../src/replay/traffic";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { call } from "../logs/support/rendered-lines";
import { callsOf, lineOf, OWN_FORMAT, sourceOf } from "./support";

const formats = [OWN_FORMAT];
/** As long as a value that AWS makes. */
const VALUE = "hiddenhiddenhiddenhiddenhiddenhidden0123";
const BEGIN = Date.UTC(2026, 10, 3, 23, 59, 59);

/** Few values, so that calls of the same time and kind come often, on both sides of a midnight. */
const calls: fc.Arbitrary<LoggedCall[]> = fc
  .array(
    fc.record({
      offset: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40_000_000 })),
      key: fc.constantFrom("abc1", "abc2", undefined),
      path: fc.constantFrom("/pets", "/pets/{id}", undefined),
      status: fc.constantFrom(200, 429),
    }),
    { maxLength: 60 },
  )
  .map((some) =>
    some.map(({ offset, ...rest }, index) => call({ ...rest, time: BEGIN + offset * 500, id: `id-${index}=` })),
  );

const withoutIds = (some: readonly LoggedCall[]) => some.map(({ id: _, ...rest }) => rest);
const textsOf = (some: readonly unknown[]) =>
  some.map((each) => JSON.stringify(each, Object.keys(each as object).sort()));

/** What does not depend on the files. */
const madeOf = ({ kinds, days, reading: { calls, notes } }: Traffic) => {
  const { duplicate: _, ...others } = notes;
  return {
    kinds,
    days,
    calls,
    notes: Object.fromEntries(Object.entries(others).map(([kind, { count }]) => [kind, count])),
  };
};

test("each call of a log is in its traffic, in the order of times", async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (written) => {
      const content = written.map((each) => lineOf(each)).join("\n");
      const traffic = await readTraffic({ sources: [sourceOf(content)], formats });
      const read = callsOf(traffic);
      expect(textsOf(read).sort()).toEqual(textsOf(withoutIds(written)).sort());
      expect(read.map(({ time }) => time)).toEqual(read.map(({ time }) => time).sort((a, b) => a - b));
      expect(traffic.reading).toMatchObject({ sources: 1, lines: written.length, calls: written.length });
      expect(traffic.reading.notes["no key"]?.count ?? 0).toBe(written.filter(({ key }) => key === undefined).length);
    }),
  );
});

test("the traffic is the same in whatever order lines come, however they are cut into files, and if files come twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      calls.chain((written) =>
        fc.record({
          written: fc.constant(written),
          shuffled: fc.shuffledSubarray(written, { minLength: written.length }),
          cuts: fc.array(fc.nat(written.length), { maxLength: 4 }),
          twice: fc.array(fc.nat(4), { maxLength: 2 }),
        }),
      ),
      fc.integer({ min: 1, max: 2000 }),
      fc.boolean(),
      async ({ written, shuffled, cuts, twice }, size, isPacked) => {
        const content = (some: readonly LoggedCall[]) => some.map((each) => `${lineOf(each)}\n`).join("");
        const once = await readTraffic({ sources: [sourceOf(content(written))], formats });
        const at = [0, ...cuts, written.length].sort((a, b) => a - b);
        const files = at.slice(1).map((end, index) => content(shuffled.slice(at[index], end)));
        const all = [...files, ...twice.flatMap((index) => files[index] ?? [])];
        const sources = all.map((each, index) => sourceOf(isPacked ? gzipSync(each) : each, size, `${index}.log`));
        expect(madeOf(await readTraffic({ sources, formats }))).toEqual(madeOf(once));
      },
    ),
  );
});

test("many calls of many kinds at one time stay apart, in whatever order they come", async () => {
  const some = Array.from({ length: 3_000 }, (_, index) =>
    call({ id: `id${index}=`, key: `key${index % 1_500}`, time: BEGIN + (index % 3) }),
  );
  const contents = [some, [...some].reverse(), [...some, ...some]].map((each) =>
    each.map((one) => lineOf(one)).join("\n"),
  );
  const [once, reversed, twice] = await Promise.all(
    contents.map(async (content) => readTraffic({ sources: [sourceOf(content)], formats })),
  );
  if (!once || !reversed || !twice) throw new Error("three logs are read");
  expect(textsOf(callsOf(once)).sort()).toEqual(textsOf(withoutIds(some)).sort());
  expect(madeOf(reversed)).toEqual(madeOf(once));
  expect(madeOf(twice)).toEqual(madeOf(once));
  expect(twice.reading.notes.duplicate?.count).toBe(3_000);
});

test("a call that comes twice counts once, and calls without an id count each time", async () => {
  const content = [call(), call(), call({ id: undefined }), call({ id: undefined })].map((each) => lineOf(each));
  const { reading } = await readTraffic({ sources: [sourceOf(content.join("\n"))], formats });
  expect(reading).toEqual({
    sources: 1,
    lines: 4,
    calls: 3,
    outOfOrder: 0,
    notes: {
      duplicate: { count: 1, places: [] },
      "no id": { count: 2, places: ["api.log:3", "api.log:4"] },
    },
  });
});

test("lines that are not calls are counted, with the places of the first ones", async () => {
  const cut = lineOf(call({ id: "cut=" })).slice(0, 90);
  const content = [
    lineOf(call()),
    "START RequestId: 1",
    cut,
    lineOf(call({ id: "b=" })).replace(/"requestTimeEpoch":"\d+"/, '"requestTimeEpoch":"-"'),
    "x".repeat(1_200_000),
    lineOf(call({ id: "c=", key: undefined })),
    lineOf(call({ id: "d=", path: undefined, time: Date.UTC(2026, 0) })),
  ];
  const traffic = await readTraffic({ sources: [sourceOf(content.join("\r\n"))], formats });
  expect(traffic.reading.calls).toBe(3);
  expect(traffic.reading.outOfOrder).toBe(1);
  expect(traffic.reading.notes).toEqual({
    "another format": { count: 2, places: ["api.log:2", "api.log:3"] },
    "not a call": { count: 1, places: ["api.log:4"] },
    "too long": { count: 1, places: ["api.log:5"] },
    "no key": { count: 1, places: ["api.log:6"] },
    "no route": { count: 1, places: ["api.log:7"] },
  });
});

test("a source that was cut off is an error that names it", async () => {
  const packed = gzipSync(Array.from({ length: 500 }, (_, index) => lineOf(call({ id: `id${index}=` }))).join("\n"));
  const sources = [sourceOf(lineOf(call())), sourceOf(packed.subarray(0, packed.length - 20), 100, "cut.log.gz")];
  await expect(readTraffic({ sources, formats })).rejects.toThrow(
    /^cut\.log\.gz: cannot be read to its end \(unexpected end of file\)/,
  );
});

test("a format that lacks what is needed is refused before anything is read", async () => {
  const incomplete = [new LogFormat('{"a":"$context.status"}')];
  await expect(readTraffic({ sources: [], formats: incomplete })).rejects.toThrow(
    /does not have \$context\.identity\.apiKeyId/,
  );
});

test("an answer of an integration was served whatever its status is, if the log says that API Gateway did not refuse it", async () => {
  const own = lineOf(call({ status: 429 }));
  const refused = lineOf(call({ status: 429, errorType: "THROTTLED", id: "b=" }));
  const withoutField = lineOf(call({ status: 429, errorType: undefined }));
  expect(withoutField).not.toBe(own);
  const short = ACCESS_LOG_FORMAT.replace(/,?"errorResponseType":"[^"]*"/, "");
  const served = async (line: string, format = OWN_FORMAT) => {
    const { kinds } = await readTraffic({ sources: [sourceOf(line)], formats: [format] });
    return kinds.map((kind) => [kind.errorType, wasServed(kind)]);
  };
  for (const status of [200, 403, 429, 500]) {
    const line = lineOf(call({ status }));
    expect(await served(line)).toEqual([[null, true]]);
    // Read as a text.
    expect(await served(` ${line}`)).toEqual([[null, true]]);
    const isKnown = status !== 403 && status !== 429;
    expect(await served(lineOf(call({ status }), short), new LogFormat(short))).toEqual([[undefined, isKnown]]);
  }
  expect(await served(refused)).toEqual([["THROTTLED", false]]);
  expect(await served(withoutField)).toEqual([[undefined, false]]);
  const both = await readTraffic({ sources: [sourceOf(`${own}\n${refused}\n${withoutField}`)], formats });
  expect(both.kinds.map(({ errorType }) => errorType)).toEqual([undefined, null, "THROTTLED"]);
});

test("calls whose format says the second alone are counted, and noted; a time that happens to be a whole second is not", async () => {
  const seconds = ACCESS_LOG_FORMAT.replace("$context.requestTimeEpoch", "$context.requestTime");
  const lines = [lineOf(call()), lineOf(call({ id: "b=" }), seconds), lineOf(call({ id: "c=" }), seconds)];
  const all = [OWN_FORMAT, new LogFormat(seconds)];
  const traffic = await readTraffic({ sources: [sourceOf(lines.join("\n"))], formats: all });
  expect(traffic.reading).toMatchObject({ calls: 3, wholeSeconds: 2 });
  expect(readingNotes(traffic).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^The times of 2 calls are whole seconds, .*; log \$context\.requestTimeEpoch\.$/),
  ]);
  const alone = await readTraffic({ sources: [sourceOf(lines.slice(1).join("\n"))], formats: all });
  expect(readingNotes(alone).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^The times of all calls are whole seconds/),
  ]);
  const exact = await readTraffic({ sources: [sourceOf(lines[0] ?? "")], formats: all });
  expect(exact.reading).not.toHaveProperty("wholeSeconds");
  expect(readingNotes(exact)).toEqual([]);
});

test("what may be a key's value is not kept, whichever way its line is read", async () => {
  const lines = [
    lineOf(call({ key: "a".repeat(19) })),
    // By its bytes, twice, and as a text.
    ...["b=", "c="].map((id) => lineOf(call({ id, key: VALUE }))),
    ` ${lineOf(call({ id: "d=", key: VALUE }))}`,
    lineOf(call({ id: "e=", key: "a".repeat(20), path: undefined })),
    lineOf(call({ id: "f=", key: undefined })),
  ];
  const traffic = await readTraffic({ sources: [sourceOf(`${lines.join("\n")}\n`)], formats });
  expect(JSON.stringify(traffic)).not.toMatch(/a{20}|hidden/);
  expect(traffic.kinds.filter(({ hasKeyValue }) => hasKeyValue)).toHaveLength(2);
  expect(traffic.kinds.find(({ key }) => key !== undefined)?.key).toHaveLength(19);
  expect(traffic.reading.notes).toEqual({
    "key value": { count: 4, places: ["api.log:2", "api.log:3", "api.log:4"] },
    "no key": { count: 1, places: ["api.log:6"] },
  });
  expect(readingNotes(traffic).map(({ text }) => text)).toContain(
    "4 calls have something in the place of the key's id that may be a key's value; it is not kept (api.log:2, api.log:3, api.log:4, …).",
  );
});
