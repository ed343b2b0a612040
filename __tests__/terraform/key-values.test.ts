import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineUnchecked, withSubscriptions } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { synthesize, withFolder } from "../support/synthesize";
import { Terraform } from "../support/terraform";

const A = "NoKeyOfAnybodyA1".repeat(2);
const B = "NoKeyOfAnybodyB2".repeat(2);

describeWith(["terraform"], "values of key variables, when Terraform plans", () => {
  jest.setTimeout(60_000);

  const subscriptions = Object.fromEntries(
    ["joe", "for", "zoe", "max"].map((name) => [name, { tier: "gold", keyValue: { variable: `${name}_key` } }]),
  );
  const { variable, output } = synthesize(defineUnchecked(withSubscriptions(subscriptions))).access;
  // What the keys themselves check needs the provider, and is tried where an emulator is.
  const alone = { variable, output: { distinct: output["keys_distinct-key-values"] } };

  const planWith = (values: Record<string, string>) =>
    withFolder((folder) => {
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(alone));
      const variables = Object.entries(values).map(([name, value]) => [`TF_VAR_${name}_key`, value]);
      const terraform = new Terraform(folder, Object.fromEntries(variables));
      terraform.init();
      const { code, stdout, stderr } = terraform.run("plan", "-input=false", "-no-color", "-detailed-exitcode");
      return { code, said: `${stdout}\n${stderr}` };
    });

  test("must differ; those that do not are named, and no value is shown", () => {
    const { code, said } = planWith({ joe: A, for: B, zoe: A, max: B });
    expect(code).toBe(1);
    expect(said.replace(/\s+/g, " ")).toContain(
      "The Terraform variables joe_key and zoe_key; for_key and max_key have the same value, but AWS takes a key's value once",
    );
    expect(said).not.toMatch(/NoKeyOfAnybody/);
  });

  test("that differ, or are not set yet, change nothing, outputs neither", () => {
    expect(planWith({ joe: A, zoe: B }).code).toBe(0);
  });
});
