import { show } from "../../text/show";
import { objectIn, objectLines } from "../store/json-objects";
import type { UsageStore } from "../store/usage-store";
import type { Credit, Invoice } from "./invoice";
import { decodeInvoice, encodeInvoice } from "./stored-invoice";

const invoicesFile = (month: string): string => `invoices/month=${month}/invoices.jsonl`;
const creditFile = (id: string): string => `credits/${id}.json`;

/** What a credit's id may be: it is the name of a file. */
const CREDIT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Keeps the invoices of a month as they are, for good: one file, written whole by the first program that comes.
 *
 * @returns whether they were kept now; `false` where just these were kept before
 * @throws Error where the month was closed with other invoices
 */
export async function closeMonth(store: UsageStore, month: string, invoices: readonly Invoice[]): Promise<boolean> {
  const file = invoicesFile(month);
  let text = "";
  for (const each of invoices) text += `${encodeInvoice(each)}\n`;
  if (await store.write(file, text, undefined)) return true;
  if ((await store.read(file))?.text === text) return false;
  throw new Error(
    `${store.placeOf(file)}: ${month} was closed with other invoices, which stay; what has become known since stands as a ` +
      "correction on the invoices of the first month that is open",
  );
}

/** Months that were closed, in order. */
export async function closedMonths(store: UsageStore): Promise<string[]> {
  const months: string[] = [];
  for await (const name of store.list("invoices/")) {
    const month = /^invoices\/month=(\d{4}-\d{2})\/invoices\.jsonl$/.exec(name)?.[1];
    if (month !== undefined) months.push(month);
  }
  return months.sort();
}

/**
 * The invoices with which a month was closed, each read when it is asked for; `undefined` for a month that is open.
 *
 * @throws Error for a file that cannot be read, there or where an invoice is asked for
 */
export async function closedInvoices(store: UsageStore, month: string): Promise<Iterable<Invoice> | undefined> {
  const file = invoicesFile(month);
  const stored = await store.read(file);
  return stored && invoicesIn(stored.text, store.placeOf(file));
}

function* invoicesIn(text: string, file: string): Generator<Invoice> {
  for (const { value, place } of objectLines(text, file, REMEDY)) {
    const invoice = decodeInvoice(value);
    if (!invoice) throw new Error(`${place}: is not an invoice as this command writes it; ${REMEDY}`);
    yield invoice;
  }
}

/**
 * Keeps a credit.
 *
 * @returns whether it was kept now; `false` where just this one was kept before
 * @throws Error for an id that is taken by another one, or cannot be the name of a file
 */
export async function addCredit(store: UsageStore, credit: Credit): Promise<boolean> {
  if (!CREDIT_ID.test(credit.id))
    throw new Error(`a credit's id must be 1 to 64 letters, digits and ._-, got ${show(credit.id)}`);
  const text = `${JSON.stringify(credit)}\n`;
  if (await store.write(creditFile(credit.id), text, undefined)) return true;
  const place = store.placeOf(creditFile(credit.id));
  if ((await store.read(creditFile(credit.id)))?.text === text) return false;
  throw new Error(`${place}: there is another credit of that id; give this one an id of its own`);
}

/** All credits, by id. */
export async function readCredits(store: UsageStore): Promise<Credit[]> {
  const credits: Credit[] = [];
  for await (const name of store.list("credits/")) {
    if (!name.endsWith(".json")) continue;
    const stored = await store.read(name);
    const place = store.placeOf(name);
    if (stored) credits.push(creditIn(objectIn(stored.text, place, REMEDY), place));
  }
  return credits;
}

const CREDIT_FIELDS = ["id", "month", "subscription", "currency", "amount", "reason"] as const;

/** @throws Error for a credit that lacks a text */
function creditIn(value: Record<string, unknown>, place: string): Credit {
  for (const field of CREDIT_FIELDS)
    if (typeof value[field] !== "string")
      throw new Error(`${place}: "${field}" must be a string, got ${show(value[field])}; ${REMEDY}`);
  return value as unknown as Credit;
}

const REMEDY = "the file was changed by another program: restore it from a copy";
