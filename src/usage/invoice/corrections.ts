import Big from "big.js";
import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import type { Invoice, InvoiceLine, InvoiceProblem } from "./invoice";
import { asMoney } from "./rounding";
import type { SubscriptionMonth } from "./subscription-month";

/** Lines of an invoice that is being made, by currency. */
export interface Draft {
  readonly subscription: string;
  readonly lines: ReadonlyMap<string, readonly InvoiceLine[]>;
}

/** Problems by which lines of a month are missing, so that it cannot be compared with what was invoiced. */
const HIDES_LINES: ReadonlySet<InvoiceProblem["kind"]> = new Set([
  "no-logs",
  "unnamed-api",
  "unknown-price",
  "not-final",
]);

/**
 * What has become known of closed months. It stands on the invoices of the first month that is still open, so that it is charged
 * once.
 *
 * @param closed the invoices of all closed months
 * @param statementsOf what each subscription would be charged for a month today; empty for one of which no usage is given, which
 *   is not restated
 */
export function corrections(
  month: string,
  closed: readonly Invoice[],
  statementsOf: (month: string) => ReadonlyMap<string, SubscriptionMonth>,
): { readonly drafts: readonly Draft[]; readonly problems: readonly InvoiceProblem[] } {
  const months = [...new Set(closed.map((each) => each.month))].sort(byName);
  if (months.some((each) => each > month)) return { drafts: [], problems: [] };
  const bySubscription = groupedBy(closed, ({ subscription }) => subscription);
  const drafts: Draft[] = [];
  const problems: InvoiceProblem[] = [];
  for (const each of months) {
    const statements = statementsOf(each);
    if (statements.size === 0) continue;
    const then = closed.filter((invoice) => invoice.month === each).map(({ subscription }) => subscription);
    for (const subscription of new Set([...statements.keys(), ...then])) {
      const now = statements.get(subscription);
      const hidden = (now?.problems ?? []).filter(({ kind }) => HIDES_LINES.has(kind));
      problems.push(...hidden);
      if (hidden.length > 0) continue;
      const own = bySubscription.get(subscription) ?? [];
      const currencies = new Set([...(now?.lines.keys() ?? []), ...own.map(({ currency }) => currency)]);
      for (const currency of currencies) {
        const invoiced = own.filter((invoice) => invoice.currency === currency);
        const line = correctionLine(each, currency, now?.lines.get(currency) ?? [], invoiced);
        if (line) drafts.push({ subscription, lines: new Map([[currency, [line]]]) });
      }
    }
  }
  return { drafts, problems };
}

/** What lines charge for usage and tiers, without credits and corrections. */
export const chargeOf = (lines: readonly InvoiceLine[]): Big =>
  sumOf(lines.filter(({ kind }) => kind !== "credit" && kind !== "correction"));

export const sumOf = (lines: readonly Pick<InvoiceLine, "amount">[]): Big =>
  lines.reduce((sum, { amount }) => sum.plus(amount), new Big(0));

/** The id of the line that corrects a month. */
const correctionOf = (month: string): string => `correction/${month}`;

/**
 * What has become known of a closed month and stands on no invoice yet; `undefined` where that is nothing.
 *
 * @param restated the month's lines as they would be today
 * @param closed all closed invoices of the subscription in the currency
 */
function correctionLine(
  month: string,
  currency: string,
  restated: readonly InvoiceLine[],
  closed: readonly Invoice[],
): InvoiceLine | undefined {
  const own = closed.find((each) => each.month === month);
  const corrected = closed.flatMap(({ lines }) => lines.filter(({ id }) => id === correctionOf(month)));
  const charged = chargeOf(own?.lines ?? []).plus(sumOf(corrected));
  const missing = chargeOf(restated).minus(charged);
  if (missing.eq(0)) return undefined;
  const money = (amount: Big) => asMoney(currency, amount);
  return {
    id: correctionOf(month),
    kind: "correction",
    description: `Correction of ${month}: ${money(chargeOf(restated))} instead of ${money(charged)}`,
    tier: null,
    quantity: 1,
    unitPrice: null,
    amount: money(missing),
    days: changedDays(own?.lines ?? [], restated),
  };
}

/** The days of a month whose figures are no longer those of its closed invoice. */
function changedDays(closed: readonly InvoiceLine[], restated: readonly InvoiceLine[]): InvoiceLine["days"] {
  const before = new Map(closed.flatMap(({ days }) => days).map((each) => [each.day, each]));
  const after = new Map(restated.flatMap(({ days }) => days).map((each) => [each.day, each]));
  const changed = [...after.values()].filter(({ day, requests, charged }) => {
    const then = before.get(day);
    return then?.requests !== requests || then.charged !== charged;
  });
  const gone = [...before.keys()].filter((day) => !after.has(day));
  return [...changed, ...gone.map((day) => ({ day, requests: 0, charged: 0 }))].sort((a, b) =>
    a.day < b.day ? -1 : 1,
  );
}
