import { defineUnchecked, petShop } from "../support/catalogs";
import { synthesize } from "../support/synthesize";

const tiers = (amount: string | undefined) => ({
  gold: {
    access: { pets: ["prod"] },
    ...(amount === undefined ? {} : { price: { currency: "EUR", base: { amount, each: "MONTH" } } }),
  },
});

describe("what a tier costs", () => {
  const free = synthesize(defineUnchecked(petShop({ tiers: tiers(undefined) })));
  const cheap = synthesize(defineUnchecked(petShop({ tiers: tiers("49.00") })));

  test("stands in an output of access, and in nothing else", () => {
    const { tier_prices: prices, ...outputs } = cheap.access.output;
    expect(prices.value).toEqual({
      gold: {
        currency: "EUR",
        base: { amount: "49", each: "MONTH" },
        onChange: { charge: "PRORATE", quota: "FRESH" },
        whileSuspended: "CHARGE",
      },
    });
    expect({ ...cheap, access: { ...cheap.access, output: outputs, "//": undefined } }).toEqual({
      ...free,
      access: { ...free.access, "//": undefined },
    });
  });

  test("changes that output alone when it changes", () => {
    const dear = synthesize(defineUnchecked(petShop({ tiers: tiers("59.00") })));
    expect(dear.access.output.tier_prices.value.gold.base.amount).toBe("59");
    expect({ ...dear, access: undefined }).toEqual({ ...cheap, access: undefined });
    expect(dear.access.resource).toEqual(cheap.access.resource);
  });
});
