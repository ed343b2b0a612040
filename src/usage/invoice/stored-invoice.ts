import { isObject } from "../../vocabulary/objects";
import type { Invoice, InvoiceDay, InvoiceLine } from "./invoice";

/** An invoice as a closed month keeps it: the days behind its lines stand once each, for most lines have the same. */
interface StoredInvoice extends Omit<Invoice, "lines"> {
  /** Lists of `[day, requests, charged]`. */
  readonly days: readonly (readonly (readonly [string, number, number])[])[];
  readonly lines: readonly StoredLine[];
}

interface StoredLine extends Omit<InvoiceLine, "days"> {
  /** Which of the invoice's lists of days. */
  readonly days: number;
}

/** @returns one line of JSON, the same for equal invoices */
export function encodeInvoice(invoice: Invoice): string {
  const days = new Map<string, number>();
  const lines = invoice.lines.map((line): StoredLine => {
    const list = JSON.stringify(line.days.map(({ day, requests, charged }) => [day, requests, charged]));
    if (!days.has(list)) days.set(list, days.size);
    return { ...line, days: days.get(list) as number };
  });
  const { lines: _, ...head } = invoice;
  const rest = JSON.stringify({ ...head, lines });
  return `${rest.slice(0, -1)},"days":[${[...days.keys()].join(",")}]}`;
}

/** @returns `undefined` for what was not made by `encodeInvoice` */
export function decodeInvoice(value: Record<string, unknown>): Invoice | undefined {
  const { days: lists, lines, ...head } = value as Partial<StoredInvoice>;
  if (!TEXTS.every((field) => typeof value[field] === "string")) return undefined;
  if (!Array.isArray(lists) || !Array.isArray(lines) || !lines.every(isStoredLine)) return undefined;
  const days = lists.map(decodeDays);
  if (lines.some((line) => days[line.days] === undefined)) return undefined;
  return { ...head, lines: lines.map((line) => ({ ...line, days: days[line.days] as InvoiceDay[] })) } as Invoice;
}

const TEXTS = ["id", "month", "subscription", "currency", "total"] as const;

const isStoredLine = (line: unknown): line is StoredLine =>
  isObject(line) && typeof line.id === "string" && typeof line.amount === "string" && typeof line.days === "number";

function decodeDays(list: unknown): InvoiceDay[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const days = list.map(([day, requests, charged]: [string, number, number]) => ({ day, requests, charged }));
  const areDays = days.every((each) => typeof each.day === "string" && Number.isFinite(each.requests + each.charged));
  return areDays ? days : undefined;
}
