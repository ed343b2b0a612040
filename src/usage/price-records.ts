import { createHash } from "node:crypto";
import { decodePrice, encodePrice } from "../contract/tier-prices";
import { canonicalJson } from "../text/canonical-json";
import type { Price } from "../vocabulary/price";
import type { UsageStore } from "./store/usage-store";

const FOLDER = "prices/";

/** By what a line names a price that another version wrote, so that the tier is not taken for a free one. It has no record. */
export const UNKNOWN_PRICE = "unknown";

/** By what a line of the usage store names a price: equal prices have equal fingerprints, on every machine. */
export const priceId = (price: Price): string => createHash("sha256").update(textOf(price)).digest("hex").slice(0, 12);

/** Keeps a price beside the days on which it was in force, so that an invoice can be made when the catalog has another. */
export async function recordPrice(store: UsageStore, price: Price): Promise<string> {
  const id = priceId(price);
  await store.update(`${FOLDER}${id}.json`, () => textOf(price));
  return id;
}

/** All prices that a store holds, by fingerprint; `"unknown"` for one that another version wrote. */
export async function readPrices(store: UsageStore): Promise<ReadonlyMap<string, Price | "unknown">> {
  const prices = new Map<string, Price | "unknown">();
  for await (const name of store.list(FOLDER)) {
    const id = /^prices\/([0-9a-f]{12})\.json$/.exec(name)?.[1];
    if (id !== undefined) prices.set(id, priceIn((await store.read(name))?.text ?? ""));
  }
  return prices;
}

function priceIn(text: string): Price | "unknown" {
  try {
    return decodePrice(JSON.parse(text));
  } catch {
    return "unknown";
  }
}

const textOf = (price: Price): string => `${canonicalJson(encodePrice(price))}\n`;
