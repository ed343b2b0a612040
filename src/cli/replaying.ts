import { existsSync, writeFileSync } from "node:fs";
import type { LineKind, NotedLines } from "../logs/line-notes";
import type { GatewayModel } from "../model/model";
import { readGateway } from "../model/read-gateway";
import { identitiesInAccount, readAccountList } from "../replay/account-identities";
import { withChanges } from "../replay/candidates/apply-changes";
import type { Candidate } from "../replay/candidates/candidate";
import { parseChange, parseSweep } from "../replay/candidates/change";
import { readScenarios } from "../replay/candidates/scenarios";
import { type EarlierUse, readEarlierUse } from "../replay/earlier-use";
import { identitiesIn, joinedIdentities, type LogIdentities } from "../replay/log-identities";
import { replay } from "../replay/replay";
import type { ReplayReport } from "../replay/replay-report";
import { compare } from "../replay/report/compare";
import { replayPage } from "../replay/report/page/replay-page";
import { replayText } from "../replay/report/replay-text";
import type { Traffic } from "../replay/traffic";
import { UNKNOWN_CALLS } from "../replay/unknown-calls";
import { printableJson } from "../text/printable-json";
import { show } from "../text/show";
import { statesInFiles } from "../usage/collect/read-states";
import { hasLostLines } from "../usage/logs/describe-reading";
import { openUsageStore } from "../usage/store/usage-store";
import { keysInFiles, loggedTraffic, textOfFile } from "./logged-traffic";
import type { ReplayCommandOptions } from "./replay-options";

const SYNTHESIZED = "cdktf.out";

/** @returns what to print, if it is not written to a file, and whether the exit code is 0 */
export async function replayLogs(
  logs: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ readonly text: string | undefined; readonly isFine: boolean }> {
  const { report, traffic } = await reportOf(logs, options);
  const text = rendered(report, options.format);
  const isFine =
    !hasLostLines({ notes: notesOf(traffic) }) &&
    traffic.reading.calls > 0 &&
    !(options.failOnRefused && mayRefuse(report));
  if (options.output === undefined) return { text, isFine };
  writeReport(options.output, text);
  return { text: undefined, isFine };
}

/** Whether the last candidate refuses calls that the first does not, or may refuse some of which it is not known whose they are. */
function mayRefuse({ candidates: [first, ...others], left }: ReplayReport): boolean {
  if (!first || left.some(({ reason }) => UNKNOWN_CALLS.has(reason))) return true;
  const last = others.at(-1);
  if (!last) return first.refused.high > 0;
  const { costs, loses } = compare(first, last);
  return costs.length > 0 || loses.length > 0 || last.openRoutesRefused.high > first.openRoutesRefused.high;
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text.endsWith("\n") ? text : `${text}\n`);
  } catch (error) {
    throw new Error(
      `--output ${show(file)} cannot be written (${(error as NodeJS.ErrnoException).code}); check its path, and create its folder`,
    );
  }
}

async function reportOf(
  logs: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ readonly report: ReplayReport; readonly traffic: Traffic }> {
  const candidates = await candidatesOf(options);
  const { logFormat, api, stage, cache } = options;
  const model = candidates[0]?.model;
  const traffic = await loggedTraffic({ logs, formats: logFormat, model, defaults: { api, stage }, cache });
  const { identities, earlier } = await knownOf(traffic, model, options);
  return { report: replay({ traffic, candidates, identities, ...(earlier && { earlier }) }), traffic };
}

async function candidatesOf({ against, set, sweep, scenarios }: ReplayCommandOptions): Promise<Candidate[]> {
  const paths = against.length > 0 ? against : [SYNTHESIZED];
  if (against.length === 0 && !existsSync(SYNTHESIZED))
    throw new Error(
      `there is no ${SYNTHESIZED} here: run "cdktf synth", or give --against a folder, or what "terraform show -json" printed`,
    );
  const read = paths.map((path) => ({ name: path, model: readGateway(path) }));
  const { model } = read[0] as Candidate;
  const planned = scenarios === undefined ? [] : await readScenarios(textOfFile(scenarios, "--scenarios"), scenarios);
  return [
    ...read,
    ...(set.length === 0 ? [] : [withChanges(model, set.map(parseChange))]),
    ...sweep.flatMap(parseSweep).map((change) => withChanges(model, [change])),
    ...planned.map(({ name, changes }) => ({ ...withChanges(model, changes), name })),
  ];
}

async function knownOf(
  traffic: Traffic,
  model: GatewayModel | undefined,
  { state, keys, store, account, region, profile }: ReplayCommandOptions,
): Promise<{ readonly identities: LogIdentities; readonly earlier: EarlierUse | undefined }> {
  const files = keysInFiles(keys, "--keys");
  const states = state.length > 0 ? [identitiesIn(statesInFiles(state).gateway)] : [];
  const stored = store === undefined ? undefined : await readEarlierUse(await openUsageStore(store), traffic);
  if (stored?.earlier.days.size === 0 && stored.identities.keys.size === 0 && traffic.reading.calls > 0)
    throw new Error(
      `--store ${show(store)} has nothing of the days of the logs, nor of the days before; check its address, or run "api-tiers usage collect"`,
    );
  const listed = account && model ? [identitiesInAccount(await readAccountList({ region, profile }), model)] : [];
  const identities = joinedIdentities([...files, ...states, ...(stored ? [stored.identities] : []), ...listed]);
  return { identities, earlier: stored?.earlier };
}

const notesOf = ({ reading }: Traffic) => new Map(Object.entries(reading.notes)) as ReadonlyMap<LineKind, NotedLines>;

function rendered(report: ReplayReport, format: ReplayCommandOptions["format"]): string {
  if (format === "json") return printableJson(report);
  return format === "html" ? replayPage(report) : replayText(report);
}
