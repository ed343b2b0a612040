import { runTerraform, type TerraformRun } from "./run-terraform";

/** What `terraform show -json` prints of a stack's state, which holds values of keys; or the command that failed. */
export type StateAsJson = { readonly json: string } | { readonly failed: string; readonly run: TerraformRun };

/**
 * Reads the state of the stack in a folder. It is kept nowhere.
 *
 * @throws Error where Terraform cannot be started
 */
export async function stateAsJson(folder: string): Promise<StateAsJson> {
  const initialized = await runTerraform(folder, ["init", "-input=false", "-no-color"]);
  if (initialized.code !== 0) return { failed: "init", run: initialized };
  const shown = await runTerraform(folder, ["show", "-json", "-no-color"]);
  return shown.code === 0 ? { json: shown.stdout } : { failed: "show", run: shown };
}
