import { APIGatewayClient, GetUsageCommand } from "@aws-sdk/client-api-gateway";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { run } from "../support/run";
import type { Json } from "../support/synthesize";
import { Workspace } from "../support/workspace";
import { deployAccess, idsInAccess } from "./support/deployed-access";
import { type BundledProgram, bundledProgram } from "./support/program";

jest.setTimeout(300_000);

const TIERS = {
  gold: { access: {}, throttle: { rateLimit: 1, burstLimit: 2 }, quota: { limit: 1_000, period: "DAY" } },
};
const NOW = "2026-11-26T12:00:00Z";

describeWith(["terraform", "emulator"], "a key that is replaced", () => {
  let program: BundledProgram;
  let workspace: Workspace;
  beforeAll(async () => {
    program = bundledProgram("rotation");
    workspace = await Workspace.open();
    workspace.env = { ...workspace.env, NODE_NO_WARNINGS: "1" };
  });
  afterAll(async () => {
    program.remove();
    await workspace.close();
  });

  const deploy = (acme: Json) =>
    deployAccess(workspace, petShop({ apis: {}, tiers: TIERS, subscriptions: { acme: { tier: "gold", ...acme } } }));
  const rotation = (...args: string[]) =>
    run("node", [program.path, "rotation", ...args, "--state", "state.json", "--now", NOW, "--unpaced"], {
      cwd: workspace.folder,
      env: workspace.env,
    });

  test("is reported by AWS's figures, and shares the quota with the one that replaces it", async () => {
    deploy({});
    const { "aws_api_gateway_api_key.acme": main = "", "aws_api_gateway_usage_plan.gold": plan = "" } =
      idsInAccess(workspace);
    expect(rotation("share-quota", "acme")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'subscription "acme" has one key alone, which has the whole quota unless it had others in this period',
      ),
    });
    expect(rotation("share-quota", "acne").stderr).toContain('unknown subscription "acne"; did you mean "acme"?');
    expect(rotation("status", "--live").stdout).toContain("No subscription has several keys.");

    deploy({ keys: { main: {}, next: {} } });
    const ids = idsInAccess(workspace);
    expect(ids["aws_api_gateway_api_key.acme"]).toBe(main);
    const [next = ""] = Object.entries(ids).flatMap(([address, id]) =>
      /^aws_api_gateway_api_key\.acme-next-/.test(address) ? [id] : [],
    );
    await workspace.emulator.seedUsage({
      now: NOW,
      days: { [plan]: { [main]: { "2026-11-25": 40, "2026-11-26": 300 }, [next]: { "2026-11-26": 100 } } },
    });
    const { rotations } = JSON.parse(rotation("status", "--live", "--format", "json").stdout);
    expect(rotations).toMatchObject([
      {
        subscription: "acme",
        keys: expect.arrayContaining([expect.objectContaining({ key: "acme", calls: 340, lastCall: "2026-11-26" })]),
      },
    ]);

    expect(rotation("share-quota", "acme", "--dry-run").stdout).toContain("each key that works would get 600 requests");
    const remaining = async () => {
      const day = "2026-11-26";
      const client = new APIGatewayClient({
        endpoint: workspace.env.AWS_ENDPOINT_URL ?? "",
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      });
      const { items } = await client.send(new GetUsageCommand({ usagePlanId: plan, startDate: day, endDate: day }));
      return [main, next].map((key) => items?.[key]?.[0]?.[1]);
    };
    expect(await remaining()).toEqual([700, 900]);
    const shared = rotation("share-quota", "acme", "--every", "60");
    expect(shared).toMatchObject({ code: 0, stderr: "" });
    // One key more than the quota is for may use what is left, and each what it had in the 40 minutes by which the figures may be late.
    expect(shared.stdout).toContain(`exceed the quota by at most ${(600 + 2 * 1_000).toLocaleString("en")} requests`);
    expect(shared.stdout).toContain("keys that were removed in this period are not counted");
    expect(await remaining()).toEqual([600, 600]);
    rotation("share-quota", "acme");
    expect(await remaining()).toEqual([600, 600]);

    deploy({ keys: { main: false, next: {} } });
    expect(rotation("status", "--live").stdout).toMatch(/the older key is disabled|not known/);
    const collected = run(
      "node",
      [program.path, "usage", "collect", "--state", "state.json", "--store", "store", "--now", NOW, "--unpaced"],
      {
        cwd: workspace.folder,
        env: workspace.env,
      },
    );
    expect(collected.code).toBe(0);
    deploy({ keys: { next: {} } });
    const alone = rotation("share-quota", "acme", "--store", "store");
    expect(alone).toMatchObject({ code: 0, stderr: "" });
    expect(alone.stdout).toContain("each key that works may still use 600 requests");
    expect(Object.values(idsInAccess(workspace))).toContain(next);
    expect(Object.values(idsInAccess(workspace))).not.toContain(main);
    for (const { stdout, stderr } of [shared]) expect(`${stdout}${stderr}`).not.toMatch(/[A-Za-z0-9]{20,}/);
  });
});
