import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTerraform, type TerraformRun } from "./run-terraform";

/** What `terraform show -json` prints of a stack's plan, which holds values of keys; or the command that failed. */
export type PlanAsJson =
  | { readonly json: string; readonly changes: boolean }
  | { readonly failed: string; readonly run: TerraformRun };

/** What `terraform plan -detailed-exitcode` answers where something would change. */
const CHANGES = 2;

/**
 * Plans a stack in its folder. The plan itself is kept nowhere.
 *
 * @throws Error where Terraform cannot be started
 */
export async function planAsJson(folder: string): Promise<PlanAsJson> {
  const kept = mkdtempSync(join(tmpdir(), "api-tiers-plan-"));
  const plan = join(kept, "plan");
  try {
    const initialized = await runTerraform(folder, ["init", "-input=false", "-no-color"]);
    if (initialized.code !== 0) return { failed: "init", run: initialized };
    // Without a lock, so that planning needs no right to write.
    const args = ["plan", "-input=false", "-lock=false", "-no-color", "-detailed-exitcode", `-out=${plan}`];
    const planned = await runTerraform(folder, args);
    if (planned.code !== 0 && planned.code !== CHANGES) return { failed: "plan", run: planned };
    const shown = await runTerraform(folder, ["show", "-json", plan]);
    if (shown.code !== 0) return { failed: "show", run: shown };
    return { json: shown.stdout, changes: planned.code === CHANGES };
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
}
