import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { LogFormat } from "../../src/logs/log-format";
import { LogReader, type LogSource } from "../../src/logs/log-reader";
import type { LoggedCall } from "../../src/logs/logged-call";
import { hasLostLines } from "../../src/usage/logs/describe-reading";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { call, rendered, variablesOf } from "./support/rendered-lines";

const format = new LogFormat(ACCESS_LOG_FORMAT);
const lineOf = (each: LoggedCall, of = ACCESS_LOG_FORMAT) => rendered(of, variablesOf(each));
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => call({ id: `id${index}=`, status: 200 + (index % 3) }));

const source = (content: string | Buffer, size = 1 << 16, name = "api.log"): LogSource => ({
  name,
  async *bytes() {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  },
});

async function read(reader: LogReader, ...sources: LogSource[]): Promise<LoggedCall[]> {
  const calls: LoggedCall[] = [];
  for (const each of sources) for await (const some of reader.read(each)) calls.push(...some);
  return calls;
}

const notesOf = (reader: LogReader) =>
  Object.fromEntries([...reader.notes].map(([kind, { count, places }]) => [kind, [count, ...places]]));

describe("a log is read", () => {
  const calls = numbered(50);
  const lines = calls.map((each) => lineOf(each));
  const batch = (some: readonly string[], messageType = "DATA_MESSAGE") =>
    JSON.stringify({
      messageType,
      owner: "111111111111",
      logGroup: "/aws/apigateway/pets",
      logEvents: some.map((message, index) => ({ id: `${index}`, timestamp: 1, message })),
    });

  test.each<[string, string | Buffer]>([
    ["of lines", `${lines.join("\n")}\n`],
    ["without a line break at its end", lines.join("\n")],
    ["with the line breaks of Windows", lines.join("\r\n")],
    ["with empty lines", lines.join("\n\n")],
    ["packed with gzip", gzipSync(lines.join("\n"))],
    [
      "of several parts that are packed with gzip",
      Buffer.concat([gzipSync(`${lines.slice(0, 9).join("\n")}\n`), gzipSync(lines.slice(9).join("\n"))]),
    ],
    ["exported by CloudWatch", lines.map((line) => `2026-11-03T10:20:31.123Z ${line}`).join("\n")],
    ["of records that nothing separates", lines.join("")],
    [
      "of records that Firehose got from CloudWatch",
      batch(lines.slice(0, 20)) + batch([], "CONTROL_MESSAGE") + batch(lines.slice(20)),
    ],
    [
      "of such records in lines",
      `${batch(lines.slice(0, 20))}\n${batch(lines.slice(20).map((line) => `${line}\n`))}\n`,
    ],
  ])("%s, however it is cut", async (_what, content) => {
    for (const size of [1, 7, 1000, 1 << 20]) {
      const reader = new LogReader([format]);
      expect(await read(reader, source(content, size))).toEqual(calls);
      expect(notesOf(reader)).toEqual({});
      expect(reader.calls).toBe(50);
    }
  });

  test("in the formats of several stages", async () => {
    const other =
      "$context.requestTimeEpoch,$context.httpMethod,$context.resourcePath,$context.status,$context.identity.apiKeyId,$context.apiId,$context.stage,$context.extendedRequestId";
    const mixed = calls.map((each, index) => lineOf(each, index % 2 === 0 ? ACCESS_LOG_FORMAT : other)).join("\n");
    expect(await read(new LogReader([format, new LogFormat(other)]), source(mixed))).toEqual(
      calls.map((each, index) => (index % 2 === 0 ? each : { ...each, errorType: undefined })),
    );
  });
});

test("any mix of lines is counted: each is a call, a duplicate, or noted with its place", async () => {
  const kinds = ["call", "again", "foreign", "cut", "keyless", "without time"] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...kinds), { maxLength: 40 }),
      fc.integer({ min: 1, max: 300 }),
      async (mix, size) => {
        const lines = mix.map((kind, index) => {
          const line = lineOf(
            call({ id: `id${kind === "again" ? "same" : index}=`, key: kind === "keyless" ? undefined : "abc1" }),
          );
          if (kind === "foreign") return "START of something else";
          if (kind === "cut") return line.slice(0, 90);
          return kind === "without time" ? line.replace(/"requestTimeEpoch":"\d+"/, '"requestTimeEpoch":"-"') : line;
        });
        const reader = new LogReader([format]);
        const calls = await read(reader, source(lines.join("\n"), size));
        const count = (kind: (typeof kinds)[number]) => mix.filter((each) => each === kind).length;
        const again = Math.max(0, count("again") - 1);
        expect(calls).toHaveLength(count("call") + count("keyless") + count("again") - again);
        expect(reader.lines).toBe(mix.length);
        const noted = (kind: Parameters<typeof reader.notes.get>[0]) => reader.notes.get(kind)?.count ?? 0;
        expect([noted("duplicate"), noted("another format"), noted("not a call"), noted("no key")]).toEqual([
          again,
          count("foreign") + count("cut"),
          count("without time"),
          count("keyless"),
        ]);
      },
    ),
    { numRuns: 100 },
  );
});

test("the first places are named, not what stands there", async () => {
  const reader = new LogReader([format]);
  await read(reader, source(`${lineOf(call())}\n${"secret\n".repeat(9)}`, 10, "logs/a.log"));
  expect(notesOf(reader)).toEqual({ "another format": [9, "logs/a.log:2", "logs/a.log:3", "logs/a.log:4"] });
});

test("a call that stands in two files is given once, and one that says no id is noted", async () => {
  const reader = new LogReader([format]);
  const again = `${lineOf(call())}\n${lineOf(call({ id: undefined }))}`;
  expect(await read(reader, source(lineOf(call()), 100, "a.log"), source(again, 100, "b.log"))).toHaveLength(2);
  expect(notesOf(reader)).toEqual({ duplicate: [1, "b.log:1"], "no id": [1, "b.log:2"] });
});

test("a line longer than any of a log is counted and not kept", async () => {
  const reader = new LogReader([format]);
  const content = `${lineOf(call())}\n${"x".repeat(3_000_000)}\n${lineOf(call({ id: "other=" }))}`;
  expect(await read(reader, source(content))).toHaveLength(2);
  expect(notesOf(reader)).toEqual({ "too long": [1, "api.log:2"] });
});

test("a file that was cut off is not taken for a whole one", async () => {
  const packed = gzipSync(
    numbered(500)
      .map((each) => lineOf(each))
      .join("\n"),
  );
  await expect(read(new LogReader([format]), source(packed.subarray(0, packed.length - 20)))).rejects.toThrow(
    /^api\.log: cannot be read to its end \(unexpected end of file\); nothing of it is counted; fetch it again/,
  );
});

test("logs of the same lines have the same digest, packed or not", async () => {
  const digestOf = async (content: string | Buffer) => {
    const reading = new LogReader([format]).read(source(content));
    for (;;) {
      const { done, value } = await reading.next();
      if (done) return value;
    }
  };
  const lines = numbered(9)
    .map((each) => lineOf(each))
    .join("\n");
  expect(await digestOf(gzipSync(lines))).toEqual(await digestOf(lines));
  expect(await digestOf(`${lines}\n`)).not.toEqual(await digestOf(lines));
});

test("a format that lacks what is needed is refused before anything is read", () => {
  expect(() => new LogReader([new LogFormat('{"a":"$context.status"}')])).toThrow(
    /does not have \$context\.identity\.apiKeyId/,
  );
});

test("what may be a key's value is not given as the id of a key", async () => {
  const reader = new LogReader([format]);
  const [only] = await read(reader, source(lineOf(call({ key: "hidden0123".repeat(2) }))));
  expect(only).toMatchObject({ key: undefined, hasKeyValue: true });
  expect(notesOf(reader)).toEqual({ "key value": [1, "api.log:1"] });
  expect(hasLostLines(reader)).toBe(true);
});
