import type { Json } from "./synthesize";

export const INVOKE =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function";

/** An OpenAPI document with AWS's extensions, as modules of public Terraform have it in the body of a REST API. */
export const document = (): Json => ({
  openapi: "3.0.1",
  info: { title: "pets", version: "1" },
  components: {
    securitySchemes: {
      api_key: { type: "apiKey", name: "x-api-key", in: "header" },
      tokens: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "token",
          authorizerUri: `${INVOKE}:tokens/invocations`,
          authorizerResultTtlInSeconds: 60,
        },
      },
      iam: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
    },
    schemas: {
      Pet: { type: "object", required: ["name"], properties: { name: { $ref: "#/components/schemas/Name" } } },
      Name: { type: "string" },
    },
    parameters: { page: { name: "page", in: "query", required: true, schema: { type: "string" } } },
  },
  "x-amazon-apigateway-request-validators": {
    all: { validateRequestBody: true, validateRequestParameters: true },
    none: { validateRequestBody: false, validateRequestParameters: false },
  },
  "x-amazon-apigateway-request-validator": "none",
  "x-amazon-apigateway-gateway-responses": {
    THROTTLED: { statusCode: 429, responseParameters: { "gatewayresponse.header.Retry-After": "'1'" } },
  },
  paths: {
    "/pets": {
      get: {
        security: [{ api_key: [] }],
        responses: { "200": { description: "pets" } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: { default: { statusCode: "200", responseTemplates: { "application/json": "[]" } } },
        },
      },
      post: {
        security: [{ api_key: [], tokens: [] }],
        "x-amazon-apigateway-request-validator": "all",
        parameters: [{ $ref: "#/components/parameters/page" }],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: "POST",
          uri: "https://backend.example.com/pets",
        },
      },
    },
    "/pets/{id}": {
      "x-amazon-apigateway-any-method": {
        security: [{ iam: [] }],
        parameters: [{ name: "id", in: "path", required: true }],
        "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: `${INVOKE}:pets/invocations` },
      },
    },
  },
});
