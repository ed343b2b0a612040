import { statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { GatewayModel } from "../model/model";
import { tierOf } from "../replay/answers/fits";
import type { Candidate } from "../replay/candidates/candidate";
import { identitiesInStore } from "../replay/earlier-use";
import type { EngineCandidate } from "../replay/engines/engine-candidate";
import { engineCandidateOf } from "../replay/engines/engine-candidate-of";
import { type EngineReport, engineReport } from "../replay/engines/engine-report";
import { type AnsweredRow, engineRows } from "../replay/engines/engine-rows";
import { filesStatement, logStatement } from "../replay/engines/log-statement";
import { queryAthena } from "../replay/engines/query-athena";
import { queryClickHouse } from "../replay/engines/query-clickhouse";
import { queryDuckDb } from "../replay/engines/query-duckdb";
import { replayStatement } from "../replay/engines/replay-statement";
import type { LogIdentities } from "../replay/log-identities";
import { type ComparedTier, compare } from "../replay/report/compare";
import { engineText } from "../replay/report/engine-text";
import { printable } from "../text/printable";
import { printableJson } from "../text/printable-json";
import { show } from "../text/show";
import type { Engine } from "../usage/store/engine-statements";
import { openUsageStore } from "../usage/store/usage-store";
import type { EngineOptions, ReplayCommandOptions } from "./replay-options";
import { candidatesOf, knownIdentities } from "./replayed-limits";
import { writtenTo } from "./written-to";

/** The table that the statement of `logStatement` creates. */
const OWN_TABLE = "access_log";

/**
 * Lets an engine count, and brings home a row for each key and candidate.
 *
 * @returns what to print, if it is not written to a file, and whether the exit code is 0
 */
export async function replayInEngine(
  logs: readonly string[],
  engine: Engine,
  options: ReplayCommandOptions,
): Promise<{ readonly text: string | undefined; readonly isFine: boolean }> {
  const { table = OWN_TABLE, format, output } = options;
  checkOptions(logs, engine, options);
  const candidates = await candidatesOf(options);
  const identities = await identitiesOf(options, candidates[0]?.model);
  const tried = candidates.map((candidate) => engineCandidateOf(candidate, identities));
  checkCandidates(tried);
  const statement = replayStatement(engine, tried, table);
  if (options.printStatement) {
    const text = [...tableOf(logs, engine), `${statement};`].join("\n\n");
    if (output === undefined) checkPrintable(text);
    return { text: writtenTo(output, text), isFine: true };
  }
  const rows = engineRows(NAMES[engine], await QUERIES[engine](statement, logs, options), tried);
  const report = engineReport({ engine, candidates, tried, rows });
  return {
    text: writtenTo(output, format === "json" ? printableJson(report) : engineText(report)),
    isFine: rows.some(({ calls }) => calls > 0) && !(options.failOnRefused && mayRefuse(report, candidates)),
  };
}

/** Whether the last candidate refuses calls that the first does not, or may, because its limits are not known; by what an engine counts. */
function mayRefuse(report: Pick<EngineReport, "candidates">, candidates: readonly Candidate[]): boolean {
  const [first, ...others] = report.candidates.map(({ keys }, index) =>
    keys.map(({ tier, subscription, calls, refused }): ComparedTier => {
      const plans = candidates[index]?.model.plans.filter((plan) => plan.id === tier || tierOf(plan) === tier);
      const unknownLimits = (plans ?? []).flatMap((plan) => plan.unknownLimits);
      return { unknownLimits, customers: [{ subscription, calls, refused, days: 0 }] };
    }),
  );
  const last = others.at(-1) ?? first ?? [];
  if (last.some(({ unknownLimits }) => unknownLimits.length > 0)) return true;
  const { costs, loses } = compare({ tiers: others.length === 0 ? [] : (first ?? []) }, { tiers: last });
  return costs.length > 0 || loses.length > 0;
}

const NAMES: Readonly<Record<Engine, string>> = { athena: "Athena", clickhouse: "ClickHouse", duckdb: "DuckDB" };

type Query = (statement: string, logs: readonly string[], options: EngineOptions) => Promise<AnsweredRow[]>;

const QUERIES: Readonly<Record<Engine, Query>> = {
  athena: (statement, _, { workgroup, results }) => queryAthena(statement, { workgroup, results, wait }),
  clickhouse: (statement, _, { engineUrl }) => {
    const { CLICKHOUSE_URL, CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = process.env;
    const url = engineUrl ?? CLICKHOUSE_URL;
    if (url === undefined)
      throw new Error("--engine clickhouse: which server is not known; give --engine-url, or set CLICKHOUSE_URL");
    return queryClickHouse(statement, { url, user, password });
  },
  duckdb: (statement, logs) => queryDuckDb(statement, logs.map(patternOf)),
};

/** The statement that creates the table, if the places of logs are given. */
function tableOf(logs: readonly string[], engine: Engine): string[] {
  if (engine !== "duckdb") return logs.map((place) => logStatement(engine, place));
  return logs.length === 0 ? [] : [filesStatement(logs.map(patternOf))];
}

/** All files of a folder. */
function patternOf(log: string): string {
  if (log.startsWith("s3://")) return `${log.replace(/\/+$/, "")}/**`;
  const found = statSync(log, { throwIfNoEntry: false });
  if (!found) throw new Error(`${show(log)} does not exist; give files or folders of access logs`);
  return found.isDirectory() ? `${log.replace(/\/+$/, "")}/**` : log;
}

async function identitiesOf(options: ReplayCommandOptions, model: GatewayModel | undefined): Promise<LogIdentities> {
  const { store } = options;
  const stored = store === undefined ? undefined : await identitiesInStore(await openUsageStore(store));
  if (stored?.keys.size === 0)
    throw new Error(
      `--store ${show(store)} says of no key whose it is; check its address, or run "api-tiers usage collect"`,
    );
  return (await knownIdentities(options, model))(stored);
}

function checkOptions(logs: readonly string[], engine: Engine, options: ReplayCommandOptions): void {
  const { table, format, logFormat, api, stage, printStatement, engineUrl, workgroup, results } = options;
  const where = `--engine ${engine}`;
  if (format === "html")
    throw new Error(`${where}: there is no page of what an engine counts; give --format text or json`);
  const unread = { "--log-format": logFormat[0], "--api": api, "--stage": stage };
  for (const [option, value] of Object.entries(unread))
    if (value !== undefined)
      throw new Error(
        `${where}: ${option} says how lines are read here, and an engine reads the columns of accessLog: true; leave it out`,
      );
  const others = [
    ["--engine-url", engineUrl, "clickhouse"],
    ["--workgroup", workgroup, "athena"],
    ["--results", results, "athena"],
  ] as const;
  for (const [option, value, owner] of others)
    if (value !== undefined && engine !== owner)
      throw new Error(`${where}: ${option} is for --engine ${owner}; leave it out`);
  if (results !== undefined && !/^s3:\/\/[^/]+/.test(results))
    throw new Error(`--results must be s3://bucket/prefix/, got ${show(results)}`);
  if (table !== undefined && logs.length > 0)
    throw new Error(`${where}: give either --table or the places of logs, not both`);
  if (table === undefined && logs.length === 0)
    throw new Error(
      engine === "duckdb"
        ? `${where}: give files or folders of access logs`
        : `${where}: give --table, the table of access logs; --print-statement with the place of the logs prints how to create one`,
    );
  if (engine === "duckdb" && table !== undefined && !printStatement)
    throw new Error(`${where}: it reads files and has no tables; give files or folders of access logs, not --table`);
  if (engine !== "duckdb" && logs.length > 0 && !printStatement)
    throw new Error(
      `${where}: it reads a table; give --table, or --print-statement to print how to create one of ${show(logs[0])}`,
    );
  if (logs.length > 1 && engine !== "duckdb")
    throw new Error(`${where} --print-statement: give one place, with all logs below it, got ${logs.length}`);
  if (engine === "athena" && logs.some((log) => !log.startsWith("s3://")))
    throw new Error(`${where}: Athena reads s3://bucket/prefix, got ${show(logs[0])}`);
}

function checkCandidates(tried: readonly EngineCandidate[]): void {
  const twice = tried.find(({ name }, index) => tried.findIndex((other) => other.name === name) !== index);
  if (twice)
    throw new Error(`two candidates have the name ${show(twice.name)}; leave one out, or rename it in --scenarios`);
  if (tried.every(({ keys }) => keys.length === 0))
    throw new Error(
      "of no key is known which id it has in AWS, so there is nothing to count; give --state, --keys, --store or --account",
    );
}

/** A statement must arrive as it is, so nothing of it can be escaped. */
function checkPrintable(text: string): void {
  const line = text.split("\n").find((each) => printable(each, Number.POSITIVE_INFINITY) !== each);
  if (line !== undefined)
    throw new Error(
      `the statement has characters that would control a terminal, in ${show(line.trim())}; write it to a file with --output`,
    );
}
