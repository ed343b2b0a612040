import { formatCount, formatQuota } from "../../text/limits";
import { printable } from "../../text/printable";
import type { KeyUse, KnownQuota, PeriodUse, SubscriptionUse, Threshold, TierUse, UsageSummary } from "./summary";

// What a summary says in words, for a terminal and for a page alike.

/** The longest name that a table shows whole. */
const LONGEST_NAME = 60;

/** What a row is called: its subscription, or its key where it has none. */
export const nameOf = ({ subscription, keys }: Pick<SubscriptionUse, "subscription" | "keys">): string =>
  printable(subscription ?? `key ${keys[0]?.key}`, LONGEST_NAME);

/** `joe-black (Joe Black)` */
export const fullNameOf = (use: SubscriptionUse): string =>
  use.customer === null || use.customer === use.subscription
    ? nameOf(use)
    : `${nameOf(use)} (${printable(use.customer, LONGEST_NAME)})`;

export const tierName = (tier: string | null): string => (tier === null ? "no tier" : printable(tier, LONGEST_NAME));

export const countOf = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;

/** Whole percent, rounded down, so that 100 % is said of nothing less. */
export const percentOf = (share: number): number => Math.floor(share * 100 + 1e-9);

/** `82 %`, `at least 60 %`, or why there is none. */
export function shareText({ state, period }: Pick<KeyUse, "state" | "period">): string {
  if (period !== null) return `${period.isAtLeast ? "at least " : ""}${formatCount(percentOf(period.share))} %`;
  return { ...STATES, "used up": "nothing remains" }[state];
}

const STATES = {
  "used up": "used up",
  near: "near",
  fine: "fine",
  unknown: "not known",
  unlimited: "no quota",
  left: "left the tier",
} as const;

/** `8,200 of 10,000`; with what remains, it is known of days that the store does not hold, too. */
export const usedText = (period: PeriodUse | null): string =>
  period === null
    ? ""
    : `${formatCount(Math.max(period.used, period.allowed - period.remaining))} of ${formatCount(period.allowed)}`;

/** `2026-11-26`, `2026-11-22 to 2026-11-28`, `2026-11` */
export function periodText({ from, to }: Pick<PeriodUse, "from" | "to">): string {
  if (from === to) return from;
  return from.endsWith("-01") && from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : `${from} to ${to}`;
}

/** When the quota will be used up. */
export function outlookText({ outlook }: Pick<KeyUse, "outlook">): string {
  if (outlook === null) return "";
  if (outlook.at !== null) return instantText(outlook.at);
  return { "used up": "now", "will be used up": "", lasts: "lasts", unknown: "not known" }[outlook.kind];
}

/** `2026-11-26 17:40`, in UTC. */
export const instantText = (instant: string): string => instant.slice(0, 16).replace("T", " ");

/** `10,000 a day for each key, as the figures show` */
export function quotaText(quota: KnownQuota): string {
  if (quota.kind === "unlimited") return "no quota, as the stacks say";
  if (quota.kind === "unknown") return "quota not known";
  return `${formatQuota(quota)} for each key, as the ${quota.source === "stacks" ? "stacks say" : "figures show"}`;
}

/** The quotas of the plans of a tier. */
export function quotasText({ subscriptions }: TierUse, { plans }: UsageSummary): string {
  const own = new Set(subscriptions.flatMap(({ keys }) => keys.map(({ plan }) => plan)));
  return [...new Set(plans.filter(({ plan }) => own.has(plan)).map(({ quota }) => quotaText(quota)))].join("; ");
}

/** The key of which a row speaks: the one that used the largest share of its quota, or that decides on the row's state. */
export const tellingKey = ({ keys, share, state }: SubscriptionUse): KeyUse | undefined =>
  keys.find((key) => (share === null ? key.state === state : key.period?.share === share));

/** How old the figures are. */
export function readText({ read, now }: UsageSummary): string {
  if (read === null) return "There are no figures.";
  const { oldest, newest } = read;
  const when = oldest === newest ? instantText(newest) : `between ${instantText(oldest)} and ${instantText(newest)}`;
  const minutes = Math.round((Date.parse(now) - Date.parse(oldest)) / 60_000);
  const age = minutes < 120 ? countOf(minutes, "minute") : countOf(Math.round(minutes / 60), "hour");
  return `Figures were read ${when} UTC, up to ${age} before; AWS's own are 30 to 40 minutes behind.`;
}

export function thresholdText({ percent, verdict, reached, unknown }: Threshold): string {
  const of = `${percent} % of the quota`;
  switch (verdict) {
    case "reached":
      return `${of}: reached by ${countOf(reached, "key")}${unknown > 0 ? `, and not known of ${unknown} more` : ""}.`;
    case "unknown":
      return `${of}: not known${unknown > 0 ? ` of ${countOf(unknown, "key")}` : ""}, and reached by none that is known.`;
    case "not reached":
      return `${of}: reached by none.`;
  }
}

/** Subscriptions that are on a tier, by what is said of their quota, each with its tier. */
export const allUses = ({ tiers }: Pick<UsageSummary, "tiers">): SubscriptionUse[] =>
  tiers.flatMap(({ subscriptions }) => subscriptions);

/** Those that are on a tier and did not call in all these days. */
export const neverCalled = (summary: Pick<UsageSummary, "tiers">): SubscriptionUse[] =>
  allUses(summary).filter(
    ({ isCurrent, lastCall, subscription }) => isCurrent && lastCall === null && subscription !== null,
  );

/** `a, b and 3 more` */
export function listOf(names: readonly string[], most = 20): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${formatCount(names.length - most)} more` : shown;
}

/** What else there is to say of a row: that it has several keys, left the tier, or is disabled. */
export function rowNotes({ keys, isCurrent }: SubscriptionUse): string {
  const last = keys
    .map((key) => key.last)
    .sort()
    .at(-1);
  return `${keys.length > 1 ? `, ${keys.length} keys` : ""}${isCurrent ? "" : `, left on ${last}`}${suspendedText(keys)}`;
}

export const suspendedText = (keys: readonly KeyUse[]): string =>
  keys.every(({ enabled }) => !enabled) ? ", disabled" : "";

/** How it was computed when quotas will be used up; empty where that is not said. */
export function paceText(summary: Pick<UsageSummary, "tiers">): string {
  const isShown = allUses(summary).some(({ keys }) => keys.some(({ outlook }) => outlook?.pace));
  return isShown
    ? '"Used up" is when the quota will be used up at the average pace of its period so far; in the first day of a period, at that of the up to 7 days before.'
    : "";
}
