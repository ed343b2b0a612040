import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { priceId, readPrices, recordPrice } from "../../src/usage/price-records";
import { FolderFiles } from "../../src/usage/store/folder-files";
import { UsageStore } from "../../src/usage/store/usage-store";
import { pricesOf } from "./support/usage-days";

const [cheap, dear] = pricesOf({
  cheap: { currency: "EUR", base: { amount: "10", each: "MONTH" } },
  dear: { currency: "EUR", requests: { pricing: "VOLUME", bands: [{ unitPrice: "0.01" }] }, counts: "2XX" },
}).values();
if (!cheap || !dear) throw new Error("there are two prices");

describe("prices in the usage store", () => {
  const folder = mkdtempSync(join(tmpdir(), "prices-"));
  const store = new UsageStore(folder, new FolderFiles(folder));

  test("are kept by their fingerprints, each once, and read back", async () => {
    expect(await readPrices(store)).toEqual(new Map());
    for (const price of [cheap, dear, cheap]) expect(await recordPrice(store, price)).toBe(priceId(price));
    expect(await readPrices(store)).toEqual(new Map([cheap, dear].map((price) => [priceId(price), price])));
  });

  test("have fingerprints that stay, since invoices of years depend on them", () => {
    expect([priceId(cheap), priceId(dear)]).toEqual(["2fc1fa59fdde", "9215eb64e48c"]);
  });

  test("that another version wrote are unknown", async () => {
    writeFileSync(join(folder, "prices", "0123456789ab.json"), '{"perSeat":"9.00"}');
    writeFileSync(join(folder, "prices", "123456789abc.json"), '{"currency":');
    const prices = await readPrices(store);
    expect([prices.get("0123456789ab"), prices.get("123456789abc")]).toEqual(["unknown", "unknown"]);
  });
});
