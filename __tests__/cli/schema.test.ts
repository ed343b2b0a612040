import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { App } from "cdktf";
import { TierStacks } from "../../src";
import { createProgram } from "../../src/cli/program";
import { catalogNames } from "../../src/model/catalog-names";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, withFolder } from "../support/synthesize";

const SHOP = petShop({
  apis: {
    pets: { stages: { prod: {}, test: {} }, routes: { "GET /pets": { mock: 200 } } },
    legacy: { restApiId: "a1b2c3d4e5", stages: { live: {}, unsold: {} } },
  },
  tiers: { gold: { access: { pets: "*", legacy: ["live"] } }, silver: { access: { pets: ["prod"] } } },
  cohorts: { emea: {}, "access-group": {}, latam: { retired: true } },
  subscriptions: {
    joe: { tier: "gold" },
    "zoe@example.com": { tier: "silver", cohort: "emea" },
    old: { tier: "gold", existingKeyId: "o1l2d3k4e5" },
  },
});

/** In a folder in which the shop was synthesized. */
function inShop<Result>(use: (folder: string) => Result, deployment: Json = {}): Result {
  return withFolder((folder) => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    new TierStacks(app, defineUnchecked(SHOP), deployment);
    app.synth();
    return use(folder);
  });
}

test.each([
  ["one place", {}],
  ["one of several places", { environment: "dev", region: "eu-central-1" }],
])("names of a catalog are read of what was synthesized for %s", (_, deployment) => {
  expect(inShop((folder) => catalogNames(join(folder, "cdktf.out")), deployment)).toEqual({
    tiers: ["gold", "silver"],
    cohorts: ["access-group", "emea"],
    stages: new Map([
      ["legacy", ["live"]],
      ["pets", ["prod", "test"]],
    ]),
    subscriptions: ["joe", "old", "zoe@example.com"],
  });
});

describe("`api-tiers schema` writes what an editor completes", () => {
  const written = inShop((folder) => {
    const said: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((text) => said.push(text));
    const args = ["schema", "--output", join(folder, "cdktf.out"), "--to", join(folder, "schemas")];
    createProgram(() => {}).parse(args, { from: "user" });
    log.mockRestore();
    const read = (name: string): Json =>
      JSON.parse(readFileSync(join(folder, "schemas", `${name}.schema.json`), "utf8"));
    return { said: said.join("\n"), subscriptions: read("subscriptions"), imports: read("imports") };
  });
  const accepts = (schema: Json, data: unknown) => new Ajv({ strict: false }).validate(schema, data);

  test("and says which names it offers, and how a file refers to it", () => {
    expect(written.said).toContain("Tiers: gold, silver. Cohorts: access-group, emea. APIs: legacy, pets.");
    expect(written.said).toMatch(/"# yaml-language-server: \$schema=\S*schemas\/subscriptions\.schema\.json"/);
  });

  test.each<[Json, boolean]>([
    [{ joe: { tier: "gold", cohort: "emea", additionalTiers: { more: "silver" } } }, true],
    [{ $schema: "./schemas/subscriptions.schema.json", joe: { tier: "silver" } }, true],
    [{ joe: { tier: "golt" } }, false],
    [{ joe: { tier: "gold", cohort: "latam" } }, false],
    [{ joe: { tier: "gold", additionalTiers: { more: "golt" } } }, false],
    [{ joe: { tier: "gold", teir: 1 } }, false],
  ])("subscriptions %j: %j", (data, isRight) => {
    expect(accepts(written.subscriptions, data)).toBe(isRight);
  });

  const api = (stage: string) => ({
    restApiId: "a1",
    resources: {},
    routes: {},
    stages: { [stage]: { deploymentId: "d1" } },
  });
  test.each<[Json, boolean]>([
    [{ apis: { pets: api("prod") }, tiers: { gold: { usagePlanId: "p1" } } }, true],
    [{ subscriptions: { joe: { apiKeyId: "k1", usagePlanId: "p1" } } }, true],
    [{ apis: { petz: api("prod") } }, false],
    [{ apis: { pets: api("prdo") } }, false],
    [{ tiers: { formerly: { usagePlanId: "p1" } } }, true],
    [{ tiers: { gold: { planId: "p1" } } }, false],
  ])("imports %j: %j", (data, isRight) => {
    expect(accepts(written.imports, data)).toBe(isRight);
  });
});

test("`api-tiers schema` of nothing says what is missing", () => {
  withFolder((folder) => {
    writeFileSync(join(folder, "x"), "");
    expect(() => createProgram(() => {}).parse(["schema", "--output", folder], { from: "user" })).toThrow(
      /holds no synthesized stack; run "npm start" there first/,
    );
  });
});
