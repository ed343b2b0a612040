import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject, synthesizedFiles } from "../support/project";
import { run } from "../support/run";
import { withFolder } from "../support/synthesize";

/** The value that the sample's catalog takes from outside; it is not a real one. */
const TF_VAR_globex_key = ["Globex", "Key", "Value", "0123456789"].join("");

/** Runs `npm start` in a copy of the project. */
const start = (folder: string, env: NodeJS.ProcessEnv = {}) =>
  run("npm", ["start", "--silent"], { cwd: folder, env: { TF_VAR_globex_key, ...env } });

test("the main job synthesizes the sample and tells what it made", () => {
  withFolder((folder) => {
    copyProject(folder);
    const { code, stdout, stderr } = start(folder);
    expect({ code, stderr: stderr.replace(/^npm warn.*\n/gm, "") }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("│ bronze │ 10/s");
    expect(stdout).toMatch(/│ meditations {6}│ 1 REST API, 4 routes, 1 function +│/);
    expect(stdout).toMatch(/│ access {11}│ 3 usage plans, 4 API keys, 4 SSM parameters +│/);
    const files = synthesizedFiles(folder);
    expect(Object.keys(files).sort()).toEqual([
      "handlers/key-authorizer.zip",
      "handlers/meditations.zip",
      "manifest.json",
      "stacks/access/cdk.tf.json",
      "stacks/journal-prod/cdk.tf.json",
      "stacks/journal/cdk.tf.json",
      "stacks/meditations-prod/cdk.tf.json",
      "stacks/meditations-test/cdk.tf.json",
      "stacks/meditations/cdk.tf.json",
    ]);
    for (const text of Object.values(files)) expect(text).not.toContain(folder);
  });
});

test("`cdktf synth` makes the same bytes, in another folder too", () => {
  withFolder((folder) => {
    const [here, there] = ["here", join("somewhere", "else")].map((name) => join(folder, name)) as [string, string];
    for (const each of [here, there]) {
      mkdirSync(each, { recursive: true });
      copyProject(each);
    }
    expect(start(here).code).toBe(0);
    const env = { CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" };
    expect(run("npx", ["cdktf", "synth"], { cwd: there, env }).code).toBe(0);
    expect(synthesizedFiles(there)).toEqual(synthesizedFiles(here));
  });
});

test("a catalog with mistakes ends with exit code 1 and the list of them, without a stack trace", () => {
  const catalog = `
    import { defineCatalog, subscriptionsFromFile } from "./src";
    export const catalog = defineCatalog({
      apis: {
        pets: { endpointType: "SECRET", stages: { "pr od": {} }, routes: { "GET pets": { mock: 200 }, "GET /a": { mock: 99 }, "GET /b": {} } },
      },
      tiers: { gold: { access: { pets: ["prod"] }, throttle: { rateLimit: -1, burstLimit: 5 } }, free: { acess: {} } },
      subscriptions: { joe: { tier: "silver" } },
      subscriptionFiles: [subscriptionsFromFile("customers.csv")],
    } as never);`;
  withFolder((folder) => {
    copyProject(folder, catalog);
    writeFileSync(join(folder, "customers.csv"), "id,tier,enabled\nzoe,gold,maybe\n");
    const { code, stdout, stderr } = start(folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const lines = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("npm warn"));
    expect(lines).toEqual([
      "The catalog has 11 problems:",
      '  - api "pets": endpointType must be REGIONAL, EDGE or PRIVATE, got "SECRET"',
      '  - api "pets": stage "pr od": must be called by 1 to 128 letters, digits, "-" and "_"; rename it',
      '  - api "pets": route "GET pets": must have a path that begins with "/"; write "/pets"',
      '  - api "pets": route "GET /a": mock must be a status from 200 to 599, got 99',
      '  - api "pets": route "GET /b": has no integration; give it one of handler, mock, http, lambda or aws',
      '  - tier "gold": throttle.rateLimit must be a number of requests a second above 0, got -1; leave out throttle for no limit',
      '  - tier "gold": access.pets: unknown stage "prod" of API "pets"; did you mean "pr od"?',
      '  - tier "free": access must be an object from APIs to stages, such as { pets: ["prod"] }, got nothing',
      expect.stringMatching(/^ {2}- tier "free": has the unknown field "acess"; did you mean "access"\?/),
      '  - subscription "joe": tier: unknown tier "silver"; there are "gold", "free"',
      '  - customers.csv:2: subscription "zoe": enabled must be true or false, got "maybe"',
    ]);
  });
});

test("a state whose stack is gone is warned of aloud, and the synthesis goes on", () => {
  withFolder((folder) => {
    copyProject(folder);
    writeFileSync(join(folder, "terraform.meditations-beta.tfstate"), '{ "resources": [{ "mode": "managed" }] }');
    const { code, stdout, stderr } = start(folder);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'WARNING\n  - terraform.meditations-beta.tfstate holds 1 resource of the stack "meditations-beta"',
    );
    expect(stdout).toContain("Terraform is in cdktf.out/stacks");
  });
});
