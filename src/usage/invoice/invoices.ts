import Big from "big.js";
import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import type { UsageDay } from "../usage-day";
import { calendarMonth, monthOfDate } from "./calendar-month";
import { Corrections, type Draft, sumOf } from "./corrections";
import { type Credit, type Invoice, type InvoiceLine, type InvoiceProblem, keepsOpen } from "./invoice";
import { asMoney } from "./rounding";
import { type Statement, type StatementContext, statementOf } from "./statement";

/** What invoices are made of. */
export interface InvoiceSources extends StatementContext {
  /**
   * Usage of the month, and of closed months before it whose figures may have changed since: whole months, in any order. Of
   * lines for the same day, plan and key, the one that was read last counts.
   */
  readonly usage: Iterable<UsageDay>;
  /** @default - none */
  readonly credits?: readonly Credit[];
  /**
   * The invoices of the months that were closed.
   * @default - none
   */
  readonly closed?: readonly Invoice[];
}

export interface MonthOfInvoices {
  /** By subscription, then by currency. */
  readonly invoices: readonly Invoice[];
  /** Of the month alone. */
  readonly problems: readonly InvoiceProblem[];
}

/**
 * The invoices of a month. Those that were closed are given as they were closed: what has become known since stands as a
 * correction on the invoices of the first month that is not closed yet.
 *
 * @param month `2026-11`
 * @throws RangeError for what is not a month
 */
export function invoicesOf(month: string, sources: InvoiceSources): MonthOfInvoices {
  calendarMonth(month);
  const { credits = [] } = sources;
  const months = groupedBy(sources.usage, ({ day }) => monthOfDate(day));
  const statement = (of: string) => statementOf(of, months.get(of) ?? [], sources);
  const closed = groupedBy(sources.closed ?? [], (each) => each.month);
  const own = closed.get(month);
  if (own) return { invoices: sorted(own), problems: statement(month).problems };
  const corrections = new Corrections();
  const isFirstOpen = [...closed.keys()].every((each) => each < month);
  for (const [each, invoices] of [...closed].sort(([a], [b]) => byName(b, a)))
    corrections.note({ statement: isFirstOpen ? statement(each) : undefined, invoices });
  return openInvoices(statement(month), credits, corrections);
}

/**
 * The invoices of a month that is not closed.
 *
 * @param credits of any month
 * @param corrections of the months that were closed
 */
export function openInvoices(
  { month, subscriptions, customers, isIncomplete, problems }: Statement,
  credits: readonly Credit[],
  corrections: Corrections,
): MonthOfInvoices {
  const drafts = [
    ...[...subscriptions].map(([subscription, { lines }]) => ({ subscription, lines })),
    ...distinctCredits(credits.filter((each) => each.month === month)).map(creditDraft),
    ...corrections.drafts,
  ];
  const invoices = [...groupedBy(drafts, ({ subscription }) => subscription)].flatMap(([subscription, parts]) =>
    [
      ...groupedBy(
        parts.flatMap(({ lines }) => [...lines]),
        ([currency]) => currency,
      ),
    ].map(([currency, entries]) => {
      const lines = entries.flatMap(([, each]) => each);
      return {
        id: `${month}/${subscription}/${currency}`,
        month,
        subscription,
        customer: (customers.has(subscription) ? customers : corrections.customers).get(subscription) ?? null,
        currency,
        lines,
        total: asMoney(currency, sumOf(lines)),
        isFinal: !isIncomplete && !(subscriptions.get(subscription)?.problems ?? []).some(keepsOpen),
      };
    }),
  );
  return {
    invoices: sorted(invoices.filter(({ lines }) => lines.length > 0)),
    problems: [...problems, ...corrections.problems],
  };
}

const distinctCredits = (credits: readonly Credit[]): Credit[] =>
  [...new Map(credits.map((each) => [each.id, each])).values()].sort((a, b) => byName(a.id, b.id));

function creditDraft({ id, subscription, currency, amount, reason }: Credit): Draft {
  const line: InvoiceLine = {
    id: `credit/${id}`,
    kind: "credit",
    description: `Credit: ${reason}`,
    tier: null,
    quantity: 1,
    unitPrice: null,
    amount: asMoney(currency, new Big(amount).neg()),
    days: [],
  };
  return { subscription, lines: new Map([[currency, [line]]]) };
}

const sorted = (invoices: readonly Invoice[]): Invoice[] => [...invoices].sort((a, b) => byName(a.id, b.id));
