import { type Html, html } from "../../../text/html";
import { formatCount } from "../../../text/limits";
import { rowChart } from "../../../text/page/charts";
import { printable } from "../../../text/printable";
import { countOf } from "../../../usage/report/labels";
import type { CandidateReport, ReplayReport } from "../../replay-report";
import { compare, comparisonText } from "../compare";
import { boundText, candidateName, limitsText, refusedByText, refusedCustomers, shareText, shortName } from "../labels";
import type { Detail } from "./detail";
import { type Cell, number, table } from "./tables";

/** Names in a cell. */
const MOST_NAMES = 5;

/** What the candidates refuse, compared with the first one, and tier by tier. */
export function candidatesSection(report: ReplayReport, detail: Detail): Html {
  const { candidates } = report;
  const [first] = candidates;
  if (first === undefined) return html``;
  const shown = candidates.slice(0, detail.candidates);
  const others = candidates.length - shown.length;
  const bars = shown.map((candidate, index) => ({
    label: numbered(candidate, index),
    value: candidate.refused.high,
    look: "plain" as const,
  }));
  const rows = shown.map((candidate, index): Cell[] => [
    numbered(candidate, index),
    number(boundText(candidate.refused)),
    number(shareText(candidate.refused, report.replayed)),
    number(formatCount(candidate.tiers.flatMap(refusedCustomers).length)),
    number(boundText(candidate.openRoutesRefused)),
    candidate === first ? "" : comparedText(first, candidate),
  ]);
  const head = [
    "Candidate",
    "Refused calls",
    "Share",
    "Customers refused",
    "Of open routes",
    "Compared with the first",
  ];
  const ofTiers = shown.flatMap((candidate, index) => tierRows(candidate, index, detail));
  return html`<h2 id=candidates>Candidates</h2>
${rowChart(`Refused calls by candidate, the higher bound; the table below has the same ${shown.length} values`, bars)}
${table("candidates", head, rows, others)}
<h3 id=by-tier>By tier</h3>
${table("by-tier", ["Candidate", "Tier", "Limits", "Refused calls", "Share", "By"], ofTiers, tiersLeft(shown, detail))}`;
}

/** Whom a candidate costs or frees, and which calls meet no limits in it. */
const comparedText = (first: CandidateReport, candidate: CandidateReport): string =>
  [
    comparisonText(compare(first, candidate), MOST_NAMES) || "the same for each customer",
    ...candidate.leftOut.map(({ reason, calls }) => `not in it: ${countOf(calls, "call")} ${printable(reason)}`),
  ].join("; ");

/** `2. gold.throttle.rateLimit=50`: charts name it by its number. */
const numbered = (candidate: CandidateReport, index: number): string => `${index + 1}. ${candidateName(candidate)}`;

const tierRows = (candidate: CandidateReport, index: number, { tiers }: Detail): Cell[][] =>
  candidate.tiers
    .slice(0, tiers)
    .map((tier) => [
      numbered(candidate, index),
      shortName(tier.tier),
      limitsText(tier),
      number(boundText(tier.refused)),
      number(shareText(tier.refused, tier.calls)),
      refusedByText(tier.refusedBy),
    ]);

const tiersLeft = (candidates: readonly CandidateReport[], { tiers }: Detail): number =>
  candidates.reduce((sum, candidate) => sum + Math.max(0, candidate.tiers.length - tiers), 0);
