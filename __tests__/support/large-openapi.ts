import type { Json } from "./synthesize";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/**
 * A document as large as the great public ones, and as entangled: resources within resources, shared parameters, schemas
 * that refer to one another over several levels and in circles, form bodies beside JSON.
 */
export function largeDocument({ resources, schemas }: { readonly resources: number; readonly schemas: number }): Json {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const paths: Json = {};
  for (let index = 0; index < resources; index++) {
    const name = `resource-${index}`;
    const schema = ref(`schema_${(index * 7) % schemas}`);
    const operation = (method: string, path: string): Json => ({
      operationId: `${name}/${method}${path.endsWith("}") ? "-one" : ""}`,
      tags: [`tag-${index % 20}`],
      summary: `Does ${method} with ${name}, as it says in its name.`,
      parameters:
        method === "get"
          ? [
              { $ref: "#/components/parameters/per_page" },
              { name: "expand[]", in: "query", schema: { type: "array", items: { type: "string" } } },
            ]
          : [],
      ...(["post", "put", "patch"].includes(method)
        ? {
            requestBody: {
              required: true,
              content: { "application/json": { schema }, "application/x-www-form-urlencoded": { schema } },
            },
          }
        : {}),
      responses: {
        "200": { description: "Fine", content: { "application/json": { schema } } },
        default: { $ref: "#/components/responses/problem" },
      },
      ...(index % 10 === 0 ? { security: [] } : {}),
    });
    const base = index % 3 === 0 ? `/v1/${name}` : `/orgs/{org}/${name}`;
    const common = index % 3 === 0 ? [] : [{ $ref: "#/components/parameters/org" }];
    paths[base] = { parameters: common, get: operation("get", base), post: operation("post", base) };
    const one = `${base}/{id}`;
    const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
    paths[one] = {
      parameters: [...common, id],
      ...Object.fromEntries(METHODS.filter((each) => each !== "post").map((each) => [each, operation(each, one)])),
    };
  }
  const schemaOf = (index: number): Json => ({
    type: "object",
    description: `What ${index} is, at some length, so that the document has the weight of a real one.`,
    required: ["id", "name"],
    properties: {
      id: { type: "integer", format: "int64", readOnly: true, example: 42 },
      name: { type: "string", maxLength: 5000, example: "octocat" },
      state: { type: "string", nullable: true, enum: ["open", "closed"] },
      created: { type: "string", format: "date-time" },
      metadata: { type: "object", additionalProperties: { type: "string" } },
      // Ten levels, and then back to where it came from.
      child: index % 10 === 9 ? ref(`schema_${index - 9}`) : ref(`schema_${index + 1}`),
      owner: { anyOf: [{ type: "string" }, ref("leaf")] },
    },
  });
  return {
    openapi: "3.0.3",
    info: { title: "Large", version: "1" },
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: "apiKey", in: "header", name: "x-api-key" } },
      parameters: {
        org: { name: "org", in: "path", required: true, schema: { type: "string" } },
        per_page: { name: "per_page", in: "query", schema: { type: "integer", default: 30 } },
      },
      responses: { problem: { description: "A problem" } },
      schemas: {
        ...Object.fromEntries([...Array(schemas).keys()].map((index) => [`schema_${index}`, schemaOf(index)])),
        leaf: { type: "object", properties: { id: { type: "integer" }, url: { type: "string", format: "uri" } } },
      },
    },
  };
}
