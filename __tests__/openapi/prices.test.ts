import { openApiOf } from "../../src/openapi/openapi-of";
import { defineUnchecked, withTier } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";
import type { Json } from "../support/synthesize";

const documentOf = (price: unknown): Json =>
  openApiOf(readSynthesized(defineUnchecked(withTier({ price }))), "pets") as Json;
const bands = [{ upTo: 10_000, unitPrice: "0.001" }, { unitPrice: "0.0005" }];

test.each<[object, string]>([
  [{ base: { amount: "49.00", each: "MONTH" } }, "EUR 49 each month"],
  [
    { base: { amount: 490, each: "YEAR" }, included: 1_000, requests: { pricing: "GRADUATED", bands } },
    "EUR 490 each year; 1,000 requests a month included; beyond them EUR 0.001 for each request up to 10,000, then EUR 0.0005",
  ],
  [
    { requests: { pricing: "VOLUME", bands }, counts: "2XX", weights: { pets: { "GET /pets": 5 } } },
    "EUR 0.001 for each request up to 10,000, then EUR 0.0005, for all by their number; requests that succeed are charged; " +
      "`GET /pets` counts as 5",
  ],
])("customers read what a tier costs: %j", (price, words) => {
  const { info, "x-api-tiers": tiers } = documentOf({ currency: "EUR", ...price });
  expect(info.description).toContain(`- **gold**: 10/s, burst 20; on prod; ${words}.`);
  expect(tiers[0].price).toMatchObject({ currency: "EUR" });
});
