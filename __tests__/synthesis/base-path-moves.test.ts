import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { CatalogError, synthesisWarnings, TierStacks, type TierStacksProps } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

const name = "api.example.com";

/** A local state that maps base paths of the domain name. */
const stateWith = (...paths: string[]) => ({
  version: 4,
  resources: paths.map((base_path) => ({
    mode: "managed",
    type: "aws_api_gateway_base_path_mapping",
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ attributes: { domain_name: name, base_path, stage_name: "any" } }],
  })),
});

/** What is said of stages with these base paths, where the states of stacks hold these. */
function said(
  stages: Record<string, string | undefined>,
  states: Record<string, object>,
  { retired = {}, ...props }: TierStacksProps & { readonly retired?: Record<string, object> } = {},
): string[] {
  const written = Object.entries(stages).map(([stage, basePath]) => [
    stage,
    { domain: { name, ...(basePath === undefined ? {} : { basePath }) } },
  ]);
  const pets = {
    stages: { ...Object.fromEntries(written), ...retired },
    routes: { "GET /pets": { mock: 200 as const } },
  };
  const catalog = defineUnchecked(petShop({ apis: { pets }, tiers: {} }));
  return withFolder((folder) => {
    for (const [file, state] of Object.entries(states)) writeFileSync(join(folder, file), JSON.stringify(state));
    mkdirSync(join(folder, "cdktf.out"));
    try {
      const stacks = new TierStacks(new App({ outdir: join(folder, "cdktf.out") }), catalog, props);
      return synthesisWarnings(stacks).filter((each) => each.includes("AWS takes a base path once"));
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      return error.findings.map(({ place, message }) => `refused: ${place}: ${message}`);
    }
  });
}

const TEST = "terraform.pets-test.tfstate";
const PROD = "terraform.pets-prod.tfstate";
const NEXT = "terraform.pets-next.tfstate";

describe("base paths that move between stages", () => {
  test("are refused where two stages swap them, which no order of deployment allows", () => {
    expect(said({ prod: "v2", test: "v1" }, { [PROD]: stateWith("v1"), [TEST]: stateWith("v2") })).toEqual([
      'refused: api "pets": stage "prod": takes "api.example.com/v2" from stack "pets-test", which takes "api.example.com/v1" from ' +
        'stack "pets-prod": AWS takes a base path once, so none of these stacks can be deployed first; give this stage ' +
        "another basePath that is free and deploy, then give it the one that it should have and deploy again",
    ]);
  });

  test("are refused in a circle of three, once, with one that has no path", () => {
    const states = { [PROD]: stateWith("(none)"), [TEST]: stateWith("v1"), [NEXT]: stateWith("v2") };
    expect(said({ prod: "v1", test: "v2", next: undefined }, states)).toEqual([
      expect.stringMatching(
        /^refused: api "pets": stage "next": takes "api.example.com" from stack "pets-prod", which takes "api.example.com\/v1" from stack "pets-test", which takes .*v2" from stack "pets-next": /,
      ),
    ]);
  });

  test("get the stack that goes first where one does", () => {
    expect(said({ prod: "v1", test: "v2" }, { [TEST]: stateWith("v1") })).toEqual([
      'api "pets": stage "prod": takes "api.example.com/v1" from stack "pets-test", and AWS takes a base path once; deploy that one ' +
        "first: npx cdktf deploy pets-test",
    ]);
  });

  test("are refused where the stage that has one is retired, or in no stack any more", () => {
    expect(said({ prod: "v1" }, { [TEST]: stateWith("v1") }, { retired: { test: { retired: true } } })).toEqual([
      expect.stringMatching(/^refused: .*"pets-test", which is retired .*; deploy without this domain first/),
    ]);
    expect(said({ prod: "v1" }, { [TEST]: stateWith("v1") })).toEqual([
      expect.stringMatching(
        /^refused: .*"pets-test", whose local state still has it .*; destroy that stack first: put/,
      ),
    ]);
  });

  test.each<[string, Record<string, object>, TierStacksProps]>([
    ["they stay", { [PROD]: stateWith("v1"), [TEST]: stateWith("v2") }, {}],
    ["nothing is deployed", {}, {}],
    ["the states are of another Region", { [PROD]: stateWith("v2"), [TEST]: stateWith("v1") }, { region: "eu-west-1" }],
    ["a state cannot be read", { [PROD]: [] }, {}],
  ])("are not reported where %s", (_, states, props) => {
    const found = said({ prod: "v1", test: "v2" }, states, props);
    expect(found.filter((each) => each.includes("base path"))).toEqual([]);
  });

  test("have the names that the stacks of an environment have", () => {
    const found = said(
      { prod: "v1", test: "v2" },
      { "terraform.pets-test.dev.tfstate": stateWith("v1") },
      {
        environment: "dev",
      },
    );
    expect(found).toEqual([expect.stringMatching(/: npx cdktf deploy dev-pets-test$/)]);
  });
});
