import type { ExportedSubscription } from "../../src/contract/self-service-export";
import { review } from "../../src/review/review";
import { petShop } from "../support/catalogs";
import type { Json } from "../support/synthesize";
import { reviewCatalogs, said } from "./support/reviewed";
import { wholePlan } from "./support/whole-plan";

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

  describe("a tier that leaves selfService.tiers is a decision, because the function may not touch its plan any more:", () => {
    const offering = (own: readonly string[], tiers: Json = TIERS) => ({ ...shop(tiers), selfService: { tiers: own } });
    const both = ["free", "startup"];
    const found = (after: Json, selfService: readonly ExportedSubscription[] = [zoe]) =>
      said(reviewCatalogs(offering(both), after, { selfService }))["self-service-tier-withdrawn"];

    test.each<[string, Json, readonly ExportedSubscription[], string[] | undefined]>([
      ["with a customer on it", offering(["free"]), [zoe], ["tier startup: 1 customer is on it by the export"]],
      ["with nobody on it", offering(["startup"]), [zoe], ["tier free: 0 customers are on it by the export"]],
      [
        "without an export",
        offering(["free"]),
        [],
        [
          "tier startup: customers who signed up by themselves are not known here; " +
            "review with --self-service-export to count those on it",
        ],
      ],
    ])("%s", (_, after, selfService, expected) => {
      expect(found(after, selfService)).toEqual(expected);
    });

    test.each<[string, Json]>([
      ["closed", offering(both, { ...TIERS, startup: { ...TIERS.startup, closed: true } })],
      [
        "renamed",
        offering(["free", "growth"], { free: TIERS.free, growth: { ...TIERS.startup, formerId: "startup" } }),
      ],
      ["joined by another", offering([...both, "gold"], { ...TIERS, gold: tier(9) })],
      ["dropped with the whole self-service", { ...shop(TIERS), selfService: { tiers: both, retired: true } }],
    ])("not one that is %s", (_, after) => {
      expect(found(after)).toBeUndefined();
    });

    test("settings that are known only after the apply are a decision, too", () => {
      const settings = JSON.stringify({ tiers: both });
      const change = {
        address: "aws_lambda_function.self-service",
        mode: "managed",
        type: "aws_lambda_function",
        name: "self-service",
        change: {
          actions: ["update"],
          before: { function_name: "shop", environment: [{ variables: { SELF_SERVICE: settings } }] },
          after: { function_name: "shop", environment: [{}] },
          after_unknown: { environment: [{ variables: true }] },
        },
      };
      const plan = { stack: "self-service", file: "self-service.json", json: wholePlan([change]) };
      expect(said(review([plan]))["self-service-tier-withdrawn"]).toEqual([
        "the self-service: which tiers it has after the change cannot be read from the plan",
      ]);
    });
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
