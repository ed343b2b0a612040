import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parseDocument, stringify, type ToStringOptions } from "yaml";
import { JsonPlaces } from "../../src/document/json-places";
import { plainYaml } from "../../src/document/plain-yaml";
import { SourceFile } from "../../src/document/source-file";
import { apiFromDocument } from "../support/openapi-documents";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);

/** What the parser that knows lines makes of a text. */
function byYaml(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { uniqueKeys: true, merge: true });
  return document.errors.length > 0 ? undefined : { value: document.toJS({ maxAliasCount: 10_000 }) };
}

const names = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab1.-: #'\"{}[],&*!|>%@`~?\n\\\té💥".split("")), maxLength: 8 }),
  fc.constantFrom(
    "$ref",
    "200",
    "yes",
    "null",
    "~",
    "true",
    "1_000",
    "0o17",
    "0x1F",
    "1e3",
    ".5",
    "-0",
    ".inf",
    "2020-01-01",
    "__proto__",
    "<<",
  ),
);
const scalars = fc.oneof(names, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalars,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(names, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** The same value in the styles in which people write YAML. */
const texts = fc
  .tuple(
    values,
    fc.record({
      defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
      collectionStyle: fc.constantFrom("any", "block", "flow"),
      indent: fc.constantFrom(1, 2, 4),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
    }),
    fc.boolean(),
  )
  .map(([value, style, isWindows]) => {
    const text = stringify(value, style as ToStringOptions);
    return isWindows ? text.replace(/\n/g, "\r\n") : text;
  });

describe("the quick reader of YAML", () => {
  test("gives what the parser that knows lines gives, or nothing", () => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const quick = plainYaml(text);
        if (quick) {
          read++;
          expect(quick).toStrictEqual(byYaml(text));
        }
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 4);
  });

  test("gives the same, or nothing, for texts with characters lost, doubled and moved", () => {
    fc.assert(
      fc.property(
        texts,
        fc.nat(),
        fc.nat(),
        fc.constantFrom(" ", "\t", "\n", ":", "-", "'", '"', "#", "}", "]", "\uFEFF", ""),
        (text, at, length, added) => {
          const from = at % (text.length + 1);
          const changed = text.slice(0, from) + added + text.slice(from + (length % 3));
          const quick = plainYaml(changed);
          if (quick) expect(quick).toStrictEqual(byYaml(changed));
        },
      ),
      { numRuns: RUNS * 2 },
    );
  });

  test.each([
    ["an alias", "a: &x 1\nb: *x\n"],
    ["a tag", "a: !Sub b\n"],
    ["a tag in a list", "a: [!Ref b]\n"],
    ["a tag of YAML's own", "!!str 1\n"],
    ["a merged map", "<<: { a: 1 }\n"],
    ["an empty key", ": a\n"],
    ["a key of null", "null: a\n"],
    ["a list as a key", "? [a]\n: b\n"],
    ["another version of YAML", "%YAML 1.1\n---\na: yes\n"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["a carriage return alone", "a: 1\rb: 2\n"],
    ["a tab", "a:\tb\n"],
    ["a byte order mark", "\uFEFFa: 1\n"],
    ["a block that gives its indentation", "a: |2\n   b\n"],
    ["a number that no number holds", "a: 1e999\n"],
    ["an integer that no number holds", `a: ${"1".repeat(400)}\n`],
    ["a key written twice", "a: 1\na: 2\n"],
    ["a text that is not well formed", "a: [\n"],
    ["no document", ""],
    ["maps that lie too deep", `${"[".repeat(200)}${"]".repeat(200)}`],
  ])("leaves %s to the parser that knows lines", (_what, text) => {
    expect(plainYaml(text)).toBeUndefined();
  });
});

describe("lines in JSON", () => {
  test("are those of the parser of YAML, for each place of a document", () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const places = new JsonPlaces(text);
        for (const { path, line } of linesOf(text)) expect([path, places.lineOf(path)]).toEqual([path, line]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each<[string, string[], number]>([
    ['{\n"a": 1,\n"a": {\n"b": 2\n}\n}', ["a", "b"], 4],
    ['{\n"\\u0061\\"": [\n1,\n"x\\\\"\n]\n}', ['a"', "1"], 4],
    ['\n\n{\n"a": 1 }', ["gone", "away"], 3],
    ['{\n"a": {\n"b": 1\n}\n}', ["a", "gone"], 2],
    ["[]", ["0"], 1],
    ["1", ["a"], 1],
  ])("of %j at %j: %i", (text, path, line) => {
    expect(new JsonPlaces(text).lineOf(path)).toBe(line);
  });
});

/** Each place of a JSON text, with its line: every string is unique by its place, and every key stands on its line. */
function linesOf(text: string): { readonly path: string[]; readonly line: number }[] {
  const found: { path: string[]; line: number }[] = [];
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const visit = (node: unknown, path: string[]): void => {
    const { items = [] } = node as { items?: unknown[] };
    items.forEach((item, index) => {
      const { key, value } = item as { key?: { value: unknown; range: number[] }; value?: unknown };
      const start = key ?? (item as { range: number[] });
      const at = [...path, key ? String(key.value) : String(index)];
      found.push({ path: at, line: lineAt(start.range[0] ?? 0) });
      visit(key ? value : item, at);
    });
  };
  const { contents } = parseDocument(text, { uniqueKeys: false });
  visit(contents, []);
  return found;
}

describe("a file", () => {
  const withFile = <Result>(name: string, text: string, use: (path: string) => Result): Result => {
    const folder = mkdtempSync(join(tmpdir(), "source-file-"));
    try {
      writeFileSync(join(folder, name), text);
      return use(join(folder, name));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test.each([
    ["openapi.yaml", "a: b\nc: TfToken[TOKEN.3]\n"],
    ["openapi.yaml", 'a: b\nc: "Tf\\x54oken[TOKEN.3]"\n'.replace("Tf\\x54oken", "\\x54fToken")],
    ["openapi.json", '{"c": "\\u0054fToken[TOKEN.3]"}'],
  ])("%s is refused for a CDKTF token, however it is written: %j", (name, text) => {
    withFile(name, text, (path) => expect(() => new SourceFile(path)).toThrow(/has "TfToken\["/));
  });

  test.each([
    ["openapi.yaml", "a: ${x}\n"],
    ["openapi.yaml", 'a: "\\u0024{x}"\n'],
    ["openapi.yaml", "a: !Ref x\n"],
    ["openapi.yaml", "a: { Ref: x }\n"],
    ["openapi.json", '{"a": {"\\u0052ef": "x"}}'],
    ["openapi.json", '{"a": {"Fn::Sub": "${x}"}}'],
  ])("%s leaves a variable open, however it is written: %j", (name, text) => {
    withFile(name, text, (path) => expect([...new SourceFile(path).variables]).toEqual(["x"]));
  });
});

test("a body in Swagger 2.0 is checked wherever it stands for the path: in the item, or in what the item refers to", () => {
  const schema = { type: "object", required: ["name"] };
  const parameters = [{ in: "body", name: "pet", required: true, schema }];
  const responses = { "200": { description: "ok" } };
  const documentOf = (item: object, referred: object) => ({
    swagger: "2.0",
    info: { title: "pets", version: "1" },
    paths: { "/pets": { $ref: "#/x-items/pets", ...item } },
    "x-items": { pets: { post: { responses }, ...referred } },
  });
  const bodyOf = (document: object) => apiFromDocument(document).routes["POST /pets"]?.request?.body;
  const whereItIs = [
    documentOf({ parameters }, {}),
    documentOf({}, { parameters }),
    documentOf({ summary: "Pets" }, { parameters }),
  ].map(bodyOf);
  expect(whereItIs).toEqual([1, 2, 3].map(() => expect.objectContaining(schema)));
});
