import { decodeTierPrices, encodeTierPrices } from "../../src/contract/tier-prices";
import { readAmount } from "../../src/vocabulary/money";
import { defineUnchecked, findingsOf, petShop, problemsOf, withTier } from "../support/catalogs";

const requests = { pricing: "GRADUATED", bands: [{ upTo: 100, unitPrice: "0.01" }, { unitPrice: "0.005" }] };
const priced = (price: unknown) => withTier({ price });
const base = { amount: "49.00", each: "MONTH" };

describe("a price", () => {
  test.each<[string, object]>([
    ["a base alone", { currency: "EUR", base }],
    ["a base that is a number", { currency: "EUR", base: { amount: 49, each: "YEAR" } }],
    ["requests alone", { currency: "EUR", requests }],
    [
      "a price for all requests of a month",
      { currency: "JPY", requests: { pricing: "VOLUME", bands: [{ unitPrice: 1 }] } },
    ],
    [
      "free requests up to a number",
      { currency: "USD", requests: { ...requests, bands: [{ upTo: 5, unitPrice: 0 }, { unitPrice: 1 }] } },
    ],
    ["a route that counts as five", { currency: "EUR", requests, weights: { pets: { "GET /pets": 5 } } }],
    ["a route that is free", { currency: "EUR", requests, weights: { pets: { "GET /pets": 0 } } }],
  ])("takes %s", (_, price) => {
    expect(problemsOf(priced(price))).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ["a number alone", 49, /price must be an object with currency, base, .*, got 49$/],
    ["no currency", { base }, /price.currency must be a currency of ISO 4217, got nothing; write "EUR" or "USD"$/],
    [
      "a sign",
      { currency: "€", base },
      /price.currency must be a currency of ISO 4217, got "€"; write its three capital/,
    ],
    ["small letters", { currency: "eur", base }, /price.currency must be a currency of ISO 4217, got "eur"/],
    ["nothing to pay", { currency: "EUR" }, /price.base is missing, as is requests, so nothing is charged/],
    [
      "an amount with its currency",
      { currency: "EUR", base: { amount: "49 EUR", each: "MONTH" } },
      /price.base.amount must be an amount of 0 or more such as "49.00" or "0.0005", with at most 12 decimals, got "49 EUR"$/,
    ],
    [
      "less than nothing",
      { currency: "EUR", base: { amount: -1, each: "MONTH" } },
      /price.base.amount must be .*, got -1$/,
    ],
    [
      "a number that was computed",
      { currency: "EUR", base: { amount: 0.1 + 0.2, each: "MONTH" } },
      /amount must be .* 12 decimals, got 0.30000000000000004$/,
    ],
    [
      "a fee for a week",
      { currency: "EUR", base: { amount: 1, each: "WEEK" } },
      /price.base.each must be MONTH or YEAR, got "WEEK"$/,
    ],
    [
      "included requests that nothing follows",
      { currency: "EUR", base, included: 5 },
      /price.included changes nothing without requests/,
    ],
    [
      "no bands",
      { currency: "EUR", requests: { pricing: "VOLUME", bands: [] } },
      /price.requests.bands must have a band, such as/,
    ],
    [
      "a last band with an end",
      { currency: "EUR", requests: { pricing: "VOLUME", bands: [{ upTo: 5, unitPrice: 1 }] } },
      /price.requests.bands.0.upTo must be left out of the last band/,
    ],
    [
      "a band before the last without an end",
      { currency: "EUR", requests: { pricing: "VOLUME", bands: [{ unitPrice: 1 }, { unitPrice: 2 }] } },
      /price.requests.bands.0.upTo is needed in each band but the last/,
    ],
    [
      "bands out of order",
      {
        currency: "EUR",
        requests: {
          pricing: "VOLUME",
          bands: [{ upTo: 9, unitPrice: 1 }, { upTo: 9, unitPrice: 1 }, { unitPrice: 2 }],
        },
      },
      /price.requests.bands.1.upTo must be above the 9 of the band before it, got 9$/,
    ],
    [
      "a weight of a half",
      { currency: "EUR", requests, weights: { pets: { "GET /pets": 0.5 } } },
      /price.weights.pets.GET \/pets must be a whole number of requests/,
    ],
    [
      "a weight for a route that is not there",
      { currency: "EUR", requests, weights: { pets: { "GET /pet": 2 } } },
      /price.weights.pets: .*did you mean "GET \/pets"/,
    ],
    [
      "a weight for an API that the tier does not open",
      { currency: "EUR", requests, weights: { toys: { "GET /": 2 } } },
      /price.weights.toys: /,
    ],
  ])("refuses %s", (_, price, message) => {
    expect(problemsOf(priced(price))).toEqual([expect.stringMatching(message)]);
  });

  test("that needs access logs is warned about where a stage has none", () => {
    const logged = (accessLog: unknown) =>
      findingsOf({
        ...(priced({ currency: "EUR", requests, counts: "2XX" }) as object),
        apis: { pets: { stages: { prod: accessLog ? { accessLog } : {} }, routes: { "GET /pets": { mock: 200 } } } },
      });
    expect(logged(undefined)).toEqual([
      'warning: tier "gold": price.counts needs access logs, and "pets/prod" has none, so no invoice could be made; give the ' +
        "stage accessLog: true",
    ]);
    expect(logged(true)).toEqual([]);
  });

  test("is the same however its amounts are written", () => {
    const read = (amount: unknown) =>
      defineUnchecked(priced({ currency: "EUR", base: { amount, each: "MONTH" } })).tiers[0]?.price?.base?.amount;
    expect(["49.00", "49", 49, "049"].map(read)).toEqual(["49", "49", "49", "49"]);
    const amounts: [unknown, string | undefined][] = [
      ["0.10", "0.1"],
      [0.1, "0.1"],
      [1e-7, "0.0000001"],
      ["0.000000000001", "0.000000000001"],
      [1e-12, "0.000000000001"],
      [1e-13, undefined],
      [1.5e-12, undefined],
      ["0", "0"],
      ["00.00", "0"],
      ["100", "100"],
      [12_345_678_901.123, "12345678901.123"],
      [1e21, undefined],
      ["1.", undefined],
      [".5", undefined],
      ["1e3", undefined],
      ["-1", undefined],
      [-1, undefined],
      [Number.NaN, undefined],
      [Number.POSITIVE_INFINITY, undefined],
      [null, undefined],
    ];
    expect(amounts.map(([written]) => readAmount(written))).toEqual(amounts.map(([, amount]) => amount));
  });

  test("is read back from what is synthesized, with its defaults", () => {
    const { tiers } = defineUnchecked(
      petShop({
        tiers: {
          gold: {
            access: { pets: ["prod"] },
            price: { currency: "EUR", base, requests, weights: { pets: { "GET /pets": 5 } } },
          },
          free: { access: { pets: ["prod"] } },
        },
      }),
    );
    const output = encodeTierPrices(tiers);
    expect(output).toEqual({
      gold: {
        currency: "EUR",
        base: { amount: "49", each: "MONTH" },
        included: 0,
        counts: "ALL",
        requests: { pricing: "GRADUATED", bands: [{ upTo: 100, unitPrice: "0.01" }, { unitPrice: "0.005" }] },
        weights: { pets: { "GET /pets": 5 } },
        onChange: { charge: "PRORATE", quota: "FRESH" },
        whileSuspended: "CHARGE",
      },
    });
    expect(decodeTierPrices(JSON.parse(JSON.stringify(output)))).toEqual(
      new Map([["gold", tiers.find(({ id }) => id === "gold")?.price]]),
    );
  });

  test("of another version is not guessed", () => {
    expect(decodeTierPrices({ gold: { currency: "EUR", perSeat: "9.00" } })).toEqual(new Map([["gold", "unknown"]]));
  });
});
