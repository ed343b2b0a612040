import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { mergeGitIgnore } from "../../src/project/git-ignore";
import { libraryVersion } from "../../src/project/library-version";
import { MANIFEST } from "../../src/project/manifest";
import { planNewProject } from "../../src/project/new-project";
import { mergePackageJson } from "../../src/project/package-json";
import { shortTypes } from "../../src/project/short-types";
import { writeFiles } from "../../src/project/write-files";
import { withFolder } from "../support/synthesize";

const OPTIONS = { main: "main.ts", tests: true, library: "^1.0.0" };

describe("package.json", () => {
  test("of a new project has scripts and the packages that the library needs", () => {
    const { text } = mergePackageJson(undefined, "shop", OPTIONS);
    expect(JSON.parse(text)).toMatchObject({
      name: "shop",
      private: true,
      scripts: { start: "api-tiers synth", serve: "api-tiers serve", test: "tsc --noEmit && tsx --test *.test.ts" },
      dependencies: {
        "cdktf-api-tiers": "^1.0.0",
        cdktf: expect.stringMatching(/^\^0/),
        constructs: expect.any(String),
      },
      devDependencies: { typescript: expect.any(String), tsx: expect.any(String), "cdktf-cli": expect.any(String) },
    });
  });

  test("that exists keeps all that it has, its indent and its order; a script that is taken gets another name", () => {
    const before = `{\n\t"name": "shop",\n\t"scripts": {\n\t\t"test": "vitest",\n\t\t"start": "node shop.js"\n\t},\n\t"dependencies": {\n\t\t"cdktf": "0.20.0"\n\t}\n}\n`;
    const { text, added, kept } = mergePackageJson(before, "other", OPTIONS);
    expect(text).toMatch(
      /^\{\n\t"name": "shop",\n\t"scripts": \{\n\t\t"test": "vitest",\n\t\t"start": "node shop\.js",/,
    );
    expect(JSON.parse(text)).toMatchObject({
      scripts: {
        test: "vitest",
        start: "node shop.js",
        "tiers:start": "api-tiers synth",
        "tiers:test": "tsc --noEmit && tsx --test *.test.ts",
        serve: "api-tiers serve",
      },
      dependencies: { cdktf: "0.20.0" },
    });
    expect(added).toContain('script "tiers:start"');
    expect(kept).toContain('the script "start" is yours; "npm run tiers:start" is the one of the tiers');
  });

  test("replaces the test that npm init writes, which is none", () => {
    const before = JSON.stringify({ scripts: { test: 'echo "Error: no test specified" && exit 1' } });
    expect(JSON.parse(mergePackageJson(before, "shop", OPTIONS).text).scripts.test).toContain("tsx --test");
  });

  test("changes no value of any package.json, and adds nothing the second time", () => {
    const entries = fc.dictionary(fc.constantFrom("start", "test", "serve", "cdktf", "tsx", "other"), fc.string());
    const manifest = fc.record({
      name: fc.string(),
      scripts: entries,
      dependencies: entries,
      devDependencies: entries,
    });
    fc.assert(
      fc.property(manifest, (before) => {
        const { text } = mergePackageJson(JSON.stringify(before), "shop", OPTIONS);
        expect(JSON.parse(text)).toMatchObject(JSON.parse(JSON.stringify(before)));
        expect(mergePackageJson(text, "shop", OPTIONS)).toMatchObject({ text, added: [] });
      }),
    );
  });

  test.each([["{"], ["null"], ["[]"], ['{"scripts":"none"}'], ['{"dependencies":[]}']])("%s is an error", (text) => {
    expect(() => mergePackageJson(text, "shop", OPTIONS)).toThrow(
      /is not valid JSON|is not a JSON object|is not an object/,
    );
  });
});

describe(".gitignore", () => {
  test("of a new project leaves out states, plans, and what is made from the project", () => {
    expect(mergeGitIgnore(undefined).text.split("\n")).toEqual(
      expect.arrayContaining(["node_modules/", "cdktf.out/", "*.tfstate", "*.tfstate.*", "*.tfplan", "plans/"]),
    );
  });

  test("that exists gets the lines that it lacks, at its end", () => {
    const { text, added } = mergeGitIgnore("/node_modules\n*.tfstate");
    expect(text).toMatch(/^\/node_modules\n\*\.tfstate\ncdktf\.out\/\n/);
    expect(added).not.toContain("node_modules/");
    expect(mergeGitIgnore(text)).toEqual({ text, added: [], kept: [] });
  });
});

describe("a project", () => {
  const plan = (folder: string, main = "main.ts") => planNewProject(folder, main);

  test("is complete in an empty folder; a second time nothing is left to write", () => {
    withFolder((folder) => {
      const { write, added, kept } = plan(folder);
      expect({ added, kept }).toEqual({ added: [], kept: [] });
      writeFiles(write);
      expect(readdirSync(folder).sort()).toEqual([
        ".github",
        ".gitignore",
        "catalog.test.ts",
        "catalog.ts",
        "cdktf.json",
        "handlers",
        "main.ts",
        "package.json",
        "tsconfig.json",
      ]);
      expect(plan(folder)).toEqual({ write: new Map(), added: [], kept: [] });
    });
  });

  test("beside existing code replaces no file, and says what to do with each", () => {
    withFolder((folder) => {
      const existing = ["main.ts", "catalog.ts", "cdktf.json", "tsconfig.json", ".github/workflows/api-tiers.yml"];
      for (const name of existing) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), "mine");
      }
      const { write, kept } = plan(folder);
      for (const name of existing) {
        expect(write.has(join(folder, name))).toBe(false);
        expect(kept).toContainEqual(
          expect.stringMatching(new RegExp(`${name.replaceAll(".", "\\.")}: already exists.*[;,] .+`)),
        );
      }
      expect([...write.keys()].some((file) => file.includes("hello") || file.endsWith(".test.ts"))).toBe(false);
    });
  });

  test("may have a program of another name", () => {
    withFolder((folder) => {
      const { write } = plan(folder, "tiers.ts");
      expect(write.has(join(folder, "main.ts"))).toBe(false);
      expect(JSON.parse(write.get(join(folder, "package.json")) ?? "").scripts.start).toBe("api-tiers synth tiers.ts");
      expect(JSON.parse(write.get(join(folder, "cdktf.json")) ?? "").app).toBe(
        "npx --no-install api-tiers synth tiers.ts",
      );
    });
  });

  test("in a part of a repository says where GitHub reads workflows", () => {
    withFolder((folder) => {
      mkdirSync(join(folder, ".git"));
      expect(plan(folder).kept).toEqual([]);
      expect(plan(join(folder, "tiers")).kept).toEqual([expect.stringContaining("GitHub reads workflows in")]);
    });
  });
});

test.each([
  [{ dependencies: { "cdktf-api-tiers": "^0.1.0" } }, `^${MANIFEST.version}`],
  [{ devDependencies: { "cdktf-api-tiers": "file:../library.tgz" } }, "FOLDER/library.tgz"],
  [{ dependencies: { "cdktf-api-tiers": "github:acme/api-tiers" } }, "github:acme/api-tiers"],
  [{ dependencies: { "cdktf-api-tiers": "https://example.com/library.tgz" } }, "https://example.com/library.tgz"],
  [{}, `^${MANIFEST.version}`],
])("a project of a program that was installed by %j depends on %s", (manifest, version) => {
  withFolder((folder) => {
    mkdirSync(join(folder, "npx"));
    writeFileSync(join(folder, "npx/package.json"), JSON.stringify(manifest));
    const library = join(folder, "npx/node_modules/cdktf-api-tiers");
    expect(libraryVersion(library)).toBe(version.replace("FOLDER", `file:${folder}`));
  });
});

test("the workflow that is written is the one of the examples", () => {
  withFolder((folder) => {
    const { write } = planNewProject(folder, "main.ts");
    expect(write.get(join(folder, "main.ts"))).toContain('from "cdktf-api-tiers"');
    expect(write.get(join(folder, ".github/workflows/api-tiers-review.yml"))).toBe(
      readFileSync("examples/github-actions/api-tiers-review.yml", "utf8"),
    );
  });
});

test.each([
  [
    "Type '\"silver\"' is not assignable to type '\"gold\"'.",
    "Type '\"silver\"' is not assignable to type '\"gold\"'.",
  ],
  [
    `'a' does not exist in type 'TierInput<{ ${"readonly pets: string; ".repeat(9)} }>'.`,
    "'a' does not exist in type 'TierInput<…>'.",
  ],
  [`type '{ ${"a: () => void; ".repeat(9)} }' is`, "type '{ … }' is"],
  ["type '(a: number) => Map<string, number>' is", "type '(a: number) => Map<string, number>' is"],
])("a message of the compiler is cut to its words: %s", (long, short) => {
  expect(shortTypes(long)).toBe(short);
});
