import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { logStatement } from "../../../src/replay/engines/log-statement";
import { replayStatement } from "../../../src/replay/engines/replay-statement";
import { ENGINES } from "../../../src/usage/store/engine-statements";
import { ACCESS_LOG_FIELDS } from "../../../src/vocabulary/access-log";
import { queryClickHouse } from "../../support/clickhouse";
import { describeWith } from "../../support/requirements";
import { trinoProblems } from "../../support/trino-parser";
import { temporaryFolder } from "../../usage/support";
import { answersOfLimiter, arbitraryCase, type Case } from "./cases";

const folder = temporaryFolder();
const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);
const cases = fc.sample(arbitraryCase, RUNS).map((each, index) => ({ ...each, folder: join(folder, String(index)) }));

beforeAll(() => {
  for (const { folder, lines } of cases) {
    mkdirSync(folder);
    writeFileSync(join(folder, "access.log"), lines.join("\n"));
  }
});

const numbered = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        ["candidate", "tier", "subscription", "apiKeyId"].includes(name) ? value : Number(value),
      ]),
    ),
  );

test("the cases have calls that throttles and quotas refuse, and quotas of each period", () => {
  const rows = cases.flatMap(answersOfLimiter);
  for (const name of ["throttledLow", "quotaLow", "throttledHigh", "quotaHigh"] as const)
    expect(rows.filter((row) => row[name] > 0).length).toBeGreaterThan(RUNS / 4);
  expect(
    rows.filter(({ throttledHigh, quotaHigh, calls }) => throttledHigh + quotaHigh < calls).length,
  ).toBeGreaterThan(RUNS / 4);
  const periods = cases.flatMap(({ candidates }) =>
    candidates.flatMap(({ tiers }) => tiers.map(({ quota }) => quota?.period)),
  );
  expect(new Set(periods)).toEqual(new Set([undefined, "DAY", "WEEK", "MONTH"]));
});

test("DuckDB counts what the limiter counts", async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  for (const each of cases) {
    await connection.run(logStatement("duckdb", each.folder));
    const answer = await connection.runAndReadAll(replayStatement("duckdb", each.candidates, "access_log"));
    expect(numbered(answer.getRowObjectsJson())).toEqual(answersOfLimiter(each));
    await connection.run("DROP VIEW access_log");
  }
  connection.closeSync();
});

describeWith(["chdb"], "ClickHouse", () => {
  test("counts what the limiter counts", () => {
    const statements = cases.map((each, index) => {
      const table = `access_log_${index}`;
      const view = logStatement("clickhouse", each.folder).replace("VIEW access_log", `VIEW ${table}`);
      return [view, replayStatement("clickhouse", each.candidates, table)] as const;
    });
    const answers = queryClickHouse(statements);
    for (const [index, each] of cases.entries()) expect(numbered(answers[index] ?? [])).toEqual(answersOfLimiter(each));
  });
});

test("Athena's statements are ones of Trino", () => {
  for (const { candidates } of cases.slice(0, 2))
    expect(trinoProblems(replayStatement("athena", candidates, "logs.access_log"))).toEqual([]);
  // The parser prints what it finds, too.
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  expect(
    trinoProblems(replayStatement("athena", (cases[0] as Case).candidates, "a").replace("reduce(", "reduce(((")),
  ).not.toEqual([]);
});

test.each(ENGINES)("the table of %s has a column for each field of a line", (engine) => {
  const statement = logStatement(engine, "s3://acme-logs/prod/").toLowerCase();
  for (const name of Object.keys(ACCESS_LOG_FIELDS))
    expect(statement).toMatch(new RegExp(`[ \`]${name.toLowerCase()}[\`: ]`));
  expect(statement).toMatch(/s3:\/\/acme-logs\/prod\/|acme-logs\.s3\.amazonaws\.com\/prod\//);
});

const candidate = {
  name: "as it is",
  tiers: [{ tier: "gold", throttle: { rateLimit: 10, burstLimit: 20 } }],
  keys: [{ key: "key1", subscription: "joe-black", tier: "gold" }],
};

test("candidates that assign keys to the same tiers name them once", () => {
  const statement = replayStatement("clickhouse", [candidate, { ...candidate, name: "again" }], "access_log");
  expect(statement.match(/joe-black/g)).toHaveLength(1);
  expect(statement).toContain("'again'");
});

test("a key whose tier has no limits, and a table that has no name, are errors", () => {
  const lost = { ...candidate, keys: [{ key: "key1", subscription: "joe-black", tier: "bronze" }] };
  expect(() => replayStatement("athena", [lost], "access_log")).toThrow(
    'candidate "as it is": key "key1" is on tier "bronze", which has no limits there; add the tier',
  );
  expect(() => replayStatement("athena", [candidate], "x; DROP TABLE y")).toThrow('got "x; DROP TABLE y"');
});

test("more keys than Athena's longest statement can name are an error", () => {
  const keys = Array.from({ length: 10_000 }, (_, index) => ({
    key: `key${index}`,
    subscription: `subscription-${index}`,
    tier: "gold",
  }));
  expect(() => replayStatement("athena", [{ ...candidate, keys }], "access_log")).toThrow(
    /^the statement for 10,000 keys on 1 tiers of candidates has [\d,]+ bytes, and Athena takes 262,144; replay the keys of one tier/,
  );
});
