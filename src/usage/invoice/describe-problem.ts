import { printable } from "../../text/printable";
import type { InvoiceProblem } from "./invoice";

/** A problem for a person: what is missing, and what to do. */
export function describeProblem(problem: InvoiceProblem): string {
  const { kind, month, requests } = problem;
  const days = describeDays(problem.days);
  const calls = `${requests.toLocaleString("en")} request${requests === 1 ? "" : "s"}`;
  const subscription = printable(problem.subscription ?? "");
  const key = printable(problem.key ?? "");
  switch (kind) {
    case "not-collected":
      return `${month}: the store holds nothing of ${days}; run "api-tiers usage collect", which can read the last 90 days`;
    case "not-final":
      return `${subscription}: AWS may still change the figures of ${days}; run "api-tiers usage collect" again once they are over`;
    case "no-logs":
      return `${subscription}: the price needs access logs, and there are none of ${days} with ${calls}; read them with "api-tiers usage logs"`;
    case "unnamed-api":
      return `${subscription}: the price weighs routes, and the access logs of ${days} do not say which API of the catalog was called; read them again with "api-tiers usage logs --replace --state"`;
    case "unknown-price":
      return `${subscription}: the price of ${days} is not in the store, or was written by another version; run the version that collected them`;
    case "assumed-tier":
      return `${subscription}: nobody saw on which tier it was on ${days}, before the first collection; check that it was the same one`;
    case "no-subscription":
      return `key ${key}: made ${calls} on ${days} and belongs to no subscription, so they are on no invoice; give it a subscription, or take it out of the plan`;
    case "no-price":
      return `${subscription}: made ${calls} on ${days} on a tier without a price, so they are on no invoice`;
  }
}

/** Days that follow each other as a range. */
export function describeDays(days: readonly string[]): string {
  const ranges: [string, string][] = [];
  for (const day of days) {
    const range = ranges.at(-1);
    if (range && Date.parse(day) - Date.parse(range[1]) === 86_400_000) range[1] = day;
    else ranges.push([day, day]);
  }
  const shown = ranges.slice(0, MOST_RANGES).map(([from, to]) => (from === to ? from : `${from} to ${to}`));
  const more = ranges.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

const MOST_RANGES = 5;
