import Big from "big.js";
import { show } from "../text/show";
import { calendarMonth } from "../usage/invoice/calendar-month";
import { addCredit, closedInvoices } from "../usage/invoice/invoice-documents";
import { asMoney } from "../usage/invoice/rounding";
import { openUsageStore } from "../usage/store/usage-store";
import { decimalsOf, isCurrency, readAmount } from "../vocabulary/money";

export interface CreditOptions {
  readonly id: string;
  readonly month: string;
  readonly currency: string;
  readonly reason: string;
  readonly store: string;
}

/** @returns what to print */
export async function giveCredit(subscription: string, written: string, options: CreditOptions): Promise<string> {
  const { id, month, currency, reason } = options;
  calendarMonth(month);
  const amount = amountOf(written, currency);
  const store = await openUsageStore(options.store);
  if ((await closedInvoices(store, month)) !== undefined)
    throw new Error(`${month} is closed, so its invoices stay as they are; give the credit in a later month`);
  const isNew = await addCredit(store, { id, month, subscription, currency, amount, reason });
  return isNew
    ? `Credit ${id}: ${currency} ${amount} for ${subscription}, on the invoice of ${month}.`
    : `Credit ${id} was given before, and is given once.`;
}

function amountOf(written: string, currency: string): string {
  if (!isCurrency(currency))
    throw new Error(`--currency must be a currency of ISO 4217, got ${show(currency)}; write EUR`);
  const amount = readAmount(written);
  const decimals = decimalsOf(currency);
  const isMoney = amount !== undefined && Number(amount) > 0 && (amount.split(".")[1] ?? "").length <= decimals;
  if (!isMoney)
    throw new Error(
      `an amount in ${currency} must be above 0, with at most ${decimals} decimals, got ${show(written)}; write ${decimals === 0 ? "10" : "10.00"}`,
    );
  return asMoney(currency, new Big(amount));
}
