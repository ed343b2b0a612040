import Big from "big.js";
import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import type { Price } from "../../vocabulary/price";
import type { RouteDay } from "../route-day";
import type { UsageDay } from "../usage-day";
import { type CalendarMonth, calendarMonth, datesOf, monthOfDate } from "./calendar-month";
import { CalledRoutes } from "./charged-days";
import { corrections, type Draft, sumOf } from "./corrections";
import { type Credit, type Invoice, type InvoiceLine, type InvoiceProblem, keepsOpen } from "./invoice";
import { asMoney } from "./rounding";
import { problemOf, type SubscriptionMonth, subscriptionMonth } from "./subscription-month";

/** What invoices are made of. */
export interface InvoiceSources {
  /**
   * Usage of the month, and of closed months before it whose figures may have changed since: whole months, in any order. Of
   * lines for the same day, plan and key, the one that was read last counts.
   */
  readonly usage: Iterable<UsageDay>;
  /**
   * What the access logs say of the same days.
   * @default - nothing
   */
  readonly routes?: Iterable<RouteDay>;
  /**
   * Days on which the use of a usage plan is lost for good: `2026-11-03`.
   * @default - none
   */
  readonly lost?: ReadonlySet<string>;
  /** By fingerprint; `"unknown"` for a price that another version wrote. */
  readonly prices: ReadonlyMap<string, Price | "unknown">;
  /** @default - none */
  readonly credits?: readonly Credit[];
  /**
   * The invoices of the months that were closed.
   * @default - none
   */
  readonly closed?: readonly Invoice[];
}

export interface MonthOfInvoices {
  /** By subscription, then by currency. */
  readonly invoices: readonly Invoice[];
  /** Of the month alone. */
  readonly problems: readonly InvoiceProblem[];
}

/**
 * The invoices of a month. Those that were closed are given as they were closed: what has become known since stands as a
 * correction on the invoices of the first month that is not closed yet.
 *
 * @param month `2026-11`
 * @throws RangeError for what is not a month
 */
export function invoicesOf(month: string, sources: InvoiceSources): MonthOfInvoices {
  const calendar = calendarMonth(month);
  const { credits = [], closed = [] } = sources;
  const called = new CalledRoutes(sources.routes ?? []);
  const months = groupedBy(distinctDays(sources.usage), ({ day }) => monthOfDate(day));
  const days = months.get(month) ?? [];
  const missing = missingDays(calendar, days, sources.lost);
  const own = statements(month, days, sources.prices, called);
  const problems = [
    ...(missing.length > 0 ? [{ ...problemOf("not-collected", month, null, null, []), days: missing }] : []),
    ...withoutSubscription(month, days),
    ...[...own.values()].flatMap((each) => each.problems),
  ];
  const alreadyClosed = closed.filter((each) => each.month === month);
  if (alreadyClosed.length > 0) return { invoices: sorted(alreadyClosed), problems };

  const corrected = corrections(month, closed, (each) =>
    statements(each, months.get(each) ?? [], sources.prices, called),
  );
  const drafts = [
    ...[...own].map(([subscription, { lines }]) => ({ subscription, lines })),
    ...distinctCredits(credits.filter((each) => each.month === month)).map(creditDraft),
    ...corrected.drafts,
  ];
  const customers = new Map([
    ...closed.map(({ subscription, customer }) => [subscription, customer] as const),
    ...customersOf(days),
  ]);
  const invoices = [...groupedBy(drafts, ({ subscription }) => subscription)].flatMap(([subscription, parts]) =>
    [
      ...groupedBy(
        parts.flatMap(({ lines }) => [...lines]),
        ([currency]) => currency,
      ),
    ].map(([currency, entries]) => {
      const lines = entries.flatMap(([, each]) => each);
      return {
        id: `${month}/${subscription}/${currency}`,
        month,
        subscription,
        customer: customers.get(subscription) ?? null,
        currency,
        lines,
        total: asMoney(currency, sumOf(lines)),
        isFinal: missing.length === 0 && !(own.get(subscription)?.problems ?? []).some(keepsOpen),
      };
    }),
  );
  return {
    invoices: sorted(invoices.filter(({ lines }) => lines.length > 0)),
    problems: [...problems, ...corrected.problems],
  };
}

function missingDays(month: CalendarMonth, days: readonly UsageDay[], lost: InvoiceSources["lost"]): string[] {
  const collected = new Set(days.map(({ day }) => day));
  return datesOf(month).filter((day) => !collected.has(day) || lost?.has(day));
}

/** What each subscription is charged for a month. */
const statements = (
  month: string,
  days: readonly UsageDay[],
  prices: InvoiceSources["prices"],
  called: CalledRoutes,
): ReadonlyMap<string, SubscriptionMonth> => {
  const owned = days.filter(({ subscription }) => subscription !== null);
  const groups = groupedBy(owned, ({ subscription }) => subscription as string);
  return new Map(
    [...groups].map(([id, each]) => [id, subscriptionMonth(calendarMonth(month), id, each, prices, called)]),
  );
};

/**
 * Each day, plan and key once: as it was read last, and of two at once the one with more. By key, then day, then plan, whatever
 * order they came in.
 */
export function distinctDays(usage: Iterable<UsageDay>): UsageDay[] {
  const ofKeys = [...groupedBy(usage, ({ key }) => key)].sort(([a], [b]) => byName(a, b));
  return ofKeys.flatMap(([, days]) =>
    days.sort(latestFirst).filter((each, index) => {
      const before = days[index - 1];
      return before?.day !== each.day || before.plan !== each.plan;
    }),
  );
}

const latestFirst = (a: UsageDay, b: UsageDay): number =>
  byName(a.day, b.day) || byName(a.plan, b.plan) || byName(b.read, a.read) || b.used - a.used;

/** The customer of each subscription on its last day. */
function customersOf(days: readonly UsageDay[]): ReadonlyMap<string, string | null> {
  const last = new Map<string, UsageDay>();
  for (const each of days) {
    const other = last.get(each.subscription ?? "");
    if (each.subscription !== null && (!other || other.day <= each.day)) last.set(each.subscription, each);
  }
  return new Map([...last].map(([subscription, { customer }]) => [subscription, customer]));
}

/** Keys that called and belong to nobody: what they used stands on no invoice. */
function withoutSubscription(month: string, days: readonly UsageDay[]): InvoiceProblem[] {
  const calls = days.filter(({ subscription, used }) => subscription === null && used > 0);
  return [...groupedBy(calls, ({ key }) => key)].map(([key, each]) =>
    problemOf("no-subscription", month, null, key, each),
  );
}

const distinctCredits = (credits: readonly Credit[]): Credit[] =>
  [...new Map(credits.map((each) => [each.id, each])).values()].sort((a, b) => byName(a.id, b.id));

function creditDraft({ id, subscription, currency, amount, reason }: Credit): Draft {
  const line: InvoiceLine = {
    id: `credit/${id}`,
    kind: "credit",
    description: `Credit: ${reason}`,
    tier: null,
    quantity: 1,
    unitPrice: null,
    amount: asMoney(currency, new Big(amount).neg()),
    days: [],
  };
  return { subscription, lines: new Map([[currency, [line]]]) };
}

const sorted = (invoices: readonly Invoice[]): Invoice[] => [...invoices].sort((a, b) => byName(a.id, b.id));
