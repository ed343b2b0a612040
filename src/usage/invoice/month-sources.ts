import { type CalendarDay, dateOf, dayOfDate, monthOf } from "../../limiter/calendar-day";
import { readLostDays } from "../collect/readings";
import { routeDays } from "../logs/route-days";
import { readPrices } from "../price-records";
import type { RouteDay } from "../route-day";
import type { UsageStore } from "../store/usage-store";
import type { UsageDay } from "../usage-day";
import { calendarMonth } from "./calendar-month";
import type { Invoice } from "./invoice";
import { closedInvoices, closedMonths, readCredits } from "./invoice-documents";
import type { InvoiceSources } from "./invoices";

/** Closed months before the one of an invoice whose figures may have changed: GetUsage tells at most 90 days. */
const RESTATED_MONTHS = 4;

/**
 * What the invoices of a month are made of, from a store.
 *
 * @throws RangeError for what is not a month
 * @throws Error for a store that cannot be read
 */
export async function monthSources(store: UsageStore, month: string): Promise<InvoiceSources> {
  const { first, last } = calendarMonth(month);
  const begin = dateOf(monthOf(first, -RESTATED_MONTHS));
  const closed = (await closedMonths(store)).filter((each) => each >= begin.slice(0, 7));
  const shared = new SharedTexts();
  const usage: UsageDay[] = [];
  const routes: RouteDay[] = [];
  for (const each of [...new Set([...closed.filter((one) => one < month), month])]) {
    const { first: from, last: to } = each === month ? { first, last } : calendarMonth(each);
    const range = { from: dateOf(from), to: dateOf(to) };
    for await (const day of store.days(range)) usage.push(shared.share(day));
    for await (const route of routeDays(store, range)) routes.push(route);
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
