import { isDeepStrictEqual } from "node:util";
import { LAYER_NAMES } from "../../limiter/layer-names";
import { formatCount, formatQuota, formatRate } from "../../text/limits";
import { plainTable } from "../../text/plain-table";
import { printable } from "../../text/printable";
import { sparkline } from "../../text/sparkline";
import { countOf } from "../../usage/report/labels";
import type { CustomerReport, LimitReport, ReplayReport, SafeLimits, Series, TierReport } from "../replay-report";
import {
  boundText,
  burstAt,
  customerName,
  fittingText,
  limitsText,
  othersText,
  refusedByText,
  refusedCustomers,
  refusingLayers,
  shareText,
  shortName,
  someOf,
  spread,
  useText,
} from "./labels";
import { condensed } from "./series";

/** Customers in a table, and points of a curve; JSON has them all. */
const MOST_ROWS = 12;
const MOST_POINTS = 6;
const MOST_OF_ROUTE = 3;
/** Columns of a line of columns. */
const MOST_COLUMNS = 72;
/** Columns of the table of customers, and characters of names in it, which get shorter where there is no room. */
const MOST_WIDE = 106;
const LONGEST = { customer: 28, limits: 30, tier: 12 };
const SHORTEST = { customer: 12, limits: 10, tier: 12 };

/**
 * What a candidate does to a tier: its limits, its calls over time, who is refused, and the limits that would be safe.
 *
 * @param shown the tier by the first candidate: what follows from its calls alone is not said again
 */
export function tierText(tier: TierReport, span: ReplayReport["span"], shown?: TierReport): string {
  const safe = isDeepStrictEqual(shown?.safe, tier.safe) ? null : tier.safe;
  const areCallsShown = isDeepStrictEqual(shown?.series.calls, tier.series.calls);
  const by = refusedByText(tier.refusedBy);
  const callers = `${countOf(tier.calls, "call")} of ${countOf(tier.customers.length, "customer")}`;
  const refused = `${boundText(tier.refused)} refused (${shareText(tier.refused, tier.calls)})${by === "" ? "" : `: by ${by}`}`;
  const silent = tier.silent > 0 ? [`${countOf(tier.silent, "more subscription")} did not call`] : [];
  return [
    `${shortName(tier.tier)}: ${limitsText(tier)}`,
    ...[
      `${callers}, ${refused}`,
      ...silent,
      ...seriesText(tier.series, areCallsShown),
      ...customersText(tier, span),
      ...limitLines(tier.limits),
      ...(safe === null ? [] : safeText(safe, tier)),
    ].map((line) => `  ${line}`),
  ].join("\n");
}

function seriesText(series: Series, areCallsShown: boolean): string[] {
  const { calls, refused, each } = condensed(series, MOST_COLUMNS);
  const line = (name: string, values: readonly number[]) =>
    `${name} ${sparkline(values)} up to ${formatCount(Math.max(...values))} ${each}`;
  if (calls.every((count) => count === 0)) return [];
  return [
    ...(areCallsShown ? [] : [line("calls  ", calls)]),
    ...(refused.some((count) => count > 0) ? [line("refused", refused)] : []),
  ];
}

function customersText(tier: TierReport, span: ReplayReport["span"]): string[] {
  const concerned = refusedCustomers(tier);
  if (concerned.length === 0) return [];
  // Of one day, the time says more than the date.
  const isOneDay = span !== null && span.from.slice(0, 10) === span.to.slice(0, 10);
  const when = (instant: string | null) => (instant === null ? "" : instant.slice(...(isOneDay ? [11, 19] : [0, 10])));
  const shown = concerned.slice(0, MOST_ROWS);
  const others = othersText(concerned.length - MOST_ROWS);
  const whole = customerTable(shown, when, LONGEST);
  const excess = Math.max(...whole.map(({ length }) => length)) - MOST_WIDE;
  return [...(excess > 0 ? customerTable(shown, when, shortened(excess)) : whole), ...(others === "" ? [] : [others])];
}

/** Names that are so many characters shorter together: first of limits, and then of customers. */
function shortened(excess: number): typeof LONGEST {
  const limits = Math.max(SHORTEST.limits, LONGEST.limits - excess);
  const customer = Math.max(SHORTEST.customer, LONGEST.customer - (excess - (LONGEST.limits - limits)));
  return { ...SHORTEST, limits, customer };
}

const HEAD = ["Customer", "Refused", "Share", "Days", "First", "Last", "By", "Fits"];
const ALIGNS = ["left", "right", "right", "right", "left", "left", "left", "left"] as const;

function customerTable(
  customers: readonly CustomerReport[],
  when: (instant: string | null) => string,
  longest: typeof LONGEST,
): string[] {
  const rows = customers.map((each) => [
    printable(customerName(each), longest.customer),
    boundText(each.refused),
    shareText(each.refused, each.calls),
    formatCount(each.days),
    when(each.first),
    when(each.last),
    printable(
      refusingLayers(each.refusedBy)
        .map((layer) => LAYER_NAMES[layer])
        .join(", "),
      longest.limits,
    ),
    printable(fittingText(each), longest.tier),
  ]);
  return plainTable(rows, ALIGNS, HEAD)
    .split("\n")
    .map((line) => line.slice(2));
}

/** Limits that refuse nobody by far, and those that refuse most customers. */
function limitLines(limits: readonly LimitReport[]): string[] {
  const of = (verdict: LimitReport["verdict"]) => limits.filter((limit) => limit.verdict === verdict);
  const never = of("never binds").map((limit) => `${nameOf(limit)}, at most ${useText(limit.highest)} used`);
  const always = of("always binds").map((limit) => `${nameOf(limit)}, ${countOf(limit.customers, "customer")} refused`);
  return [
    ...(never.length > 0 ? [`never binds: ${someOf(never, MOST_POINTS, "; ")}`] : []),
    ...(always.length > 0 ? [`always binds: ${someOf(always, MOST_POINTS, "; ")}`] : []),
  ];
}

const nameOf = ({ layer, route, written }: LimitReport): string =>
  `${LAYER_NAMES[layer]}${route === null ? "" : ` ${shortName(route)}`} (${printable(written, 60)})`;

/** The smallest limits that refuse nobody, with those of the tier beside them. */
function safeText(safe: SafeLimits, { throttle, quota, unknownLimits }: TierReport): string[] {
  const points = (frontier: SafeLimits["frontier"], most = MOST_POINTS) => {
    const shown = spread(frontier, most).map(pointText).join(", ");
    return [shown, othersText(frontier.length - most)].filter(Boolean).join(" ");
  };
  const burst = throttle === null ? undefined : burstAt(safe, throttle.rateLimit);
  const none = unknownLimits.includes("throttle") ? "the throttle is known only after a deploy" : "no throttle here";
  const own = throttle === null ? none : `here ${pointText(throttle)}`;
  const needed = burst === undefined ? "" : `; at this rate, burst ${formatCount(burst)} is needed`;
  const routes = safe.routes
    .slice(0, MOST_POINTS)
    .map(({ route, frontier }) => `${shortName(route)}: ${points(frontier, MOST_OF_ROUTE)}`);
  const quotas = safe.quotas.map(
    (each) =>
      `${each.isWhole ? "" : "at least "}${formatQuota(each)} (${shortName(each.subscription)}${quota?.period === each.period ? `; here ${formatCount(quota.limit)}` : ""})`,
  );
  return [
    ...(safe.frontier.length > 0
      ? [`smallest rate and burst that refuse nobody: ${points(safe.frontier)} (${own}${needed})`]
      : []),
    ...routes.map((route) => `  ${route}`),
    ...(safe.routes.length > MOST_POINTS ? [`  ${othersText(safe.routes.length - MOST_POINTS)}`] : []),
    ...(quotas.length > 0 ? [`smallest quota that refuses nobody: ${quotas.join(", ")}`] : []),
  ];
}

const pointText = ({ rateLimit, burstLimit }: SafeLimits["frontier"][number]): string =>
  `${formatRate(rateLimit)} with burst ${formatCount(burstLimit)}`;
