import { type Html, html } from "../../../text/html";
import { hideKeys } from "../../../text/like-a-key";
import { formatCount } from "../../../text/limits";
import { htmlPage } from "../../../text/page/html-page";
import { printable } from "../../../text/printable";
import { countOf } from "../../../usage/report/labels";
import type { CandidateReport, ReplayReport } from "../../replay-report";
import { callsText, othersText, shortName, someOf, titleOf } from "../labels";
import { candidatesSection } from "./candidates-section";
import { DETAILS, type Detail } from "./detail";
import { table } from "./tables";
import type { TierInCandidates } from "./tier-in-candidates";
import { tierSection } from "./tier-section";

/** Bytes of a page; what a larger one would have more is in JSON. */
const LARGEST = 300_000;

/** What the page looks like beside others. */
const STYLE = `
.r{text-align:right}
path.curve{fill:none;stroke:var(--bar);stroke-width:2}
path.limit{stroke:var(--near);stroke-width:2;stroke-dasharray:6 4}
path.mark{stroke:var(--paper)}
circle{fill:var(--bar)}
td{max-width:40rem;overflow-wrap:anywhere}
td.w{white-space:normal}
`.trim();

/**
 * A replay as one file of HTML of at most 300 kB, which needs nothing else and is read without scripts. Its numbers are those of
 * the JSON; long lists are cut.
 */
export function replayPage(report: ReplayReport): string {
  let page = "";
  for (const detail of DETAILS) {
    page = pageOf(report, detail);
    if (Buffer.byteLength(page) <= LARGEST) break;
  }
  return page;
}

function pageOf(report: ReplayReport, detail: Detail): string {
  const tiers = tiersOf(report.candidates);
  const left = tiers.length - detail.tiers;
  const main = html`${candidatesSection(report, detail)}
${tiers.slice(0, detail.tiers).map((tier, index) => tierSection(tier, `tier-${index + 1}`, detail))}
${
  left > 0
    ? html`<p>${formatCount(left)} more ${left === 1 ? "tier" : "tiers"}, see JSON: ${someOf(
        tiers.slice(detail.tiers).map(({ tier }) => shortName(tier)),
        20,
      )}</p>`
    : []
}
${leftSection(report, detail)}
${notesSection(report, detail)}`;
  const intro = html`${callsText(report)} Days and times are in UTC.`;
  return htmlPage({ title: titleOf(report), intro, main, style: STYLE });
}

/** Each tier with what every candidate does to it, in the order of the first one. */
function tiersOf(candidates: readonly CandidateReport[]): TierInCandidates[] {
  const names = new Set(candidates.flatMap(({ tiers }) => tiers.map(({ tier }) => tier)));
  return [...names].map((tier) => ({
    tier,
    candidates: candidates.flatMap((candidate, index) => {
      const report = candidate.tiers.find((each) => each.tier === tier);
      return report === undefined ? [] : { number: index + 1, candidate, report };
    }),
  }));
}

function leftSection({ left }: ReplayReport, { rows }: Detail): Html {
  if (left.length === 0) return html``;
  const shown = left.slice(0, rows).map(({ reason, calls, examples }) => [
    printable(reason),
    { number: formatCount(calls) },
    someOf(
      examples.map((each) => printable(hideKeys(each), 60)),
      3,
    ),
  ]);
  const sum = left.reduce((calls, each) => calls + each.calls, 0);
  return html`<h2 id=left>Calls that met no limits</h2>
<p>${countOf(sum, "call")} of the logs.</p>
${table("left", ["Calls that", "Calls", "Such as"], shown, left.length - rows)}`;
}

function notesSection({ notes }: ReplayReport, { rows }: Detail): Html {
  if (notes.length === 0) return html``;
  const others = othersText(notes.length - rows);
  return html`<h2>Not known, or not complete</h2>
<ul>${notes.slice(0, rows).map(({ text }) => html`<li>${printable(text, 500)}`)}${others === "" ? [] : html`<li>${others}, see JSON`}</ul>`;
}
