import { splitKeyFile } from "../../src/catalog/aws-key-file";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import type { Json } from "../support/synthesize";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

/** No keys of anybody. Five hundred were tried once, which takes two minutes. */
const COUNT = 40;
const ROWS = Array.from(
  { length: COUNT },
  (_, index) => `customer ${index},EmulatorOnlyValue${String(index).padStart(6, "0")}`,
);

describeWith(["terraform", "emulator"], "keys that others have made", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.open();
  });
  afterAll(() => workspace.close());

  const { subscriptions, values, findings } = splitKeyFile(`name,key\n${ROWS.join("\n")}\n`, "keys.csv", {
    tiersOfPlans: new Map(),
    tier: "gold",
  });
  const synthesize = (parts: Json) =>
    workspace.synthesize(petShop({ apis: {}, tiers: { gold: { access: {} } }, ...parts }));
  const terraform = (...args: string[]) => {
    const { code, stdout, stderr } = workspace.terraform("access").run(...args, "-no-color", "-input=false");
    return { code, said: stdout + stderr };
  };
  const keysInAws = (): Json[] => workspace.aws("apigateway", "get-api-keys", "--include-values").items;

  test("values of a file that was split reach AWS by a file of variables, and are shown nowhere", () => {
    expect(findings).toEqual([]);
    synthesize({ subscriptions });
    workspace.write("key-values.tfvars.json", JSON.stringify(values));
    workspace.terraform("access").init();
    const file = `-var-file=${workspace.path("key-values.tfvars.json")}`;
    const { code, said } = terraform("apply", "-auto-approve", file);
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    expect(said).toContain(`${2 * COUNT + 1} added`);
    expect(said).not.toContain("EmulatorOnlyValue");
    expect(
      keysInAws()
        .map(({ value }) => value)
        .sort(),
    ).toEqual(Object.values(values).sort());
  });

  test("and stay as they are when the catalog no longer names the variables, whose file is gone", () => {
    const without = Object.entries(subscriptions).map(([id, { keyValue: _, ...rest }]) => [id, rest]);
    synthesize({ subscriptions: Object.fromEntries(without) });
    const { code, said } = terraform("plan", "-detailed-exitcode");
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
  });

  test("a key that was made by hand is put into its plan by its id, and is let go of without being deleted", () => {
    const { id } = workspace.aws("apigateway", "create-api-key", "--name", "by hand", "--enabled");
    synthesize({ subscriptions: { partner: { tier: "gold", existingKeyId: id } } });
    const applied = terraform("apply", "-auto-approve");
    expect(applied).toMatchObject({
      code: 0,
      said: expect.stringContaining(`1 added, 0 changed, ${2 * COUNT} destroyed`),
    });
    const [plan] = workspace.aws("apigateway", "get-usage-plans").items;
    const members = workspace.aws("apigateway", "get-usage-plan-keys", "--usage-plan-id", plan.id).items;
    expect(members.map((each: Json) => each.id)).toEqual([id]);

    synthesize({ subscriptions: {} });
    expect(terraform("apply", "-auto-approve").said).toContain("0 added, 0 changed, 1 destroyed");
    expect(keysInAws().map((each) => each.name)).toEqual(["by hand"]);
  });
});
