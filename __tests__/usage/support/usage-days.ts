import { dateOf, dayOfDate } from "../../../src/limiter/day-number";
import { recordPrice } from "../../../src/usage/price-records";
import { type UsageLine, usageFile, writeUsageLines } from "../../../src/usage/store/usage-lines";
import { openUsageStore, type UsageStore } from "../../../src/usage/store/usage-store";
import type { UsageDay } from "../../../src/usage/usage-day";
import { type Price, type PriceInput, priceSchema, toPrice } from "../../../src/vocabulary/price";

/** Days on which a subscription was on a tier, with equally many calls on each, as the store holds them. */
export function onTier(
  subscription: string | null,
  tier: string | null,
  [from, to]: readonly [string, string],
  used: number | ((day: string) => number) = 0,
  fields: Partial<UsageDay> = {},
): UsageDay[] {
  const first = dayOfDate(from);
  return Array.from({ length: dayOfDate(to) - first + 1 }, (_, index) => {
    const day = dateOf(first + index);
    return {
      day,
      plan: `plan${tier}`,
      key: `key${subscription}`,
      subscription,
      customer: null,
      tier,
      enabled: true,
      price: tier && `price-of-${tier}`,
      used: typeof used === "number" ? used : used(day),
      remaining: null,
      membership: "observed",
      membershipRead: `${day}T12:00:00.000Z`,
      reported: true,
      finalSince: null,
      read: `${dateOf(first + index + 1)}T12:00:00.000Z`,
      final: true,
      correctedFrom: null,
      ...fields,
    };
  });
}

/** Checked prices, by the fingerprints that `onTier` gives to tiers. */
export const pricesOf = (tiers: Readonly<Record<string, PriceInput>>): ReadonlyMap<string, Price> =>
  new Map(Object.entries(tiers).map(([tier, price]) => [`price-of-${tier}`, toPrice(priceSchema.parse(price))]));

/** A store in a folder with some days in it, and the prices that they name. */
export async function storeWith(
  folder: string,
  days: readonly UsageDay[],
  tiers: Readonly<Record<string, PriceInput>>,
): Promise<UsageStore> {
  const store = await openUsageStore(folder);
  const ids = new Map<string, string>();
  for (const [name, price] of pricesOf(tiers)) ids.set(name, await recordPrice(store, price));
  const files = new Map<string, UsageLine[]>();
  for (const { day, plan, price, ...line } of days) {
    const file = usageFile(day, plan);
    files.set(file, [...(files.get(file) ?? []), { ...line, price: ids.get(price ?? "") ?? price }]);
  }
  for (const [file, lines] of files) await store.write(file, writeUsageLines(lines), undefined);
  return store;
}
