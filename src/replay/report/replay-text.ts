import { isDeepStrictEqual } from "node:util";
import wrapAnsi from "wrap-ansi";
import { hideKeys } from "../../text/like-a-key";
import { printable } from "../../text/printable";
import { countOf } from "../../usage/report/labels";
import type { CandidateReport, ReplayReport, TierReport } from "../replay-report";
import { compare, comparisonText } from "./compare";
import { boundText, callsText, candidateName, shortName, someOf, titleOf } from "./labels";
import { tierText } from "./tier-text";

/** Columns of the terminal. */
const WIDTH = 110;
/** Names in a line; JSON has them all. */
const MOST = 12;

/**
 * A replay for a terminal: what each candidate refuses, tier by tier and customer by customer, whom it costs or frees, and what
 * is not known. No line is longer than 110 columns.
 */
export function replayText(report: ReplayReport): string {
  const [first] = report.candidates;
  const parts = [
    [titleOf(report), callsText(report)].join("\n"),
    ...report.candidates.map((candidate) => candidateText(candidate, first ?? candidate, report)),
    ...listText("Calls that met no limits", report.left.map(leftText)),
    ...listText(
      "Not known, or not complete",
      report.notes.map(({ text }) => printable(text, 500)),
    ),
  ];
  return parts.join("\n\n").split("\n").flatMap(fitted).join("\n");
}

function candidateText(candidate: CandidateReport, first: CandidateReport, report: ReplayReport): string {
  const { refused, openRoutesRefused, tiers } = candidate;
  const open =
    openRoutesRefused.high > 0 ? `, and ${boundText(openRoutesRefused)} of open routes, which have no customer` : "";
  const heading = `${candidateName(candidate)}: ${boundText(refused)} of ${countOf(report.replayed, "call")} refused${open}`;
  if (candidate === first) return [heading, ...tiers.map((tier) => tierText(tier, report.span))].join("\n\n");
  const before = new Map(first.tiers.map((tier) => [tier.tier, tier]));
  const isSame = (tier: TierReport) => isDeepStrictEqual(outcomeOf(before.get(tier.tier)), outcomeOf(tier));
  const same = tiers.filter(isSame).map(({ tier }) => shortName(tier));
  const change = comparisonText(compare(first, candidate), MOST) || "refuses each customer as many calls";
  return [
    heading,
    `compared with "${candidateName(first)}": ${change}`,
    ...candidate.leftOut.map((each) => `not in it: ${leftText(each)}`),
    ...(same.length > 0 ? [`the same: ${same.join(", ")}`] : []),
    ...tiers.filter((tier) => !isSame(tier)).map((tier) => `\n${tierText(tier, report.span, before.get(tier.tier))}`),
  ].join("\n");
}

/** What a candidate makes of a tier, without what follows from other tiers and from the calls. */
const outcomeOf = (tier: TierReport | undefined): unknown =>
  tier && [
    tier.throttle,
    tier.quota,
    tier.unknownLimits,
    tier.refusedBy,
    tier.limits,
    tier.customers.map(({ refused, subscription }) => [subscription, refused]),
  ];

function leftText({ reason, calls, examples }: ReplayReport["left"][number]): string {
  const shown = examples.map((each) => printable(hideKeys(each), 60));
  const such = shown.length > 0 ? `, such as ${someOf(shown, 3)}` : "";
  return `${countOf(calls, "call")} ${printable(reason)}${such}`;
}

/** A list below its title; nothing for no lines. */
export const listText = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:\n${lines.map((line) => `- ${line}`).join("\n")}`];

/** A line in as many lines as the terminal's width takes; what follows is indented as its first words are. */
export function fitted(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const [, indent = "", text = ""] = /^( *(?:- )?)(.*)$/s.exec(line) ?? [];
  const [head = "", ...rest] = wrapAnsi(text, WIDTH - indent.length - 2, { hard: true }).split("\n");
  return [indent + head, ...rest.map((each) => `${" ".repeat(indent.length + 2)}${each}`)];
}
