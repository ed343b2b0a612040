import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { synthesisWarnings, TierStacks } from "../../src";
import { orphanedStates } from "../../src/terraform/stacks/orphaned-states";
import { defineUnchecked, petShop } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

const state = (resources: number) =>
  JSON.stringify({
    version: 4,
    resources: Array.from({ length: resources }, () => ({ mode: "managed", type: "aws_x" })),
  });

/** The stacks of the pet shop in a folder with these files beside the output. */
function beside<Result>(files: Record<string, string>, use: (stacks: TierStacks) => Result): Result {
  return withFolder((folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, "cdktf.out"));
    return use(new TierStacks(new App({ outdir: join(folder, "cdktf.out") }), defineUnchecked(petShop())));
  });
}

describe("a local state whose stack the app no longer has", () => {
  test("is found, with the number of resources that would stay live", () => {
    const files = {
      "terraform.access.tfstate": state(3),
      "terraform.pets-beta.tfstate": state(2),
      "terraform.plans.tfstate": state(1),
      "terraform.pets-old.tfstate": state(0),
      "terraform.pets-beta.tfstate.backup": state(9),
      "notes.txt": "",
    };
    expect(beside(files, orphanedStates)).toEqual([
      { file: "terraform.pets-beta.tfstate", stack: "pets-beta", resources: 2 },
      { file: "terraform.plans.tfstate", stack: "plans", resources: 1 },
    ]);
  });

  test("is warned of, with what to do", () => {
    expect(beside({ "terraform.pets-beta.tfstate": state(1) }, synthesisWarnings)).toEqual([
      'terraform.pets-beta.tfstate holds 1 resource of the stack "pets-beta", which the app no longer has. They stay in AWS, and keys among them go on working. Put the entry back into the catalog with retired: true and deploy; then drop it, and delete the file.',
    ]);
  });

  test("is warned of also when it cannot be read", () => {
    expect(beside({ "terraform.pets-beta.tfstate": "{" }, synthesisWarnings)).toEqual([
      expect.stringContaining("terraform.pets-beta.tfstate cannot be read"),
    ]);
  });
});
