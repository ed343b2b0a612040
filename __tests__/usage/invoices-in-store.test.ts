import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closedInvoices, closeMonth } from "../../src/usage/invoice/invoice-documents";
import { invoicesOf } from "../../src/usage/invoice/invoices";
import { invoicesInStore } from "../../src/usage/invoice/invoices-in-store";
import { recordPrice } from "../../src/usage/price-records";
import { usageFile } from "../../src/usage/store/usage-lines";
import { openUsageStore, type UsageStore } from "../../src/usage/store/usage-store";
import type { UsageDay } from "../../src/usage/usage-day";
import { toPrice } from "../../src/vocabulary/price";
import { onTier } from "./support/usage-days";

const PRICE = toPrice({
  currency: "EUR",
  base: { amount: "30.00", each: "MONTH" },
  included: 3_000,
  requests: { pricing: "GRADUATED", bands: [{ unitPrice: "0.01" }] },
});

describe("invoices from a store", () => {
  let folder: string;
  let store: UsageStore;
  let price: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "invoices-"));
    store = await openUsageStore(folder);
    price = await recordPrice(store, PRICE);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const days = (first: string, last: string, used: number) =>
    ["ann", "joe"].flatMap((id) => onTier(id, "gold", [first, last], used)).map((each) => ({ ...each, price }));
  const keep = async (usage: readonly UsageDay[]) => {
    for (const each of usage) {
      const { day, plan, ...line } = each;
      await store.updateLines(usageFile(day, plan), (lines = []) => [
        ...lines.filter(({ key }) => key !== line.key),
        line,
      ]);
    }
  };

  test("are those of the same usage and the same closed months, which it reads one at a time", async () => {
    await keep(days("2026-09-01", "2026-10-31", 200));
    const closed = [];
    for (const month of ["2026-09", "2026-10"]) {
      const { invoices } = await invoicesInStore(store, month);
      await closeMonth(store, month, invoices);
      expect([...((await closedInvoices(store, month)) ?? [])]).toEqual(invoices);
      expect((await invoicesInStore(store, month)).invoices).toEqual(invoices);
      closed.push(...invoices);
    }
    const usage = [
      ...days("2026-09-01", "2026-09-30", 200),
      ...days("2026-10-01", "2026-10-31", 250),
      ...days("2026-11-01", "2026-11-30", 10),
    ];
    await keep(usage);
    const made = await invoicesInStore(store, "2026-11");
    expect(made).toEqual(invoicesOf("2026-11", { usage, prices: new Map([[price, PRICE]]), closed }));
    expect(made.invoices.map(({ total }) => total)).toEqual(["45.50", "45.50"]); // 30.00, and 50 × 31 calls more in October
  });
});
