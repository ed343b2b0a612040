import { App } from "cdktf";
import { synthesisSummary, TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

const summaryOf = (written: Record<string, unknown>) =>
  withFolder((outdir) => synthesisSummary(new TierStacks(new App({ outdir }), defineUnchecked(written))));

describe("the summary of a synthesis", () => {
  const summary = summaryOf({
    apis: {
      pets: {
        stages: { prod: {}, beta: { retired: true } },
        routes: { "GET /pets": { mock: 200 }, "GET /": { mock: 200, apiKeyRequired: false } },
      },
    },
    tiers: {
      gold: {
        access: { pets: "*" },
        throttle: { rateLimit: 1_500, burstLimit: 2_000 },
        quota: { limit: 10_000, period: "MONTH" },
        closed: true,
      },
      free: { access: { pets: ["prod"] }, quota: { limit: 50, period: "DAY" } },
    },
    subscriptions: { joe: { tier: "gold" }, zoe: { tier: "gold", enabled: false } },
  });
  const row = (first: string) =>
    summary
      .split("\n")
      .find((line) => line.startsWith(`│ ${first} `))
      ?.split("│")
      .slice(1, -1)
      .map((cell) => cell.trim());

  test("says what each stack holds", () => {
    expect(row("pets")).toEqual(["pets", "1 REST API, 2 routes"]);
    expect(row("pets-prod")).toEqual(["pets-prod", "1 deployment, 1 stage"]);
    expect(row("access")).toEqual(["access", "2 usage plans, 2 API keys"]);
    expect(row("pets-beta")).toEqual(["pets-beta", "nothing: what it held is destroyed"]);
  });

  test("says what each tier allows and who is on it", () => {
    expect(row("gold (closed)")).toEqual(["gold (closed)", "1,500/s", "2,000", "10,000 a month", "pets-prod", "2"]);
    expect(row("free")).toEqual(["free", "no limit", "no limit", "50 a day", "pets-prod", "0"]);
  });

  test("says what is true on purpose, where the files are, and what to run next", () => {
    expect(summary).toContain('is open without a key, on purpose, at "GET /"');
    expect(summary).toContain('1 key is disabled: "zoe"');
    expect(summary).toMatch(/Terraform is in .*\/stacks\/\*\/cdk\.tf\.json\./);
    expect(summary).toContain("npx cdktf deploy '*'");
  });

  test("does not call an empty access stack doomed", () => {
    expect(summaryOf(petShop({ tiers: {} }))).toContain("nothing yet");
  });
});
