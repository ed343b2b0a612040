import { dateOf, monthOf } from "../../limiter/calendar-day";
import { readPrices } from "../price-records";
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
  const usage: UsageDay[] = [];
  for (const each of [...new Set([...closed.filter((one) => one < month), month])]) {
    const { first: from, last: to } = each === month ? { first, last } : calendarMonth(each);
    for await (const day of store.days({ from: dateOf(from), to: dateOf(to) })) usage.push(day);
  }
  const invoices: Invoice[] = [];
  for (const each of closed) invoices.push(...((await closedInvoices(store, each)) ?? []));
  return { usage, prices: await readPrices(store), credits: await readCredits(store), closed: invoices };
}
