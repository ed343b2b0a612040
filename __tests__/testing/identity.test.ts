import { TestGateway } from "../../src/testing";
import { defineUnchecked, petShop } from "../support/catalogs";

const limited = (burstLimit: number) => ({ access: { pets: "*" }, throttle: { rateLimit: 1, burstLimit } });
const catalog = defineUnchecked(
  petShop({
    tiers: { small: limited(1), large: limited(5) },
    subscriptions: { a: { tier: "small", keyName: "b" }, b: { tier: "large", keyName: "a" }, c: { tier: "small" } },
  }),
);

describe("a customer of a test is a subscription, whatever its key is called in AWS", () => {
  const gateway = TestGateway.of(catalog);
  afterAll(() => gateway.close());

  test.each([
    ["a", { 200: 1, 429: 5 }],
    ["b", { 200: 5, 429: 1 }],
  ])("%s has the limits of its own tier", async (id, statuses) => {
    expect((await gateway.customer(id).at("pets", "prod").burst(6, "GET /pets")).statuses).toEqual(statuses);
  });

  test("and one that is not there is an error that says what could be meant", () => {
    expect(() => gateway.customer("d")).toThrow('unknown subscription "d"; there are "a", "b", "c"');
    expect(() => gateway.customer("a").at("petz", "prod")).toThrow('unknown API "petz"; did you mean "pets"?');
    expect(() => gateway.usage("larg", "2026-01-01", "2026-01-01")).toThrow(
      'unknown usage plan "larg"; did you mean "large"?',
    );
  });
});
