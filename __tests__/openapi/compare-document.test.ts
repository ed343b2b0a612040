import { defineUnchecked, petShop } from "../support/catalogs";
import { documentPath, remarksOn } from "../support/openapi-documents";
import { type Json, synthesize } from "../support/synthesize";
import { apiOfFixture, BACKEND, type Fixture, fixtures } from "./support/aws-documents";
import { compareDocument } from "./support/compare-document";

function compared(name: string, change: (stack: Json) => void = () => {}) {
  const { options } = fixtures[name] as Fixture;
  const path = documentPath(name);
  const api = apiOfFixture(name);
  const { pets } = synthesize(defineUnchecked(petShop({ apis: { pets: api } })));
  change(pets);
  const backend = options.integrations ? BACKEND : undefined;
  return compareDocument(path, pets, { ...options, ...(backend ? { backend } : {}) }, remarksOn(api));
}

describe("what is synthesized of a document", () => {
  test.each(Object.entries(fixtures))("is what API Gateway imports of %s", (name, { routes, told = [] }) => {
    const comparison = compared(name);
    expect(comparison.differences).toEqual([]);
    expect(comparison.opened).toEqual([]);
    expect(comparison.routes).toBe(routes);
    expect(comparison.told.filter((each) => !told.some((pattern) => pattern.test(each)))).toEqual([]);
  });
});

type Change = (stack: Json) => void;
const only = (stack: Json, type: string, name: RegExp): Json =>
  Object.entries<Json>(stack.resource[`aws_api_gateway_${type}`]).find(([each]) => name.test(each))?.[1];
const set =
  (type: string, name: RegExp, values: Json): Change =>
  (stack) =>
    void Object.assign(only(stack, type, name), values);

describe("the comparison notices", () => {
  const parcels = "aws/parcels-sam.yaml#/Resources/ParcelsApi/Properties/DefinitionBody";
  test.each<[string, string, Change, RegExp]>([
    ["a key that is not asked", parcels, set("method", /POST_parcels/, { api_key_required: false }), /a key$/],
    ["a signature that is not asked", parcels, set("method", /GET_parcels/, { authorization: "NONE" }), /AWS_IAM$/],
    [
      "another authorizer",
      "aws/records-dynamodb.json",
      set("authorizer", /token/, { identity_validation_expression: ".*" }),
      /^POST \/queue: does not ask for its authorizer$/,
    ],
    [
      "a scope that is not asked",
      "aws/records-dynamodb.json",
      set("method", /POST_records/, { authorization_scopes: [] }),
      /the scope records\/write$/,
    ],
    [
      "a preflight that calls something",
      "aws/notices-private-link.yaml",
      set("integration", /OPTIONS/, { type: "HTTP_PROXY" }),
      /^OPTIONS .* does not ask for CUSTOM and its authorizer$/,
    ],
  ])("%s, as opened", (_, name, change, expected) => {
    expect(compared(name, change).opened).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, string, Change, RegExp]>([
    [
      "a URI",
      parcels,
      set("integration", /POST_parcels/, { uri: "x" }),
      /POST \/parcels\.integration\.uri: the document/,
    ],
    [
      "a validator",
      parcels,
      set("method", /POST_parcels/, { request_validator_id: undefined }),
      /POST \/parcels\.body/,
    ],
    [
      "a parameter",
      parcels,
      set("method", /POST_parcels/, { request_parameters: {} }),
      /POST \/parcels\.parameters\.header\.x-tenant: the document has true, synthesized is nothing/,
    ],
    [
      "a schema",
      parcels,
      set("model", /[Pp]arcel$/, { schema: '{"type":"object"}' }),
      /POST \/parcels\.body\.(properties|required): the document has/,
    ],
    [
      "a template",
      "aws/records-dynamodb.json",
      set("integration", /GET/, { request_templates: {} }),
      /requestTemplates/,
    ],
    [
      "an answer",
      "aws/records-dynamodb.json",
      set("integration_response", /POST_records_400/, { selection_pattern: "5.*" }),
      /POST \/records\.integration\.responses\.400\.pattern/,
    ],
    [
      "a role",
      "aws/records-dynamodb.json",
      set("integration", /GET/, { credentials: "x" }),
      /integration\.credentials/,
    ],
    [
      "a VPC link",
      "aws/notices-private-link.yaml",
      set("integration", /POST/, { connection_type: "INTERNET" }),
      /connection/,
    ],
    ["a policy", "aws/kennel-swagger.json", set("rest_api", /./, { policy: "{}" }), /policy/],
    ["an endpoint", "aws/kennel-swagger.json", set("rest_api", /./, { endpoint_configuration: {} }), /settings\.types/],
    ["media types", "aws/kennel-swagger.json", set("rest_api", /./, { binary_media_types: [] }), /binaryMediaTypes/],
    [
      "a gateway response",
      "aws/notices-private-link.yaml",
      set("gateway_response", /UNAUTHORIZED/, { status_code: "403" }),
      /gatewayResponses\.UNAUTHORIZED\.status/,
    ],
  ])("%s", (_, name, change, expected) => {
    expect(compared(name, change).differences).toContainEqual(expect.stringMatching(expected));
  });

  test("a route that the document does not have", () => {
    const change: Change = (stack) => {
      const methods = stack.resource.aws_api_gateway_method;
      methods.more = { ...only(stack, "method", /POST_parcels/), http_method: "PUT", api_key_required: false };
    };
    expect(compared(parcels, change).opened).toEqual(["PUT /parcels: is not in the document"]);
  });
});
