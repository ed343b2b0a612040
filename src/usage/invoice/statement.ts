import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import type { Price } from "../../vocabulary/price";
import type { RouteDay } from "../route-day";
import type { UsageDay } from "../usage-day";
import { calendarMonth, datesOf } from "./calendar-month";
import { CalledRoutes } from "./charged-days";
import type { InvoiceProblem } from "./invoice";
import { problemOf, type SubscriptionMonth, subscriptionMonth } from "./subscription-month";

/** What a statement is made of besides usage. */
export interface StatementContext {
  /**
   * What the access logs say of the month's days.
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
}

/** What a month charges by its usage as it is known: its invoices, without credits and what concerns other months. */
export interface Statement {
  /** `2026-11` */
  readonly month: string;
  readonly subscriptions: ReadonlyMap<string, SubscriptionMonth>;
  /** The customer of each subscription on its last day of the month. */
  readonly customers: ReadonlyMap<string, string | null>;
  /** Whether some days are not collected, or lost. */
  readonly isIncomplete: boolean;
  readonly problems: readonly InvoiceProblem[];
}

/**
 * @param month `2026-11`
 * @param usage of the month, in any order. Of lines for the same day, plan and key, the one that was read last counts.
 * @throws RangeError for what is not a month
 */
export function statementOf(month: string, usage: Iterable<UsageDay>, context: StatementContext): Statement {
  const days = new DaysOfMonth();
  for (const each of usage) days.add(each);
  return days.statement(month, context);
}

/** The usage of a month, as it is read. Its lines are let go while the statement is made of them, for both take memory. */
export class DaysOfMonth {
  private readonly ofKeys = new Map<string, UsageDay[]>();
  private readonly collected = new Set<string>();

  add(day: UsageDay): void {
    this.collected.add(day.day);
    const ofKey = this.ofKeys.get(day.key);
    if (ofKey) ofKey.push(day);
    else this.ofKeys.set(day.key, [day]);
  }

  /** @throws RangeError for what is not a month */
  statement(month: string, { routes = [], lost, prices }: StatementContext): Statement {
    const calendar = calendarMonth(month);
    const called = new CalledRoutes(routes);
    const missing = datesOf(calendar).filter((day) => !this.collected.has(day) || lost?.has(day));
    const problems: InvoiceProblem[] = [];
    if (missing.length > 0) problems.push({ ...problemOf("not-collected", month, null, null, []), days: missing });
    const subscriptions = new Map<string, SubscriptionMonth>();
    const customers = new Map<string, string | null>();
    const ofSubscriptions: InvoiceProblem[] = [];
    for (const [id, keys] of this.keysOfSubscriptions()) {
      if (id === null) {
        problems.push(...keys.flatMap((key) => withoutSubscription(month, key, this.taken(key, null))));
        continue;
      }
      const days = keys.flatMap((key) => this.taken(key, id));
      const charged = subscriptionMonth(calendar, id, days, prices, called);
      subscriptions.set(id, charged);
      customers.set(id, customerOf(days));
      ofSubscriptions.push(...charged.problems);
    }
    problems.push(...ofSubscriptions);
    return { month, subscriptions, customers, isIncomplete: missing.length > 0, problems };
  }

  /** The keys of each subscription, and of nobody, in order; each key's days are there once afterwards. */
  private keysOfSubscriptions(): ReadonlyMap<string | null, readonly string[]> {
    const keysOf = new Map<string | null, string[]>();
    for (const key of [...this.ofKeys.keys()].sort(byName)) {
      const days = distinctDaysOfKey(this.ofKeys.get(key) ?? []);
      this.ofKeys.set(key, days);
      for (const id of new Set(days.map(({ subscription }) => subscription))) {
        const keys = keysOf.get(id);
        if (keys) keys.push(key);
        else keysOf.set(id, [key]);
      }
    }
    return keysOf;
  }

  /** Takes out the days that a key belonged to a subscription. */
  private taken(key: string, id: string | null): UsageDay[] {
    const days = this.ofKeys.get(key) ?? [];
    const own = days.filter(({ subscription }) => subscription === id);
    if (own.length === days.length) this.ofKeys.delete(key);
    else
      this.ofKeys.set(
        key,
        days.filter(({ subscription }) => subscription !== id),
      );
    return own;
  }
}

/**
 * Each day, plan and key once: as it was read last, and of two at once the one with more. By key, then day, then plan, whatever
 * order they came in.
 */
export function distinctDays(usage: Iterable<UsageDay>): UsageDay[] {
  const ofKeys = [...groupedBy(usage, ({ key }) => key)].sort(([a], [b]) => byName(a, b));
  return ofKeys.flatMap(([, days]) => distinctDaysOfKey(days));
}

/** @param days that are sorted in place */
const distinctDaysOfKey = (days: UsageDay[]): UsageDay[] =>
  days.sort(latestFirst).filter((each, index) => {
    const before = days[index - 1];
    return before?.day !== each.day || before.plan !== each.plan;
  });

const latestFirst = (a: UsageDay, b: UsageDay): number =>
  byName(a.day, b.day) || byName(a.plan, b.plan) || byName(b.read, a.read) || b.used - a.used;

/** The customer of a subscription on its last day. */
const customerOf = (days: readonly UsageDay[]): string | null =>
  days.reduce((last, each) => (last.day <= each.day ? each : last)).customer;

/** A key that called and belongs to nobody: what it used stands on no invoice. */
function withoutSubscription(month: string, key: string, days: readonly UsageDay[]): InvoiceProblem[] {
  const calls = days.filter(({ used }) => used > 0);
  return calls.length === 0 ? [] : [problemOf("no-subscription", month, null, key, calls)];
}
