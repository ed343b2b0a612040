import { readFileSync } from "node:fs";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import type { Json } from "../support/synthesize";
import { Workspace } from "../support/workspace";
import { command } from "../usage/support/command";
import { deployAccess, idsInAccess } from "./support/deployed-access";

jest.setTimeout(300_000);

const tiers = (gold: string) => ({
  bronze: {
    access: {},
    quota: { limit: 1_000, period: "DAY" },
    price: { currency: "EUR", base: { amount: "31.00", each: "MONTH" } },
  },
  gold: {
    access: {},
    price: {
      currency: "EUR",
      base: { amount: gold, each: "MONTH" },
      included: 310,
      requests: { pricing: "GRADUATED", bands: [{ upTo: 31, unitPrice: "0.10" }, { unitPrice: "0.01" }] },
    },
  },
});

/** From prices in a catalog over usage in AWS to invoices, with the real Terraform. */
describeWith(["terraform", "emulator"], "a month that is billed", () => {
  let workspace: Workspace;
  const before = { ...process.env };
  beforeAll(async () => {
    workspace = await Workspace.open();
    Object.assign(process.env, workspace.env);
  });
  afterAll(async () => {
    process.env = before;
    await workspace.close();
  });

  const catalogOf = (gold: string, joe: string) =>
    petShop({
      apis: {},
      tiers: tiers(gold),
      subscriptions: { joe: { tier: joe, customer: "Joe Black" }, ann: { tier: "bronze" } },
    });
  const deploy = (gold: string, joe: string) => deployAccess(workspace, catalogOf(gold, joe));
  const ids = () => idsInAccess(workspace);
  const store = () => ["--store", workspace.path("usage")];
  const collect = (now: string) =>
    command("usage", "collect", "--state", workspace.path("state.json"), ...store(), "--now", now, "--unpaced");
  const october = (...args: string[]) => command("invoice", "--month", "2026-10", ...store(), ...args);

  test("has the days on each tier, with the calls that AWS counted", async () => {
    deploy("62.00", "bronze");
    const { "aws_api_gateway_usage_plan.bronze": bronze = "", "aws_api_gateway_usage_plan.gold": gold = "" } = ids();
    const key = ids()["aws_api_gateway_api_key.joe"] ?? "";
    for (const now of ["2026-10-01T06:00:00Z", "2026-10-15T20:00:00Z"]) {
      await workspace.emulator.seedUsage({ now, days: { [bronze]: { [key]: { "2026-10-02": 5 } } } });
      expect((await collect(now)).error).toBeUndefined();
    }
    expect((await october()).answer).toBe(2);

    deploy("62.00", "gold");
    const calls = { "2026-10-17": 180, "2026-10-30": 20 };
    for (const now of ["2026-10-16T06:00:00Z", "2026-11-03T06:00:00Z"]) {
      await workspace.emulator.seedUsage({
        now,
        days: { [bronze]: { [key]: { "2026-10-02": 5 } }, [gold]: { [key]: calls } },
      });
      expect((await collect(now)).error).toBeUndefined();
    }
    // 15 of 31 days of 31 €; 16 of 31 days of 62 € with 160 of 310 included, and 40 calls: 16 × 0.10 and 24 × 0.01.
    const { invoices, problems } = JSON.parse((await october("--format", "json")).output);
    expect(problems).toEqual([]);
    expect(
      invoices.map(({ subscription, customer, total, isFinal, lines }: Json) => [
        [subscription, customer, total, isFinal],
        ...lines.map(({ description, amount }: Json) => `${description}: ${amount}`),
      ]),
    ).toEqual([
      [["ann", null, "31.00", true], "Tier bronze, base of a month: 31.00"],
      [
        ["joe", "Joe Black", "48.84", true],
        "Tier bronze, base of a month for 15 of 31 days: 15.00",
        "Tier gold, base of a month for 16 of 31 days: 32.00",
        "Tier gold, included requests: 0.00",
        "Tier gold, requests 1 to 16 beyond those included: 1.60",
        "Tier gold, requests from 17 on beyond those included: 0.24",
      ],
    ]);
  });

  test("is closed, and what AWS corrects afterwards stands on the next invoice", async () => {
    expect((await october("--close")).error).toBeUndefined();
    const { "aws_api_gateway_usage_plan.gold": gold = "", "aws_api_gateway_api_key.joe": key = "" } = ids();
    const now = "2026-11-04T06:00:00Z";
    await workspace.emulator.seedUsage({ now, days: { [gold]: { [key]: { "2026-10-17": 180, "2026-10-30": 30 } } } });
    expect((await collect(now)).output).toContain("2026-10-30");
    expect(JSON.parse((await october("--format", "json")).output).invoices[1].total).toBe("48.84");
    const { output, answer } = await command("invoice", "--month", "2026-11", ...store(), "--subscription", "joe");
    expect(output).toMatch(/Correction of 2026-10: 48.94 instead of 48.84 +EUR 0.10/);
    expect(answer).toBe(2);
  });

  test("is what a review says of a dearer tier, from Terraform's plan", async () => {
    workspace.synthesize(catalogOf("65.10", "gold"));
    const access = workspace.terraform("access");
    access.init();
    expect(access.plan().changes).toEqual([]);
    const plan = JSON.parse(access.run("show", "-json", "plan").stdout);
    expect(plan.output_changes.tier_prices.after.gold.base.amount).toBe("65.1");
    workspace.write("access.json", JSON.stringify(plan));
    const reviewed = command(
      "review",
      workspace.path("access.json"),
      "--usage",
      workspace.path("usage"),
      "--usage-month",
      "2026-10",
      "--output",
      workspace.path("review.txt"),
      "--width",
      "200",
    );
    expect((await reviewed).answer).toBe(2);
    const text = readFileSync(workspace.path("review.txt"), "utf8");
    expect(text).toContain(
      "base EUR 62 each month → EUR 65.1 each month; 1 customer; at the usage of 2026-10: joe EUR 33.94 → EUR 35.54",
    );
  });
});
