import { countOf } from "../../usage/report/labels";
import type { CustomerReport, Refused, TierReport } from "../replay-report";
import { boundText, shortName, someOf } from "./labels";

/** A customer for whom a candidate is another than the first one. */
export interface Difference {
  readonly subscription: string;
  /** Refused calls more than by the first candidate, or fewer. */
  readonly calls: Refused;
  /** Days with refused calls by the candidate; `null` where the subscription is on several tiers. */
  readonly days: number | null;
}

/** Whom a candidate costs, and whom it frees, each by calls, most first. */
export interface Comparison {
  /** Whose calls it does not serve, with how many of them. */
  readonly loses: readonly Difference[];
  /** Of whom it refuses more. */
  readonly costs: readonly Difference[];
  /** Of whom it refuses nothing any more, by limits that are all known. */
  readonly frees: readonly Difference[];
  /** Of whom it refuses less, by limits that are all known. */
  readonly eases: readonly Difference[];
}

/** What of a candidate's tier is compared. */
export interface ComparedTier extends Pick<TierReport, "unknownLimits"> {
  readonly customers: readonly Pick<CustomerReport, "subscription" | "calls" | "refused" | "days">[];
}

interface Compared {
  readonly tiers: readonly ComparedTier[];
}

/** What a candidate changes, compared with the first one. */
export function compare(first: Compared, candidate: Compared): Comparison {
  const [before, after] = [bySubscription(first.tiers), bySubscription(candidate.tiers)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].flatMap((subscription) => {
    const [was, is] = [before.get(subscription) ?? NONE, after.get(subscription) ?? NONE];
    const [low, high] = [is.low - was.low, is.high - was.high];
    if (low === 0 && high === 0) return [];
    // Fewer calls are refused, too, where fewer meet limits, or where nobody knows the limits: that is not a relief.
    if (!isMore({ low, high }) && (is.calls < was.calls || is.hasUnknownLimits)) return [];
    return [{ subscription, low, high, isFree: is.high === 0, days: is.days }];
  });
  const sorted = (those: typeof changed): Difference[] =>
    those
      .sort((a, b) => Math.abs(b.high) - Math.abs(a.high) || Math.abs(b.low) - Math.abs(a.low))
      .map(({ subscription, low, high, days }) => ({ subscription, calls: distance(low, high), days }));
  const fewer = changed.filter((each) => !isMore(each));
  const loses = [...before].flatMap(([subscription, { calls }]) => {
    const lost = calls - (after.get(subscription)?.calls ?? 0);
    return lost > 0 ? [{ subscription, calls: { low: lost, high: lost }, days: null }] : [];
  });
  return {
    loses: loses.sort((a, b) => b.calls.high - a.calls.high),
    costs: sorted(changed.filter(isMore)),
    frees: sorted(fewer.filter(({ isFree }) => isFree)),
    eases: sorted(fewer.filter(({ isFree }) => !isFree)),
  };
}

const isMore = ({ low, high }: Refused) => high > 0 || (high === 0 && low > 0);

/** What a candidate does to all calls of a customer. */
export interface CustomerSum extends Refused {
  readonly calls: number;
  /** Days with refused calls; `null` where the subscription is on several tiers. */
  readonly days: number | null;
  readonly hasUnknownLimits: boolean;
}

const NONE: CustomerSum = { calls: 0, low: 0, high: 0, days: 0, hasUnknownLimits: false };

/**
 * What a candidate does to the customers of tiers, by subscription. A key of plain Terraform may be in several usage plans: its
 * days are then not those of either.
 */
export function bySubscription(tiers: readonly ComparedTier[]): Map<string, CustomerSum> {
  const sums = new Map<string, CustomerSum>();
  for (const { customers, unknownLimits } of tiers)
    for (const { subscription, calls, refused, days } of customers) {
      const sum = sums.get(subscription);
      sums.set(subscription, {
        calls: (sum?.calls ?? 0) + calls,
        low: (sum?.low ?? 0) + refused.low,
        high: (sum?.high ?? 0) + refused.high,
        days: sum === undefined ? days : null,
        hasUnknownLimits: sum?.hasUnknownLimits || unknownLimits.length > 0,
      });
    }
  return sums;
}

/** Both bounds without their sign where they agree on it. */
const distance = (low: number, high: number): Refused => {
  const [least, most] = [Math.min(low, high), Math.max(low, high)];
  return most <= 0 ? { low: -most || 0, high: -least } : { low: least, high: most };
};

/** `costs joe-black 1,204 calls on 4 days; frees ann; refuses bob 300 calls less`; empty where nobody notices. */
export function comparisonText({ loses, costs, frees, eases }: Comparison, most: number): string {
  const costly = costs.map(({ subscription, calls, days }) => {
    const when = days === null ? "" : ` on ${countOf(days, "day")}`;
    return `${shortName(subscription)} ${callsOf(calls)}${when}`;
  });
  const easier = eases.map(({ subscription, calls }) => `${shortName(subscription)} ${callsOf(calls)}`);
  const lost = loses.map(({ subscription, calls }) => `${shortName(subscription)} (${callsOf(calls)})`);
  const parts = [
    ["has no access for", lost],
    ["costs", costly],
    ["frees", frees.map(({ subscription }) => shortName(subscription))],
    ["spares", easier],
  ] as const;
  return parts.flatMap(([verb, items]) => (items.length > 0 ? `${verb} ${someOf(items, most)}` : [])).join("; ");
}

const callsOf = (calls: Refused): string => `${boundText(calls)} ${calls.high === 1 ? "call" : "calls"}`;
