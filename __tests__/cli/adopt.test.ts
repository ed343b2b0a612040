import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { API_TIERS, type RunResult, run } from "../support/run";
import { withFolder } from "../support/synthesize";

/** Nobody listens there. */
const env = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  AWS_MAX_ATTEMPTS: "1",
};

/** Runs the command in a folder with these files; gives the names of those that are there afterwards. */
function adopt(files: Readonly<Record<string, string>>, ...args: string[]): RunResult & { readonly left: string[] } {
  return withFolder((folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const result = run("node", [...API_TIERS, "adopt", ...args], { cwd: folder, env });
    return { ...result, left: readdirSync(folder).sort() };
  });
}

describe("`api-tiers adopt` says what is wrong, and writes nothing", () => {
  test.each<[string, Record<string, string>, string[], RegExp]>([
    [
      "an account that cannot be reached",
      {},
      [],
      /^error: GetUsagePlans: .*ECONNREFUSED.*; AWS cannot be reached; look at the network.* Nothing was written/m,
    ],
    [
      "a catalog to which nothing can be added",
      { "catalog.ts": "export const catalog = 1;\n" },
      [],
      /^error: catalog\.ts: it has no defineCatalog\(\{ … \}\)/m,
    ],
    [
      "an import file that is none",
      { "imports.json": '{"plans":{}}' },
      [],
      /^error: imports\.json: has the unknown field "plans"/m,
    ],
    [
      "a data file that is not well formed",
      { "subscriptions.yaml": "a: [" },
      [],
      /^error: subscriptions\.yaml:1: is not well formed/m,
    ],
    [
      "a data file of another kind",
      {},
      ["--data", "customers.csv"],
      /^error: customers\.csv: subscriptions are written as YAML; name a \.yaml file/m,
    ],
    [
      "a tag without a name",
      {},
      ["--tag", "team"],
      /^error: option '--tag <name=value>' argument 'team' is invalid. Write it as name=value\./m,
    ],
    ["a check of nothing", {}, ["--check"], /^error: cdktf\.out holds no synthesized stack/m],
    [
      "a check of a program that fails",
      { "cdktf.json": '{"app":"node -e \\"process.exit(3)\\""}' },
      ["--check"],
      /^error: "node -e "process.exit\(3\)"" ended with 3/m,
    ],
  ])("%s", (_, files, args, message) => {
    const { code, stdout, stderr, left } = adopt(files, ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(left).toEqual(Object.keys(files).sort());
  });
});
