import { csvOfTable } from "../../text/csv";
import type { Invoice } from "./invoice";

const COLUMNS = [
  "invoice",
  "month",
  "subscription",
  "customer",
  "line",
  "kind",
  "description",
  "tier",
  "quantity",
  "unit_price",
  "amount",
  "currency",
  "final",
] as const;

/** One row for each line of each invoice, so that a spreadsheet's sum is the sum of all invoices. */
export function invoiceCsv(invoices: readonly Invoice[]): string {
  const rows = invoices.flatMap((invoice) =>
    invoice.lines.map((line) => [
      invoice.id,
      invoice.month,
      invoice.subscription,
      invoice.customer ?? "",
      line.id,
      line.kind,
      line.description,
      line.tier ?? "",
      line.quantity,
      line.unitPrice ?? "",
      line.amount,
      invoice.currency,
      String(invoice.isFinal),
    ]),
  );
  return csvOfTable(COLUMNS, rows);
}
