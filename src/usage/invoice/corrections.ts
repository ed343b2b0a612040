import Big from "big.js";
import type { Invoice, InvoiceLine, InvoiceProblem } from "./invoice";
import { asMoney } from "./rounding";
import type { Statement } from "./statement";

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

/** A month that was closed. */
export interface ClosedMonth {
  /** What its usage charges as it is known today; `undefined` for a month that is not restated. */
  readonly statement: Statement | undefined;
  /** With which it was closed: one for each subscription and currency. They are read once. */
  readonly invoices: Iterable<Invoice>;
}

/**
 * What has become known of closed months. It stands on the invoices of the first month that is still open, so that it is charged
 * once.
 *
 * Months are noted one at a time, from the latest to the earliest: the invoices of ten thousand subscriptions with their days
 * take much memory, and a month needs of the later ones their corrections alone.
 */
export class Corrections {
  /** By the id of the line, then by subscription and currency. */
  private readonly invoiced = new Map<string, Map<string, Invoiced>>();
  private readonly ofCustomers = new Map<string, string | null>();
  private readonly months: RestatedMonth[] = [];

  note({ statement, invoices }: ClosedMonth): void {
    const restated =
      statement && statement.subscriptions.size > 0 ? new RestatedMonth(statement, this.invoiced) : undefined;
    if (restated) this.months.unshift(restated);
    for (const invoice of invoices) {
      const { subscription, customer, currency, lines } = invoice;
      restated?.compare(invoice);
      if (!this.ofCustomers.has(subscription)) this.ofCustomers.set(subscription, customer);
      for (const line of lines.filter(({ kind }) => kind === "correction")) {
        const ofMonth = this.invoiced.get(line.id) ?? new Map<string, Invoiced>();
        const before = ofMonth.get(`${subscription}/${currency}`)?.lines ?? [];
        ofMonth.set(`${subscription}/${currency}`, { subscription, currency, lines: [...before, line] });
        this.invoiced.set(line.id, ofMonth);
      }
    }
    restated?.finish();
  }

  /** Lines for the invoices of the open month, by the month that they correct. */
  get drafts(): readonly Draft[] {
    return this.months.flatMap(({ drafts }) => drafts);
  }

  /** Why a month could not be compared with what was invoiced. */
  get problems(): readonly InvoiceProblem[] {
    return this.months.flatMap(({ problems }) => problems);
  }

  /** The customer of each subscription on its last invoice. */
  get customers(): ReadonlyMap<string, string | null> {
    return this.ofCustomers;
  }
}

/** Corrections of a month on the invoices of later ones. */
interface Invoiced {
  readonly subscription: string;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
}

/** A closed month beside what its usage charges as it is known today. */
class RestatedMonth {
  readonly drafts: Draft[] = [];
  readonly problems: InvoiceProblem[] = [];
  private readonly month: string;
  private subscriptions: Statement["subscriptions"];
  private readonly since: ReadonlyMap<string, Invoiced>;
  private readonly compared = new Set<string>();

  /** @param invoiced corrections that were invoiced since, by the id of the line, then by subscription and currency */
  constructor({ month, subscriptions }: Statement, invoiced: ReadonlyMap<string, ReadonlyMap<string, Invoiced>>) {
    this.month = month;
    this.subscriptions = subscriptions;
    this.since = invoiced.get(correctionOf(month)) ?? new Map();
    for (const { problems } of subscriptions.values()) this.problems.push(...problems.filter(hidesLines));
  }

  compare({ subscription, currency, lines }: Pick<Invoice, "subscription" | "currency" | "lines">): void {
    this.compared.add(`${subscription}/${currency}`);
    const now = this.subscriptions.get(subscription);
    if (now?.problems.some(hidesLines)) return;
    const since = this.since.get(`${subscription}/${currency}`)?.lines ?? [];
    const line = correctionLine(this.month, currency, now?.lines.get(currency) ?? [], lines, since);
    if (line) this.drafts.push({ subscription, lines: new Map([[currency, [line]]]) });
  }

  /** Compares what has no invoice of the month, and lets go of the month's lines. */
  finish(): void {
    for (const [subscription, { lines }] of this.subscriptions)
      for (const currency of lines.keys()) this.compareRest(subscription, currency);
    for (const { subscription, currency } of this.since.values()) this.compareRest(subscription, currency);
    this.subscriptions = new Map();
  }

  private compareRest(subscription: string, currency: string): void {
    if (!this.compared.has(`${subscription}/${currency}`)) this.compare({ subscription, currency, lines: [] });
  }
}

const hidesLines = ({ kind }: InvoiceProblem): boolean => HIDES_LINES.has(kind);

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
 * @param closed its lines as they were invoiced
 * @param since the corrections of it that were invoiced since
 */
function correctionLine(
  month: string,
  currency: string,
  restated: readonly InvoiceLine[],
  closed: readonly InvoiceLine[],
  since: readonly InvoiceLine[],
): InvoiceLine | undefined {
  const charged = chargeOf(closed).plus(sumOf(since));
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
    days: changedDays(closed, restated),
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
