import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { logSources } from "../logs/log-sources";
import type { GatewayModel } from "../model/model";
import { readGateway } from "../model/read-gateway";
import { withChanges } from "../replay/candidates/apply-changes";
import type { Candidate } from "../replay/candidates/candidate";
import { parseChange, parseSweep } from "../replay/candidates/change";
import { readScenarios } from "../replay/candidates/scenarios";
import { type EarlierUse, readEarlierUse } from "../replay/earlier-use";
import { readKeyFile } from "../replay/key-file";
import { identitiesIn, joinedIdentities, type LogIdentities } from "../replay/log-identities";
import { replay } from "../replay/replay";
import type { ReplayReport } from "../replay/replay-report";
import { replayText } from "../replay/report/replay-text";
import type { Traffic } from "../replay/traffic";
import { show } from "../text/show";
import { statesInFiles } from "../usage/collect/read-states";
import { hasLostLines } from "../usage/logs/describe-reading";
import { formatsIn } from "../usage/logs/log-context";
import { openUsageStore } from "../usage/store/usage-store";
import type { ReplayCommandOptions } from "./replay-options";

const SYNTHESIZED = "cdktf.out";

/** @returns what to print, if it is not written to a file, and whether the exit code is 0 */
export async function replayLogs(
  logs: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ readonly text: string | undefined; readonly isFine: boolean }> {
  const { report, traffic } = await reportOf(logs, options);
  const text = await rendered(report, options.format);
  const refused = report.candidates.at(-1)?.refused.high ?? 0;
  const isFine = !hasLostLines(traffic.reading) && traffic.reading.calls > 0 && !(options.failOnRefused && refused > 0);
  if (options.output === undefined) return { text, isFine };
  writeFileSync(options.output, text.endsWith("\n") ? text : `${text}\n`);
  return { text: undefined, isFine };
}

async function reportOf(
  logs: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ readonly report: ReplayReport; readonly traffic: Traffic }> {
  const candidates = await candidatesOf(options);
  const traffic = await trafficOf(logs, options, candidates[0]?.model);
  const { identities, earlier } = await knownOf(traffic, options);
  return { report: replay({ traffic, candidates, identities, ...(earlier && { earlier }) }), traffic };
}
