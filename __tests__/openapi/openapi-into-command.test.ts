import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineUnchecked, petShop } from "../support/catalogs";
import { synthesizeInto } from "../support/read-synthesized";
import { API_TIERS, run } from "../support/run";

const HEAD = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";
const FILES = {
  "openapi.yaml": `${HEAD}paths:\n  /pets:  # all\n    get:\n      responses: {}\n      x-amazon-apigateway-integration: {type: mock}\n`,
  "openapi.json":
    '{"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": {"/pets": {"get": {"responses": {}}}}}',
  "several/openapi.yaml": `${HEAD}security: [{k: []}]\npaths: {/pets: {$ref: ./pets.yaml}}\ncomponents: {securitySchemes: {k: {$ref: '../common/k.yaml'}}}\n`,
  "several/pets.yaml": "get: {responses: {}, security: []}\n",
  "common/k.yaml": "type: apiKey\nin: header\nname: x-api-key\n",
  "around/openapi.yaml": `${HEAD}security: [{k: []}]\npaths: {/pets: {get: {responses: {}}}}\ncomponents: {securitySchemes: {k: {$ref: ../common/k.yaml}}}\n`,
  "read-only.yaml": `${HEAD}paths: {/pets: {get: {responses: {}}}}\n`,
  "toys.yaml": `${HEAD}paths: {/toys: {get: {responses: {}}}}\n`,
  "text.txt": "Pets, for everyone.\n",
};

describe("api-tiers openapi --into", () => {
  const base = mkdtempSync(join(tmpdir(), "api-tiers-into-"));
  const folder = join(base, "project");
  const stacks = join(base, "cdktf.out");
  beforeAll(() => synthesizeInto(stacks, defineUnchecked(petShop())));
  beforeEach(() => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    chmodSync(join(folder, "read-only.yaml"), 0o444);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(() => rmSync(base, { recursive: true }));

  const cli = (...args: string[]) => run("node", [...API_TIERS, "openapi", "pets", stacks, ...args], { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  test("prints the document, and says on stderr what a person should know", () => {
    const { code, stdout, stderr } = cli("--into", "openapi.yaml", "--server", "prod=https://api.example.com");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "\npaths:\n  /pets:  # all\n    get:\n      responses: {}\n      x-amazon-apigateway-integration: {type: mock}\n",
    );
    expect(stdout).toContain("x-api-tiers:");
    expect(stderr).toBe(
      "openapi.yaml says what is behind the API, by x-amazon-apigateway-… at 1 place; --for customers leaves that out\n",
    );
    expect(read("openapi.yaml")).toBe(FILES["openapi.yaml"]);
  });

  test("writes the document itself, and the second time nothing", () => {
    chmodSync(join(folder, "openapi.json"), 0o640);
    expect(cli("--into", "openapi.json", "--output", "./openapi.json")).toMatchObject({ code: 0, stdout: "" });
    const once = read("openapi.json");
    expect(JSON.parse(once)["x-api-tiers"]).toHaveLength(1);
    expect(statSync(join(folder, "openapi.json")).mode & 0o777).toBe(0o640);
    expect(cli("--into", "openapi.json", "--output", "openapi.json").code).toBe(0);
    expect(read("openapi.json")).toBe(once);
    expect(readdirSync(folder).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  test("writes another file for customers", () => {
    const { code, stderr } = cli(
      "--into",
      "openapi.yaml",
      "--for",
      "customers",
      "--output",
      "public.yaml",
      "--server",
      "prod=https://api.example.com",
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(read("public.yaml")).toContain("  /pets:  # all\n    get:\n      responses: {}\n");
    expect(read("public.yaml")).not.toContain("x-amazon-apigateway-integration");
    expect(read("openapi.yaml")).toBe(FILES["openapi.yaml"]);
  });

  test("writes all files of a document into a folder, as they lie to each other", () => {
    expect(cli("--into", "several/openapi.yaml", "--output-folder", "out").code).toBe(0);
    expect(read("out/several/pets.yaml")).toBe("get: {responses: {}, security: [{k: []}]}\n");
    expect(read("out/common/k.yaml")).toBe(FILES["common/k.yaml"]);
    expect(read("several/pets.yaml")).toBe(FILES["several/pets.yaml"]);
  });

  test("writes the files of a document in their places", () => {
    expect(cli("--into", "several/openapi.yaml", "--output", "several/openapi.yaml").code).toBe(0);
    expect(read("several/pets.yaml")).toBe("get: {responses: {}, security: [{k: []}]}\n");
  });

  test.each<[string, string[], RegExp]>([
    [
      "a document that is not there",
      ["--into", "nowhere.yaml"],
      /^error: nowhere.yaml: does not exist; give the root file of an OpenAPI document\n$/,
    ],
    ["a folder", ["--into", "."], /^error: \.: cannot be read \(EISDIR\); give the root file/],
    ["a text that is something else", ["--into", "text.txt"], /^error: text.txt: is not an OpenAPI document/],
    [
      "a document of another API",
      ["--into", "toys.yaml"],
      /^error: toys.yaml: none of its operations \(GET \/toys\) is a route of API "pets", which has GET \/pets/,
    ],
    [
      "a file that is read-only",
      ["--into", "read-only.yaml", "--output", "read-only.yaml"],
      /^error: read-only.yaml: is read-only, so nothing is written/,
    ],
    [
      "a folder as output",
      ["--into", "openapi.yaml", "--output", "several/../common/../."],
      /is not named like openapi.yaml|is not a file/,
    ],
    [
      "an output in another format",
      ["--into", "openapi.yaml", "--output", "public.json"],
      /^error: public.json is not named like openapi.yaml, whose format it will have; name it with .yaml\n$/,
    ],
    [
      "a format",
      ["--into", "openapi.yaml", "--format", "json"],
      /^error: --format is not for --into: the document stays in the format that it has\n$/,
    ],
    [
      "two places",
      ["--into", "openapi.yaml", "--output", "a.yaml", "--output-folder", "out"],
      /^error: --output and --output-folder are two places/,
    ],
    [
      "one output for a change in several files",
      ["--into", "several/openapi.yaml", "--output", "several/public.yaml"],
      /^error: several\/pets.yaml would change too, because operations stand there; give --output-folder, or the document itself as --output\n$/,
    ],
    [
      "an output from which files are not found",
      ["--into", "around/openapi.yaml", "--output", "public.yaml"],
      /^error: the document refers to common\/k.yaml, which would not be found from public.yaml; give --output-folder\n$/,
    ],
    [
      "to take parts of the team's document away",
      ["--into", "openapi.yaml", "--output", "openapi.yaml", "--for", "customers"],
      /^error: openapi.yaml: is the document itself, and --for customers takes parts of it away; give another file/,
    ],
    ["other readers", ["--into", "openapi.yaml", "--for", "everyone"], /Allowed choices are customers/],
    [
      "--for without a document",
      ["--for", "customers"],
      /^error: --for is about a document of the team; name it by --into openapi.yaml\n$/,
    ],
  ])("refuses %s, and writes nothing", (_, args, message) => {
    const before = readdirSync(folder, { recursive: true });
    const { code, stdout, stderr } = cli(...args);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(message)]);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    for (const [name, text] of Object.entries(FILES)) expect(read(name)).toBe(text);
  });

  test("refuses an API that is not there", () => {
    const { code, stderr } = run("node", [
      ...API_TIERS,
      "openapi",
      "petz",
      stacks,
      "--into",
      join(folder, "openapi.yaml"),
    ]);
    expect([code, stderr]).toEqual([1, 'error: unknown API "petz"; did you mean "pets"?\n']);
  });
});
