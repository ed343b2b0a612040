import { lostLinesOf } from "../replay/lost-lines";
import type { CandidateReport, LeftCalls, ReplayNote, ReplayReport } from "../replay/replay-report";
import { REFUSED_ANYWAY } from "../replay/resolve";
import type { Traffic } from "../replay/traffic";
import { counted } from "./finding";

/** Notes of a replay in words that are short enough for a finding; a time without calls may as well be a quiet night. */
const SHORT: Partial<Record<ReplayNote["kind"], string>> = {
  "begun quota": "what was used of the quota before the logs is not known",
  "assumed API": "which API the calls are of is assumed",
  "several keys": "the calls of several keys of one customer are tried as those of one key",
  offset: "offsets of quotas are not subtracted",
  "whole seconds": "times are whole seconds, so bursts are known to a second only",
};

/** Why what a replay counts may not be all, each as a short sentence without its end. */
export function replayDoubts(report: ReplayReport, traffic: Traffic, tiers: readonly string[]): string[] {
  const lost = lostLinesOf(traffic);
  const [before] = report.candidates;
  return [
    ...(lost > 0 ? [`${counted(lost, "line", "lines")} of the logs could not be read`] : []),
    ...(hasUnknownLimits(before, tiers) ? ["what the limits before refused is known only after a deploy"] : []),
    ...new Set(report.notes.filter((note) => concerns(note, tiers)).flatMap(({ kind }) => SHORT[kind] ?? [])),
  ];
}

const concerns = ({ tiers: own }: ReplayNote, tiers: readonly string[]): boolean =>
  own.length === 0 || own.some((tier) => tiers.includes(tier));

/** Whether limits of one of the tiers are known only after a deploy. */
export const hasUnknownLimits = (candidate: CandidateReport | undefined, tiers: readonly string[]): boolean =>
  (candidate?.tiers ?? []).some(({ tier, unknownLimits }) => tiers.includes(tier) && unknownLimits.length > 0);

/** How many calls met no limits before the change, or meet none after it; of which no count says anything. */
export function leftCallsText({ left, candidates }: ReplayReport): string[] {
  const unknown = sumOf(left.filter(({ reason }) => !REFUSED_ANYWAY.has(reason)));
  const gone = sumOf(candidates[1]?.leftOut ?? []);
  return [
    ...(unknown > 0 ? [`${counted(unknown, "call", "calls")} that fit nothing in these plans`] : []),
    ...(gone > 0 ? [`${counted(gone, "call", "calls")} that fit nothing after this change`] : []),
  ];
}

const sumOf = (left: readonly LeftCalls[]): number => left.reduce((sum, { calls }) => sum + calls, 0);
