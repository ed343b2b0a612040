import { readEarlierUse } from "../replay/earlier-use";
import { lostLinesOf } from "../replay/lost-lines";
import { replay } from "../replay/replay";
import type { ReplayReport } from "../replay/replay-report";
import { compare } from "../replay/report/compare";
import { replayPage } from "../replay/report/page/replay-page";
import { replayText } from "../replay/report/replay-text";
import { REFUSED_ANYWAY } from "../replay/resolve";
import type { Traffic } from "../replay/traffic";
import { UNKNOWN_CALLS } from "../replay/unknown-calls";
import { printableJson } from "../text/printable-json";
import { show } from "../text/show";
import { openUsageStore } from "../usage/store/usage-store";
import { loggedTraffic } from "./logged-traffic";
import { ENGINE_OPTIONS, type ReplayCommandOptions } from "./replay-options";
import { candidatesOf, knownIdentities } from "./replayed-limits";
import { writtenTo } from "./written-to";

/** @returns what to print, if it is not written to a file, and whether the exit code is 0 */
export async function replayLogs(
  logs: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ readonly text: string | undefined; readonly isFine: boolean }> {
  if (logs.length === 0)
    throw new Error("no logs: give files, folders or s3://bucket/prefix, or --engine with the --table of an engine");
  const stray = ENGINE_OPTIONS.find(([name]) => options[name]);
  if (stray) throw new Error(`${stray[1]} is for a replay in an engine; give --engine, or leave it out`);
  const { report, traffic } = await reportOf(logs, options);
  const text = rendered(report, options.format);
  const isFine =
    lostLinesOf(traffic) === 0 && traffic.reading.calls > 0 && !(options.failOnRefused && mayRefuse(report));
  return { text: writtenTo(options.output, text), isFine };
}

/** Whether the last candidate refuses calls that the first does not, or may: whose calls they are or what the limits are is not known. */
function mayRefuse({ candidates: [first, ...others], left }: ReplayReport): boolean {
  if (!first || left.some(({ reason }) => UNKNOWN_CALLS.has(reason))) return true;
  const last = others.at(-1);
  if ((last ?? first).tiers.some(({ calls, unknownLimits }) => calls > 0 && unknownLimits.length > 0)) return true;
  if (!last) return first.refused.high > 0;
  const { costs, loses } = compare(first, last);
  if (last.leftOut.some(({ reason }) => !REFUSED_ANYWAY.has(reason))) return true;
  return costs.length > 0 || loses.length > 0 || last.openRoutesRefused.high > first.openRoutesRefused.high;
}

async function reportOf(
  logs: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ readonly report: ReplayReport; readonly traffic: Traffic }> {
  const candidates = await candidatesOf(options);
  const { logFormat, api, stage, cache } = options;
  const model = candidates[0]?.model;
  const identitiesWith = await knownIdentities(options, model);
  const traffic = await loggedTraffic({ logs, formats: logFormat, model, defaults: { api, stage }, cache });
  const stored = await storedUse(traffic, options);
  const identities = identitiesWith(stored?.identities);
  const earlier = stored?.earlier;
  return { report: replay({ traffic, candidates, identities, ...(earlier && { earlier }) }), traffic };
}

/** What the usage store says of the keys, and of what was used before the logs begin; `undefined` where no store is named. */
async function storedUse(traffic: Traffic, { store }: Pick<ReplayCommandOptions, "store">) {
  if (store === undefined) return undefined;
  const stored = await readEarlierUse(await openUsageStore(store), traffic);
  if (stored.earlier.days.size === 0 && stored.identities.keys.size === 0 && traffic.reading.calls > 0)
    throw new Error(
      `--store ${show(store)} has nothing of the days of the logs, nor of the days before; check its address, or run "api-tiers usage collect"`,
    );
  return stored;
}

function rendered(report: ReplayReport, format: ReplayCommandOptions["format"]): string {
  if (format === "json") return printableJson(report);
  return format === "html" ? replayPage(report) : replayText(report);
}
