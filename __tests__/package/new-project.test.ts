import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWith } from "../support/requirements";
import { run, runOrFail } from "../support/run";
import { withFolder } from "../support/synthesize";

jest.setTimeout(900_000);

describeWith(["npm registry"], "a new project, in an empty folder, with the packed library", () => {
  test("npx api-tiers init && npm install && npm start && npm test ends green, and a mistake has no stack trace", () => {
    withFolder((folder) => {
      const packed = runOrFail("npm", ["pack", "--silent", "--pack-destination", folder])
        .stdout.trim()
        .split("\n")
        .pop();
      const cwd = join(folder, "shop");
      mkdirSync(cwd);
      const env = { NPM_CONFIG_CACHE: join(folder, "npm-cache") };
      const init = ["--yes", "--package", join(folder, packed as string), "api-tiers", "init"];
      expect(runOrFail("npx", init, { cwd, env }).stdout).toContain("Next: npm install && npm start && npm test");
      runOrFail("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd });

      const started = runOrFail("npm", ["start"], { cwd });
      expect(started.stdout).toMatch(/│ hello +│ 1 REST API, 2 routes, 1 function +│/);
      expect(started.stderr).toBe("");
      const tested = runOrFail("npm", ["test"], { cwd });
      expect(tested.stdout).toMatch(/^(# |ℹ )pass 2$/m);
      expect(tested.stdout).toMatch(/^(# |ℹ )fail 0$/m);
      const again = runOrFail("npx", ["api-tiers", "init"], { cwd });
      expect(again.stdout).toBe("The project has all of its files.\n");

      const catalog = readFileSync(join(cwd, "catalog.ts"), "utf8");
      writeFileSync(join(cwd, "catalog.ts"), catalog.replace('tier: "bronze"', 'tier: "bronz"'));
      const { code, stdout, stderr } = run("npm", ["start", "--silent"], { cwd });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/subscription "joe-black": tier: .*"bronz".*did you mean "bronze"\?/);
      expect(stderr).toMatch(/^ {2}- catalog\.ts:\d+:\d+: Type '"bronz"' is not assignable to type/m);
      expect(stderr).not.toMatch(/^\s+at /m);
    });
  });
});
