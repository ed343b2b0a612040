import { type Block, type CaseRequest, type ConformanceCase, DOCUMENTED, mock, RECORDED } from "../case";

const RECORDING = RECORDED("common: test_api_gateway_request_validator");
const RULES = DOCUMENTED("api-gateway-method-request-validation");
const NUMBERS = {
  $schema: "http://json-schema.org/draft-04/schema#",
  title: "numbers",
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" } },
  required: ["a", "b"],
};
const JSON_TYPE: CaseRequest["headers"] = [["Content-Type", "application/json"]];
const BAD_BODY = {
  status: 400,
  body: '{"message": "Invalid request body"}',
  headers: { "x-amzn-errortype": "BadRequestException" },
};
const missing = (...names: string[]) => ({
  status: 400,
  body: `{"message": "Missing required request parameters: [${names.join(", ")}]"}`,
  headers: { "x-amzn-errortype": "BadRequestException" },
});
const OK = { status: 200, body: "ok" };

interface Checked {
  readonly body?: boolean;
  readonly parameters?: boolean;
  readonly method?: Block;
  readonly models?: Readonly<Record<string, object>>;
  readonly resources?: ConformanceCase["resources"];
  readonly source?: string;
}

let count = 0;
/** A route `POST /nested/{test}` with a validator and models of its own. */
function checked(
  title: string,
  {
    body = true,
    parameters = true,
    method = {},
    models = { Numbers: NUMBERS },
    resources = {},
    source = RECORDING,
  }: Checked,
  request: CaseRequest,
  answer: ConformanceCase["answer"],
): ConformanceCase {
  const id = `v${++count}`;
  const declared = {
    request_validator_id: `\${aws_api_gateway_request_validator.${id}.id}`,
    request_models: { "application/json": `\${aws_api_gateway_model.${id}-${Object.keys(models)[0]}.name}` },
    request_parameters: {
      "method.request.path.test": true,
      "method.request.querystring.qs1": true,
      "method.request.header.x-header-param": true,
      "method.request.querystring.optional": false,
    },
  };
  return {
    title,
    source,
    routes: { "ANY /nested/{test}": mock("ok", undefined, { method: { ...declared, ...method } }) },
    resources: {
      aws_api_gateway_request_validator: {
        [id]: { rest_api_id: "API", name: id, validate_request_body: body, validate_request_parameters: parameters },
      },
      aws_api_gateway_model: Object.fromEntries(
        Object.entries(models).map(([name, schema]) => [
          `${id}-${name}`,
          { rest_api_id: "API", name, content_type: "application/json", schema: JSON.stringify(schema) },
        ]),
      ),
      ...resources,
    },
    request,
    answer,
  };
}

const POST = (more: Partial<CaseRequest> = {}): CaseRequest => ({
  line: "POST /nested/value?qs1=test",
  headers: [["x-header-param", "test"], ...(JSON_TYPE ?? [])],
  body: '{"a": 1, "b": 2}',
  ...more,
});
const bodyOf = (title: string, schema: object, body: string, answer: ConformanceCase["answer"]): ConformanceCase =>
  checked(`a body that ${title}`, { models: { Own: schema }, source: RULES }, POST({ body }), answer);
const ref = (name: string) => ({ $ref: `https://apigateway.amazonaws.com/restapis/API/models/${name}` });

export const VALIDATION: readonly ConformanceCase[] = [
  checked("a valid request", {}, POST(), OK),
  checked(
    "a request without any of the required parameters, one of which no path has",
    {
      method: {
        request_parameters: {
          "method.request.querystring.qs1": true,
          "method.request.path.issuer": true,
          "method.request.header.x-header-param": true,
        },
      },
    },
    POST({ line: "POST /nested/value", headers: JSON_TYPE }),
    missing("x-header-param", "issuer", "qs1"),
  ),
  checked("a request without a required header", {}, POST({ headers: JSON_TYPE }), missing("x-header-param")),
  checked("a request without a required query parameter", {}, POST({ line: "POST /nested/value" }), missing("qs1")),
  checked(
    "a request with a blank query parameter",
    { source: RULES },
    POST({ line: "POST /nested/value?qs1=" }),
    missing("qs1"),
  ),
  checked(
    "required parameters of one place, by name",
    {
      source: RULES,
      method: { request_parameters: { "method.request.querystring.b": true, "method.request.querystring.a": true } },
    },
    POST(),
    missing("a", "b"),
  ),
  checked(
    "missing parameters and an invalid body: parameters first",
    {},
    POST({ headers: JSON_TYPE, body: "{}" }),
    missing("x-header-param"),
  ),
  checked("an invalid body", {}, POST({ body: '{"a": "1"}' }), BAD_BODY),
  checked("a body that is not JSON", {}, POST({ body: "{" }), BAD_BODY),
  checked(
    "a GET request without a body",
    {},
    POST({ line: "GET /nested/value?qs1=test", headers: [["x-header-param", "test"]], body: "" }),
    BAD_BODY,
  ),
  checked(
    "a body of another media type is not checked",
    { source: RULES, method: { request_models: { "application/xml": "Numbers" } } },
    POST({ body: "{}" }),
    OK,
  ),
  checked(
    "a model for $default checks every media type",
    { source: RULES, method: { request_models: { $default: "Numbers" } } },
    POST({
      body: "{}",
      headers: [
        ["x-header-param", "1"],
        ["Content-Type", "application/json; charset=utf-8"],
      ],
    }),
    BAD_BODY,
  ),
  checked(
    "the model Empty takes every object",
    { source: RULES, method: { request_models: { "application/json": "Empty" } } },
    POST({ body: '{"x": 1}' }),
    OK,
  ),
  checked(
    "the model Empty takes no list",
    { source: RULES, method: { request_models: { "application/json": "Empty" } } },
    POST({ body: "[]" }),
    BAD_BODY,
  ),
  checked(
    "a validator that checks nothing",
    { body: false, parameters: false },
    POST({ line: "POST /nested/value", body: "{}" }),
    OK,
  ),
  checked(
    "a validator of the body alone",
    { parameters: false },
    POST({ line: "POST /nested/value", headers: JSON_TYPE }),
    OK,
  ),
  checked("a validator of parameters alone", { body: false }, POST({ body: "{}" }), OK),
  checked(
    "a list whose items are another model",
    {
      models: { List: { type: "array", items: ref("Numbers") }, Numbers: NUMBERS },
      source: RECORDED("common: test_api_gateway_request_validator_with_ref_models"),
    },
    POST({ body: '[{"a": 1, "b": 2}]' }),
    OK,
  ),
  checked(
    "a list whose items do not match another model",
    {
      models: { List: { type: "array", items: ref("Numbers") }, Numbers: NUMBERS },
      source: RECORDED("common: test_api_gateway_request_validator_with_ref_models"),
    },
    POST({ body: '[{"a": 1}]' }),
    BAD_BODY,
  ),
  ...(
    [
      ["null", '{"status": null}', OK],
      ["an object of the other model", '{"status": {"Status": "ok", "Order": 1}}', OK],
      ["nothing", "{}", BAD_BODY],
      ["an object that does not match", '{"status": {"Status": "ok", "Order": "1"}}', BAD_BODY],
    ] as const
  ).map(([title, body, answer]) =>
    checked(
      `one of null and another model: ${title}`,
      {
        models: {
          Test: {
            type: "object",
            properties: { status: { oneOf: [{ type: "null" }, ref("StatusModel")] } },
            required: ["status"],
          },
          StatusModel: {
            type: "object",
            properties: { Status: { type: "string" }, Order: { type: "integer" } },
            required: ["Status", "Order"],
          },
        },
        source: RECORDED("common: test_api_gateway_request_validator_with_ref_one_ofmodels"),
      },
      POST({ body }),
      answer,
    ),
  ),
  bodyOf("matches a pattern", { type: "string", pattern: "^a+$" }, '"aaa"', OK),
  bodyOf("does not match a pattern", { type: "string", pattern: "^a+$" }, '"ab"', BAD_BODY),
  bodyOf(
    "is under a minimum that is excluded, as in draft 4",
    { type: "number", minimum: 1, exclusiveMinimum: true },
    "1",
    BAD_BODY,
  ),
  bodyOf("is in an enum", { enum: ["a", "b"] }, '"b"', OK),
  bodyOf(
    "has a property that is not allowed",
    { type: "object", properties: {}, additionalProperties: false },
    '{"x": 1}',
    BAD_BODY,
  ),
  bodyOf(
    "refers to a definition",
    { definitions: { n: { type: "number" } }, $ref: "#/definitions/n" },
    '"x"',
    BAD_BODY,
  ),
  bodyOf(
    "has a pattern that would take forever",
    { type: "string", pattern: "^(a+)+$" },
    `"${"a".repeat(40)}!"`,
    BAD_BODY,
  ),
  bodyOf("has a schema that is not one, with a notice", { type: "nothing" }, "{}", {
    ...OK,
    told: /does not check bodies of application\/json here/,
  }),
  bodyOf("has a pattern that is not supported, with a notice", { type: "string", pattern: "(?=a)" }, '"b"', {
    ...OK,
    told: /does not check bodies/,
  }),
  checked(
    "a model that is managed elsewhere, with a notice",
    { source: RULES, method: { request_models: { "application/json": "Elsewhere" } } },
    POST({ body: "{}" }),
    { ...OK, told: /model Elsewhere, which is not in these files/ },
  ),
  checked(
    "a validator that is managed elsewhere, with a notice",
    { source: RULES, method: { request_validator_id: "abc123" } },
    POST({ body: "{}" }),
    { ...OK, told: /validator abc123, which is not in these files/ },
  ),
  checked(
    "a gateway response for an invalid body",
    {
      source: DOCUMENTED("supported-gateway-response-types"),
      resources: {
        aws_api_gateway_gateway_response: {
          body: {
            rest_api_id: "API",
            response_type: "BAD_REQUEST_BODY",
            status_code: "422",
            response_templates: {
              "application/json": '{"why": "$context.error.message", "type": "$context.error.responseType"}',
            },
          },
        },
      },
    },
    POST({ body: "{}" }),
    { status: 422, body: { why: "Invalid request body", type: "BAD_REQUEST_BODY" } },
  ),
  checked(
    "a gateway response for missing parameters",
    {
      source: DOCUMENTED("supported-gateway-response-types"),
      resources: {
        aws_api_gateway_gateway_response: {
          parameters: {
            rest_api_id: "API",
            response_type: "BAD_REQUEST_PARAMETERS",
            response_templates: { "application/json": '{"message": $context.error.messageString}' },
          },
        },
      },
    },
    POST({ headers: JSON_TYPE }),
    { status: 400, body: { message: "Missing required request parameters: [x-header-param]" } },
  ),
  checked(
    "a request without a key is refused before it is checked",
    { method: { api_key_required: true } },
    POST({ body: "{}" }),
    { status: 403, body: { message: "Forbidden" } },
  ),
];
