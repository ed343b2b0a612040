import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { PLAIN_TYPES, SECTIONS } from "../../scripts/docs/catalog-page";
import { PAGES } from "../../scripts/docs/pages";
import { documentedType } from "../../scripts/docs/type-members";
import { createProgram } from "../../src/cli/program";
import { RULES } from "../../src/review/rules";

test.each([...PAGES])("%s is as the sources are; if not, run npm run docs", (file, page) => {
  expect(readFileSync(file, "utf8")).toBe(page());
});

test("the reference has every page that is written, and no other", () => {
  expect(
    readdirSync("docs/reference")
      .map((name) => `docs/reference/${name}`)
      .sort(),
  ).toEqual([...PAGES.keys()].sort());
});

test("every command and each of its options is described", () => {
  const page = readFileSync("docs/reference/commands.md", "utf8");
  const all = createProgram(() => {}).commands.flatMap((command) => [
    [command.name(), command] as const,
    ...command.commands.map((each) => [`${command.name()} ${each.name()}`, each] as const),
  ]);
  for (const [name, command] of all) {
    expect(page).toContain(`\n## ${name}\n\n${command.description()}\n`);
    for (const { flags, description } of command.options) {
      expect(page).toContain(`\`${flags}\``);
      expect(description).not.toBe("");
    }
  }
});

test("every rule is described, with what to do", () => {
  const page = readFileSync("docs/reference/review-rules.md", "utf8");
  for (const { id } of RULES) expect(page).toContain(`### ${id}\n`);
  for (const { remedy } of RULES) expect(page).toContain(`- What to do: ${remedy}\n`);
});

describe("every field of the catalog", () => {
  test.each(SECTIONS.map((section) => [section.title, section] as const))(
    "%s is described as it is checked",
    (_, section) => {
      const members = section.types.flatMap((type) => documentedType(section.file, type).members);
      expect(members.length).toBeGreaterThan(0);
      const { schema } = section;
      if (!schema || !("shape" in schema) || section.title === "Integration") return;
      const parts = [
        ...documentedType("src/vocabulary/authorization.ts", "AuthorizationInput").members,
        ...documentedType("src/vocabulary/integration.ts", "IntegrationInput").members,
      ];
      const described = [...members, ...(section.title === "Route" ? parts : [])].map(({ name }) => name);
      expect(described.sort()).toEqual(Object.keys(schema.shape as object).sort());
    },
  );

  test("has a meaning; only what JSON Schema and its own name say is left out", () => {
    const without = SECTIONS.filter(({ title }) => title !== "JSON Schema").flatMap((section) =>
      section.types.flatMap((type) =>
        documentedType(section.file, type)
          .members.filter(({ description, default: fallback }) => description === "" && fallback === undefined)
          .map(({ name }) => `${section.title}: ${name}`),
      ),
    );
    expect(without).toEqual([]);
  });

  test("that is described in plain words exists", () => {
    const fields = SECTIONS.flatMap(({ title, file, types }) =>
      types.flatMap((type) => documentedType(file, type).members.map(({ name }) => `${title}: ${name}`)),
    );
    expect(Object.keys(PLAIN_TYPES).filter((field) => !fields.includes(field))).toEqual([]);
  });

  test("is reached from the catalog: each type of a field that has fields itself has a section", () => {
    const known = new Set(SECTIONS.flatMap(({ types }) => types));
    const files = readdirSync("src/vocabulary").map((name) => `src/vocabulary/${name}`);
    const withFields = new Set(files.flatMap(interfacesIn));
    const used = SECTIONS.flatMap((section) =>
      section.types.flatMap((type) =>
        documentedType(section.file, type)
          .members.filter(({ name }) => !(`${section.title}: ${name}` in PLAIN_TYPES))
          .flatMap((member) => member.type.match(/\b[A-Z]\w+/g) ?? []),
      ),
    );
    expect([...new Set(used)].filter((type) => withFields.has(type) && !known.has(type))).toEqual([]);
  });
});

function interfacesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext);
  return source.statements.filter(ts.isInterfaceDeclaration).map(({ name }) => name.text);
}
