import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { LogFormat } from "../../src/logs/log-format";
import type { LogSource } from "../../src/logs/log-reader";
import { readTraffic } from "../../src/replay/read-traffic";
import { cachedTraffic, keptTraffic } from "../../src/replay/traffic-cache";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { call } from "../logs/support/rendered-lines";
import { lineOf, OWN_FORMAT, sourceOf } from "./support";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "traffic-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const formats = [OWN_FORMAT];
const kept = () => readdirSync(join(folder, "replay")).filter((name) => name !== ".gitignore");
const keptFile = () => join(folder, "replay", kept()[0] ?? "");

const LINES = Array.from({ length: 300 }, (_, index) =>
  lineOf(
    call({
      id: `id${index}=`,
      time: Date.UTC(2026, 10, 3) + index * 1_000_000,
      key: index % 7 === 0 ? undefined : `key${index % 5}`,
      path: index % 11 === 0 ? undefined : "/pets/{id}",
      errorType: index % 13 === 0 ? "THROTTLED" : null,
    }),
  ),
);
const first = gzipSync(`${LINES.slice(0, 200).join("\n")}\nforeign\n`);
const second = LINES.slice(200).join("\n");
const named = (a: string, b: string) => [sourceOf(first, 100, a), sourceOf(second, 100, b)];

test("what is read from the cache is what is read from the logs", async () => {
  const fromLogs = await readTraffic({ sources: named("a", "b"), formats });
  const written = await cachedTraffic({ sources: named("a", "b"), formats, folder });
  const read = await cachedTraffic({ sources: named("a", "b"), formats, folder });
  expect([written.cache, read.cache]).toEqual(["written", "read"]);
  expect(written.traffic).toEqual(fromLogs);
  expect(read.traffic).toStrictEqual(fromLogs);
  expect(kept()).toHaveLength(1);
});

test("what may be a key's value is in no file of the cache, and that there was one is", async () => {
  const value = "hidden0123".repeat(4);
  const sources = [sourceOf(lineOf(call({ key: value })))];
  for (const cache of ["written", "read"]) {
    const answer = await cachedTraffic({ sources, formats, folder });
    expect(answer.cache).toBe(cache);
    expect(answer.traffic.kinds).toEqual([expect.objectContaining({ key: undefined, hasKeyValue: true })]);
    expect(readFileSync(keptFile(), "latin1")).not.toContain("hidden");
  }
});

test("what is known of times is kept, too", async () => {
  const seconds = new LogFormat(ACCESS_LOG_FORMAT.replace("$context.requestTimeEpoch", "$context.requestTime"));
  const sources = [sourceOf(lineOf(call(), seconds.text))];
  for (const cache of ["written", "read"])
    expect(await cachedTraffic({ sources, formats: [seconds], folder })).toMatchObject({
      cache,
      traffic: { reading: { wholeSeconds: 1 } },
    });
});

test("logs are known again in another order and by other names, and places have the names of now", async () => {
  await cachedTraffic({ sources: named("a", "b"), formats, folder });
  const again = await cachedTraffic({ sources: named("c:1", "d").reverse(), formats, folder });
  expect(again.cache).toBe("read");
  expect(again.traffic.reading.notes["another format"]).toEqual({ count: 1, places: ["c:1:201"] });
});

test.each<[string, Parameters<typeof cachedTraffic>[0]]>([
  ["one log less", { sources: named("a", "b").slice(1), formats, folder: "" }],
  ["the same log twice", { sources: [...named("a", "b"), ...named("c", "d").slice(1)], formats, folder: "" }],
  [
    "another format",
    { sources: named("a", "b"), formats: [...formats, new LogFormat(`${ACCESS_LOG_FORMAT} `)], folder: "" },
  ],
  ["another default", { sources: named("a", "b"), formats, defaults: { stage: "test" }, folder: "" }],
])("%s is not in the cache", async (_what, options) => {
  await cachedTraffic({ sources: named("a", "b"), formats, folder });
  expect((await cachedTraffic({ ...options, folder })).cache).toBe("written");
});

test("an object of a bucket that says its version is not read to know it again", async () => {
  let reads = 0;
  const object = (version: string): LogSource => ({
    name: "s3://logs/a.gz",
    version,
    bytes() {
      reads++;
      return sourceOf(first).bytes();
    },
  });
  for (const version of ["1", "1", "2"]) await cachedTraffic({ sources: [object(version)], formats, folder });
  expect(reads).toBe(2);
});

test("a file of the cache that is damaged in any way is replaced", async () => {
  const fromLogs = await readTraffic({ sources: named("a", "b"), formats });
  await cachedTraffic({ sources: named("a", "b"), formats, folder });
  const whole = readFileSync(keptFile());
  const damages = fc.oneof(
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
      const changed = Buffer.from(whole);
      changed.writeUInt8((changed[at] ?? 0) ^ change, at);
      return changed;
    }),
    fc.uint8Array({ minLength: 1, maxLength: 40 }).map((more) => Buffer.concat([whole, more])),
  );
  await fc.assert(
    fc.asyncProperty(damages, async (damaged) => {
      writeFileSync(keptFile(), damaged);
      const { traffic, cache } = await cachedTraffic({ sources: named("a", "b"), formats, folder });
      expect(cache).toBe("replaced");
      expect(traffic).toEqual(fromLogs);
      expect(readFileSync(keptFile()).equals(whole)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("a log that grows while it is read is not kept as what it was before", async () => {
  let reads = 0;
  const growing: LogSource = { name: "a", bytes: () => sourceOf(LINES.slice(0, ++reads).join("\n")).bytes() };
  const { traffic, cache } = await cachedTraffic({ sources: [growing], formats, folder });
  expect([traffic.reading.calls, cache]).toEqual([2, "not written"]);
});

test("a folder that cannot be written to does not keep calls from being read", async () => {
  writeFileSync(join(folder, "replay"), "a file");
  const { traffic, cache } = await cachedTraffic({ sources: named("a", "b"), formats, folder });
  expect([traffic.reading.calls, cache]).toEqual([300, "not written"]);
});

test("logs that were not asked for in a long time are forgotten", async () => {
  for (let index = 0; index < 25; index++)
    await cachedTraffic({ sources: [sourceOf(LINES[index] ?? "")], formats, folder });
  expect(kept()).toHaveLength(20);
  expect((await cachedTraffic({ sources: [sourceOf(LINES[24] ?? "")], formats, folder })).cache).toBe("read");
});

test("files of the folder that are not the cache's stay as they are, whatever they are called", async () => {
  const others = ["notes.txt", "a.new", "0".repeat(63), "f".repeat(64), `${"f".repeat(64)}.keep`, ".gitignore"];
  mkdirSync(join(folder, "replay"));
  for (const name of others) {
    writeFileSync(join(folder, "replay", name), name);
    utimesSync(join(folder, "replay", name), 0, 0);
  }
  for (let index = 0; index < 25; index++)
    await cachedTraffic({ sources: [sourceOf(LINES[index] ?? "")], formats, folder });
  for (const name of others) expect(readFileSync(join(folder, "replay", name), "utf8")).toBe(name);
  expect(kept()).toHaveLength(20 + others.length - 1);
});

test("what a program left that was ended while it wrote is removed after a day", async () => {
  await cachedTraffic({ sources: named("a", "b"), formats, folder });
  const [old = "", fresh = ""] = ["0", "1"].map((digit) => `${keptFile()}.${digit.repeat(36)}.new`);
  for (const path of [old, fresh]) writeFileSync(path, "");
  utimesSync(old, 0, 0);
  await cachedTraffic({ sources: named("a", "b").slice(1), formats, folder });
  expect(kept().filter((name) => name.endsWith(".new"))).toEqual([basename(fresh)]);
});

test("a new folder is left out of Git, and its files are for the user alone", async () => {
  await cachedTraffic({ sources: named("a", "b"), formats, folder });
  expect(readFileSync(join(folder, "replay", ".gitignore"), "utf8")).toBe("*\n");
  expect(statSync(keptFile()).mode & 0o777).toBe(0o600);
});

test("a log that can be read only once is read once, and not kept", async () => {
  let reads = 0;
  const pipe: LogSource = {
    name: "/dev/fd/63",
    isReadOnce: true,
    bytes: () => sourceOf(reads++ === 0 ? LINES.join("\n") : "").bytes(),
  };
  const { traffic, cache } = await cachedTraffic({ sources: [pipe, ...named("a", "b").slice(1)], formats, folder });
  expect([traffic.reading.lines, cache, reads]).toEqual([400, "not written", 1]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a pipe is not opened to see whether it is a file of the cache", async () => {
  execFileSync("mkfifo", [join(folder, "pipe")]);
  expect(await keptTraffic(join(folder, "pipe"))).toBeUndefined();
});

test("a log that cannot be read is named, and nothing of it is kept", async () => {
  const sources = [sourceOf(first.subarray(0, first.length - 9), 100, "cut.gz")];
  await expect(cachedTraffic({ sources, formats, folder })).rejects.toThrow(/^cut\.gz: cannot be read to its end/);
  expect(readdirSync(folder)).toEqual([]);
});

test("a file of the cache has the calls without the logs", async () => {
  const { traffic } = await cachedTraffic({ sources: named("a", "b"), formats, folder });
  const alone = await keptTraffic(keptFile());
  expect(alone?.days).toEqual(traffic.days);
  expect(alone?.reading.notes["another format"]).toEqual({
    count: 1,
    places: [expect.stringMatching(/^log [0-9a-f]{12}:201$/)],
  });
});

test("a log and a folder are not taken for files of the cache, and one that is damaged is an error", async () => {
  writeFileSync(join(folder, "api.log"), LINES.join("\n"));
  expect(await keptTraffic(join(folder, "api.log"))).toBeUndefined();
  expect(await keptTraffic(folder)).toBeUndefined();
  expect(await keptTraffic(join(folder, "nothing"))).toBeUndefined();
  await cachedTraffic({ sources: named("a", "b"), formats, folder });
  writeFileSync(keptFile(), readFileSync(keptFile()).subarray(0, -4));
  await expect(keptTraffic(keptFile())).rejects.toThrow(/is damaged or another version wrote it; name the logs/);
});
