import type { Command } from "commander";
import { show } from "../text/show";
import { calendarMonth } from "../usage/invoice/calendar-month";
import { addCredit, closedInvoices } from "../usage/invoice/invoice-documents";
import { openUsageStore } from "../usage/store/usage-store";
import { decimalsOf, isCurrency, readAmount } from "../vocabulary/money";
import { storeOption } from "./store-option";

interface CreditOptions {
  readonly id: string;
  readonly month: string;
  readonly currency: string;
  readonly reason: string;
  readonly store: string;
}

export function addCreditCommand(program: Command): void {
  program
    .command("credit")
    .description("Gives something back to a subscription: a line below 0 on the invoice of a month that is not closed.")
    .argument("<subscription>", "id of the subscription")
    .argument("<amount>", "what is given back, above 0: 10.00")
    .requiredOption("--currency <code>", "three letters of ISO 4217: EUR")
    .requiredOption("--month <month>", "the month on whose invoice it stands: 2026-11")
    .requiredOption("--reason <text>", "why, as the customer reads it")
    .requiredOption("--id <id>", "the credit's own id, such as a ticket's; the same id is credited once")
    .addOption(storeOption())
    .action(async (subscription: string, written: string, options: CreditOptions) => {
      const { id, month, currency, reason } = options;
      calendarMonth(month);
      const amount = amountOf(written, currency);
      const store = await openUsageStore(options.store);
      if ((await closedInvoices(store, month)) !== undefined)
        throw new Error(`${month} is closed, so its invoices stay as they are; give the credit in a later month`);
      const isNew = await addCredit(store, { id, month, subscription, currency, amount, reason });
      console.log(
        isNew
          ? `Credit ${id}: ${currency} ${amount} for ${subscription}, on the invoice of ${month}.`
          : `Credit ${id} was given before, and is given once.`,
      );
    });
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
  return Number(amount).toFixed(decimals);
}
