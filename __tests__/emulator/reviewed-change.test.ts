import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPlanFiles } from "../../src/review/plan-file";
import { renderMarkdown } from "../../src/review/render/markdown";
import { review } from "../../src/review/review";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { said } from "../review/support/reviewed";
import { defineUnchecked } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { API_TIERS, type RunResult, run } from "../support/run";
import type { Json } from "../support/synthesize";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

/** No key of anybody's; the emulator takes it for one. */
const KEY = ["Emulator", "Only", "Key", "Value", "0000003"].join("");

const DEPLOYED: Json = {
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
  tiers: {
    bronze: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 } },
    gold: { access: { pets: "*" }, throttle: { rateLimit: 100, burstLimit: 200 } },
  },
  subscriptions: {
    joe: { tier: "bronze" },
    globex: { tier: "gold", keyValue: { variable: "globex_key" } },
  },
};

/** A pull request that adds an API, opens a route, sells the API with gold, and takes Joe's subscription away. */
function changed(): Json {
  const { apis, tiers, subscriptions } = structuredClone(DEPLOYED);
  delete subscriptions.joe;
  apis.pets.routes["GET /pets"].apiKeyRequired = false;
  apis.toys = { stages: { live: {} }, routes: { "GET /toys": { mock: 200 } } };
  tiers.gold.access = { pets: "*", toys: "*" };
  return { apis, tiers, subscriptions };
}

describeWith(
  ["terraform", "emulator"],
  "a change that is planned and reviewed as the example for GitHub Actions does",
  () => {
    test("tells what it means, also of stacks that cannot be planned yet", async () => {
      const workspace = await Workspace.open({ env: { TF_VAR_globex_key: KEY } });
      try {
        const { env, folder } = workspace;
        const synthesize = (catalog: Json) => workspace.synthesize(catalog);
        const planStacks = (): RunResult => run(process.execPath, [...API_TIERS, "plan"], { cwd: folder, env });
        const reviewed = (base: string) => {
          const plans = readdirSync(join(folder, "plans")).map((file) => join(folder, "plans", file));
          return review(readPlanFiles(plans), { synthesized: join(folder, "cdktf.out"), base });
        };

        synthesize(DEPLOYED);
        for (const stack of ["pets", "pets-prod", "access"]) {
          const terraform = workspace.terraform(stack);
          terraform.init();
          terraform.deploy();
        }
        const base = join(folder, "base");
        synthesizeCatalog(defineUnchecked(DEPLOYED), base);
        synthesize(changed());
        const planned = planStacks();
        expect([planned.code, planned.stdout.trim().split("\n"), planned.stderr]).toEqual([
          0,
          [
            "pets: planned",
            "toys: planned",
            "access: cannot be planned yet, because it builds on pets, toys, of which one was never applied",
            "pets-prod: planned",
            "toys-live: cannot be planned yet, because it builds on toys, which was never applied",
            '3 of 5 stacks planned. The files in plans hold keys: delete them after "api-tiers review".',
          ],
          "",
        ]);
        const report = reviewed(base);
        expect(report.stacks).toEqual({
          planned: ["pets", "pets-prod", "toys"],
          pending: ["access", "toys-live"],
          dropped: [],
        });
        expect(said(report)).toMatchObject({
          "access-lost": ["joe: the key is deleted"],
          "route-opened": ["GET /pets of pets: becomes open to everyone"],
          "access-gained": ["globex: can call toys/live, on tier gold"],
          "stage-redeployed": ["stage pets/prod: because of GET /pets"],
          "route-added": ["GET /toys of toys: needs a key"],
        });
        const printed = planned.stdout + planned.stderr;
        expect(printed + JSON.stringify(report) + renderMarkdown(report)).not.toContain(KEY);

        // A plan that fails for another reason fails the job, and its heading says why.
        for (const stack of readdirSync(join(folder, "cdktf.out/stacks")))
          rmSync(join(folder, "cdktf.out/stacks", stack), { recursive: true });
        mkdirSync(join(folder, "cdktf.out/stacks/broken"));
        writeFileSync(
          join(folder, "cdktf.out/stacks/broken/cdk.tf.json"),
          JSON.stringify({ output: { a: { value: "${local.nothing}" } } }),
        );
        const broken = planStacks();
        expect(broken.code).toBe(1);
        expect(broken.stderr).toContain("broken: Reference to undeclared local value");
        expect(broken.stderr).toContain('plans holds other files, which a review would read: "pets-prod.json"');
      } finally {
        await workspace.close();
      }
    });
  },
);
