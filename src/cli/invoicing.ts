import { nearestTo } from "../text/nearest";
import { show } from "../text/show";
import { describeProblem } from "../usage/invoice/describe-problem";
import { type InvoiceProblem, keepsOpen } from "../usage/invoice/invoice";
import { invoiceCsv } from "../usage/invoice/invoice-csv";
import { closeMonth } from "../usage/invoice/invoice-documents";
import { invoiceText } from "../usage/invoice/invoice-text";
import type { MonthOfInvoices } from "../usage/invoice/invoices";
import { invoicesInStore } from "../usage/invoice/invoices-in-store";
import { openUsageStore } from "../usage/store/usage-store";
import type { InvoiceOptions } from "./invoice-options";

/** @returns what to print, and whether nothing of it is expected to change */
export async function makeInvoices(
  options: InvoiceOptions,
): Promise<{ readonly text: string; readonly isFinal: boolean }> {
  const { month, subscription, format, close, accept } = options;
  if (accept.length > 0 && !close)
    throw new Error("--accept says what a month is closed without, so it needs --close; give both, or neither");
  if (close && subscription !== undefined)
    throw new Error(
      "--close keeps the invoices of a whole month, so it takes no --subscription; leave one of them out",
    );
  const store = await openUsageStore(options.store);
  const made = await invoicesInStore(store, month);
  const open = made.problems.filter((each) => keepsOpen(each) && !accept.includes(each.kind));
  const shown = subscription === undefined ? made : ofSubscription(made, subscription);
  if (close) {
    if (open.length > 0) throw new Error(notClosed(month, open));
    if (made.invoices.length === 0)
      throw new Error(`${options.store}: has no invoices for ${month}, so there is nothing to close; check the month`);
    await closeMonth(store, month, made.invoices);
  }
  const text = {
    table: () => invoiceText(month, shown) + (close ? `\n\nClosed: these invoices stay as they are.` : ""),
    csv: () => invoiceCsv(shown.invoices),
    json: () => JSON.stringify(shown, undefined, 2),
  }[format]();
  return { text, isFinal: close || !shown.problems.some(keepsOpen) };
}

function ofSubscription({ invoices, problems }: MonthOfInvoices, subscription: string): MonthOfInvoices {
  const known = [...new Set([...invoices, ...problems].flatMap((each) => each.subscription ?? []))];
  if (!known.includes(subscription)) {
    const nearest = nearestTo(subscription, known);
    throw new Error(
      `subscription ${show(subscription)} has no invoice in that month; ` +
        (nearest === undefined ? "check the id, as the catalog has it" : `did you mean "${nearest}"?`),
    );
  }
  return {
    invoices: invoices.filter((each) => each.subscription === subscription),
    problems: problems.filter((each) => each.subscription === subscription || each.kind === "not-collected"),
  };
}

function notClosed(month: string, problems: readonly InvoiceProblem[]): string {
  const kinds = [...new Set(problems.map(({ kind }) => kind))];
  return [
    `${month} cannot be closed yet:`,
    ...problems.map((each) => `- ${describeProblem(each)}`),
    `To close it nevertheless, add ${kinds.map((kind) => `--accept ${kind}`).join(" ")}; what becomes known later is a correction.`,
  ].join("\n");
}
