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

/** What a tier would have brought in. */
export interface TierCharges {
  readonly charges: readonly Charge[];
  /** Subscriptions of which it is not known, for want of access logs. Sorted. */
  readonly unknown: readonly string[];
}

/**
 * What the subscriptions of a tier would have been charged for a month at a price, whatever they were charged; `undefined` for a
 * tier on which nobody was in that month.
 */
export function chargesAt(
  tier: string,
  price: Price,
  { month, usage, routes = [] }: MonthOfUsage,
): TierCharges | undefined {
  const ofTier = [...usage].filter((each) => each.tier === tier && monthOfDate(each.day) === month);
  if (ofTier.length === 0) return undefined;
  const priced = ofTier.map((each) => ({ ...each, price: "given" }));
  const { invoices, problems } = invoicesOf(month, { usage: priced, routes, prices: new Map([["given", price]]) });
  const lacking = problems.filter(({ kind }) => kind === "no-logs" || kind === "unnamed-api");
  const unknown = new Set(lacking.flatMap(({ subscription }) => subscription ?? []));
  const charges = invoices
    .filter(({ subscription }) => !unknown.has(subscription))
    .map(({ subscription, currency, lines }) => ({
      subscription,
      money: `${currency} ${asMoney(currency, chargeOf(lines))}`,
    }));
  return { charges, unknown: [...unknown].sort() };
}
