import type { Model } from "@aws-sdk/client-api-gateway";
import { adoptModels } from "../../src/adoption/adopt-models";
import { modelAttributes } from "../../src/aws/terraform-attributes";
import { decodeNamedModels } from "../../src/contract/body-model";
import type { Route } from "../../src/vocabulary/route";
import { ref } from "../support/models";

const API = "a1b2c3d4e5";
const url = (name: string, api = API) => ({ $ref: `https://apigateway.amazonaws.com/restapis/${api}/models/${name}` });
const model = (name: string, schema: unknown, description?: string): Model => ({
  name,
  contentType: "application/json",
  schema: typeof schema === "string" ? schema : JSON.stringify(schema),
  ...(description !== undefined && { description }),
});
/** What becomes of models, where a route's body is the first of them. */
function adopted(...models: Model[]) {
  const schemas = decodeNamedModels(models.map(modelAttributes), API);
  const body = ref(models[0]?.name ?? "");
  const known = schemas.models.some(({ name }) => name === models[0]?.name);
  return adoptModels("api", schemas, known ? ([{ request: { body } }] as never as Route[]) : [], { models });
}

const DRAFT_4 = "http://json-schema.org/draft-04/schema#";

test.each<[string, Model[], object]>([
  [
    "with those to which they refer",
    [model("A", { items: url("B") }), model("B", {})],
    { A: { items: ref("B") }, B: {} },
  ],
  [
    "written with spaces",
    [model("A", '{\n  "type" : "object",\n  "$schema": "http://json-schema.org/draft-04/schema#" }')],
    { A: { type: "object", $schema: DRAFT_4 } },
  ],
  ["with the description of their schema", [model("A", { description: "x" }, "x")], { A: { description: "x" } }],
  [
    "in a circle, as this project writes it",
    [
      model("A", {
        $schema: DRAFT_4,
        items: { $ref: "#/definitions/A" },
        definitions: { A: { items: { $ref: "#/definitions/A" } } },
      }),
    ],
    { A: { $schema: DRAFT_4, items: ref("A") } },
  ],
])("models are adopted %s, and nothing of them is kept", (_, models, expected) => {
  const { models: written, imported, findings } = adopted(...models);
  expect(written).toEqual(expected);
  expect(imported).toEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, {}])));
  expect(findings).toEqual([]);
});

test("models of a circle stay as AWS has made them of a document, by URLs", () => {
  const { models, imported, findings } = adopted(
    model("A", { items: url("B") }),
    model("B", { not: { items: url("A") } }),
  );
  expect(models).toEqual({ A: { items: ref("B") }, B: { not: { items: ref("A") } } });
  expect(imported).toEqual({ A: { keep: ["schema"] }, B: { keep: ["schema"] } });
  expect(findings.map(({ message }) => message)).toEqual(["keeps schema as in AWS", "keeps schema as in AWS"]);
});

test("what else AWS says of a model is kept", () => {
  expect(adopted(model("A", {}, "An A")).imported).toEqual({ A: { keep: ["description"] } });
});

test.each<[string, Model[]]>([
  ["a schema that refers to another API", [model("A", { items: url("B", "other") }), model("B", {})]],
  [
    "a schema that refers to a model that the catalog does not take",
    [model("A", { items: url("B") }), model("B", { $id: "x" })],
  ],
  [
    "definitions of its own",
    [model("A", { items: { $ref: "#/definitions/B" }, definitions: { B: {} } }), model("B", { type: "object" })],
  ],
  ["nothing but a reference", [model("A", url("B")), model("B", {})]],
  ["a check that never ends", [model("A", { anyOf: [url("A")] })]],
  ["another content type", [{ ...model("A", {}), contentType: "application/xml" }]],
  ["no JSON", [model("A", "{")]],
])("a model with %s stays with its owner", (_, models) => {
  expect(adopted(...models)).toEqual({ models: {}, imported: {}, findings: [] });
});

test("a model that no body needs stays with its owner", () => {
  expect(Object.keys(adopted(model("A", {}), model("B", {})).models)).toEqual(["A"]);
});
