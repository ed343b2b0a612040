import Big from "big.js";
import type { Price } from "../../vocabulary/price";
import { type CalendarMonth, yearOf } from "./calendar-month";
import type { ChargedDay } from "./charged-days";
import type { InvoiceDay, InvoiceLine } from "./invoice";
import { asMoney, roundedTo, shareOf, spread } from "./rounding";

/** The days of a month that a subscription spent on one tier at one price. */
export interface TierMonth {
  readonly tier: string;
  readonly price: Price;
  /** Fingerprint of the price, so that a tier whose price changed within the month has lines for both. */
  readonly priceId: string;
  readonly month: CalendarMonth;
  /** One for each key and plan of the tier. */
  readonly days: readonly (ChargedDay & {
    /** Whether fees are charged for the day; on the day of a move, it called on a tier that it had left. */
    readonly isHeld: boolean;
  })[];
}

/** What a subscription pays for them. */
export function tierLines(on: TierMonth): InvoiceLine[] {
  return [...baseLines(on), ...requestLines(on)];
}

function baseLines({ tier, price, priceId, month, days }: TierMonth): InvoiceLine[] {
  const { base, currency } = price;
  if (!base) return [];
  const paid = days.filter(({ of, isHeld }) => isHeld && (of.enabled || price.whileSuspended === "CHARGE"));
  const dates = distinctDates(paid);
  if (dates.length === 0) return [];
  const isProrated = price.onChange.charge === "PRORATE" && dates.length < month.days;
  const amount = baseAmount(price, month, isProrated ? dates.length : month.days);
  const part = isProrated ? ` for ${dates.length} of ${month.days} days` : "";
  return [
    {
      id: `base/${tier}/${priceId}`,
      kind: "base",
      description: `Tier ${tier}, base of a ${base.each === "YEAR" ? "year" : "month"}${part}`,
      tier,
      quantity: dates.length,
      unitPrice: null,
      amount: asMoney(currency, amount),
      days: silentDays(dates),
    },
  ];
}

/** @param days that are charged */
function baseAmount({ base, currency }: Price, month: CalendarMonth, days: number): Big {
  const amount = new Big(base?.amount ?? 0);
  if (base?.each === "YEAR") {
    const year = yearOf(month);
    return spread(currency, amount, year.before, days, year.days);
  }
  return days === month.days ? roundedTo(currency, amount) : roundedTo(currency, amount.times(days).div(month.days));
}

function requestLines(on: TierMonth): InvoiceLine[] {
  const { tier, price, priceId, month, days } = on;
  if (!price.requests) return [];
  const usage = usageByDay(days);
  const charged = usage.reduce((sum, each) => sum + each.charged, 0);
  if (charged === 0) return [];
  const onTier = Math.max(1, distinctDates(days.filter(({ isHeld }) => isHeld)).length);
  const share = (requests: number) =>
    price.onChange.charge === "PRORATE" ? shareOf(requests, onTier, month.days) : requests;
  const included = Math.min(charged, share(price.included));
  const line = (kind: "included" | "requests", id: string, what: string, quantity: number, unitPrice: string) => ({
    id: `${kind}/${tier}/${priceId}${id}`,
    kind,
    description: `Tier ${tier}, ${what}`,
    tier,
    quantity,
    unitPrice,
    amount: asMoney(price.currency, roundedTo(price.currency, new Big(unitPrice).times(quantity))),
    days: usage,
  });
  const bands = bandsOf(price, charged - included, share);
  return [
    ...(included > 0 ? [line("included", "", "included requests", included, "0")] : []),
    ...bands.map(({ index, what, quantity, unitPrice }) => line("requests", `/${index}`, what, quantity, unitPrice)),
  ];
}

interface ChargedBand {
  readonly index: number;
  readonly what: string;
  readonly quantity: number;
  readonly unitPrice: string;
}

/**
 * The bands into which requests fall.
 *
 * @param beyond requests beyond those included
 * @param share a band's end, for the part of the month that is charged
 */
function bandsOf({ requests }: Price, beyond: number, share: (requests: number) => number): ChargedBand[] {
  if (!requests || beyond === 0) return [];
  const { pricing, bands } = requests;
  const ends = bands.map(({ upTo }) => (upTo === undefined ? Number.POSITIVE_INFINITY : share(upTo)));
  const charged = bands.map(({ unitPrice }, index) => {
    const start = ends[index - 1] ?? 0;
    const end = ends[index] as number;
    const quantity = Math.max(0, Math.min(beyond, end) - start);
    const range = end === Number.POSITIVE_INFINITY ? `from ${start + 1} on` : `${start + 1} to ${end}`;
    return { index, what: `requests ${range} beyond those included`, quantity, unitPrice };
  });
  if (pricing === "GRADUATED") return charged.filter(({ quantity }) => quantity > 0);
  const [band] = charged.slice(ends.findIndex((end) => beyond <= end));
  return band ? [{ ...band, what: "requests beyond those included, by volume", quantity: beyond }] : [];
}

const distinctDates = (days: readonly ChargedDay[]): string[] => [...new Set(days.map(({ of }) => of.day))].sort();

/** Days that were last asked for: those of most subscriptions are the same, and are held once. */
let lastSilent: { readonly dates: readonly string[]; readonly days: readonly InvoiceDay[] } = { dates: [], days: [] };

function silentDays(dates: readonly string[]): readonly InvoiceDay[] {
  const { dates: last } = lastSilent;
  if (last.length !== dates.length || last.some((day, index) => day !== dates[index]))
    lastSilent = { dates, days: dates.map((day) => ({ day, requests: 0, charged: 0 })) };
  return lastSilent.days;
}

/** The use of all keys together, on the days on which there was some. */
function usageByDay(days: readonly ChargedDay[]): InvoiceDay[] {
  const byDate = new Map<string, InvoiceDay>();
  for (const { of, charged } of days) {
    const { day, used } = of;
    const before = byDate.get(day);
    byDate.set(day, { day, requests: (before?.requests ?? 0) + used, charged: (before?.charged ?? 0) + charged });
  }
  return [...byDate.values()].filter(({ requests, charged }) => requests > 0 || charged > 0).sort(byDay);
}

const byDay = (a: InvoiceDay, b: InvoiceDay): number => (a.day < b.day ? -1 : 1);
