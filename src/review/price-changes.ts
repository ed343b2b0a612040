import Big from "big.js";
import { canonicalJson } from "../text/canonical-json";
import { formatCount } from "../text/limits";
import { type Charge, chargesAt, type MonthOfUsage, type TierCharges } from "../usage/invoice/charges";
import type { Price } from "../vocabulary/price";
import { baseInWords, priceInWords, requestsInWords } from "../vocabulary/price-words";
import { counted, type Finding, listed } from "./finding";
import { aboutTier } from "./subjects";
import type { TierChange } from "./tiers";

/** What a tier costs before and after. */
export interface PriceChange {
  /** Whether no customer can pay more by it. */
  readonly isLower: boolean;
  /** `base EUR 49 → EUR 59 each month`. */
  readonly what: string;
}

/** `undefined` where a tier's price stays as it is, or the tier is new or goes. */
export function priceChange({ before, after }: TierChange): PriceChange | undefined {
  if (!before || !after || canonicalJson(before.price ?? null) === canonicalJson(after.price ?? null)) return undefined;
  const [was, is] = [before.price, after.price];
  if (was === "unknown" || is === "unknown")
    return {
      isLower: false,
      what: `price ${was === "unknown" ? "before" : "after"} the change cannot be read by this version`,
    };
  if (!was || !is)
    return was
      ? { isLower: true, what: `price ${priceInWords(was)} → none` }
      : { isLower: false, what: `price none → ${is ? priceInWords(is) : ""}` };
  const parts = PARTS.filter(({ of }) => of(was) !== of(is));
  return {
    isLower: parts.every(({ isLower }) => isLower?.(was, is) ?? false),
    what: parts.map(({ name, of }) => `${name} ${of(was)} → ${of(is)}`).join("; "),
  };
}

/** One finding for each tier whose price changes so. */
export function priceFindings(
  tiers: readonly TierChange[],
  usage: MonthOfUsage | undefined,
  chosen: (change: PriceChange, customers: number) => boolean,
): Finding[] {
  return tiers.flatMap((tier): Finding[] => {
    const change = priceChange(tier);
    if (!change || !chosen(change, tier.customers)) return [];
    return [
      {
        ...aboutTier(tier),
        what: [change.what, counted(tier.customers, "customer", "customers"), ...atUsage(tier, usage)].join("; "),
        customers: tier.after?.keys.map(({ id }) => id) ?? [],
      },
    ];
  });
}

/** What each customer would have paid for a month before and after; nothing where no usage was given, or a price is unknown. */
function atUsage({ name, before, after }: TierChange, usage: MonthOfUsage | undefined): string[] {
  const [was, is] = [before?.price, after?.price];
  if (!usage || was === "unknown" || is === "unknown") return [];
  const then = was ? chargesAt(name, was, usage) : NO_CHARGES;
  const now = is ? chargesAt(name, is, usage) : NO_CHARGES;
  if (!then || !now) return [`nobody was on it in ${usage.month}`];
  const unknown = [...new Set([...then.unknown, ...now.unknown])].sort();
  const changed = changedCharges(then.charges, now.charges, unknown);
  return [
    ...(changed.length > 0 ? [`at the usage of ${usage.month}: ${listed(changed)}`] : []),
    ...(unknown.length > 0
      ? [`for ${listed(unknown)} it is not known, as access logs of ${usage.month} are missing`]
      : []),
    ...(changed.length + unknown.length === 0 ? [`nobody would have paid anything else in ${usage.month}`] : []),
  ];
}

const NO_CHARGES: TierCharges = { charges: [], unknown: [] };

/** `joe EUR 49.00 → EUR 59.00`, sorted by subscription. */
function changedCharges(then: readonly Charge[], now: readonly Charge[], unknown: readonly string[]): string[] {
  const moneyOf = (charges: readonly Charge[]) =>
    new Map(charges.map(({ subscription, money }) => [subscription, money]));
  const [before, after] = [moneyOf(then), moneyOf(now)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((id) => !unknown.includes(id) && before.get(id) !== after.get(id))
    .sort()
    .map((id) => `${id} ${before.get(id) ?? "nothing"} → ${after.get(id) ?? "nothing"}`);
}

interface PricePart {
  readonly name: string;
  readonly of: (price: Price) => string;
  /** @default - unknown */
  readonly isLower?: (was: Price, is: Price) => boolean;
}

const PARTS: readonly PricePart[] = [
  { name: "currency", of: ({ currency }) => currency },
  {
    name: "base",
    of: (price) => baseInWords(price) ?? "none",
    isLower: (was, is) =>
      is.base === undefined || (was.base?.each === is.base.each && new Big(is.base.amount).lte(was.base.amount)),
  },
  {
    name: "included requests",
    of: ({ included }) => formatCount(included),
    isLower: (was, is) => is.included >= was.included,
  },
  {
    name: "requests",
    of: (price) => requestsInWords(price) ?? "free",
    isLower: (was, is) => is.requests === undefined || areLower(was.requests, is.requests),
  },
  { name: "weights", of: ({ weights }) => weightsInWords(weights) },
  { name: "charged requests", of: ({ counts }) => counts, isLower: (was) => was.counts === "ALL" },
  { name: "charge on a change", of: ({ onChange }) => onChange.charge },
  { name: "quota on a change", of: ({ onChange }) => onChange.quota, isLower: () => true },
  {
    name: "while suspended",
    of: ({ whileSuspended }) => whileSuspended,
    isLower: (_, is) => is.whileSuspended === "PAUSE",
  },
];

type Requests = NonNullable<Price["requests"]>;

const weightsInWords = (weights: Price["weights"]): string =>
  weights.length === 0 ? "none" : weights.map(({ api, route, weight }) => `${route} of ${api} ${weight}`).join(", ");

/** Whether no band is dearer: only told where they end at the same requests. */
function areLower(was: Requests | undefined, is: Requests): boolean {
  if (was?.pricing !== is.pricing || was.bands.length !== is.bands.length) return false;
  return is.bands.every((band, index) => {
    const other = was.bands[index];
    return other?.upTo === band.upTo && new Big(band.unitPrice).lte(other?.unitPrice ?? 0);
  });
}
