import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWith } from "../support/requirements";
import type { Json } from "../support/synthesize";
import { actionsOf, updatesOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(300_000);

const answering = (text: string) => `export const handler = async () => ({ statusCode: 200, body: "${text}" });\n`;

describeWith(["terraform", "emulator"], "a release", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.open();
  });
  afterAll(() => workspace.close());

  test("keeps serving what it was released with, until it is promoted", () => {
    const handlersFolder = workspace.path("handlers");
    mkdirSync(handlersFolder);
    const write = (texts: Record<string, string>, routes: Record<string, unknown>, fields: object = {}) => {
      for (const [name, text] of Object.entries(texts)) writeFileSync(join(handlersFolder, `${name}.ts`), text);
      const apis = { pets: { stages: { test: {}, prod: {} }, routes, ...fields } };
      workspace.synthesize({ apis, tiers: {} }, { handlersFolder });
    };
    const terraform = (stack: string) => workspace.terraform(stack);
    const deploy = (...stacks: string[]) => {
      for (const stack of stacks) terraform(stack).deploy();
    };
    /** The version that a stage's alias points to, from the stage's state. */
    const pinned = (stage: string, handler: string) =>
      Object.values<Json>(terraform(`pets-${stage}`).state()).find(
        (each) => each.function_version !== undefined && each.function_name === `pets-${handler}`,
      )?.function_version;
    const both = { "GET /pets": { handler: "pets" }, "GET /toys": { handler: "toys" } };

    write({ pets: answering("one"), toys: answering("toys") }, both);
    for (const stack of ["pets", "pets-test", "pets-prod"]) terraform(stack).init();
    deploy("pets", "pets-test", "pets-prod");
    for (const stack of ["pets", "pets-prod"]) expect([stack, actionsOf(terraform(stack).plan())]).toEqual([stack, []]);
    expect([pinned("test", "pets"), pinned("prod", "pets")]).toEqual(["1", "1"]);

    // A comment changes nothing; code does, for its function alone.
    write({ pets: `// A comment\n${answering("one")}` }, both);
    expect(actionsOf(terraform("pets").plan())).toEqual([]);
    write({ pets: answering("two") }, both);
    expect(actionsOf(terraform("pets").plan())).toEqual(["update aws_lambda_function.pets_pets"]);

    // Deployed to `test` alone, the change has not reached `prod`.
    deploy("pets", "pets-test");
    expect([pinned("test", "pets"), pinned("prod", "pets"), pinned("test", "toys")]).toEqual(["2", "1", "1"]);

    // The promotion shows the alias, and nothing else.
    const promotion = terraform("pets-prod").plan();
    expect(promotion.changes.map(({ actions, address }) => [actions, address.split(".")[0]])).toEqual([
      [["update"], "aws_lambda_alias"],
    ]);
    expect(promotion.changes.map(updatesOf)).toEqual([{ function_version: ["1", "2"] }]);
    terraform("pets-prod").apply();
    expect(pinned("prod", "pets")).toBe("2");

    // A function that no route uses any more stays until no stage needs it.
    write({}, { "GET /pets": { handler: "pets" } }, { retiredHandlers: ["toys"] });
    deploy("pets", "pets-test");
    expect(Object.values<Json>(terraform("pets").state()).map((each) => each.function_name)).toContain("pets-toys");
    deploy("pets-prod");
    write({}, { "GET /pets": { handler: "pets" } });
    const log = ["pets-test", "pets-prod", "pets"].map((stack) => terraform(stack).deploy());
    for (const release of log.slice(0, 2)) expect(release).toMatch(/aws_lambda_alias\..*: Destruction complete/);
    expect(log[2]).toMatch(/aws_lambda_function\.pets_toys: Destruction complete/);
  });
});
