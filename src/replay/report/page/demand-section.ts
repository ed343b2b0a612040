import { groupedBy } from "../../../text/grouped-by";
import { type Html, html } from "../../../text/html";
import { formatCount, formatQuota, formatRate } from "../../../text/limits";
import { areaChart, scaleOf } from "../../../text/page/area-chart";
import { scroll } from "../../../text/page/html-page";
import type { Series, TierReport } from "../../replay-report";
import { shortName } from "../labels";
import { number, table } from "./tables";

const HOURS = 24;
const MILLISECONDS = { hour: 3_600_000, day: 86_400_000 } as const;

/** A tier's calls over time, with what one customer may call, and the calls that are refused. */
export function demandSection({ tier, series, throttle, quota }: TierReport, id: string): Html {
  const { calls, refused, interval } = series;
  if (calls.length === 0) return html``;
  const seconds = MILLISECONDS[interval] / 1_000;
  const limit = throttle === null ? null : throttle.rateLimit * seconds;
  const daily = interval === "day" && quota?.period === "DAY" ? quota : null;
  const line = daily?.limit ?? limit;
  const isShown = line !== null && line <= scaleOf(calls);
  const words =
    daily !== null
      ? `One customer may call ${formatQuota(daily)}`
      : throttle === null || limit === null
        ? "The tier has no rate"
        : `One customer may call ${formatRate(throttle.rateLimit)}, which is ${formatCount(limit)} ${interval === "hour" ? "an hour" : "a day"}`;
  const where = line === null ? "" : isShown ? ": the dashed line" : ", which is above this scale";
  const areas = [
    { values: calls, look: "plain" as const },
    ...(refused.some((count) => count > 0) ? [{ values: refused, look: "full" as const }] : []),
  ];
  const labels = calls.map((_, index) => {
    const instant = instantOf(series, index);
    return interval === "day" ? instant.slice(0, 10) : instant.slice(5, 16).replace("T", " ");
  });
  const description = `Calls in each ${interval}, and those refused; the table below has the same ${calls.length} values`;
  return html`<h3 id=${id}>${shortName(tier)}: calls in each ${interval}</h3>
${areaChart(description, labels, areas, isShown ? line : null)}
<p class=quiet>All customers of the tier; what is refused stands in front. ${words}${where}.</p>
${interval === "hour" ? hoursTable(series, id) : daysTable(series, id)}`;
}

const instantOf = ({ from, interval }: Series, index: number): string =>
  new Date(Date.parse(from) + index * MILLISECONDS[interval]).toISOString();

const daysTable = (series: Series, id: string): Html =>
  table(
    id,
    ["Day", "Calls", "Refused"],
    series.calls.map((calls, index) => [
      instantOf(series, index).slice(0, 10),
      number(formatCount(calls)),
      number(formatCount(series.refused[index] ?? 0)),
    ]),
  );

/** A row for the calls of a day, and one for the refused ones where there are any; a column for each hour. */
function hoursTable(series: Series, id: string): Html {
  const hours = series.calls.map((calls, index) => {
    const instant = instantOf(series, index);
    return {
      day: instant.slice(0, 10),
      hour: Number(instant.slice(11, 13)),
      calls,
      refused: series.refused[index] ?? 0,
    };
  });
  const rows = [...groupedBy(hours, ({ day }) => day)].flatMap(([day, own]) => {
    const row = (name: string, of: "calls" | "refused") => {
      const cells = Array.from({ length: HOURS }, (_, hour) => own.find((each) => each.hour === hour)?.[of]);
      return html`<tr><th scope=row>${name}${cells.map((count) => html`<td>${count === undefined ? "" : formatCount(count)}`)}`;
    };
    return [row(day, "calls"), ...(own.some(({ refused }) => refused > 0) ? [row(`${day}, refused`, "refused")] : [])];
  });
  const titles = Array.from({ length: HOURS }, (_, hour) => html`<th scope=col>${String(hour).padStart(2, "0")}:00`);
  return scroll(id, html`<table class=hours><thead><tr><th scope=col>Day${titles}<tbody>${rows}</table>`, true);
}
