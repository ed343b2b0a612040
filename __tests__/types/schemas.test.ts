import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import { catalogJsonSchema, replayJsonSchema, subscriptionsJsonSchema } from "../../scripts/support/catalog-schema";
import { FieldDocs } from "../../scripts/support/field-docs";
import type { JsonSchemaNode } from "../../src/vocabulary/json-schema-of";
import { everything } from "../support/everything";

const read = (name: string) => JSON.parse(readFileSync(`schemas/${name}.schema.json`, "utf8")) as JsonSchemaNode;
const catalog = read("catalog");

interface Field {
  readonly path: string;
  readonly node: JsonSchemaNode;
  readonly required: boolean;
}

/** All fields of a schema, with those of objects within. */
function fieldsIn(node: JsonSchemaNode, path: string): Field[] {
  const { properties = {}, required = [], additionalProperties, items, anyOf = [] } = node;
  const own = Object.entries(properties).map(([name, each]) => ({
    path: `${path}.${name}`,
    node: each,
    required: required.includes(name),
  }));
  const within = [
    ...own.map((field) => [field.node, field.path] as const),
    ...anyOf.map((each) => [each, path] as const),
    ...(typeof additionalProperties === "object" ? [[additionalProperties, `${path}.*`] as const] : []),
    ...(items ? [[items, `${path}.*`] as const] : []),
  ];
  return [...own, ...within.flatMap(([each, where]) => fieldsIn(each, where))];
}

const fields = Object.entries({ Catalog: catalog, ...(catalog.$defs as Record<string, JsonSchemaNode>) }).flatMap(
  ([concept, node]) => fieldsIn(node, concept),
);
const pathsOf = (those: readonly Field[]) => those.map(({ path }) => path);
const isNumber = ({ type, anyOf = [] }: JsonSchemaNode): boolean =>
  type === "number" || type === "integer" || anyOf.some(isNumber);

describe("the JSON Schemas in the package", () => {
  test("are those of the schemas and docs in the sources; npm run schema writes them", () => {
    const docs = new FieldDocs();
    expect(catalogJsonSchema(docs)).toEqual(catalog);
    expect(subscriptionsJsonSchema(docs)).toEqual(read("subscriptions"));
    expect(replayJsonSchema(docs)).toEqual(read("replay"));
  }, 60_000);

  test("describe every field", () => {
    expect(fields.length).toBeGreaterThan(80);
    expect(pathsOf([...fields, ...fieldsIn(read("replay"), "Replay")].filter(({ node }) => !node.description))).toEqual(
      [],
    );
  });

  test("say what holds where a field is left out", () => {
    const hasDefault = ({ node }: Field) => "default" in node || "x-default" in node;
    // Of several forms, the one that is written excludes the others.
    const forms = /\.(handler|lambda|mock|http|userPools|certificateArn|aws(\.[^.]+)?)$/;
    const left = fields.filter((field) => !field.required && !hasDefault(field) && !forms.test(field.path));
    expect(pathsOf(left)).toEqual([]);
  });

  test("say the unit of every number", () => {
    expect(pathsOf(fields.filter(({ node }) => isNumber(node) && !node["x-unit"]))).toEqual([]);
  });

  test("take a catalog that uses every field", () => {
    const ajv = new Ajv({ strict: false });
    const { subscriptionFiles: _, ...written } = { subscriptionFiles: [], ...everything };
    expect([ajv.validate(catalog, written), ajv.errors]).toEqual([true, null]);
  });
});
