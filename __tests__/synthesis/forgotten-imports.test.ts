import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { type Imports, importsFromFile, TierStacks, type TierStacksProps } from "../../src";
import { TestGateway } from "../../src/testing";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, withFolder } from "../support/synthesize";

const SHOP = defineUnchecked(
  petShop({
    subscriptions: { joe: { tier: "gold" }, zoe: { tier: "gold" }, "max-1": { tier: "gold", formerId: "max" } },
  }),
);
const key = (apiKeyId: string) => ({ apiKeyId, usagePlanId: "plan1" });
const ADOPTED: Imports = {
  tiers: { gold: { usagePlanId: "plan1" } },
  subscriptions: { joe: key("key1"), zoe: key("key2"), max: key("key3") },
};

/** What happens to the pet shop in a folder with these files. */
function refusalOf(files: Readonly<Record<string, unknown>>, props: () => TierStacksProps = () => ({})): string {
  const before = process.cwd();
  return withFolder((folder) => {
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
    process.chdir(folder);
    try {
      new TierStacks(new App({ outdir: join(folder, "cdktf.out") }), SHOP, props());
      return "";
    } catch (error) {
      return (error as Error).message;
    } finally {
      process.chdir(before);
    }
  });
}

describe("synthesis refuses a program that has not read the imports beside it", () => {
  test.each([["imports.json"], ["imports-eu.json"], ["adopted.json"]])("called %s", (name) => {
    expect(refusalOf({ [name]: ADOPTED })).toBe(
      `The catalog has 1 problem:\n  - ${name}: has the ids in AWS of 3 subscriptions, 1 tier of this catalog, but TierStacks ` +
        "is not given it, so the next deploy would create these a second time; write new TierStacks(app, catalog, { imports: " +
        `importsFromFile("${name}") }). Where all of it is deployed, or belongs to other stacks, write { imports: {} }`,
    );
  });

  test("each of several files", () => {
    expect(refusalOf({ "imports.json": ADOPTED, "imports-eu.json": ADOPTED })).toMatch(/^The catalog has 2 problems/);
  });

  test.each<[string, Json, (() => TierStacksProps)?]>([
    ["it is given", { "imports.json": ADOPTED }, () => ({ imports: importsFromFile("imports.json") })],
    [
      "another stack of the program has it",
      { "imports.json": ADOPTED },
      () => {
        importsFromFile("imports.json");
        return {};
      },
    ],
    ["it says that nothing is imported", { "imports.json": ADOPTED }, () => ({ imports: {} })],
    ["it is of another catalog", { "imports.json": { subscriptions: { other: key("key9") } } }],
    [
      "it is a file of something else",
      { "imports.json": { compilerOptions: {} }, "my-imports.json": '{ "apiKeyId": [' },
    ],
    ["there is none", {}],
  ])("but not where %s", (_, files, props) => {
    expect(refusalOf(files, props)).toBe("");
  });

  test("but not where limits are tested, of which nothing is deployed", async () => {
    const before = process.cwd();
    await withFolder(async (folder) => {
      writeFileSync(join(folder, "imports.json"), JSON.stringify(ADOPTED));
      process.chdir(folder);
      const gateway = TestGateway.of(SHOP);
      process.chdir(before);
      await gateway.close();
    });
  });
});
