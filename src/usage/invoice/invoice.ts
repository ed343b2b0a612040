/** What one subscription owes for one month in one currency. */
export interface Invoice {
  /** `2026-11/joe-black/EUR`: stable, however often the invoice is made. */
  readonly id: string;
  /** `2026-11`, in UTC. */
  readonly month: string;
  /** The subscription's id in the catalog. */
  readonly subscription: string;
  /** The customer's name in the catalog on the month's last day; `null` where the catalog has none. */
  readonly customer: string | null;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  /** The sum of the lines' amounts, exactly: `"49.00"`. Below 0 where more is credited than charged. */
  readonly total: string;
  /** Whether nothing that it is made of is expected to change, so that the month may be closed. */
  readonly isFinal: boolean;
}

/**
 * - `base`: for being on a tier.
 * - `included`: requests that the base pays for; always 0.
 * - `requests`: those beyond, one line for each band.
 * - `credit`: what was given back, below 0.
 * - `correction`: what became known of an earlier month after it was closed.
 */
export type InvoiceLineKind = "base" | "included" | "requests" | "credit" | "correction";

export interface InvoiceLine {
  /** Unique in the invoice, and stable: `base/gold/1a2b3c4d5e6f`. */
  readonly id: string;
  readonly kind: InvoiceLineKind;
  readonly description: string;
  /** `null` for credits and corrections. */
  readonly tier: string | null;
  /** Days for `base`, requests for `included` and `requests`, 1 for the others. */
  readonly quantity: number;
  /** Price of one request, with all its decimals; `null` where the amount is not made of it. */
  readonly unitPrice: string | null;
  /** Rounded to the smallest unit of the currency: `"49.00"`. */
  readonly amount: string;
  /** The days behind the line, in order. */
  readonly days: readonly InvoiceDay[];
}

/** A day that is charged. */
export interface InvoiceDay {
  readonly day: string;
  /** As GetUsage or the access log counted them. */
  readonly requests: number;
  /** What they count as, by the price's weights and by what it charges. */
  readonly charged: number;
}

/** Something that was given back to a customer, or charged besides, with a reason. */
export interface Credit {
  /** Unique in the store; the same id is credited once, however often it is written. */
  readonly id: string;
  /** The month on whose invoice it stands. */
  readonly month: string;
  readonly subscription: string;
  readonly currency: string;
  /** What is given back: `"10.00"`. */
  readonly amount: string;
  readonly reason: string;
}

/**
 * Why an invoice is not final, or what of the month's usage is on no invoice.
 *
 * - `not-collected`: days of which the store holds nothing.
 * - `not-final`: days whose figures AWS may still change.
 * - `no-logs`: days with calls, of which the price needs access logs that are not there.
 * - `unnamed-api`: days of which the access logs were read without the catalog's ids of the APIs, by which the price weighs routes.
 * - `unknown-price`: a price that the store does not hold, or that another version wrote.
 * - `assumed-tier`: days on which it was not observed who was on which tier.
 * - `no-subscription`: a key that called and belongs to no subscription.
 * - `no-price`: calls of a tier without a price, which are free.
 */
export interface InvoiceProblem {
  readonly kind: (typeof OPEN_KINDS)[number] | "no-subscription" | "no-price";
  /** `null` where it concerns all, or a key of nobody's. */
  readonly subscription: string | null;
  /** Id in AWS of the key that called; `null` where it concerns a subscription as a whole. */
  readonly key: string | null;
  readonly month: string;
  /** In order. */
  readonly days: readonly string[];
  /** Requests on those days. */
  readonly requests: number;
}

/** Kinds of problems that keep a month from being closed. */
export const OPEN_KINDS = [
  "not-collected",
  "not-final",
  "no-logs",
  "unnamed-api",
  "unknown-price",
  "assumed-tier",
] as const;

/** Whether an invoice is not final as long as the problem is there. */
export const keepsOpen = ({ kind }: InvoiceProblem): boolean => (OPEN_KINDS as readonly string[]).includes(kind);
