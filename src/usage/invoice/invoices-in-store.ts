import { type DayNumber, dateOf, dayOfDate, monthOf } from "../../limiter/day-number";
import { readLostDays } from "../collect/readings";
import { routeDays } from "../logs/route-days";
import { readPrices } from "../price-records";
import type { RouteDay } from "../route-day";
import type { DayRange, UsageStore } from "../store/usage-store";
import type { UsageDay } from "../usage-day";
import { calendarMonth, monthOfDate } from "./calendar-month";
import { Corrections } from "./corrections";
import { closedInvoices, closedMonths, readCredits } from "./invoice-documents";
import { type MonthOfInvoices, openInvoices } from "./invoices";
import { DaysOfMonth } from "./statement";

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
): Promise<{ readonly month: string; readonly usage: readonly UsageDay[]; readonly routes: readonly RouteDay[] }> {
  const usage: UsageDay[] = [];
  for await (const day of store.days(rangeOf(month))) usage.push(day);
  return { month, usage, routes: await routesIn(store, month) };
}

/**
 * The invoices of a month, from a store. One month is held at a time, whichever number of them is restated.
 *
 * @throws RangeError for what is not a month
 * @throws Error for a store that cannot be read
 */
export async function invoicesInStore(store: UsageStore, month: string): Promise<MonthOfInvoices> {
  const { first } = calendarMonth(month);
  const begin = monthOfDate(dateOf(monthOf(first, -RESTATED_MONTHS)));
  const [prices, lost] = [await readPrices(store), await readLostDays(store)];
  const statement = async (of: string) => {
    const days = new DaysOfMonth();
    for await (const day of store.days(rangeOf(of))) days.add(day);
    return days.statement(of, { routes: await routesIn(store, of), prices, lost: lostDaysOf(of, lost) });
  };
  const own = await closedInvoices(store, month);
  if (own) return { invoices: [...own], problems: (await statement(month)).problems };
  const corrections = new Corrections();
  const closed = (await closedMonths(store)).filter((each) => each >= begin).reverse();
  const isFirstOpen = closed.every((each) => each < month);
  for (const each of closed)
    corrections.note({
      statement: isFirstOpen ? await statement(each) : undefined,
      invoices: (await closedInvoices(store, each)) ?? [],
    });
  return openInvoices(await statement(month), await readCredits(store), corrections);
}

function rangeOf(month: string): DayRange {
  const { first, last } = calendarMonth(month);
  return { from: dateOf(first), to: dateOf(last) };
}

async function routesIn(store: UsageStore, month: string): Promise<RouteDay[]> {
  const routes: RouteDay[] = [];
  for await (const route of routeDays(store, rangeOf(month))) routes.push(route);
  return routes;
}

/** The lost days of a month. */
function lostDaysOf(month: string, lost: readonly { readonly from: string; readonly to: string }[]): Set<string> {
  const { first, last } = calendarMonth(month);
  return new Set(lost.flatMap(({ from, to }) => daysOf(from, to, first, last)));
}

/** The days of a range that are in a month. */
function daysOf(from: string, to: string, first: DayNumber, last: DayNumber): string[] {
  const begin = Math.max(dayOfDate(from), first);
  const end = Math.min(dayOfDate(to), last);
  return Array.from({ length: Math.max(0, end - begin + 1) }, (_, index) => dateOf(begin + index));
}
