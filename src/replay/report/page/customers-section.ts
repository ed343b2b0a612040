import { type Html, html } from "../../../text/html";
import { formatCount } from "../../../text/limits";
import { rowChart } from "../../../text/page/charts";
import { countOf, instantText } from "../../../usage/report/labels";
import type { CustomerReport } from "../../replay-report";
import { boundText, customerName, fittingText, refusedByText, refusedCustomers, shareText, shortName } from "../labels";
import type { Detail } from "./detail";
import { type Cell, number, table } from "./tables";
import type { TierInCandidates } from "./tier-in-candidates";

const MOST_BARS = 12;
const MOST_TIERS = 6;

/** Of whom the first candidate refuses calls, and how the other candidates differ. */
export function customersSection(tier: TierInCandidates, id: string, detail: Detail): Html {
  return html`${refusedSection(tier, `${id}-refused`, detail)}${comparedSection(tier, `${id}-compared`, detail)}`;
}

function refusedSection({ tier, candidates: [first] }: TierInCandidates, id: string, { rows }: Detail): Html {
  if (first === undefined) return html``;
  const all = refusedCustomers(first.report);
  const title = html`<h3 id=${id}>${shortName(tier)}: refused calls by customer</h3>`;
  if (all.length === 0) return html`${title}<p>No customer is refused a call.</p>`;
  const shown = all.slice(0, rows);
  const bars = shown.slice(0, MOST_BARS).map(({ subscription, refused }) => ({
    label: shortName(subscription),
    value: refused.high,
    look: "plain" as const,
  }));
  const head = ["Customer", "Refused", "Share", "Calls", "Days", "First", "Last", "By", "On tiers", "Fits"];
  const description = `Refused calls by customer, the higher bound; the table below has the same values in its first ${countOf(bars.length, "row")}`;
  return html`${title}
${rowChart(description, bars)}
${table(id, head, shown.map(cellsOf), all.length - shown.length)}`;
}

const cellsOf = (customer: CustomerReport): Cell[] => [
  customerName(customer),
  number(boundText(customer.refused)),
  number(shareText(customer.refused, customer.calls)),
  number(formatCount(customer.calls)),
  number(formatCount(customer.days)),
  customer.first === null ? "" : instantText(customer.first),
  customer.last === null ? "" : instantText(customer.last),
  refusedByText(customer.refusedBy),
  Object.entries(customer.onTiers)
    .slice(0, MOST_TIERS)
    .map(([tier, count]) => `${shortName(tier)} ${formatCount(count)}`)
    .join(", "),
  fittingText(customer),
];

/** Customers of whom some candidate refuses calls, with a column for each candidate. */
function comparedSection({ tier, candidates }: TierInCandidates, id: string, detail: Detail): Html {
  const shown = candidates.filter(({ number }) => number <= detail.candidates);
  if (shown.length < 2) return html``;
  const byCandidate = shown.map(({ report }) => new Map(report.customers.map((each) => [each.subscription, each])));
  const most = new Map<string, { readonly name: string; readonly refused: number }>();
  for (const each of shown.flatMap(({ report }) => refusedCustomers(report)))
    if (each.refused.high > (most.get(each.subscription)?.refused ?? 0))
      most.set(each.subscription, { name: shortName(each.subscription), refused: each.refused.high });
  const concerned = [...most].sort(([, a], [, b]) => b.refused - a.refused);
  if (concerned.length === 0) return html``;
  const rows = concerned.slice(0, detail.rows).map(([subscription, { name }]): Cell[] => [
    name,
    ...byCandidate.map((customers): Cell => {
      const customer = customers.get(subscription);
      return customer === undefined ? "on another tier" : number(boundText(customer.refused));
    }),
  ]);
  return html`<h3 id=${id}>${shortName(tier)}: refused calls by customer and candidate</h3>
<p class=quiet>Candidates by their numbers above.</p>
${table(id, ["Customer", ...shown.map(({ number }) => String(number))], rows, concerned.length - rows.length)}`;
}
