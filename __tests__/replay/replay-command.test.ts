import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineCatalog } from "../../src";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { command } from "../usage/support/command";
import { lineOf } from "./support";

const START = Date.UTC(2026, 9, 5, 8);
/** As long as a value that AWS makes. */
const KEY_VALUE = "abcdefghijklmnopqrstuvwxyz0123456789abcd";

const catalogOf = (...apis: string[]) =>
  defineCatalog({
    apis: Object.fromEntries(
      apis.map((api) => [api, { stages: { prod: {} }, routes: { [`GET /${api}`]: { mock: 200 } } }]),
    ),
    tiers: {
      silver: { access: Object.fromEntries(apis.map((api) => [api, "*"])), quota: { limit: 100, period: "DAY" } },
      gold: { access: Object.fromEntries(apis.map((api) => [api, "*"])), throttle: { rateLimit: 5, burstLimit: 10 } },
    },
    subscriptions: { ann: { tier: "gold" }, joe: { tier: "silver" } },
  } as never);

const call = (key: string | undefined, index: number) =>
  lineOf({
    ...{ time: START + index, id: `${key}${index}x=`, key, api: "api1", stage: "prod" },
    ...{ method: "GET", path: "/pets", status: 200, errorType: undefined },
  });
/** Ten calls of ann at one moment. */
const LINES = Array.from({ length: 10 }, (_, index) => call("key1", index));
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "replay-"));
  synthesizeCatalog(catalogOf("pets"), at("stacks"));
  synthesizeCatalog(catalogOf("cats", "dogs"), at("others"));
  synthesizeCatalog(catalogOf("pets"), at("unknown"));
  const open = { stages: { prod: {} }, routes: { "GET /pets": { mock: 200, apiKeyRequired: false } } } as const;
  synthesizeCatalog(defineCatalog({ apis: { pets: open }, tiers: {}, subscriptions: {} }), at("open"));
  for (const file of readdirSync(at("unknown"), { recursive: true, encoding: "utf8" }).filter((each) =>
    each.endsWith(".json"),
  )) {
    const content = readFileSync(join(at("unknown"), file), "utf8");
    writeFileSync(join(at("unknown"), file), content.replace('"rate_limit": 5', '"rate_limit": "${var.rate}"'));
  }
  mkdirSync(at("empty"));
  const packed = gzipSync(text(LINES));
  const files: Readonly<Record<string, string | Buffer>> = {
    "api.log": text(LINES),
    "empty.log": "",
    "cut.log.gz": packed.subarray(0, packed.length - 20),
    "no-ids.log": text(LINES.map((line) => line.replace(/"apiKeyId":"[^"]*"/, '"apiKeyId":"-"'))),
    "values.log": text([call(KEY_VALUE, 0)]),
    "common.log": '192.0.2.1 - - [05/Oct/2026:08:00:00 +0000] "GET /pets HTTP/1.1" 200 12 0e954666\n',
    "mixed.log": `${text(LINES)}hello\n`,
    "keys.json": '{ "key1": "ann" }',
    "other-keys.json": '{ "key2": "ann" }',
    "values.json": `{ "${KEY_VALUE}": "ann" }`,
    "list.json": '["key1"]',
    "not.json": "key1: ann",
    "scenarios.yaml": "bold: gold.rateLimit=50\nbolder: [gold.rate=50]\n",
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command on files of the folder; `@name` is the path of one. */
const replay = (line: string) => {
  const given = line.split(" ").map((word) => word.replace(/^@/, `${folder}/`));
  const against = given.includes("--against") ? [] : ["--against", at("stacks")];
  return command("replay", ...given, ...against, "--no-cache");
};

/** What is printed, without the width of the terminal. */
const words = ({ output }: { readonly output: string }) => output.replaceAll(/\s+/g, " ");

describe("a mistake says where it is, what came, what is allowed and what to do", () => {
  test.each<[mistake: string, line: string, message: RegExp]>([
    [
      "a path of logs",
      "@nothing.log",
      /"\S+nothing\.log" cannot be read \(ENOENT\); name files of access logs, folders, or s3:/,
    ],
    [
      "a path of stacks",
      "@api.log --against @nothing",
      /nothing holds no synthesized stack; run .*, or name the folder/,
    ],
    [
      "a gzip that is cut off",
      "@cut.log.gz",
      /cut\.log\.gz: cannot be read to its end \(unexpected end of file\); nothing of it is counted; fetch it again, or leave it out/,
    ],
    [
      "a tier",
      "@api.log --set silvr.quota.limit=5",
      /"silvr\.quota\.limit=5": there is no tier "silvr"; did you mean "silver"\?/,
    ],
    ["a limit", "@api.log --set gold.limit=5", /"gold\.limit=5" changes no limit that is known; write it as gold\.thr/],
    [
      "a whole quota",
      "@api.log --set silver.quota=5",
      /"silver\.quota=5": a whole throttle or quota can only become none, got "5"; change .* quota\.limit and quota\.period/,
    ],
    ["a number", "@api.log --set gold.burstLimit=-3", /burstLimit must be a number above 0, got "-3"/],
    ["a part of a call", "@api.log --set gold.burstLimit=2.5", /burstLimit must be a whole number, got "2\.5"/],
    ["a period", "@api.log --set silver.quota.period=HOUR", /period must be DAY, WEEK or MONTH, got "HOUR"/],
    [
      "a limit that is half there",
      "@api.log --set gold.quota.limit=5",
      /"gold\.quota\.limit=5": "gold" has no quota yet, which needs limit and period; set period as well/,
    ],
    [
      "a sweep that runs backwards",
      "@api.log --sweep gold.rateLimit=200..10",
      /"gold\.rateLimit=200\.\.10" begins with the higher value; write "gold\.rateLimit=10\.\.200"/,
    ],
    [
      "a sweep of one value",
      "@api.log --sweep gold.rateLimit=5..5",
      /has one value; give it with --set, as "gold\.rateLi/,
    ],
    [
      "a sweep without end",
      "@api.log --sweep gold.rateLimit=5",
      /is not a sweep; write it as gold\.rateLimit=10\.\.200/,
    ],
    [
      "scenarios",
      "@api.log --scenarios @scenarios.yaml",
      /"bold": must be a list of changes, got "gold.rateLimit=50"\n.*"gold\.rate=50" changes no limit.*\nwrite each as/,
    ],
    ["a path of keys", "@api.log --keys @nothing.json", /--keys "\S+" cannot be read \(ENOENT\); check its path/],
    [
      "keys that are not JSON",
      "@api.log --keys @not.json",
      /is not valid JSON; write it as \{ "<id of the key in AWS>"/,
    ],
    ["a list of keys", "@api.log --keys @list.json", /must be an object; write it as \{ "<id of the key in AWS>"/],
    [
      "the value of a key",
      "@api.log --keys @values.json",
      /entry 1: its name has 40 characters, and the id of a key has at most 19 .* no place here\nwrite it as/,
    ],
    [
      "keys in place of a state",
      "@api.log --state @keys.json",
      /keys\.json is JSON, but not of "terraform show -json"; give it a plan or a state/,
    ],
    [
      "a store that is not there",
      "@api.log --store @nothing",
      /--store "\S+nothing" has nothing of the days of the logs, nor of the days before; check its address, or run/,
    ],
    [
      "a folder to write to",
      "@api.log --output @nothing/a.json",
      /--output "\S+" cannot be written \(ENOENT\); check its pa/,
    ],
    [
      "a format that says too little",
      "@api.log --log-format $context.status",
      /does not have \$context\.identity\.apiKeyId \(whose key it was\), .*; add it to the stage's accessLog/,
    ],
  ])("%s", async (_, line, message) => {
    const { error: failure } = await replay(line);
    expect(failure).toMatch(message);
    expect(failure).not.toContain(KEY_VALUE);
  });
});

describe("logs of which something is missing", () => {
  test.each<[logs: string, line: string, note: RegExp, answer: number]>([
    ["no file", "@empty", /There is no file in the folders that were named: look at their paths/, 2],
    ["no line", "@empty.log", /There is no line in the file of the logs: look at the paths/, 2],
    ["lines in another format", "@common.log", /1 line is not in the format .* give their format with --log-format/, 2],
    [
      "some other lines",
      "@mixed.log --keys @keys.json",
      /1 line is not in the format of the log \(.*mixed.log:11\)/,
      2,
    ],
    [
      "no ids of keys",
      "@no-ids.log --keys @keys.json",
      /10 calls were answered on a route that needs a key, and the log does not say .* add apiKeyId: "\$context\.identity\.apiKeyId"/,
      0,
    ],
    ["keys of others", "@api.log --keys @other-keys.json", /10 calls have a key of which nobody .* or --account\./, 0],
    [
      "an API that is not in the stacks",
      "@api.log --keys @keys.json --against @others",
      /10 calls are of an API that is not in the stacks.* give the states of the APIs with --state, or other stacks/,
      0,
    ],
  ])("%s", async (_, line, note, answer) => {
    const shown = await replay(line);
    expect(words(shown)).toMatch(note);
    expect(shown.answer).toBe(answer);
    expect((await replay(`${line} --fail-on-refused`)).answer).toBe(2);
  });
});

test("exits with 2 where the last candidate would have refused calls that the first would not, if that is asked for", async () => {
  const answer = async (line: string) => (await replay(`@api.log --keys @keys.json ${line}`)).answer;
  expect(await answer("--fail-on-refused")).toBe(0);
  expect(await answer("--set gold.burstLimit=9")).toBe(0);
  expect(await answer("--set gold.burstLimit=9 --fail-on-refused")).toBe(2);
  expect(await answer("--set gold.burstLimit=11 --fail-on-refused")).toBe(0);
  expect(await answer("--against @stacks --against @unknown")).toBe(0);
  expect(await answer("--against @stacks --against @unknown --fail-on-refused")).toBe(2);
  expect(await answer("--against @unknown --against @stacks --fail-on-refused")).toBe(0);
  const keyed = async (line: string) => (await replay(`@no-ids.log --against @open --against ${line}`)).answer;
  expect(await keyed("@open --fail-on-refused")).toBe(0);
  expect(await keyed("@stacks --fail-on-refused")).toBe(2);
});

test("writes JSON to a file", async () => {
  await replay(`@api.log --keys @keys.json --set gold.burstLimit=9 --format json --output @report.json`);
  const { candidates } = JSON.parse(readFileSync(at("report.json"), "utf8"));
  expect(candidates.map(({ refused }: { readonly refused: object }) => refused)).toEqual([
    { low: 0, high: 0 },
    { low: 1, high: 1 },
  ]);
});

test("a log that has what may be a key's value is never printed, and is not all that is needed", async () => {
  for (const format of ["text", "json", "html"]) {
    const { output, answer } = await replay(`@values.log --keys @keys.json --format ${format}`);
    expect(output).not.toContain(KEY_VALUE);
    expect(output.replaceAll(/\s+/g, " ")).toMatch(/may be a key(?:'|&#39;|&apos;)s value/);
    expect(answer).toBe(2);
  }
});
