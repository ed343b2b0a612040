import { groupedBy } from "../../text/grouped-by";
import { plainTable } from "../../text/plain-table";
import { printable } from "../../text/printable";
import { sumOf } from "./corrections";
import { describeProblem } from "./describe-problem";
import { type InvoiceLine, type InvoiceProblem, keepsOpen } from "./invoice";
import type { MonthOfInvoices } from "./invoices";
import { asMoney } from "./rounding";

/** Invoices for a person: a table for each, the sums by currency, and what keeps them from being final. */
export function invoiceText(month: string, { invoices, problems }: MonthOfInvoices): string {
  const tables = invoices.map(({ subscription, customer, currency, lines, total, isFinal }) => {
    const name = printable(subscription) + (customer === null ? "" : ` (${printable(customer)})`);
    const rows = lines.map((line) => [printable(line.description), quantityOf(line), `${currency} ${line.amount}`]);
    return `${name}${isFinal ? "" : ", not final"}\n${plainTable([...rows, ["Total", "", `${currency} ${total}`]], ["left", "right", "right"])}`;
  });
  const totals = [...groupedBy(invoices, ({ currency }) => currency)].map(([currency, each]) => {
    const sum = asMoney(currency, sumOf(each.map(({ total }) => ({ amount: total }))));
    return `Total of ${each.length} invoice${each.length === 1 ? "" : "s"} for ${month}: ${currency} ${sum}`;
  });
  return [
    ...tables,
    totals.length > 0 ? totals.join("\n") : `There are no invoices for ${month}: nobody was on a tier with a price.`,
    ...problemTexts(problems),
  ].join("\n\n");
}

function problemTexts(problems: readonly InvoiceProblem[]): string[] {
  const list = (title: string, each: readonly InvoiceProblem[]) =>
    each.length === 0 ? [] : [`${title}\n${each.map((problem) => `- ${describeProblem(problem)}`).join("\n")}`];
  return [
    ...list("Not final, because:", problems.filter(keepsOpen)),
    ...list(
      "On no invoice:",
      problems.filter((problem) => !keepsOpen(problem)),
    ),
  ];
}

function quantityOf({ kind, quantity, unitPrice }: InvoiceLine): string {
  const count = quantity.toLocaleString("en");
  if (kind === "base") return `${count} day${quantity === 1 ? "" : "s"}`;
  return unitPrice === null ? "" : `${count} × ${unitPrice}`;
}
