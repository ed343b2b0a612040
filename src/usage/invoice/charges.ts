import type { Price } from "../../vocabulary/price";
import { monthOfDate } from "./calendar-month";
import { chargeOf } from "./corrections";
import { type InvoiceSources, invoicesOf } from "./invoices";
import { asMoney } from "./rounding";

/** What was used in one month. */
export type MonthOfUsage = Pick<InvoiceSources, "usage" | "routes"> & {
  /** `2026-11` */
  readonly month: string;
};

/** A sum of money, as it is shown: `EUR 49.00`. */
export interface Charge {
  readonly subscription: string;
  readonly money: string;
}

/**
 * What the subscriptions of a tier would have been charged for a month at a price, whatever they were charged. Those are missing
 * for which access logs are missing.
 */
export function chargesAt(tier: string, price: Price, { month, usage, routes = [] }: MonthOfUsage): Charge[] {
  const ofTier = [...usage].filter((each) => each.tier === tier && monthOfDate(each.day) === month);
  const priced = ofTier.map((each) => ({ ...each, price: "given" }));
  const { invoices, problems } = invoicesOf(month, { usage: priced, routes, prices: new Map([["given", price]]) });
  const untold = new Set(problems.filter(({ kind }) => kind === "no-logs").map(({ subscription }) => subscription));
  return invoices
    .filter(({ subscription }) => !untold.has(subscription))
    .map(({ subscription, currency, lines }) => ({
      subscription,
      money: `${currency} ${asMoney(currency, chargeOf(lines))}`,
    }));
}
