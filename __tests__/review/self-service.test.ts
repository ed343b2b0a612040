import type { ExportedSubscription } from "../../src/contract/self-service-export";
import { petShop } from "../support/catalogs";
import type { Json } from "../support/synthesize";
import { reviewCatalogs, said } from "./support/reviewed";

const tier = (burstLimit: number, stages: readonly string[] = ["prod"]) => ({
  access: { pets: stages },
  throttle: { rateLimit: 1, burstLimit },
});
const shop = (tiers: Json) =>
  petShop({
    apis: { pets: { stages: { prod: {}, test: {} }, routes: { "GET /pets": { mock: 200 } } } },
    tiers,
    subscriptions: { joe: { tier: "free" } },
  });
const from = "2026-11-01T00:00:00Z";
const zoe: ExportedSubscription = {
  subscription: "zoe",
  customer: "Zoe",
  state: "active",
  tiers: [
    { tier: "free", from, to: "2026-11-10T00:00:00Z" },
    { tier: "startup", from: "2026-11-10T00:00:00Z" },
  ],
  keys: [
    { id: "zoekey1", name: "1", from, to: "2026-11-05T00:00:00Z", works: false },
    { id: "zoekey2", name: "2", from, works: true },
  ],
};
const TIERS = { free: tier(1), startup: tier(5, ["prod", "test"]) };

describe("customers who signed up by themselves are in no plan of Terraform, and a review knows them by their export:", () => {
  test.each<[string, Json, Record<string, string[]>]>([
    [
      "limits that are lowered",
      { ...TIERS, startup: tier(2, ["prod", "test"]) },
      { "limits-lowered": ["tier startup: burstLimit 5 → 2 (−60 %); 1 customer"] },
    ],
    [
      "a stage that their tier no longer opens",
      { ...TIERS, startup: tier(5) },
      { "access-reduced": [expect.stringMatching(/^zoe\/2 \(Zoe\): .*pets\/test/) as never] },
    ],
    [
      "a tier that goes",
      { free: TIERS.free },
      {
        "access-lost": [expect.stringMatching(/^zoe\/2 \(Zoe\): tier startup is removed, with the key in it/) as never],
      },
    ],
  ])("%s", (_, tiers, expected) => {
    const report = reviewCatalogs(shop(TIERS), shop(tiers), { selfService: [zoe] });
    expect(said(report)).toMatchObject(expected);
    expect(report.verdict).toBe("decision-needed");
  });

  test("nothing is said of them where nothing of theirs changes, and their keys count against AWS's quota", () => {
    const without = reviewCatalogs(shop(TIERS), shop(TIERS));
    const report = reviewCatalogs(shop(TIERS), shop(TIERS), { selfService: [zoe] });
    expect(said(report)).toEqual(said(without));
    expect([without.customers.after, report.customers.after]).toEqual([1, 2]);
  });

  test("a tier that is renamed keeps them", () => {
    const renamed = { free: TIERS.free, growth: { ...TIERS.startup, formerId: "startup" } };
    const report = reviewCatalogs(shop(TIERS), shop(renamed), { selfService: [zoe] });
    const { "access-lost": lost, "key-in-no-plan": unplaced } = said(report);
    expect([lost, unplaced, report.customers.after]).toEqual([undefined, undefined, 2]);
  });

  test("one on a tier that is in no plan, before or after, is refused", () => {
    const lost = { ...zoe, tiers: [{ tier: "gone", from }] };
    expect(() => reviewCatalogs(shop(TIERS), shop(TIERS), { selfService: [lost] })).toThrow(
      /self-service: "zoe" is on tier "gone", of which there is no usage plan here/,
    );
  });

  test("one that the catalog has too is refused, because reports would take two customers for one", () => {
    expect(() => reviewCatalogs(shop(TIERS), shop(TIERS), { selfService: [{ ...zoe, subscription: "joe" }] })).toThrow(
      /joe: a subscription of the catalog and of the self-service/,
    );
  });
});
