import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { catalogOf } from "../../../examples/traffic/catalog";
import { keysOf, trafficLines } from "../../../examples/traffic/generate/traffic";
import { LogFormat } from "../../../src/logs/log-format";
import { logSources } from "../../../src/logs/log-sources";
import type { GatewayModel } from "../../../src/model/model";
import { withChanges } from "../../../src/replay/candidates/apply-changes";
import { parseChange } from "../../../src/replay/candidates/change";
import { engineCandidateOf, leftOutByEngines } from "../../../src/replay/engines/engine-candidate-of";
import { logStatement } from "../../../src/replay/engines/log-statement";
import { replayStatement } from "../../../src/replay/engines/replay-statement";
import { readTraffic } from "../../../src/replay/read-traffic";
import { replay } from "../../../src/replay/replay";
import type { ReplayReport } from "../../../src/replay/replay-report";
import { ACCESS_LOG_FORMAT } from "../../../src/vocabulary/access-log";
import { queryClickHouse } from "../../support/clickhouse";
import { readSynthesized } from "../../support/read-synthesized";
import { describeWith } from "../../support/requirements";
import { temporaryFolder } from "../../usage/support";

const folder = join(temporaryFolder(), "logs");
const catalog = catalogOf();
const model = readSynthesized(catalog);
const identities = { keys: new Map(Object.entries(keysOf(catalog))), apis: new Map<string, string>() };
const candidates = [
  { name: "as it is", model },
  withChanges(model, [parseChange("silver.quota.limit=2500"), parseChange("silver.throttle.burstLimit=12")]),
  withChanges(model, ["bronze.rateLimit=2.5", "bronze.quota.period=WEEK"].map(parseChange)),
];
const engineCandidates = candidates.map((candidate) => engineCandidateOf(candidate, identities));

let report: ReplayReport;
beforeAll(async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, "access.log"), [...trafficLines(catalog, { days: 3 })].join("\n"));
  const formats = [new LogFormat(ACCESS_LOG_FORMAT)];
  const traffic = await readTraffic({ sources: logSources([folder]), formats });
  report = replay({ traffic, candidates, identities });
}, 60_000);

/** By candidate and subscription, without gold, of which routes have limits of their own. */
const ofReport = () =>
  report.candidates.flatMap(({ name, tiers }) =>
    tiers
      .filter(({ tier }) => tier !== "gold")
      .flatMap(({ tier, customers }) =>
        customers.map(({ subscription, calls, refused, refusedBy }) => ({
          name: `${name} ${tier} ${subscription}`,
          calls,
          ...refused,
          throttled: refusedBy.plan ?? 0,
          quota: refusedBy.quota ?? 0,
        })),
      ),
  );

const ofEngine = (rows: readonly Record<string, unknown>[]) =>
  rows
    .filter(({ tier }) => tier !== "gold")
    .map((row) => ({
      name: `${row.candidate} ${row.tier} ${row.subscription}`,
      calls: Number(row.calls),
      low: Number(row.throttledLow) + Number(row.quotaLow),
      high: Number(row.throttledHigh) + Number(row.quotaHigh),
      throttled: Number(row.throttledHigh),
      quota: Number(row.quotaHigh),
    }));

type Counts = ReturnType<typeof ofEngine>[number];
const sorted = (counts: readonly Counts[]) => [...counts].sort((a, b) => (a.name < b.name ? -1 : 1));

test("DuckDB counts of a log what a replay counts", async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(logStatement("duckdb", folder));
  const answer = await connection.runAndReadAll(replayStatement("duckdb", engineCandidates, "access_log"));
  connection.closeSync();
  const counts = ofReport();
  expect(sorted(ofEngine(answer.getRowObjectsJson()))).toEqual(sorted(counts));
  expect(counts.filter(({ throttled, quota }) => throttled > 0 || quota > 0).length).toBeGreaterThan(10);
});

describeWith(["chdb"], "ClickHouse, of a log", () => {
  test("counts what a replay counts", () => {
    const statement = replayStatement("clickhouse", engineCandidates, "access_log");
    const [rows = []] = queryClickHouse([[logStatement("clickhouse", folder), statement]]);
    expect(sorted(ofEngine(rows))).toEqual(sorted(ofReport()));
  });
});

test("what an engine does not count is said", () => {
  expect(leftOutByEngines({ name: "as it is", model })).toEqual([
    'the limits of single routes in "gold" are not counted by an engine',
  ]);
});

test("keys that are disabled are left out, and a key in two usage plans is an error", () => {
  const subscriptions = engineCandidates[0]?.keys.map(({ subscription }) => subscription);
  expect(subscriptions).toHaveLength(39);
  expect(subscriptions).not.toContain("initech");
  const [first, ...others] = model.plans as [GatewayModel["plans"][number], ...GatewayModel["plans"]];
  const [second, ...rest] = others;
  const twice = {
    ...model,
    plans: [first, { ...second, keys: [...first.keys, ...(second?.keys ?? [])] }, ...rest] as GatewayModel["plans"],
  };
  expect(() => engineCandidateOf({ name: "twice", model: twice }, identities)).toThrow(
    /^candidate "twice": the key of "[a-z-]+" is in the usage plans "bronze" and "gold", and an engine does not know/,
  );
});
