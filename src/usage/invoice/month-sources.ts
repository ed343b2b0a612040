import { type CalendarDay, dateOf, dayOfDate, monthOf } from "../../limiter/calendar-day";
import { readLostDays } from "../collect/readings";
import { routeDays } from "../logs/route-days";
import { readPrices } from "../price-records";
import type { RouteDay } from "../route-day";
import type { UsageStore } from "../store/usage-store";
import type { UsageDay } from "../usage-day";
import { calendarMonth, monthOfDate } from "./calendar-month";
import type { Invoice } from "./invoice";
import { closedInvoices, closedMonths, readCredits } from "./invoice-documents";
import type { InvoiceSources } from "./invoices";

/** Closed months before the one of an invoice whose figures may have changed: GetUsage tells at most 90 days. */
const RESTATED_MONTHS = 4;

/**
 * What was used in a month.
 *
 * @throws RangeError for what is not a month
 * @throws Error for a store that cannot be read
 */
export async function monthOfUsage(
  store: UsageStore,
  month: string,
  shared = new SharedTexts(),
): Promise<{ readonly month: string; readonly usage: readonly UsageDay[]; readonly routes: readonly RouteDay[] }> {
  const { first, last } = calendarMonth(month);
  const range = { from: dateOf(first), to: dateOf(last) };
  const [usage, routes]: [UsageDay[], RouteDay[]] = [[], []];
  for await (const day of store.days(range)) usage.push(shared.share(day));
  for await (const route of routeDays(store, range)) routes.push(route);
  return { month, usage, routes };
}

/**
 * What the invoices of a month are made of, from a store.
 *
 * @throws RangeError for what is not a month
 * @throws Error for a store that cannot be read
 */
export async function monthSources(store: UsageStore, month: string): Promise<InvoiceSources> {
  const { first, last } = calendarMonth(month);
  const begin = dateOf(monthOf(first, -RESTATED_MONTHS));
  const closed = (await closedMonths(store)).filter((each) => each >= monthOfDate(begin));
  // The invoices of a closed month stay as they are, so nothing before them is restated.
  const restated = closed.includes(month) ? [] : closed.filter((each) => each < month);
  const shared = new SharedTexts();
  const [usage, routes]: [UsageDay[], RouteDay[]] = [[], []];
  for (const each of [...restated, month]) {
    const read = await monthOfUsage(store, each, shared);
    for (const day of read.usage) usage.push(day);
    for (const route of read.routes) routes.push(route);
  }
  const invoices: Invoice[] = [];
  for (const each of closed) for (const invoice of (await closedInvoices(store, each)) ?? []) invoices.push(invoice);
  const lost = (await readLostDays(store)).flatMap(({ from, to }) => daysOf(from, to, first, last));
  const [prices, credits] = [await readPrices(store), await readCredits(store)];
  return { usage, routes, prices, credits, closed: invoices, lost: new Set(lost) };
}

/** The days of a range that are in a month. */
function daysOf(from: string, to: string, first: CalendarDay, last: CalendarDay): string[] {
  const begin = Math.max(dayOfDate(from), first);
  const end = Math.min(dayOfDate(to), last);
  return Array.from({ length: Math.max(0, end - begin + 1) }, (_, index) => dateOf(begin + index));
}

const TEXTS = [
  "day",
  "plan",
  "key",
  "subscription",
  "customer",
  "tier",
  "price",
  "membership",
  "membershipRead",
  "read",
  "finalSince",
];

/** Makes equal texts one text: the same key, tier and time stand in each of a million lines. */
class SharedTexts {
  private readonly texts = new Map<string, string>();

  /** @param day that nobody else has: its own texts are replaced */
  share(day: UsageDay): UsageDay {
    const fields = day as unknown as Record<string, unknown>;
    for (const name of TEXTS) {
      const value = fields[name];
      if (typeof value === "string") fields[name] = this.one(value);
    }
    return day;
  }

  private one(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }
}
