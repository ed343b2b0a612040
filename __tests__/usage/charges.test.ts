import { chargesAt } from "../../src/usage/invoice/charges";
import type { Price } from "../../src/vocabulary/price";
import { onTier, pricesOf } from "./support/usage-days";

const november = ["2026-11-01", "2026-11-30"] as const;
const requests = { pricing: "GRADUATED", bands: [{ unitPrice: "0.01" }] } as const;
const price = pricesOf({
  new: { currency: "EUR", base: { amount: "10.00", each: "MONTH" }, requests },
}).get("price-of-new") as Price;

describe("what a tier would have brought in at another price", () => {
  const usage = [...onTier("joe", "gold", november, 10), ...onTier("ann", "bronze", november, 10)];

  test("is what each of its customers would have been charged", () => {
    expect(chargesAt("gold", price, { month: "2026-11", usage })).toEqual({
      charges: [{ subscription: "joe", money: "EUR 13.00" }],
      unknown: [],
    });
  });

  test.each([
    ["for a tier on which nobody was", "silver", "2026-11"],
    ["for a month without usage", "gold", "2026-10"],
  ])("is not known %s", (_, tier, month) => {
    expect(chargesAt(tier, price, { month, usage })).toBeUndefined();
  });
});
