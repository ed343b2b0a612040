import { join } from "node:path";
import ts from "typescript";
import type { JsonSchemaNode } from "../../src/vocabulary/json-schema-of";
import { commentOf } from "../docs/type-members";
import type { Described } from "./described-catalog";

/**
 * Adds to JSON Schemas what the doc comments of the written types say: descriptions and `@default`, and as `x-unit`,
 * `x-default` (in words) and `x-see` what JSON Schema has no keyword for. The comments are the one place where it is
 * written, since editors show them to who writes a catalog in TypeScript.
 */
export class FieldDocs {
  private readonly checker: ts.TypeChecker;
  private readonly described: ts.Type;

  constructor(root = join(__dirname, "..", "..")) {
    const file = join(__dirname, "described-catalog.ts");
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const program = ts.createProgram([file], options);
    this.checker = program.getTypeChecker();
    const source = program.getSourceFile(file) as ts.SourceFile;
    const symbol = this.checker
      .getExportsOfModule(this.checker.getSymbolAtLocation(source) as ts.Symbol)
      .find(({ name }) => name === "Described") as ts.Symbol;
    this.described = this.checker.getDeclaredTypeOfSymbol(symbol);
  }

  /** The schema of a concept with what its type says. */
  of(concept: keyof Described, schema: JsonSchemaNode): JsonSchemaNode {
    const symbol = this.described.getProperty(concept) as ts.Symbol;
    const types = this.formsOf([this.checker.getTypeOfSymbol(symbol)]);
    const { description } = docsOf(types[0]?.aliasSymbol ?? types[0]?.symbol);
    return { ...(description === undefined ? {} : { description }), ...this.node(schema, types) };
  }

  private node(node: JsonSchemaNode, types: readonly ts.Type[]): JsonSchemaNode {
    const { properties, additionalProperties, items, anyOf } = node;
    const entry = (type: ts.Type) => [
      ...this.checker.getIndexInfosOfType(type).map((index) => index.type),
      ...type.getProperties().map((symbol) => this.checker.getTypeOfSymbol(symbol)),
    ];
    return {
      ...node,
      ...(anyOf && { anyOf: anyOf.map((each) => this.node(each, types)) }),
      ...(items && { items: this.node(items, this.formsOf(types.flatMap((type) => this.elementsOf(type)))) }),
      ...(typeof additionalProperties === "object" && {
        additionalProperties: this.node(additionalProperties, this.formsOf(types.flatMap(entry))),
      }),
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, each]) => [name, this.field(name, each, types)]),
        ),
      }),
    };
  }

  private field(name: string, node: JsonSchemaNode, types: readonly ts.Type[]): JsonSchemaNode {
    const symbols = types.flatMap((type) => type.getProperty(name) ?? []);
    const found = symbols.map((symbol) => docsOf(symbol)).find(({ description }) => description);
    const docs = found ?? (symbols[0] ? docsOf(symbols[0]) : {});
    return { ...docs, ...this.node(node, this.formsOf(symbols.map((each) => this.checker.getTypeOfSymbol(each)))) };
  }

  private elementsOf(type: ts.Type): readonly ts.Type[] {
    const element = this.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return element ? [element] : [];
  }

  /** The object types among which a value chooses. */
  private formsOf(types: readonly ts.Type[]): ts.Type[] {
    return types
      .flatMap((type) => (type.isUnion() ? type.types : [type]))
      .filter((type) => (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0);
  }
}

/** What a doc comment says, as keywords of a JSON Schema. */
function docsOf(symbol: ts.Symbol | undefined): JsonSchemaNode {
  const comments = (symbol?.declarations ?? []).map(commentOf);
  const comment = comments.find(({ description }) => description !== "") ?? comments[0];
  if (!comment) return {};
  const { description, unit, see } = comment;
  return {
    ...(description === "" ? {} : { description: oneLine(description) }),
    ...defaultOf(comment.default),
    ...(unit === undefined ? {} : { "x-unit": unit }),
    ...(see.length === 0 ? {} : { "x-see": see }),
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** `@default "HEADER"` is a value, `@default - none` says it in words. */
function defaultOf(text: string | undefined): JsonSchemaNode {
  if (text === undefined) return {};
  if (text.startsWith("-")) return { "x-default": text.replace(/^-\s*/, "") };
  try {
    return { default: JSON.parse(text.replace(/^'(.*)'$/, (_, inner) => JSON.stringify(inner))) };
  } catch {
    return { "x-default": text };
  }
}
