import { LAYER_NAMES } from "../../../limiter/layer-names";
import { type Html, html } from "../../../text/html";
import { formatCount } from "../../../text/limits";
import { printable } from "../../../text/printable";
import { countOf } from "../../../usage/report/labels";
import type { TierReport } from "../../replay-report";
import { boundText, limitsText, shareText, shortName, useText } from "../labels";
import { customersSection } from "./customers-section";
import { demandSection } from "./demand-section";
import type { Detail } from "./detail";
import { safeSection } from "./safe-section";
import { type Cell, number, table } from "./tables";
import type { TierInCandidates } from "./tier-in-candidates";

/** The chapter of a tier: demand over time, refusals by customer, its limits, and those that would be safe. */
export function tierSection(tier: TierInCandidates, id: string, detail: Detail): Html {
  const [first] = tier.candidates;
  if (first === undefined) return html``;
  const { report } = first;
  const silent = report.silent > 0 ? `; ${countOf(report.silent, "more subscription")} did not call` : "";
  return html`<h2 id=${id}>Tier ${shortName(tier.tier)}</h2>
<p>${limitsText(report)}: ${countOf(report.calls, "call")} of ${countOf(report.customers.length, "customer")}, ${boundText(report.refused)} refused (${shareText(report.refused, report.calls)})${silent}.</p>
${demandSection(report, `${id}-demand`)}
${customersSection(tier, id, detail)}
${limitsSection(report, `${id}-limits`, detail)}
${safeSection(tier, id, detail)}`;
}

function limitsSection({ tier, limits }: TierReport, id: string, { rows }: Detail): Html {
  if (limits.length === 0) return html``;
  const shown = limits
    .slice(0, rows)
    .map(({ layer, route, written, verdict, highest, customers }): Cell[] => [
      `${LAYER_NAMES[layer]}${route === null ? "" : ` ${shortName(route)}`}`,
      printable(written, 60),
      verdict,
      number(useText(highest)),
      number(formatCount(customers)),
    ]);
  const head = ["Limit", "As written", "Verdict", "Highest use", "Customers refused"];
  return html`<h3 id=${id}>${shortName(tier)}: limits</h3>
${table(id, head, shown, limits.length - rows)}`;
}
