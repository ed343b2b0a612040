import { DuckDBInstance } from "@duckdb/node-api";
import { ENGINES, engineStatement } from "../../../src/usage/store/engine-statements";
import { usageFile } from "../../../src/usage/store/usage-lines";
import { openUsageStore } from "../../../src/usage/store/usage-store";
import { temporaryFolder, usageLine } from "../support";

const folder = temporaryFolder();

async function answersOf(...queries: string[]): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(engineStatement("duckdb", folder));
  const answers: unknown[][] = [];
  for (const query of queries) answers.push((await connection.runAndReadAll(query)).getRowsJson());
  connection.closeSync();
  return answers;
}

test("DuckDB reads a store as a table, with the day and the plan of each line", async () => {
  const store = await openUsageStore(folder);
  const write = (day: string, plan: string, ...lines: ReturnType<typeof usageLine>[]) =>
    store.updateLines(usageFile(day, plan), () => lines);
  await write("2026-10-31", "123456", usageLine({ used: 100 }));
  await write(
    "2026-11-01",
    "123456",
    usageLine({ used: 3, customer: 'Größe & Co. "quoted"' }),
    usageLine({ key: "key2", subscription: null, used: 4 }),
  );
  await write(
    "2026-11-02",
    "a1b2c3",
    usageLine({ tier: "gold", used: 9_007_199_254_740_991, finalSince: "2026-11-04T00:40:00.000Z" }),
  );
  // A plan that was read and had no member.
  await write("2026-11-02", "123456");
  const [months, first, last, types] = await answersOf(
    "SELECT strftime(day, '%Y-%m') AS month, sum(used)::VARCHAR FROM usage_days GROUP BY month ORDER BY month",
    "SELECT day, plan, customer, remaining, correctedFrom FROM usage_days WHERE key = 'key1' AND day = '2026-11-01'",
    "SELECT tier, final, finalSince FROM usage_days WHERE day > '2026-11-01'",
    "SELECT typeof(day), typeof(plan), typeof(used), typeof(enabled), typeof(read) FROM usage_days LIMIT 1",
  );
  expect(months).toEqual([
    ["2026-10", "100"],
    ["2026-11", "9007199254740998"],
  ]);
  expect(first).toEqual([["2026-11-01", "123456", 'Größe & Co. "quoted"', "997", null]]);
  expect(last).toEqual([["gold", false, "2026-11-04 00:40:00"]]);
  expect(types).toEqual([["DATE", "VARCHAR", "BIGINT", "BOOLEAN", "TIMESTAMP"]]);
});

test.each(ENGINES)("the statement of %s has a column for each field of a line", (engine) => {
  const statement = engineStatement(engine, "s3://acme-metering/usage/").toLowerCase();
  for (const name of Object.keys(usageLine()))
    expect(statement).toMatch(new RegExp(`[ \`]${name.toLowerCase()}[\`: ]`));
  expect(statement).toMatch(/s3:\/\/acme-metering\/usage\/usage\/|acme-metering\.s3\.amazonaws\.com\/usage\/usage\//);
});

test("a quote in the name of a folder stays one", () => {
  expect(engineStatement("duckdb", "it's here")).toContain("'it''s here/usage/");
});
