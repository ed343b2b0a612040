import { resolve } from "node:path";
import { describeWith } from "../support/requirements";
import { runOrFail, TYPESCRIPT } from "../support/run";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(300_000);

describeWith(["terraform", "emulator"], "the weather example", () => {
  const stacks = ["account", "weather", "weather-beta", "weather-prod", "weather-test", "access", "domains"];
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.open();
    const env = { CDKTF_OUTDIR: workspace.path("cdktf.out") };
    runOrFail("node", [...TYPESCRIPT, resolve("examples/weather/main.ts")], { env });
  });
  afterAll(() => workspace.close());

  test.each(stacks)("is deployed with the stack %s", (stack) => {
    const terraform = workspace.terraform(stack);
    terraform.init();
    expect(terraform.deploy()).toContain("Apply complete!");
  });

  test.each(stacks)("is as it was asked for: a second plan of %s changes nothing", (stack) => {
    expect(actionsOf(workspace.terraform(stack).plan())).toEqual([]);
  });
});
