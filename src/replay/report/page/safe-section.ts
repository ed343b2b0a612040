import { groupedBy } from "../../../text/grouped-by";
import { type Html, html } from "../../../text/html";
import { formatCount, formatQuota, formatRate } from "../../../text/limits";
import type { Throttle } from "../../../vocabulary/throttle";
import type { SafeLimits, TierReport } from "../../replay-report";
import { shortName, spread } from "../labels";
import type { Detail } from "./detail";
import { frontierChart, type MarkedPoint } from "./frontier-chart";
import { type Cell, number, table } from "./tables";
import type { TierInCandidates } from "./tier-in-candidates";

/** Points of a curve: more of them are not told apart in a drawing. */
const MOST_POINTS = 40;

/** The smallest limits that refuse nobody, with those of the candidates. */
export function safeSection({ tier, candidates }: TierInCandidates, id: string, detail: Detail): Html {
  const safe = candidates[0]?.report.safe ?? null;
  if (safe === null) return html``;
  const name = shortName(tier);
  return html`${frontierSection(safe, { tier, candidates }, `${id}-burst`, detail)}${routesSection(safe, name, `${id}-routes`, detail)}${quotasSection(safe, { tier, candidates }, `${id}-quotas`, detail)}`;
}

function frontierSection(
  { frontier }: SafeLimits,
  { tier, candidates }: TierInCandidates,
  id: string,
  { rows }: Detail,
): Html {
  if (frontier.length === 0) return html``;
  const points = spread(frontier, Math.min(MOST_POINTS, Math.max(rows, 2)));
  const limited = candidates.flatMap(({ number, report: { throttle, refusedBy } }) =>
    throttle === null ? [] : { number, throttle, refused: refusedBy.plan ?? 0 },
  );
  const shown = limited.slice(0, rows);
  const cells = [
    ...shown.map(({ number: place, throttle, refused }): Cell[] => [
      `candidate ${place}`,
      number(formatRate(throttle.rateLimit)),
      number(formatCount(throttle.burstLimit)),
      number(formatCount(refused)),
    ]),
    ...points.map((point): Cell[] => [
      "smallest safe",
      number(formatRate(point.rateLimit)),
      number(formatCount(point.burstLimit)),
      number("0"),
    ]),
  ];
  const others = frontier.length - points.length + limited.length - shown.length;
  return html`<h3 id=${id}>${shortName(tier)}: smallest safe rate and burst</h3>
${frontierChart(
  `The smallest burst that refuses nobody, by rate, and the candidates; the table below has the same ${cells.length} points`,
  points,
  markedPoints(shown),
)}
<p class=quiet>At a point of the line and above it, nobody is refused by rate and burst. A diamond is the limit of a candidate, by its number.</p>
${table(id, ["Point", "Rate", "Burst", "Refused by it"], cells, others)}`;
}

/** The limits of candidates, each once. */
function markedPoints(limited: readonly { readonly number: number; readonly throttle: Throttle }[]): MarkedPoint[] {
  const groups = groupedBy(limited, ({ throttle }) => `${throttle.rateLimit} ${throttle.burstLimit}`);
  return [...groups.values()].flatMap((group) => {
    const numbers = group.map((each) => String(each.number));
    const label = `${numbers.slice(0, 3).join(", ")}${numbers.length > 3 ? " …" : ""}`;
    return group.slice(0, 1).map(({ number, throttle }) => ({ ...throttle, label, isFirst: number === 1 }));
  });
}

function routesSection({ routes }: SafeLimits, tier: string, id: string, { rows }: Detail): Html {
  if (routes.length === 0) return html``;
  const all = routes.flatMap(({ route, frontier }) => frontier.map((point) => ({ route, ...point })));
  const cells = all
    .slice(0, rows)
    .map(({ route, rateLimit, burstLimit }): Cell[] => [
      shortName(route),
      number(formatRate(rateLimit)),
      number(formatCount(burstLimit)),
    ]);
  return html`<h3 id=${id}>${tier}: smallest safe rate and burst of single routes</h3>
${table(id, ["Route", "Rate", "Burst"], cells, all.length - cells.length)}`;
}

function quotasSection(
  { quotas }: SafeLimits,
  { tier, candidates }: TierInCandidates,
  id: string,
  { rows }: Detail,
): Html {
  if (quotas.length === 0) return html``;
  const cells = quotas
    .slice(0, rows)
    .map(({ period, limit, subscription, isWhole }): Cell[] => [
      `a ${period.toLowerCase()}${isWhole ? "" : ", at least"}`,
      number(formatCount(limit)),
      shortName(subscription),
      ownText(candidates[0]?.report),
    ]);
  return html`<h3 id=${id}>${shortName(tier)}: smallest safe quota</h3>
${table(id, ["Period", "Quota", "Needed by", "The tier's"], cells, quotas.length - rows)}`;
}

const ownText = (report: TierReport | undefined): string => (report?.quota ? formatQuota(report.quota) : "no quota");
