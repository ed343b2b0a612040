import { byName } from "../text/order";
import { entriesOf } from "../vocabulary/objects";
import { type Price, type PriceInput, priceSchema, toPrice } from "../vocabulary/price";
import type { Tier } from "../vocabulary/tier";

/**
 * Name of the output of `access` that says what the tiers cost. An output, so that a plan shows a changed price as a change,
 * and no resource of API Gateway depends on it.
 */
export const TIER_PRICES_OUTPUT = "tier_prices";

/** Prices by the ids of their tiers; `"unknown"` for one that says what this version does not understand. */
export type TierPrices = ReadonlyMap<string, Price | "unknown">;

/** Prices by the ids of their tiers, in the catalog's own words. */
export function encodeTierPrices(tiers: readonly Pick<Tier, "id" | "price">[]): Record<string, PriceInput> {
  const priced = tiers.flatMap(({ id, price }) => (price ? [[id, encodePrice(price)] as const] : []));
  return Object.fromEntries(priced.sort(([a], [b]) => byName(a, b)));
}

/** A price in the catalog's words, with its defaults, so that a plan says all that is charged. */
export function encodePrice({ weights, base, requests, included, counts, ...price }: Price): PriceInput {
  const byApi: Record<string, Record<string, number>> = {};
  for (const { api, route, weight } of weights) byApi[api] = { ...byApi[api], [route]: weight };
  return {
    ...price,
    ...(base ? { base } : {}),
    ...(requests
      ? {
          included,
          counts,
          requests: {
            pricing: requests.pricing,
            bands: requests.bands.map(({ upTo, unitPrice }) => ({
              ...(upTo === undefined ? {} : { upTo }),
              unitPrice,
            })),
          },
          ...(weights.length > 0 ? { weights: byApi } : {}),
        }
      : {}),
  };
}

/** The prices that the value of an output says. */
export function decodeTierPrices(value: unknown): TierPrices {
  return new Map(entriesOf(value).map(([tier, price]) => [tier, decodePrice(price)]));
}

/** A price in the words of an output; `"unknown"` for one that says what this version does not understand. */
export function decodePrice(value: unknown): Price | "unknown" {
  const read = priceSchema.safeParse(value);
  return read.success ? toPrice(read.data) : "unknown";
}
