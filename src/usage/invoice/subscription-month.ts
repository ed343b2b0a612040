import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import type { Price } from "../../vocabulary/price";
import { MEMBERSHIP_RANKS, type UsageDay } from "../usage-day";
import type { CalendarMonth } from "./calendar-month";
import { type CalledRoutes, chargedDay } from "./charged-days";
import type { InvoiceLine, InvoiceProblem } from "./invoice";
import { tierLines } from "./tier-lines";

/** What a month of one subscription charges, by currency, and what keeps that from being final. */
export interface SubscriptionMonth {
  readonly lines: ReadonlyMap<string, readonly InvoiceLine[]>;
  readonly problems: readonly InvoiceProblem[];
}

/**
 * @param days of one subscription in one month, each day, plan and key once
 * @param prices by fingerprint; `"unknown"` for one that another version wrote
 */
export function subscriptionMonth(
  month: CalendarMonth,
  subscription: string,
  days: readonly UsageDay[],
  prices: ReadonlyMap<string, Price | "unknown">,
  called: CalledRoutes,
): SubscriptionMonth {
  const ofKeys = groupedBy(days, keyOnDay);
  const isHeld = (each: UsageDay) => isOnTierAt(each, ofKeys.get(keyOnDay(each)) ?? []);
  const problem = (kind: InvoiceProblem["kind"], which: readonly UsageDay[]): InvoiceProblem[] =>
    which.length === 0 ? [] : [problemOf(kind, month.name, subscription, null, which)];
  const groups = groupedBy(days, ({ tier, price }) => `${tier}/${price}`);
  const lines = new Map<string, InvoiceLine[]>();
  const problems = [
    ...problem(
      "not-final",
      days.filter(({ final }) => !final),
    ),
    ...problem(
      "assumed-tier",
      days.filter((each) => each.membership === "assumed" && isHeld(each)),
    ),
  ];
  for (const [, group] of [...groups].sort(([a], [b]) => byName(a, b))) {
    const { tier, price: priceId } = group[0] as UsageDay;
    if (priceId === null || tier === null) {
      problems.push(
        ...problem(
          "no-price",
          group.filter(({ used }) => used > 0),
        ),
      );
      continue;
    }
    const price = prices.get(priceId);
    if (price === undefined || price === "unknown") {
      problems.push(...problem("unknown-price", group));
      continue;
    }
    const charged = group.map((each) => ({
      ...chargedDay(each, price, called, ofKeys.get(keyOnDay(each))?.length === 1),
      isHeld: isHeld(each),
    }));
    for (const kind of ["no-logs", "unnamed-api"] as const) {
      const lacking = charged.filter(({ lacks }) => lacks === kind);
      problems.push(
        ...problem(
          kind,
          lacking.map(({ of }) => of),
        ),
      );
    }
    const made = tierLines({ tier, price, priceId, month, days: charged });
    lines.set(price.currency, [...(lines.get(price.currency) ?? []), ...made]);
  }
  return { lines, problems };
}

/** A problem of some days. */
export const problemOf = (
  kind: InvoiceProblem["kind"],
  month: string,
  subscription: string | null,
  key: string | null,
  days: readonly UsageDay[],
): InvoiceProblem => ({
  kind,
  subscription,
  key,
  month,
  days: [...new Set(days.map(({ day }) => day))].sort(),
  requests: days.reduce((sum, { used }) => sum + used, 0),
});

const keyOnDay = ({ day, key }: UsageDay): string => `${day}/${key}`;

/**
 * Whether a key was on a tier on a day as far as fees go: on the day of a move it called under both tiers, and belongs to the one
 * on which it was seen last.
 */
function isOnTierAt(day: UsageDay, ofKey: readonly UsageDay[]): boolean {
  return ofKey.every(
    (other) =>
      MEMBERSHIP_RANKS[other.membership] < MEMBERSHIP_RANKS[day.membership] ||
      (other.membership === day.membership && other.membershipRead <= day.membershipRead),
  );
}
