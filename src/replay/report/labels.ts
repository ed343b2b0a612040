import { LAYER_NAMES } from "../../limiter/layer-names";
import type { Layer } from "../../limiter/verdict";
import { formatCount, formatLimits } from "../../text/limits";
import { printable } from "../../text/printable";
import { countOf, instantText } from "../../usage/report/labels";
import type { CandidateReport, CustomerReport, Refused, ReplayReport, SafeLimits, TierReport } from "../replay-report";

// What a report says in words, for a terminal and for a page alike.

/** The longest name that is shown whole. */
const LONGEST_NAME = 60;

export const shortName = (name: string): string => printable(name, LONGEST_NAME);

/** `joe-black (Joe Black)` */
export const customerName = ({ subscription, customer }: CustomerReport): string =>
  customer === null || customer === subscription
    ? shortName(subscription)
    : `${shortName(subscription)} (${shortName(customer)})`;

/** `120 to 340`, or one number where both bounds are the same. */
export const boundText = ({ low, high }: Refused): string =>
  low === high ? formatCount(high) : `${formatCount(low)} to ${formatCount(high)}`;

/** `0.4 %`, `0.4 to 1.2 %`: what was refused of some calls. */
export function shareText({ low, high }: Refused, calls: number): string {
  const [least, most] = [low, high].map((refused) => percentText(refused, calls));
  return least === most ? `${most} %` : `${least} to ${most} %`;
}

/** Rounded down, so that 100 is said of nothing less; what is not 0 is not called 0. */
function percentText(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return "0";
  const percent = (part / whole) * 100 + 1e-9;
  if (percent < 0.1) return "<0.1";
  return String(percent < 10 ? Math.floor(percent * 10) / 10 : Math.floor(percent));
}

/** A highest use: `3 %` of a limit. */
export const useText = (share: number): string => shareText({ low: share, high: share }, 1);

/** What each limit refuses, most first: `usage plan 300, quota 40`. */
export const refusedByText = (by: CustomerReport["refusedBy"]): string =>
  refusingLayers(by)
    .map((layer) => `${LAYER_NAMES[layer]} ${formatCount(by[layer] ?? 0)}`)
    .join(", ");

/** The limits that refuse something, most first. */
export const refusingLayers = (by: CustomerReport["refusedBy"]): Layer[] =>
  (Object.keys(LAYER_NAMES) as Layer[])
    .filter((layer) => (by[layer] ?? 0) > 0)
    .sort((a, b) => (by[b] ?? 0) - (by[a] ?? 0));

/** `10/s, burst 20, 1,000 a day`, with what is known only after a deploy. */
export function limitsText(tier: Pick<TierReport, "throttle" | "quota" | "unknownLimits">): string {
  const { throttle, quota, unknownLimits } = tier;
  const known = formatLimits({ throttle: throttle ?? undefined, quota: quota ?? undefined });
  if (unknownLimits.length === 0) return known;
  if (!throttle && !quota) return "limits known only after a deploy";
  const names = unknownLimits.map((limit) => (limit === "throttle" && throttle ? "limits of routes" : limit));
  return `${known}, ${names.join(" and ")} known only after a deploy`;
}

/** `Replay of 2026-11-03 10:20 to 2026-11-30 18:04 UTC` */
export const titleOf = ({ span }: ReplayReport): string =>
  span === null ? "Replay of no calls" : `Replay of ${instantText(span.from)} to ${instantText(span.to)} UTC`;

/** How many calls there are, and whether counts are bounds. */
export function callsText({ calls, replayed, refusedThen }: ReplayReport): string {
  const met = `${countOf(calls, "call")} in the logs; ${formatCount(replayed)} met limits.`;
  if (refusedThen === 0) return met;
  return `${met} ${countOf(refusedThen, "call")} ${refusedThen === 1 ? "was" : "were"} refused then, and nobody knows whether their callers would have called again: "120 to 340 refused" is 120 without these calls and 340 with all of them.`;
}

export const candidateName = ({ name }: CandidateReport): string => printable(name, 100);

/** Customers of a tier of whom something is refused. */
export const refusedCustomers = ({ customers }: TierReport): CustomerReport[] =>
  customers.filter(({ refused }) => refused.high > 0);

/** The smallest burst that refuses nobody at a tier's own rate, where it was computed. */
export const burstAt = ({ frontier }: SafeLimits, rateLimit: number): number | undefined =>
  frontier.find((point) => point.rateLimit === rateLimit)?.burstLimit;

/** `and 28 others`; empty for none. */
export const othersText = (count: number): string =>
  count <= 0 ? "" : `and ${formatCount(count)} ${count === 1 ? "other" : "others"}`;

/** `a, b and 28 others` */
export const someOf = (items: readonly string[], most: number, between = ", "): string =>
  [items.slice(0, most).join(between), othersText(items.length - most)].filter(Boolean).join(" ");

/** So many items at about equal distances, the first and the last one among them. */
export const spread = <Item>(items: readonly Item[], most: number): Item[] =>
  items.length <= most
    ? [...items]
    : Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as Item);

/** `silver`; `bronze?, silver` where a smaller tier may fit, which these logs do not show; `none` where no tier is large enough. */
export function fittingText({ fits, mayFit }: Pick<CustomerReport, "fits" | "mayFit">): string {
  const names = [...(mayFit === null ? [] : [`${shortName(mayFit)}?`]), ...(fits === null ? [] : [shortName(fits)])];
  return names.join(", ") || "none";
}
