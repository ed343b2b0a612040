import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { catalogOf } from "../../examples/traffic/catalog";
import { keysOf, trafficLines } from "../../examples/traffic/generate/traffic";
import { createProgram } from "../../src/cli/program";
import type { EngineReport } from "../../src/replay/engines/engine-report";
import { logStatement } from "../../src/replay/engines/log-statement";
import type { ReplayReport } from "../../src/replay/replay-report";
import { type Answer, AnsweringServer } from "../replay/engines/support";
import { queryClickHouse } from "../support/clickhouse";
import { synthesizeInto } from "../support/read-synthesized";
import { describeWith } from "../support/requirements";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "api-tiers-engine-"));
const [output, logs, keys] = ["cdktf.out", "logs", "keys.json"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const catalog = catalogOf();
const environment = { ...process.env };

beforeAll(() => {
  synthesizeInto(output, catalog);
  writeFileSync(keys, JSON.stringify(keysOf(catalog)));
  writeFileSync(join(folder, "notes.txt"), "not a log\n");
  mkdirSync(logs);
  const lines = [...trafficLines(catalog, { days: 2 })];
  const half = lines.length >> 1;
  writeFileSync(join(logs, "a.log"), `${lines.slice(0, half).join("\n")}\n`);
  writeFileSync(join(logs, "b.log.gz"), gzipSync(`${lines.slice(half).join("\n")}\n`));
});
afterEach(() => {
  process.env = { ...environment };
});
afterAll(() => rmSync(folder, { recursive: true }));

const LIMITS = ["--against", output, "--keys", keys];
const CHANGE = ["--set", "silver.quota.limit=2500", "--set", "bronze.rateLimit=2.5"];

async function replayed(...args: string[]): Promise<{ readonly text: string; readonly code: number }> {
  const lines: string[] = [];
  let code = 0;
  const log = jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  try {
    const program = createProgram((answer) => {
      code = answer;
    });
    await program.parseAsync(["replay", ...args], { from: "user" });
  } finally {
    log.mockRestore();
  }
  return { text: lines.join("\n"), code };
}

/** What each customer of a tier without limits of routes is refused, by candidate. */
const ofEngine = ({ candidates }: EngineReport) =>
  candidates.map(({ keys }) =>
    keys
      .filter(({ tier }) => tier !== "gold")
      .map(({ tier, subscription, calls, refused, refusedBy: { plan, quota } }) =>
        [tier, subscription, calls, refused.low, refused.high, plan.high, quota.high].join(" "),
      )
      .sort(),
  );
const ofReplay = ({ candidates }: ReplayReport) =>
  candidates.map(({ tiers }) =>
    tiers
      .filter(({ tier }) => tier !== "gold")
      .flatMap(({ tier, customers }) =>
        customers.map(({ subscription, calls, refused, refusedBy: { plan = 0, quota = 0 } }) =>
          [tier, subscription, calls, refused.low, refused.high, plan, quota].join(" "),
        ),
      )
      .sort(),
  );

const here = async (): Promise<ReplayReport> =>
  JSON.parse((await replayed(logs, ...LIMITS, ...CHANGE, "--no-cache", "--format", "json")).text);

test("DuckDB counts files and folders as a replay does", async () => {
  const { text, code } = await replayed(
    join(logs, "a.log"),
    join(logs, "b.log.gz"),
    ...LIMITS,
    ...CHANGE,
    "--engine",
    "duckdb",
    "--format",
    "json",
  );
  expect(code).toBe(0);
  const report: EngineReport = JSON.parse(text);
  expect(ofEngine(report)).toEqual(ofReplay(await here()));
  expect(report.candidates[1]?.refused.high).toBeGreaterThan(report.candidates[0]?.refused.high ?? 0);
  expect(report.notes).toEqual(
    expect.arrayContaining([
      'The limits of single routes in "gold" are not counted by an engine.',
      "The account's limit is not counted by an engine.",
      expect.stringContaining("What was used of a quota before the first call is not known"),
      expect.stringContaining("counts have two bounds"),
    ]),
  );
  const all = await replayed(logs, ...LIMITS, ...CHANGE, "--engine", "duckdb", "--format", "json");
  expect(all.text).toBe(text);
});

test("the text has a table of who is refused, and what an engine leaves out", async () => {
  const file = join(folder, "report.txt");
  const { text, code } = await replayed(logs, ...LIMITS, "--engine", "duckdb", "--output", file, "--fail-on-refused");
  expect({ text, code }).toEqual({ text: "", code: 2 });
  const report = readFileSync(file, "utf8");
  expect(report).toMatch(
    /^Replay by DuckDB\n\n.*: .* to .* of [\d,]+ calls refused\n +Tier +Subscription +Calls +Refused/,
  );
  expect(report).toMatch(/\n {2}bronze +\S+ +[\d,]+ +0 to \d+/);
  expect(report).toMatch(/\n {2}nothing refused of \d+ other keys\n/);
  expect(report).toMatch(/\nNot known, or not complete:\n- The limits of single routes in "gold"/);
  expect(report.split("\n").filter((line) => line.length > 110)).toEqual([]);
});

test("with --fail-on-refused, the last candidate is compared with the first one", async () => {
  const codeOf = async (...changes: string[]) =>
    (await replayed(logs, ...LIMITS, ...changes, "--engine", "duckdb", "--fail-on-refused")).code;
  expect(await codeOf("--set", "bronze.burstLimit=47")).toBe(0);
  expect(await codeOf("--set", "bronze.burstLimit=10")).toBe(2);
});

const json = (body: object): Answer => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

test("calls of other keys do not count, and without calls the exit code is 2", async () => {
  const server = await AnsweringServer.start(() => json({ data: [], rows: 0 }));
  try {
    const place = ["--engine", "clickhouse", "--table", "access_log", "--engine-url", server.url];
    const { text, code } = await replayed(...LIMITS, ...place);
    expect(code).toBe(2);
    expect(text).toMatch(/: 0 of 0 calls refused\n[\s\S]*There is no call with one of these keys: look at the table/);
  } finally {
    await server.stop();
  }
});

describeWith(["chdb"], "ClickHouse, over HTTP", () => {
  test("counts a table as a replay does", async () => {
    const server = await AnsweringServer.start(({ body }) => {
      const [data = []] = queryClickHouse([[logStatement("clickhouse", logs), body.replace(/\s*FORMAT JSON\s*$/, "")]]);
      return json({ data, rows: data.length });
    });
    try {
      Object.assign(process.env, { CLICKHOUSE_URL: server.url, CLICKHOUSE_USER: "reader", CLICKHOUSE_PASSWORD: "x" });
      const args = ["--engine", "clickhouse", "--table", "access_log", "--format", "json"];
      const { text } = await replayed(...LIMITS, ...CHANGE, ...args);
      expect(ofEngine(JSON.parse(text))).toEqual(ofReplay(await here()));
      expect(server.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from("reader:x").toString("base64")}`);
    } finally {
      await server.stop();
    }
  });
});

describe("--print-statement", () => {
  test.each(["athena", "clickhouse", "duckdb"])("prints what %s would be sent, with its table", async (engine) => {
    const { text } = await replayed(...LIMITS, "--engine", engine, "--table", "logs.calls", "--print-statement");
    expect(text).toMatch(
      /^WITH by_key AS \([\s\S]*FROM logs\.calls\n[\s\S]*ORDER BY position, tier, subscription, apiKeyId;$/,
    );
  });

  test("prints how to create the table of a place of logs, too", async () => {
    const { text } = await replayed("s3://acme-logs/prod", ...LIMITS, "--engine", "athena", "--print-statement");
    expect(text).toMatch(
      /^CREATE EXTERNAL TABLE access_log \([\s\S]*LOCATION 's3:\/\/acme-logs\/prod\/';\n\nWITH by_key[\s\S]*FROM access_log\n/,
    );
    const duckdb = await replayed(join(logs, "a.log"), ...LIMITS, "--engine", "duckdb", "--print-statement");
    expect(duckdb.text).toContain(`read_json(['${join(logs, "a.log")}'], format`);
  });

  test("prints nothing that controls a terminal", async () => {
    const scenarios = join(folder, "scenarios.json");
    writeFileSync(scenarios, JSON.stringify({ "a\u001b[2Jb": ["gold.quota=none"] }));
    const args = [...LIMITS, "--engine", "athena", "--table", "a", "--scenarios", scenarios, "--print-statement"];
    await expect(replayed(...args)).rejects.toThrow(/characters that would control a terminal.*--output$/);
    const file = join(folder, "statement.sql");
    await replayed(...args, "--output", file);
    expect(readFileSync(file, "utf8")).toContain("'a\u001b[2Jb'");
  });
});

test.each<[string, readonly string[], RegExp]>([
  ["nothing to read", LIMITS, /^no logs: give files, folders or s3:\/\/bucket\/prefix, or --engine with the --table/],
  [
    "a table without an engine",
    [logs, ...LIMITS, "--table", "a"],
    /^--table is for a replay in an engine; give --engine/,
  ],
  [
    "an engine without a table",
    ["--engine", "athena", ...LIMITS],
    /^--engine athena: give --table, the table of access logs/,
  ],
  [
    "DuckDB without files",
    ["--engine", "duckdb", ...LIMITS],
    /^--engine duckdb: give files or folders of access logs$/,
  ],
  ["DuckDB with a table", ["--engine", "duckdb", "--table", "a", ...LIMITS], /it reads files and has no tables/],
  [
    "a file that is not there",
    [join(folder, "x.log"), "--engine", "duckdb", ...LIMITS],
    /x\.log" does not exist; give files or folders/,
  ],
  [
    "a file that is not a log",
    [join(folder, "notes.txt"), "--engine", "duckdb", ...LIMITS],
    /^DuckDB cannot count the calls: .*JSON.*; it reads lines in the format of accessLog: true/,
  ],
  [
    "files for a server",
    [logs, "--engine", "clickhouse", ...LIMITS],
    /it reads a table; give --table, or --print-statement/,
  ],
  [
    "files and a table",
    [logs, "--engine", "clickhouse", "--table", "a", ...LIMITS],
    /give either --table or the places of logs, not both/,
  ],
  [
    "no address of a server",
    ["--engine", "clickhouse", "--table", "a", ...LIMITS],
    /give --engine-url, or set CLICKHOUSE_URL$/,
  ],
  [
    "a page",
    ["--engine", "athena", "--table", "a", "--format", "html", ...LIMITS],
    /there is no page of what an engine counts; give --format text or json$/,
  ],
  [
    "a format of lines",
    ["--engine", "athena", "--table", "a", "--log-format", "$context.status", ...LIMITS],
    /--log-format says how lines are read here/,
  ],
  [
    "an option of another engine",
    ["--engine", "athena", "--table", "a", "--engine-url", "http://x", ...LIMITS],
    /^--engine athena: --engine-url is for --engine clickhouse; leave it out$/,
  ],
  [
    "results in a folder",
    ["--engine", "athena", "--table", "a", "--results", "out", ...LIMITS],
    /^--results must be s3:\/\/bucket\/prefix\/, got "out"$/,
  ],
  [
    "logs in a folder for Athena",
    [logs, "--engine", "athena", "--print-statement", ...LIMITS],
    /Athena reads s3:\/\/bucket\/prefix, got/,
  ],
  [
    "a table that has no name",
    ["--engine", "athena", "--table", "a; DROP TABLE b", ...LIMITS],
    /got "a; DROP TABLE b"/,
  ],
  [
    "keys of which nothing is known",
    ["--engine", "athena", "--table", "a", "--against", output],
    /give --state, --keys, --store or --account$/,
  ],
  [
    "two candidates of one name",
    ["--engine", "athena", "--table", "a", ...LIMITS, "--against", output],
    /^two candidates have the name/,
  ],
])("%s is an error that says what to do", async (_, args, message) => {
  delete process.env.CLICKHOUSE_URL;
  await expect(replayed(...args)).rejects.toThrow(message);
});
