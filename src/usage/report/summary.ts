import type { QuotaPeriod } from "../../vocabulary/quota";

/**
 * Who used what on some days, and how much of the quotas: what `api-tiers usage --format json` prints. All days are days in
 * UTC, and all instants are written as `2026-11-04T00:40:00.000Z`.
 */
export interface UsageSummary {
  readonly now: string;
  /** The first day: `2026-11-01`. */
  readonly from: string;
  /** The last one; days after `now` are yet to come. */
  readonly to: string;
  /**
   * Between which instants the latest figures were asked for; `null` where there are none. AWS's own figures are 30 to 40 minutes
   * behind that.
   */
  readonly read: { readonly oldest: string; readonly newest: string } | null;
  /** The sum of all days, of all tiers, and of all lines of the store that were asked for. */
  readonly requests: number;
  /** Every day until `now`, in order. */
  readonly days: readonly DayTotal[];
  /** Sorted by id; keys of no tier come last. */
  readonly tiers: readonly TierUse[];
  /** The usage plans behind them, sorted by id. */
  readonly plans: readonly PlanUse[];
  /** What is not known, or only assumed, and could change what is said here. */
  readonly unknown: readonly UnknownUse[];
  /** `null` where no threshold was asked for. */
  readonly threshold: Threshold | null;
}

export interface DayTotal {
  readonly day: string;
  readonly requests: number;
  /** `open` where AWS may still change a figure of the day; `not collected` where the store holds nothing of it. */
  readonly state: "final" | "open" | "not collected";
}

export interface TierUse {
  /** Its id in the catalog; `null` for usage plans of no tier. */
  readonly tier: string | null;
  readonly requests: number;
  /** By the share of their quota that they used, the largest first. */
  readonly subscriptions: readonly SubscriptionUse[];
}

/** What one subscription used on one tier: a subscription that moved stands in both tiers. */
export interface SubscriptionUse {
  /** Its id in the catalog; `null` for a key of no subscription. */
  readonly subscription: string | null;
  /** The customer's name in the catalog, as it was last; `null` where the catalog has none. */
  readonly customer: string | null;
  /** Whether it was still on the tier when that was last read. */
  readonly isCurrent: boolean;
  /** Sum over all of its keys. */
  readonly requests: number;
  /** The last day with calls; `null` where it did not call on any day that was collected. */
  readonly lastCall: string | null;
  /** That of the key that used the largest share of its quota: quotas are for each key. `null` where none is known. */
  readonly share: number | null;
  readonly state: QuotaState;
  /** Sorted by plan and id. */
  readonly keys: readonly KeyUse[];
  /** Requests of each of the days of the summary, in their order; only where one customer was asked for. */
  readonly days?: readonly number[];
}

/**
 * Of a quota: `used up` where nothing remains, `near` from 80 % on, `fine` below; `unlimited` without a quota; `left` for a
 * key that left the tier. `unknown` where it cannot be said: it is never `fine` because of what is not known.
 */
export type QuotaState = "used up" | "near" | "unknown" | "fine" | "unlimited" | "left";

export interface KeyUse {
  /** Id of the API key in AWS; never its value. */
  readonly key: string;
  /** Id of the usage plan in AWS. */
  readonly plan: string;
  readonly enabled: boolean;
  readonly requests: number;
  /** The first and the last day on which it was in the plan, within the summary's days. */
  readonly first: string;
  readonly last: string;
  /** When its latest figure was asked for. */
  readonly read: string;
  readonly state: QuotaState;
  /**
   * Its use of the quota: in the period of `now`, or in the one of which the largest share was used, if the summary's days are over.
   * `null` where there is no quota or an unknown one, and for a key that left the tier.
   */
  readonly period: PeriodUse | null;
  /** When the quota will be used up. `null` where that is not a question: the period is over, or there is no known quota. */
  readonly outlook: Outlook | null;
}

/** A day, week or month of a quota. */
export interface PeriodUse {
  readonly from: string;
  readonly to: string;
  /** As the store has it. */
  readonly used: number;
  /** What AWS allows in the period: what was used and what AWS says to remain, together; otherwise the quota's limit. */
  readonly allowed: number;
  readonly allowedBy: "remaining" | "limit";
  /** What is left of it. */
  readonly remaining: number;
  /** Of what is allowed: 0.8 for 80 %. It may be above 1, because AWS enforces quotas by best effort. */
  readonly share: number;
  /** Whether days of the period are missing in the store, or older than asked for, so that it may be more by now. */
  readonly isAtLeast: boolean;
}

/**
 * At the pace of the period so far, from its first day (or the key's first day in the plan) to the reading of the figures, if that
 * is a day or more; otherwise at the pace of the last whole days before, at most seven.
 */
export interface Outlook {
  readonly kind: "used up" | "will be used up" | "lasts" | "unknown";
  /** When it will be used up; `null` for the other kinds. */
  readonly at: string | null;
  readonly requestsADay: number | null;
  readonly pace: "of the period" | "of the days before" | null;
}

export interface PlanUse {
  /** Its id in AWS. */
  readonly plan: string;
  readonly quota: KnownQuota;
  /** The last day that was collected; `null` where there is none. */
  readonly lastCollected: string | null;
}

/** The quota of each key of a usage plan, and where that is known from. */
export type KnownQuota =
  | {
      readonly kind: "limited";
      readonly limit: number;
      readonly period: QuotaPeriod;
      /** `stacks`: what `--stacks` names; `figures`: the only quota that all figures of the plan's keys agree with. */
      readonly source: "stacks" | "figures";
    }
  | { readonly kind: "unlimited"; readonly source: "stacks" }
  | { readonly kind: "unknown"; readonly why: UnknownQuotaReason };

/**
 * - `not written`: the stacks have the plan, and its quota is known only after an apply.
 * - `no figures`: AWS has not said what remains.
 * - `several`: the figures agree with quotas of more than one kind.
 * - `none`: the figures agree with no one quota; it was changed, or requests were granted to a key.
 */
export type UnknownQuotaReason = "not written" | "no figures" | "several" | "none";

/**
 * - `no-figures`: the store holds nothing of any of the days.
 * - `not-collected`: days that were not collected, of one plan or of all.
 * - `too-old`: the figures of the current period are older than asked for.
 * - `lost`: days that AWS does not report any more.
 * - `unknown-quota`: the quota of a plan is not known.
 * - `other-allowance`: AWS allows keys of a plan another number of requests than the quota in the stacks.
 * - `no-subscription`: a key that called and belongs to no subscription.
 * - `assumed-tier`: days on which it was not observed who was on which tier.
 */
export interface UnknownUse {
  readonly kind: UnknownKind;
  /** Id of the usage plan; `null` where it concerns all of them, or one subscription. */
  readonly plan: string | null;
  readonly subscription: string | null;
  readonly key: string | null;
  /** In order. */
  readonly days: readonly string[];
  /** Keys or requests that it concerns, as the kind says. */
  readonly count: number;
  /** What else there is to say: when the figures were read, or why a quota is unknown. */
  readonly detail: string | null;
}

export type UnknownKind =
  | "no-figures"
  | "not-collected"
  | "too-old"
  | "lost"
  | "unknown-quota"
  | "other-allowance"
  | "no-subscription"
  | "assumed-tier";

export interface Threshold {
  readonly percent: number;
  /** `unknown` where no key is known to have reached it and that of some is not known. */
  readonly verdict: "reached" | "not reached" | "unknown";
  /** Keys that reached it. */
  readonly reached: number;
  /** Keys of which it is not known. */
  readonly unknown: number;
}
