import { z } from "zod";
import { byName } from "../text/order";
import { type Amount, amountSchema, currencySchema, readAmount } from "./money";
import type { KnownRouteKey, RouteKey } from "./route";
import { fieldsOf, positiveInteger, wrong } from "./schema";

/** Which requests are charged, among those that API Gateway let through to the key's usage plan. */
export type ChargedRequests = "ALL" | "2XX" | "ALL_BUT_429";

/** How the price of a request depends on how many there are. */
export type BandPricing = "GRADUATED" | "VOLUME";

/** What a tier costs. It is written into the output `tier_prices` of `access`, and changes nothing in API Gateway. */
export interface PriceInput<
  Stages = Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  Routes = Readonly<Record<string, unknown>>,
> {
  /** Three letters of ISO 4217, such as `"EUR"`. Invoices are rounded to its smallest unit. */
  readonly currency: string;
  /**
   * What each subscription pays for being on the tier, whether it calls or not.
   * @default - nothing
   */
  readonly base?: BasePrice;
  /**
   * Requests of each month that the base pays for.
   * @unit requests
   * @default 0
   */
  readonly included?: number;
  /**
   * What the requests of a month beyond `included` cost.
   * @default - nothing
   */
  readonly requests?: RequestPrice;
  /**
   * How many requests one request of a route counts as, by API and route; 0 for a route that is free. AWS's own usage does
   * not tell routes apart, so the stage needs an access log.
   *
   * @default - each counts as 1
   */
  readonly weights?: {
    readonly [A in keyof Stages]?: {
      readonly [R in KnownRouteKey<A extends keyof Routes ? Routes[A] : unknown>]?: number;
    };
  };
  /**
   * Which requests are charged: `ALL` that AWS counts in the usage plan, `2XX` those answered with success, or `ALL_BUT_429`
   * those that no limit refused. The last two need an access log, because AWS's own usage knows no status.
   *
   * @default "ALL"
   */
  readonly counts?: ChargedRequests;
  /**
   * What is charged where a subscription came, moved or went within a month.
   * @default { charge: "PRORATE", quota: "FRESH" }
   */
  readonly onChange?: PriceOnChange;
  /**
   * Whether the base is charged for days on which the subscription is suspended (`enabled: false`).
   * @default "CHARGE"
   */
  readonly whileSuspended?: "CHARGE" | "PAUSE";
}

/** What a subscription pays for being on a tier. */
export interface BasePrice {
  /** In the price's currency. */
  readonly amount: Amount;
  /**
   * What the amount pays for. A year's base is charged by the day, so that the months of a year add up to it.
   */
  readonly each: "MONTH" | "YEAR";
}

/** What requests cost. */
export interface RequestPrice {
  /**
   * `GRADUATED`: the requests of each band cost that band's price. `VOLUME`: all cost the price of the band in which the last
   * one falls.
   */
  readonly pricing: BandPricing;
  /** From the first request beyond `included` on, in order. The last band has no end. */
  readonly bands: readonly PriceBand[];
}

export interface PriceBand {
  /**
   * The last request of the band, counted from the first beyond `included`.
   * @unit requests
   * @default - the band has no end; only the last one
   */
  readonly upTo?: number;
  /** Price of one request, in the price's currency. */
  readonly unitPrice: Amount;
}

/** What is charged where a subscription came, moved or went within a month. */
export interface PriceOnChange {
  /**
   * `PRORATE`: base, included requests and bands by the days that the subscription was on the tier. `WHOLE_MONTH`: all of
   * them in full, for each tier on which it was.
   *
   * @default "PRORATE"
   */
  readonly charge?: "PRORATE" | "WHOLE_MONTH";
  /**
   * What becomes of the quota, as information for customers: `FRESH` is what AWS does, since it counts by usage plan and key;
   * `CARRY` needs `UpdateUsage` after the move.
   *
   * @default "FRESH"
   */
  readonly quota?: "FRESH" | "CARRY";
}

/** A price, checked: amounts are decimals without zeros at their end, and every default stands in it. */
export interface Price {
  readonly currency: string;
  readonly base: { readonly amount: string; readonly each: "MONTH" | "YEAR" } | undefined;
  readonly included: number;
  readonly requests:
    | {
        readonly pricing: BandPricing;
        readonly bands: readonly { readonly upTo: number | undefined; readonly unitPrice: string }[];
      }
    | undefined;
  /** Sorted by API, then by route; without those that count as 1. */
  readonly weights: readonly { readonly api: string; readonly route: RouteKey; readonly weight: number }[];
  readonly counts: ChargedRequests;
  readonly onChange: { readonly charge: "PRORATE" | "WHOLE_MONTH"; readonly quota: "FRESH" | "CARRY" };
  readonly whileSuspended: "CHARGE" | "PAUSE";
}

/** Whether an invoice by this price needs access logs, because AWS's own usage knows neither routes nor statuses. */
export const needsLogs = ({ counts, weights }: Pick<Price, "counts" | "weights">): boolean =>
  counts !== "ALL" || weights.length > 0;

const REQUESTS = { error: wrong("must be a whole number of requests, 0 or more") };
const requestCount = z.int(REQUESTS).nonnegative(REQUESTS);

const bandSchema = fieldsOf<PriceBand>()({
  upTo: positiveInteger("leave it out for the last band").optional(),
  unitPrice: amountSchema,
});

const bandsSchema = z
  .array(bandSchema, { error: wrong('must be a list of bands, such as [{ unitPrice: "0.001" }]') })
  .superRefine((bands, context) => {
    const refuse = (message: string, index?: number) =>
      context.addIssue({ code: "custom", message, path: index === undefined ? [] : [index, "upTo"], input: bands });
    if (bands.length === 0) refuse('must have a band, such as { unitPrice: "0.001" }; leave out requests for none');
    for (const [index, { upTo }] of bands.entries()) {
      const isLast = index === bands.length - 1;
      const before = bands[index - 1]?.upTo;
      if (isLast && upTo !== undefined)
        refuse("must be left out of the last band, so that there is a price for every request", index);
      if (!isLast && upTo === undefined)
        refuse("is needed in each band but the last, so that the next can begin", index);
      if (upTo !== undefined && before !== undefined && upTo <= before)
        refuse(`must be above the ${before} of the band before it, got ${upTo}`, index);
    }
  });

const weightSchema = z.record(z.string(), z.record(z.string(), requestCount), {
  error: wrong("must be an object from APIs to routes with a whole number, 0 or more"),
});

export const priceSchema = fieldsOf<PriceInput>()({
  currency: currencySchema,
  base: fieldsOf<BasePrice>()({
    amount: amountSchema,
    each: z.enum(["MONTH", "YEAR"], { error: wrong("must be MONTH or YEAR") }),
  }).optional(),
  included: requestCount.optional(),
  requests: fieldsOf<RequestPrice>()({
    pricing: z.enum(["GRADUATED", "VOLUME"], { error: wrong("must be GRADUATED or VOLUME") }),
    bands: bandsSchema,
  }).optional(),
  weights: weightSchema.optional(),
  counts: z.enum(["ALL", "2XX", "ALL_BUT_429"], { error: wrong("must be ALL, 2XX or ALL_BUT_429") }).optional(),
  onChange: fieldsOf<PriceOnChange>()({
    charge: z.enum(["PRORATE", "WHOLE_MONTH"], { error: wrong("must be PRORATE or WHOLE_MONTH") }).optional(),
    quota: z.enum(["FRESH", "CARRY"], { error: wrong("must be FRESH or CARRY") }).optional(),
  }).optional(),
  whileSuspended: z.enum(["CHARGE", "PAUSE"], { error: wrong("must be CHARGE or PAUSE") }).optional(),
}).superRefine((price, context) => {
  const refuse = (field: string, message: string) =>
    context.addIssue({ code: "custom", message, path: [field], input: price });
  if (price.base === undefined && price.requests === undefined)
    refuse("base", "is missing, as is requests, so nothing is charged; give one of them, or leave out price");
  if (price.requests !== undefined) return;
  for (const field of ["included", "weights", "counts"] as const)
    if (price[field] !== undefined)
      refuse(field, "changes nothing without requests, which says what a request costs; add requests, or leave it out");
});

/** The checked form of a price. */
export function toPrice(written: PriceInput): Price {
  const { base, requests, weights = {} } = written;
  return {
    currency: written.currency,
    base: base && { amount: amountOf(base.amount), each: base.each },
    included: written.included ?? 0,
    requests: requests && {
      pricing: requests.pricing,
      bands: requests.bands.map(({ upTo, unitPrice }) => ({ upTo, unitPrice: amountOf(unitPrice) })),
    },
    weights: Object.entries(weights)
      .flatMap(([api, routes]) =>
        Object.entries(routes ?? {}).map(([route, weight]) => ({ api, route: route as RouteKey, weight: weight ?? 1 })),
      )
      .filter(({ weight }) => weight !== 1)
      .sort((a, b) => byName(a.api, b.api) || byName(a.route, b.route)),
    counts: written.counts ?? "ALL",
    onChange: { charge: written.onChange?.charge ?? "PRORATE", quota: written.onChange?.quota ?? "FRESH" },
    whileSuspended: written.whileSuspended ?? "CHARGE",
  };
}

const amountOf = (written: Amount): string => readAmount(written) as string;
