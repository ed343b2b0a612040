import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OpenApiOptions } from "../../src";
import { readDocument } from "../../src/openapi/read-document";
import { problemsOf } from "../support/catalogs";
import { apiFromDocument, document, problemsOfDocument, remarksOn } from "../support/openapi-documents";
import { type Json, onlyResource, resources, withFolder } from "../support/synthesize";
import { askedOf, partOf, stackOf, uriOf } from "./support/asked-of-callers";

const KEY = { type: "apiKey", in: "header", name: "x-api-key" };
const INTEGRATION = "x-amazon-apigateway-integration";
const AUTHORIZER = "x-amazon-apigateway-authorizer";
const backend = { [INTEGRATION]: { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com" } };
const open = { ...backend, security: [] };

/** A document with AWS's words, in which each of some operations asks for something. */
const asking = (schemes: Json, operations: Readonly<Record<string, Json>>, parts: Json = {}) =>
  document(
    Object.fromEntries(
      Object.entries(operations).map(([path, security]) => [path, { get: { ...backend, ...security } }]),
    ),
    { security: undefined, components: { securitySchemes: schemes }, ...parts },
  );
const asked = (written: Json, options: OpenApiOptions = {}) => askedOf(stackOf(apiFromDocument(written, options)));
const token = (name: string, settings: Json = {}) => ({
  type: "apiKey",
  in: "header",
  name: "Authorization",
  "x-amazon-apigateway-authtype": "custom",
  [AUTHORIZER]: { type: "token", authorizerUri: uriOf(name), ...settings },
});

describe("who may call", () => {
  test.each<[string, Json, Json]>([
    [
      "a scheme in the header x-api-key that has an authorizer is that authorizer, and no plain key",
      {
        ...KEY,
        [AUTHORIZER]: {
          type: "request",
          authorizerUri: uriOf("gate"),
          identitySource: "method.request.header.x-api-key",
        },
      },
      {
        key: false,
        authorization: "CUSTOM",
        authorizer: {
          authorizer_result_ttl_in_seconds: 300,
          authorizer_uri: uriOf("gate"),
          identity_source: "method.request.header.x-api-key",
          name: "gate",
          type: "REQUEST",
        },
      },
    ],
    [
      "a token authorizer with all its settings",
      token("gate", {
        authorizerCredentials: "arn:aws:iam::123456789012:role/gate",
        identityValidationExpression: "^Bearer .+$",
        authorizerResultTtlInSeconds: 60,
        identitySource: "method.request.header.X-Token",
      }),
      {
        key: false,
        authorization: "CUSTOM",
        authorizer: {
          authorizer_credentials: "arn:aws:iam::123456789012:role/gate",
          authorizer_result_ttl_in_seconds: 60,
          authorizer_uri: uriOf("gate"),
          identity_source: "method.request.header.X-Token",
          identity_validation_expression: "^Bearer .+$",
          name: "gate",
          type: "TOKEN",
        },
      },
    ],
    [
      "a request authorizer with several sources that is asked each time",
      {
        type: "apiKey",
        in: "header",
        name: "Unused",
        "x-amazon-apigateway-authtype": "custom",
        [AUTHORIZER]: {
          type: "request",
          authorizerUri: uriOf("gate"),
          identitySource: "method.request.header.A, method.request.querystring.b, context.identity.sourceIp",
          authorizerResultTtlInSeconds: 0,
        },
      },
      {
        key: false,
        authorization: "CUSTOM",
        authorizer: {
          authorizer_result_ttl_in_seconds: 0,
          authorizer_uri: uriOf("gate"),
          identity_source: "method.request.header.A, method.request.querystring.b, context.identity.sourceIp",
          name: "gate",
          type: "REQUEST",
        },
      },
    ],
    [
      "a user pool",
      {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        [AUTHORIZER]: {
          type: "cognito_user_pools",
          providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
        },
      },
      {
        key: false,
        authorization: "COGNITO_USER_POOLS",
        authorizer: {
          authorizer_result_ttl_in_seconds: 300,
          name: "gate",
          type: "COGNITO_USER_POOLS",
          provider_arns: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
          identity_source: "method.request.header.Authorization",
        },
      },
    ],
    [
      "an authtype that is free text beside an authorizer",
      { ...token("gate"), "x-amazon-apigateway-authtype": "Our own check of partners" },
      {
        key: false,
        authorization: "CUSTOM",
        authorizer: {
          authorizer_result_ttl_in_seconds: 300,
          authorizer_uri: uriOf("gate"),
          name: "gate",
          type: "TOKEN",
          identity_source: "method.request.header.Authorization",
        },
      },
    ],
    [
      "a signature of AWS",
      { type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" },
      { key: false, authorization: "AWS_IAM" },
    ],
    ["a plain key", KEY, { key: true, authorization: "NONE" }],
  ])("%s", (_, gate, expected) => {
    expect(asked(asking({ gate }, { "/a": { security: [{ gate: [] }] } }))).toEqual({ "GET /a": expected });
  });

  test("scopes of a user pool are asked", () => {
    const gate = {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      "x-amazon-apigateway-authtype": "cognito_user_pools",
      [AUTHORIZER]: {
        type: "cognito_user_pools",
        providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
      },
    };
    expect(asked(asking({ gate }, { "/a": { security: [{ gate: ["pets/read"] }] } }))["GET /a"]).toMatchObject({
      authorization: "COGNITO_USER_POOLS",
      scopes: ["pets/read"],
    });
  });

  test("an operation that is a $ref is read wholly: security, parameters, operationId", () => {
    const operation = {
      ...backend,
      operationId: "list",
      security: [{ key: [] }],
      parameters: [{ name: "q", in: "query", required: true }],
      "x-amazon-apigateway-request-validator": "all",
    };
    const api = apiFromDocument(
      document(
        { "/a": { get: { $ref: "#/x-operations/list" } } },
        {
          security: [],
          "x-operations": { list: operation },
          "x-amazon-apigateway-request-validators": { all: { validateRequestParameters: true } },
        },
      ),
      {},
    );
    expect(api.routes["GET /a"]).toMatchObject({
      apiKeyRequired: true,
      operationName: "list",
      request: { query: { q: "required" } },
    });
    expect(askedOf(stackOf(api))).toEqual({ "GET /a": { key: true, authorization: "NONE" } });
  });

  describe("a path item with a $ref beside operations", () => {
    const common = { post: { ...backend, security: [{ key: [] }] }, parameters: [{ name: "q", in: "query" }] };
    const beside = (operations: Json) =>
      document({ "/a": { $ref: "#/x-items/common", ...operations } }, { security: undefined, "x-items": { common } });

    test("adds its operations to those of the other", () => {
      expect(asked(beside({ get: open }))).toEqual({
        "GET /a": { key: false, authorization: "NONE" },
        "POST /a": { key: true, authorization: "NONE" },
      });
    });

    test("is an error where both have one operation", () => {
      expect(problemsOfDocument(beside({ post: open }), {})).toEqual([
        expect.stringContaining(
          "paths./a.post: stands beside a $ref that leads to the same method; keep one of the two",
        ),
      ]);
    });
  });

  describe("a scheme that API Gateway does not ask for", () => {
    const schemes: Readonly<Record<string, Json>> = {
      "an authtype that is free text alone": { ...KEY, "x-amazon-apigateway-authtype": "partners" },
      "a user pool without its authorizer": {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
      },
      "a JWT authorizer, which HTTP APIs have": {
        type: "oauth2",
        flows: {},
        [AUTHORIZER]: {
          type: "jwt",
          identitySource: "$request.header.Authorization",
          jwtConfiguration: { issuer: "https://issuer.example.com", audience: ["pets"] },
        },
      },
      "a JWT authorizer without configuration": { type: "oauth2", flows: {}, [AUTHORIZER]: { type: "jwt" } },
      "a bearer token": { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      "OpenID Connect": { type: "openIdConnect", openIdConnectUrl: "https://issuer.example.com" },
      "mutual TLS": { type: "mutualTLS" },
      "an authorizer with the format of HTTP APIs": token("gate", { authorizerPayloadFormatVersion: "2.0" }),
      "an authorizer with simple answers": token("gate", { enableSimpleResponses: true }),
      "an authorizer without a function": {
        ...KEY,
        [AUTHORIZER]: { type: "token", authorizerUri: "https://gate.example.com" },
      },
      "an authorizer of a stage variable's function": token("${stageVariables.f}"),
    };

    test.each(Object.keys(schemes))("%s is an error whose remedy opens nothing", (name) => {
      const written = asking({ gate: schemes[name] }, { "/a": { security: [{ gate: [] }] } });
      const problems = problemsOfDocument(written, {});
      expect(problems).toEqual([expect.stringMatching(/^openapi.json:1: components.securitySchemes.gate/)]);
      for (const [use] of problems.join().matchAll(/securitySchemes: \{[^}]*\}/g)) expect(use).not.toContain("BACKEND");
      expect(JSON.stringify(remediesOf(written))).not.toMatch(/BACKEND|OPEN/);
    });

    test.each<[string, NonNullable<OpenApiOptions["securitySchemes"]>[string], Json]>([
      ["a key", "API_KEY", { key: true, authorization: "NONE" }],
      ["a signature of AWS", "AWS_IAM", { key: false, authorization: "AWS_IAM" }],
      [
        "a function",
        { lambda: "arn:aws:lambda:us-east-1:123456789012:function:gate" },
        { key: false, authorization: "CUSTOM", authorizer: expect.objectContaining({ authorizer_uri: uriOf("gate") }) },
      ],
      ["nothing, once it is said that the backend checks", "BACKEND", { key: false, authorization: "NONE" }],
    ])("can be said to be %s", (_, use, expected) => {
      const written = asking({ gate: schemes["a bearer token"] }, { "/a": { security: [{ gate: [] }] } });
      expect(asked(written, { securitySchemes: { gate: use } })).toEqual({ "GET /a": expected });
    });
  });

  test("two authorizers and a plain key: each route asks its own", () => {
    const gates = asking(
      { one: token("one", { authorizerResultTtlInSeconds: 5 }), two: token("two"), key: KEY },
      {
        "/one": { security: [{ one: [] }] },
        "/two": { security: [{ two: [] }] },
        "/key": { security: [{ key: [] }] },
        "/both": { security: [{ two: [], key: [] }] },
        "/open": { security: [] },
      },
    );
    const of = (name: string, settings = {}) => ({
      authorizer_result_ttl_in_seconds: 300,
      authorizer_uri: uriOf(name),
      identity_source: "method.request.header.Authorization",
      name,
      type: "TOKEN",
      ...settings,
    });
    expect(asked(gates)).toEqual({
      "GET /one": {
        key: false,
        authorization: "CUSTOM",
        authorizer: of("one", { authorizer_result_ttl_in_seconds: 5 }),
      },
      "GET /two": { key: false, authorization: "CUSTOM", authorizer: of("two") },
      "GET /key": { key: true, authorization: "NONE" },
      "GET /both": { key: true, authorization: "CUSTOM", authorizer: of("two") },
      "GET /open": { key: false, authorization: "NONE" },
    });
  });

  test("two authorizers of one route are an error", () => {
    const gates = asking({ one: token("one"), two: token("two") }, { "/a": { security: [{ one: [], two: [] }] } });
    expect(problemsOfDocument(gates, {})).toEqual([
      expect.stringContaining('paths./a.get.security: asks "one" and "two", and API Gateway asks one of a route'),
    ]);
  });

  test.each<[string, Json]>([
    ["SAM writes an authorizer and a key so", [{ gate: [] }, { key: [] }]],
    ["nothing is one of them", [{ gate: [], key: [] }, {}]],
    ["one asks for more than the other", [{ key: [] }, { gate: [], key: [] }]],
  ])("all of several alternatives is asked, with a warning: %s", (_, security) => {
    const api = apiFromDocument(asking({ gate: token("gate"), key: KEY }, { "/a": { security } }), {});
    expect(askedOf(stackOf(api))).toMatchObject({ "GET /a": { key: true, authorization: "CUSTOM" } });
    expect(remarksOn(api)).toEqual([
      expect.stringMatching(/^warning: .*paths.\/a.get.security: lists alternatives, .* all that they list is asked/),
    ]);
  });

  test.each<[string, Json, Json, RegExp[]]>([
    [
      "a mock that inherits nothing",
      { [INTEGRATION]: { type: "mock" } },
      [{ key: [] }],
      [/^notice: .*answers CORS preflights/],
    ],
    ["a backend that is said to be open", open, [{ key: [] }], []],
    ["a backend, where nothing is asked of all operations", backend, [], []],
  ])("a preflight is asked nothing: %s", (_, options, security, remarks) => {
    const api = apiFromDocument(document({ "/a": { options } }, { security }), {});
    expect(askedOf(stackOf(api))).toEqual({ "OPTIONS /a": { key: false, authorization: "NONE" } });
    expect(remarksOn(api)).toEqual(remarks.map((each) => expect.stringMatching(each)));
  });

  test("an OPTIONS operation that calls a backend does not lose what is asked of all operations", () => {
    const written = document({ "/a": { options: backend } }, { security: [{ key: [] }] });
    expect(problemsOfDocument(written, {})).toEqual([
      expect.stringMatching(
        /paths.\/a.options: is for CORS preflights, .* what is asked of all operations guards what it calls/,
      ),
    ]);
  });

  test("SAM's NONE asks nothing", () => {
    expect(asked(asking({ gate: token("gate") }, { "/a": { security: [{ NONE: [] }] } }))).toEqual({
      "GET /a": { key: false, authorization: "NONE" },
    });
  });

  test("x-amazon-apigateway-auth asks for a signature of AWS", () => {
    const written = asking({}, { "/a": { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } });
    expect(asked(written)).toEqual({ "GET /a": { key: false, authorization: "AWS_IAM" } });
  });

  describe("what an API asks of every caller", () => {
    const deny = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1", "aws:username": "${aws:username}" } },
        },
      ],
    };
    const restApi = (parts: Json) =>
      onlyResource(stackOf(apiFromDocument(document({ "/a": { get: open } }, parts), {})), "aws_api_gateway_rest_api");
    const CONFIGURATION = "x-amazon-apigateway-endpoint-configuration";

    test("a resource policy, as it is written", () => {
      const { policy } = restApi({ "x-amazon-apigateway-policy": deny });
      expect(policy).toContain("$${aws:username}");
      expect(JSON.parse(policy.replaceAll("$${", "${"))).toEqual(deny);
    });

    test("a resource policy with the id of the API of which the document was exported", () => {
      const [statement] = deny.Statement;
      const Resource = "arn:aws:execute-api:us-east-1:123456789012:abc123/prod/GET/*";
      const { policy } = restApi({
        "x-amazon-apigateway-policy": { ...deny, Statement: [{ ...statement, Resource }] },
      });
      expect(JSON.parse(policy).Statement[0].Resource).toBe("execute-api:/prod/GET/*");
    });

    test.each<[string, Json]>([
      [
        "at the root",
        {
          [CONFIGURATION]: { types: ["PRIVATE"], vpcEndpointIds: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"] },
        },
      ],
      [
        "at a server, as AWS writes it",
        {
          servers: [
            {
              url: "/",
              [CONFIGURATION]: {
                types: ["PRIVATE"],
                vpcEndpointIds: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"],
              },
            },
          ],
        },
      ],
      [
        "half at the root, half at a server",
        {
          [CONFIGURATION]: { types: ["PRIVATE"] },
          servers: [
            { url: "/", [CONFIGURATION]: { vpcEndpointIds: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"] } },
          ],
        },
      ],
    ])("a private endpoint %s", (_, parts) => {
      expect(restApi({ ...parts, "x-amazon-apigateway-policy": deny }).endpoint_configuration).toEqual({
        types: ["PRIVATE"],
        vpc_endpoint_ids: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"],
      });
    });

    test("that they come by another address than the API's own", () => {
      const servers = [{ url: "/", [CONFIGURATION]: { disableExecuteApiEndpoint: true } }];
      expect(restApi({ servers }).disable_execute_api_endpoint).toBe(true);
    });

    test.each(["EDGE", "REGIONAL"])("an endpoint of type %s", (type) => {
      expect(restApi({ [CONFIGURATION]: { types: [type] } }).endpoint_configuration.types).toEqual([type]);
    });

    test.each<[string, Json, string]>([
      ["a policy that is a text", { "x-amazon-apigateway-policy": "deny" }, "must be a policy document"],
      ["an endpoint type that AWS does not have", { [CONFIGURATION]: { types: ["LOCAL"] } }, "has the endpoint types"],
      ["a TLS policy", { "x-amazon-apigateway-security-policy": "TLS_1_2" }, "asks for a TLS policy"],
      [
        "an access mode",
        { "x-amazon-apigateway-endpoint-access-mode": "STRICT" },
        "belongs to a TLS policy of the API's own address",
      ],
    ])("%s is an error", (_, parts, message) => {
      expect(problemsOfDocument(document({ "/a": { get: open } }, parts), {})).toEqual([
        expect.stringContaining(message),
      ]);
    });

    test("routes alone bring no policy, so their API must have it", () => {
      const { routes } = apiFromDocument(
        document(
          { "/a": { get: open } },
          { "x-amazon-apigateway-policy": deny, [CONFIGURATION]: { types: ["PRIVATE"] } },
        ),
        {},
      );
      const tiers = { gold: { access: { pets: "*" }, throttle: { rateLimit: 1, burstLimit: 2 } } };
      const problems = problemsOf({ apis: { pets: { stages: { prod: {} }, routes } }, tiers, subscriptions: {} });
      expect(problems).toEqual([expect.stringContaining("policy"), expect.stringContaining("PRIVATE")]);
    });
  });

  describe("a word that is not known is an error, or reported", () => {
    const withAuthorizer = (settings: Json) =>
      asking({ gate: token("gate", settings) }, { "/a": { security: [{ gate: [] }] } });
    const withIntegration = (settings: Json) =>
      document({ "/a": { get: { ...open, [INTEGRATION]: { ...backend[INTEGRATION], ...settings } } } });
    const operation = (words: Json) => document({ "/a": { get: { ...open, ...words } } });
    const root = (words: Json) => document({ "/a": { get: open } }, words);

    test.each<[string, Json, string]>([
      [
        "POST: in capitals",
        document({ "/a": { get: open, POST: open } }),
        'paths./a.POST: is not a word of a document here; did you mean "post"?',
      ],
      [
        "a misspelt method",
        document({ "/a": { get: open, psot: open } }),
        'paths./a.psot: is not a word of a document here; did you mean "post"?',
      ],
      [
        "a method that API Gateway does not have",
        document({ "/a": { get: open, trace: open } }),
        "is for the method TRACE",
      ],
      [
        "a misspelt word of the root",
        root({ securty: [] }),
        'securty: is not a word of a document here; did you mean "security"?',
      ],
      [
        "a misspelt extension of the root",
        root({ "x-amazon-apigateway-polciy": {} }),
        'did you mean "x-amazon-apigateway-policy"?',
      ],
      [
        "a misspelt word of the components",
        root({ components: { securitySchema: {} } }),
        'did you mean "securitySchemes"?',
      ],
      [
        "a misspelt word of an operation",
        operation({ securty: [] }),
        'paths./a.get.securty: is not a word of a document here; did you mean "security"?',
      ],
      [
        "a misspelt extension of an operation",
        operation({ "x-amazon-apigateway-integrations": {} }),
        'did you mean "x-amazon-apigateway-integration"?',
      ],
      [
        "a misspelt word of a scheme",
        asking({ key: { ...KEY, "x-amazon-apigateway-authorizr": {} } }, { "/a": open }),
        'did you mean "x-amazon-apigateway-authorizer"?',
      ],
      ["a misspelt word of an authorizer", withAuthorizer({ identitySuorce: "x" }), 'did you mean "identitySource"?'],
      ["a misspelt word of an integration", withIntegration({ credntials: "x" }), 'did you mean "credentials"?'],
      [
        "a misspelt word of its answers",
        withIntegration({ responses: { default: { statusCode: "200", responseTemplate: {} } } }),
        'did you mean "responseTemplates"?',
      ],
      [
        "a misspelt word of its TLS",
        withIntegration({ tlsConfig: { insecureSkipVerificaton: true } }),
        'did you mean "insecureSkipVerification"?',
      ],
      [
        "a misspelt word of a server",
        root({ servers: [{ url: "/", "x-amazon-apigateway-endpoint-configration": {} }] }),
        'did you mean "x-amazon-apigateway-endpoint-configuration"?',
      ],
      [
        "a misspelt word of an endpoint",
        root({ "x-amazon-apigateway-endpoint-configuration": { vpcEndpointId: [] } }),
        'did you mean "vpcEndpointIds"?',
      ],
      [
        "a misspelt word of a validator",
        root({ "x-amazon-apigateway-request-validators": { all: { validateRequestBdy: true } } }),
        'did you mean "validateRequestBody"?',
      ],
      [
        "a misspelt word of a gateway response",
        root({ "x-amazon-apigateway-gateway-responses": { UNAUTHORIZED: { statuscode: 401 } } }),
        'did you mean "statusCode"?',
      ],
      [
        "a misspelt type of gateway response",
        root({ "x-amazon-apigateway-gateway-responses": { UNAUTHORISED: {} } }),
        'is "UNAUTHORISED", which is not a type of gateway response',
      ],
      [
        "a misspelt word of an operation's auth",
        operation({ "x-amazon-apigateway-auth": { typ: "AWS_IAM" } }),
        'did you mean "type"?',
      ],
      [
        "a misspelt validator",
        operation({ "x-amazon-apigateway-request-validator": "al" }),
        'unknown request validator "al"',
      ],
      ["a path without its slash", document({ "/a": { get: open }, b: { get: open } }), '"GET b"'],
      [
        "a validator that is a text",
        root({ "x-amazon-apigateway-request-validators": { all: "yes" } }),
        "request-validators.all: must be an object",
      ],
      [
        "a validator that says neither yes nor no",
        root({ "x-amazon-apigateway-request-validators": { all: { validateRequestBody: "yes" } } }),
        "validateRequestBody: must be true or false",
      ],
      ["a word of Swagger 2.0", root({ securityDefinitions: {} }), "is a word of Swagger 2.0"],
    ])("%s", (_, written, message) => {
      const problems = problemsOfDocument(written, {});
      expect(problems.filter((each) => each.includes(message))).toHaveLength(1);
      expect(problems.every((each) => each.startsWith("openapi.json"))).toBe(true);
    });
  });
});

describe("text is text", () => {
  const calling = (uri: unknown, parts: Json = {}) =>
    document({ "/a": { get: { ...open, [INTEGRATION]: { type: "http_proxy", httpMethod: "GET", uri, ...parts } } } });
  const yaml = (uri: string) =>
    `openapi: 3.0.3\ninfo: { title: Pets, version: "1" }\npaths:\n  /a:\n    get:\n      security: []\n      ${INTEGRATION}:\n        type: http_proxy\n        httpMethod: GET\n        uri: ${uri}\n`;
  const variables = { "AWS::Region": "eu-central-1", orders_arn: "orders.example.com", Host: "b.example.com" };
  const https = (text: string) => ({ http: `https://${text}` });

  test.each<[string, Json, string, Json]>([
    [
      "a variable of CloudFormation",
      calling("https://${AWS::Region}.example.com"),
      'is left open to the tool that deploys the document; give values: variables: { "AWS::Region": "…" }',
      https("eu-central-1.example.com"),
    ],
    [
      "a variable of a template",
      calling("https://${orders_arn}/a"),
      'variables: { "orders_arn": "…" }',
      https("orders.example.com/a"),
    ],
    ["Fn::Sub", calling({ "Fn::Sub": "https://${Host}/a" }), 'variables: { "Host": "…" }', https("b.example.com/a")],
    [
      "Fn::Sub with values of its own",
      calling({ "Fn::Sub": ["https://${Name}/a", { Name: { Ref: "Host" } }] }),
      'variables: { "Host": "…" }',
      https("b.example.com/a"),
    ],
    [
      "Fn::Join",
      calling({ "Fn::Join": ["", ["https://", { Ref: "Host" }, "/a"]] }),
      'variables: { "Host": "…" }',
      https("b.example.com/a"),
    ],
    [
      "!Sub",
      { "openapi.yaml": yaml('!Sub "https://${Host}/a"') },
      "openapi.yaml:10: paths./a.get.x-amazon-apigateway-integration.uri: is left open",
      https("b.example.com/a"),
    ],
    [
      "a function that is not read",
      calling({ "Fn::Select": [0, ["a", "b"]] }),
      'variables: { "#/paths/~1a/get/x-amazon-apigateway-integration/uri": "…" }',
      https("c.example.com"),
    ],
  ])("%s is an error with file and line, until variables give its value", (_, written, message, expected) => {
    const problems = problemsOfDocument(written, {});
    expect(problems).toEqual([expect.stringMatching(/^openapi.(json|yaml):\d+: paths.\/a.get/)]);
    expect(problems[0]).toContain(message);
    const [remedy] = remediesOf(written);
    const names = Object.keys(remedy?.variables ?? {});
    expect(names).toHaveLength(1);
    const given = Object.fromEntries(
      names.map((name) => [
        name,
        { ...variables, [names[0] as string]: variables[name as "Host"] ?? "https://c.example.com" }[name] as string,
      ]),
    );
    expect(apiFromDocument(written, { variables: given }).routes["GET /a"]).toMatchObject(expected);
  });

  test.each<[string, Json]>([
    ["a function", calling('https://b.example.com/${upper(file("/etc/hostname"))}')],
    ["a directive", calling("https://b.example.com/%{ if true }a%{ endif }")],
    ["a reference to Terraform's resources", calling("https://${aws_lb.pets.dns_name}/a")],
    ["an expression that is escaped", calling('https://b.example.com/$${upper("a")}')],
    [
      "one in a mapping",
      calling("https://b.example.com", { requestParameters: { "integration.request.header.A": "'${path.module}'" } }),
    ],
    [
      "one in a role",
      calling("https://b.example.com", { credentials: "arn:aws:iam::123456789012:role/${terraform.workspace}" }),
    ],
    ["one in a URI of a function", calling(uriOf("${aws_lambda_function.f.function_name}"), { type: "aws_proxy" })],
    [
      "one in a media type",
      document({ "/a": { get: open } }, { "x-amazon-apigateway-binary-media-types": ["image/${path.root}"] }),
    ],
    [
      "one in a policy",
      document(
        { "/a": { get: open } },
        {
          "x-amazon-apigateway-policy": {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: "*",
                Action: "execute-api:Invoke",
                Resource: "${aws_api_gateway_rest_api.pets.arn}/*",
              },
            ],
          },
        },
      ),
    ],
  ])("an expression is an error with its place: %s", (_, written) => {
    expect(problemsOfDocument(written, {})).toEqual([
      expect.stringMatching(/^openapi.json:1: .*(is left open to the tool|an expression that nothing evaluates)/),
    ]);
  });

  test("texts that decide nothing are taken as they are, and Terraform evaluates none of them", () => {
    const text = '${upper(file("/etc/hostname"))} %{ if true }x%{ endif }';
    const api = apiFromDocument(
      document(
        { "/a": { get: { ...open, operationId: text, description: text } } },
        { info: { title: text, description: text, version: "1" } },
      ),
      {},
    );
    const stack = stackOf(api);
    const escaped = text.replace("${", () => "$${").replaceAll("%{", "%%{");
    expect(onlyResource(stack, "aws_api_gateway_rest_api")).toMatchObject({ name: escaped, description: escaped });
    expect(onlyResource(stack, "aws_api_gateway_method")).toMatchObject({ operation_name: escaped });
  });

  test("a token of CDKTF is refused wherever it stands", () => {
    const written = document({ "/a": { get: { ...open, description: "${TfToken[TOKEN.7]}" } } });
    expect(problemsOfDocument(written, {})).toEqual([
      expect.stringContaining('openapi.json: has "TfToken[", which CDKTF would replace by a value of its own'),
    ]);
  });

  test("scopes are texts", () => {
    const pool = {
      type: "apiKey",
      in: "header",
      name: "Authorization",
      [AUTHORIZER]: {
        type: "cognito_user_pools",
        providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
      },
    };
    const scopes = ['${upper("x")}', "%{ if true }y%{ endif }"];
    const [{ scopes: written = [] } = {}] = Object.values(
      asked(asking({ pool }, { "/a": { security: [{ pool: scopes }] } })),
    );
    expect(written).toEqual(['$${upper("x")}', "%%{ if true }y%%{ endif }"]);
  });

  test("variables that stand nowhere are an error", () => {
    expect(problemsOfDocument(calling("https://${Host}"), { variables: { Host: "a.example.com", Hots: "b" } })).toEqual(
      [expect.stringContaining('variables: "Hots" stands nowhere in the document; did you mean "Host"?')],
    );
  });
});

describe("settings", () => {
  const role = "arn:aws:iam::123456789012:role/r";
  const answering = (extension: Json, operation: Json = {}, parts: Json = {}) =>
    document({ "/a/{id}": { post: { security: [], ...operation, [INTEGRATION]: extension } } }, parts);
  const route = "POST /a/{id}";
  const integrationOf = (written: Json) => {
    const stack = stackOf(apiFromDocument(written, {}));
    return {
      integration: partOf(stack, "aws_api_gateway_integration", route),
      answers: Object.values(resources(stack, "aws_api_gateway_integration_response")),
      responses: Object.values(resources(stack, "aws_api_gateway_method_response")),
    };
  };
  const responses = {
    default: {
      statusCode: "200",
      responseParameters: {
        "method.response.header.X-Id": "integration.response.header.id",
        "method.response.header.X-Fixed": "'a'",
      },
      responseTemplates: { "application/json": '{"a":$input.json("$.a")}' },
      contentHandling: "CONVERT_TO_TEXT",
    },
    "4\\d{2}": { statusCode: 404 },
  };
  const answers = [
    {
      status_code: expect.anything(),
      response_parameters: {
        "method.response.header.X-Id": "integration.response.header.id",
        "method.response.header.X-Fixed": "'a'",
      },
      response_templates: { "application/json": '{"a":$input.json("$.a")}' },
      content_handling: "CONVERT_TO_TEXT",
    },
    { selection_pattern: "4\\d{2}" },
  ];

  test.each<[string, Json, Json]>([
    [
      "a service of AWS",
      {
        type: "aws",
        httpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/q",
        credentials: role,
        requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
        requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
        passthroughBehavior: "never",
        responses,
      },
      {
        integration: {
          type: "AWS",
          uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/q",
          credentials: role,
          integration_http_method: "POST",
          passthrough_behavior: "NEVER",
          request_parameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
          request_templates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
        },
        answers,
      },
    ],
    [
      "an action of a service",
      {
        type: "aws",
        httpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:dynamodb:action/GetItem",
        credentials: role,
        responses: { default: { statusCode: "200" } },
      },
      { integration: { type: "AWS", uri: "arn:aws:apigateway:us-east-1:dynamodb:action/GetItem" } },
    ],
    [
      "a function that is not a proxy",
      { type: "aws", httpMethod: "POST", uri: uriOf("f"), requestTemplates: { "application/json": "{}" }, responses },
      { integration: { type: "AWS", uri: uriOf("f"), request_templates: { "application/json": "{}" } }, answers },
    ],
    [
      "a backend with templates",
      {
        type: "http",
        httpMethod: "PUT",
        uri: "https://b.example.com/{id}",
        requestParameters: { "integration.request.path.id": "method.request.path.id" },
        timeoutInMillis: 5000,
        contentHandling: "CONVERT_TO_BINARY",
        responses,
      },
      {
        integration: {
          type: "HTTP",
          integration_http_method: "PUT",
          timeout_milliseconds: 5000,
          content_handling: "CONVERT_TO_BINARY",
          request_parameters: { "integration.request.path.id": "method.request.path.id" },
        },
        answers,
      },
    ],
    [
      "a backend",
      {
        type: "http_proxy",
        httpMethod: "ANY",
        uri: "https://b.example.com/{id}",
        requestParameters: {
          "integration.request.path.id": "method.request.path.id",
          "integration.request.querystring.q": "method.request.header.Q",
        },
        cacheKeyParameters: ["method.request.path.id"],
        cacheNamespace: "x",
        tlsConfig: { insecureSkipVerification: true },
      },
      {
        integration: {
          type: "HTTP_PROXY",
          integration_http_method: "ANY",
          cache_key_parameters: ["method.request.path.id"],
          tls_config: { insecure_skip_verification: true },
          request_parameters: {
            "integration.request.path.id": "method.request.path.id",
            "integration.request.querystring.q": "method.request.header.Q",
          },
        },
      },
    ],
    [
      "a backend behind a VPC link",
      {
        type: "http_proxy",
        httpMethod: "GET",
        uri: "http://nlb.example.com/a",
        connectionType: "VPC_LINK",
        connectionId: "abc123",
      },
      { integration: { connection_type: "VPC_LINK", connection_id: "abc123", uri: "http://nlb.example.com/a" } },
    ],
    [
      "a backend behind the VPC link of a stage variable",
      {
        type: "http_proxy",
        httpMethod: "GET",
        uri: "http://nlb.example.com/a",
        connectionType: "VPC_LINK",
        connectionId: "${stageVariables.f}",
      },
      { integration: { connection_type: "VPC_LINK", connection_id: "$${stageVariables.f}" } },
    ],
    [
      "a function",
      {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: uriOf("f"),
        credentials: role,
        payloadFormatVersion: "1.0",
        responseTransferMode: "BUFFERED",
      },
      { integration: { type: "AWS_PROXY", uri: uriOf("f"), credentials: role, integration_http_method: "POST" } },
    ],
    [
      "a function by a stage variable",
      { type: "aws_proxy", httpMethod: "POST", uri: uriOf("${stageVariables.f}") },
      { integration: { uri: uriOf("$${stageVariables.f}") } },
    ],
    [
      "a mock with headers, a template and a text",
      {
        type: "mock",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        passthroughBehavior: "when_no_match",
        responses: {
          default: {
            statusCode: "200",
            responseParameters: { "method.response.header.X-A": "'1'" },
            responseTemplates: { "application/json": '{"id":"$context.requestId"}', "text/plain": "fine" },
          },
        },
      },
      {
        integration: { type: "MOCK", request_templates: { "application/json": '{"statusCode": 200}' } },
        answers: [
          {
            status_code: expect.anything(),
            response_parameters: { "method.response.header.X-A": "'1'" },
            response_templates: { "application/json": '{"id":"$context.requestId"}', "text/plain": "fine" },
          },
        ],
      },
    ],
  ])("an integration is taken as the document says it: %s", (_, extension, expected) => {
    const found = integrationOf(answering(extension));
    expect(found).toMatchObject(expected);
    expect(found.responses).toHaveLength(found.answers.length);
  });

  test.each<[string, Json, string]>([
    [
      "the event of HTTP APIs",
      { type: "aws_proxy", httpMethod: "POST", uri: uriOf("f"), payloadFormatVersion: "2.0" },
      "payloadFormatVersion: is for HTTP APIs: a REST API sends a function the format 1.0, another event",
    ],
    [
      "an answer that streams",
      { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com", responseTransferMode: "STREAM" },
      "responseTransferMode: streams answers, which the AWS provider cannot set",
    ],
    [
      "a service of an HTTP API",
      { type: "aws_proxy", integrationSubtype: "SQS-SendMessage" },
      "integrationSubtype: is for HTTP APIs",
    ],
    [
      "a load balancer behind the second version of VPC links",
      { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com", integrationTarget: "arn" },
      "integrationTarget: names a load balancer",
    ],
  ])("%s is an error, which names the main reason first", (_, extension, message) => {
    const [first] = problemsOfDocument(answering(extension), {});
    expect(first).toContain(message);
  });

  test("a type that AWS does not have is the reason, and not a setting of it", () => {
    const problems = problemsOfDocument(answering({ type: "lambda", credentials: role, responses: {} }), {});
    expect(problems).toEqual([
      expect.stringContaining('integration.type: is of type "lambda", which AWS does not have'),
    ]);
  });

  describe("validators", () => {
    const validators = {
      body: { validateRequestBody: true },
      parameters: { validateRequestParameters: true },
      all: { validateRequestBody: true, validateRequestParameters: true },
      none: { validateRequestBody: false, validateRequestParameters: false },
    };
    const checked = (root: string | undefined, own: string | undefined, options: OpenApiOptions = {}) => {
      const operation = {
        ...open,
        parameters: [{ name: "q", in: "query", required: true }],
        requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
        ...(own === undefined ? {} : { "x-amazon-apigateway-request-validator": own }),
      };
      const stack = stackOf(
        apiFromDocument(
          document(
            { "/a": { post: operation } },
            {
              "x-amazon-apigateway-request-validators": validators,
              ...(root === undefined ? {} : { "x-amazon-apigateway-request-validator": root }),
            },
          ),
          options,
        ),
      );
      const [validator] = Object.values(resources(stack, "aws_api_gateway_request_validator"));
      return [validator?.validate_request_body ?? false, validator?.validate_request_parameters ?? false];
    };

    test.each<[string | undefined, string | undefined, [boolean, boolean]]>([
      [undefined, undefined, [false, false]],
      ["none", undefined, [false, false]],
      ["all", undefined, [true, true]],
      ["all", "none", [false, false]],
      ["none", "body", [true, false]],
      [undefined, "parameters", [false, true]],
      [undefined, "all", [true, true]],
    ])("the document's is %s, and the operation's is %s", (root, own, expected) => {
      expect(checked(root, own)).toEqual(expected);
    });

    test("the options may say something else", () => {
      expect(checked("none", undefined, { validate: true })).toEqual([true, true]);
      expect(checked("all", undefined, { validate: false })).toEqual([false, false]);
    });
  });

  describe("required headers Authorization and Content-Type", () => {
    const headers = ["Authorization", "Content-Type"].map((name) => ({ name, in: "header", required: true }));

    test("are asked as AWS does, where the document is written for API Gateway", () => {
      const written = document(
        { "/a": { get: { ...open, parameters: headers, "x-amazon-apigateway-request-validator": "all" } } },
        { "x-amazon-apigateway-request-validators": { all: { validateRequestParameters: true } } },
      );
      expect(onlyResource(stackOf(apiFromDocument(written, {})), "aws_api_gateway_method")).toMatchObject({
        request_parameters: { "method.request.header.Authorization": true, "method.request.header.Content-Type": true },
      });
    });

    test("are passed over elsewhere, as OpenAPI says, and this is reported", () => {
      const api = apiFromDocument(document({ "/a": { get: { security: [], parameters: headers } } }));
      expect(api.routes["GET /a"]?.request).toBeUndefined();
      expect(remarksOn(api)).toEqual([
        expect.stringMatching(/^notice: .*asks for the header Authorization, which OpenAPI says elsewhere/),
        expect.stringMatching(/^notice: .*asks for the header Content-Type, which OpenAPI says elsewhere/),
      ]);
    });
  });

  describe("servers", () => {
    test.each<[string, Json, string | undefined]>([
      [
        "a variable with a default",
        [{ url: "https://a.example.com/{basePath}", variables: { basePath: { default: "/v2" } } }],
        "v2",
      ],
      [
        "a variable in the middle of a path",
        [{ url: "https://a.example.com/x/{version}/y", variables: { version: { default: "v2" } } }],
        "x/v2/y",
      ],
      ["a host without a scheme", [{ url: "//a.example.com/dev" }], "dev"],
      [
        "a variable for the host",
        [{ url: "https://{host}/dev", variables: { host: { default: "a.example.com" } } }],
        "dev",
      ],
      ["no path", [{ url: "https://a.example.com" }], undefined],
      ["a path alone", [{ url: "/shop" }], "shop"],
    ])("%s", (_, servers, path) => {
      const api = apiFromDocument(document({ "/a": { get: open } }, { servers }), {});
      expect(remarksOn(api)).toEqual(
        path === undefined
          ? []
          : [
              expect.stringContaining(
                `has the path /${path}, which is not part of the routes; give a stage domains with basePath: "${path}"`,
              ),
            ],
      );
    });

    test.each<[OpenApiOptions["basePath"], string]>([
      ["ignore", "GET /a"],
      ["prepend", "GET /shop/v2/a"],
      ["split", "GET /v2/a"],
    ])("their path is taken by the mode %s", (basePath, key) => {
      const written = document({ "/a": { get: open } }, { servers: [{ url: "https://a.example.com/shop/v2" }] });
      const api = apiFromDocument(written, { basePath });
      expect(Object.keys(api.routes)).toEqual([key]);
      expect(remarksOn(api)).toEqual([]);
    });
  });

  describe("preflight mocks with CORS headers", () => {
    const preflight = (origin = "*", methods = "GET,OPTIONS") => ({
      security: [],
      [INTEGRATION]: {
        type: "mock",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        responses: {
          default: {
            statusCode: "200",
            responseParameters: {
              "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization'",
              "method.response.header.Access-Control-Allow-Methods": `'${methods}'`,
              "method.response.header.Access-Control-Allow-Origin": `'${origin}'`,
            },
          },
        },
      },
    });
    const paths = (own: Json = preflight()) =>
      document({ "/a": { get: open, options: preflight() }, "/b": { get: open, options: own } });

    test("become the API's cors, or stay routes with their headers: each is asked nothing and answers the same", () => {
      for (const written of [paths(), paths(preflight("https://shop.example.com"))]) {
        const stack = stackOf(apiFromDocument(written, {}));
        const asked = askedOf(stack);
        expect(Object.keys(asked).sort()).toEqual(["GET /a", "GET /b", "OPTIONS /a", "OPTIONS /b"]);
        expect(asked["OPTIONS /b"]).toEqual({ key: false, authorization: "NONE" });
        const origin =
          written.paths["/b"].options[INTEGRATION].responses.default.responseParameters[
            "method.response.header.Access-Control-Allow-Origin"
          ];
        const found = partOf(stack, "aws_api_gateway_integration_response", "OPTIONS /b").response_parameters;
        expect(found).toMatchObject({ "method.response.header.Access-Control-Allow-Origin": origin });
      }
    });
  });

  test("binary types, compression, key source, gateway responses, names of operations", () => {
    const api = apiFromDocument(
      document(
        { "/a": { get: { ...open, operationId: "listPets" } } },
        {
          "x-amazon-apigateway-binary-media-types": ["image/png", "*/*"],
          "x-amazon-apigateway-minimum-compression-size": 1024,
          "x-amazon-apigateway-api-key-source": "HEADER",
          "x-amazon-apigateway-gateway-responses": {
            UNAUTHORIZED: {
              statusCode: 401,
              responseParameters: { "gatewayresponse.header.X-A": "'b'" },
              responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
            },
          },
        },
      ),
      {},
    );
    const stack = stackOf(api);
    expect(onlyResource(stack, "aws_api_gateway_rest_api")).toMatchObject({
      binary_media_types: ["*/*", "image/png"],
      minimum_compression_size: "1024",
      api_key_source: "HEADER",
    });
    expect(onlyResource(stack, "aws_api_gateway_gateway_response")).toMatchObject({
      response_type: "UNAUTHORIZED",
      status_code: "401",
      response_parameters: { "gatewayresponse.header.X-A": "'b'" },
      response_templates: { "application/json": '{"message":$context.error.messageString}' },
    });
    expect(onlyResource(stack, "aws_api_gateway_method").operation_name).toBe("listPets");
  });

  test("documentation parts are reported, and not made", () => {
    const written = document(
      { "/a": { get: open } },
      { "x-amazon-apigateway-documentation": { version: "1", documentationParts: [] } },
    );
    expect(remarksOn(apiFromDocument(written, {}))).toEqual([
      expect.stringContaining(
        "x-amazon-apigateway-documentation: holds documentation parts, which the catalog does not make",
      ),
    ]);
  });

  describe("Swagger 2.0", () => {
    const yaml = [
      'swagger: "2.0"',
      'info: { title: Pets, version: "1" }',
      "host: abc123.execute-api.us-east-1.amazonaws.com",
      "basePath: /prod",
      "schemes: [https]",
      "paths:",
      "  /pets:",
      "    post:",
      "      consumes: [application/json]",
      "      parameters:",
      "        - { name: body, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }",
      "        - { name: dry, in: query, required: true, type: string }",
      "      security: [{ key: [] }]",
      "      x-amazon-apigateway-request-validator: all",
      `      ${INTEGRATION}: { type: http_proxy, httpMethod: POST, uri: "https://b.example.com" }`,
      "securityDefinitions:",
      "  key: { type: apiKey, in: header, name: x-api-key }",
      "definitions:",
      "  Pet: { type: object, required: [name], properties: { name: { type: string } } }",
      "x-amazon-apigateway-request-validators: { all: { validateRequestBody: true, validateRequestParameters: true } }",
      "",
    ];

    test("is read: routes, keys, bodies, parameters", () => {
      const stack = stackOf(apiFromDocument({ "openapi.yaml": yaml.join("\n") }, {}));
      expect(askedOf(stack)).toEqual({ "POST /pets": { key: true, authorization: "NONE" } });
      expect(onlyResource(stack, "aws_api_gateway_method").request_parameters).toEqual({
        "method.request.querystring.dry": true,
      });
      expect(JSON.parse(onlyResource(stack, "aws_api_gateway_model").schema)).toMatchObject({ required: ["name"] });
    });

    test("is reported with the lines of the team's own file", () => {
      const written = yaml
        .join("\n")
        .replace("{ key: [] }", "{ kye: [] }")
        .replace("      consumes:", "      requestBody: {}\n      consumes:");
      expect(problemsOfDocument({ "openapi.yaml": written }, {})).toEqual([
        expect.stringMatching(/^openapi.yaml:9: paths.\/pets.post.requestBody: is a word of OpenAPI 3/),
        expect.stringMatching(
          /^openapi.yaml:14: paths.\/pets.post.security.0.kye: unknown security scheme "kye"; there are "key"; define it in securityDefinitions/,
        ),
      ]);
    });
  });

  test("a parameter within a part of a path is refused for all of them in one list to copy", () => {
    const written = document({
      "/x/{Sid}.json": { get: open, post: open },
      "/y/{Sid}.json": { get: open },
      "/z": { get: open },
    });
    const [problem = "", ...others] = problemsOfDocument(written, {});
    expect(others).toEqual([]);
    expect(problem).toContain('route all of them by a greedy path such as "ANY /x/{proxy+}", and leave these out: ');
    const [, list = "[]"] = /leaveOut: (\[[^\]]*\])/.exec(problem) ?? [];
    expect(JSON.parse(list)).toEqual(["GET /x/{Sid}.json", "POST /x/{Sid}.json", "GET /y/{Sid}.json"]);
    expect(Object.keys(apiFromDocument(written, { leaveOut: JSON.parse(list) }).routes)).toEqual(["GET /z"]);
    expect(Object.keys(apiFromDocument(written, { leaveOut: ["* /*.json"] }).routes)).toEqual(["GET /z"]);
  });

  test("no security at all is said once: a key is needed, unless the options leave all of them open", () => {
    const written = document({ "/a": { get: backend }, "/b": { get: backend } }, { security: undefined });
    const api = apiFromDocument(written, {});
    expect(remarksOn(api)).toEqual([
      expect.stringMatching(/^notice: .*says nothing of security.* withoutSecurity: "OPEN".*"?GET \/a"?.*GET \/b/),
    ]);
    const key = { key: true, authorization: "NONE" };
    expect(askedOf(stackOf(api))).toEqual({ "GET /a": key, "GET /b": key });
    const open = apiFromDocument(written, { withoutSecurity: "OPEN" });
    expect(remarksOn(open)).toEqual([]);
    expect(askedOf(stackOf(open))).toEqual({
      "GET /a": { key: false, authorization: "NONE" },
      "GET /b": { key: false, authorization: "NONE" },
    });
  });
});

describe("messages", () => {
  const operations = 660;
  const written = document(
    Object.fromEntries(
      [...Array(operations / 2).keys()].map((index) => [
        `/a${index}`,
        { get: { operationId: `get${index}` }, post: {} },
      ]),
    ),
  );

  test("what is missing of 660 operations is one error with one remedy, which works", () => {
    const problems = problemsOfDocument(written, {});
    expect(problems).toEqual([
      expect.stringContaining(
        "660 operations have no integration; say who answers by integrations: ({ path }) => ({ http: `https://backend.example.com${path}` })",
      ),
    ]);
    expect(problems.join("\n").split("\n").length).toBeLessThan(60);
    const remedies = remediesOf(written).flatMap(({ integrations = [] }) => integrations);
    expect(remedies).toHaveLength(operations);
    const api = apiFromDocument(written, {
      integrations: ({ path }) => ({ http: `https://backend.example.com${path}` }),
    });
    expect(Object.keys(api.routes)).toHaveLength(operations);
  });

  test("the errors of a document that is wrong everywhere fill less than 60 lines", () => {
    const wrong = Object.fromEntries(
      [...Array(100).keys()].map((index) => [
        `/a${index}`,
        {
          get: { security: [{ nobody: [] }], [INTEGRATION]: { type: "lambda" } },
          put: {
            security: [{ bearer: [] }],
            [INTEGRATION]: { type: "http", httpMethod: "GET", uri: "https://${Host}/a" },
          },
          post: {
            ...backend,
            [INTEGRATION]: { type: "aws_proxy", httpMethod: "POST", uri: uriOf("f"), payloadFormatVersion: "2.0" },
          },
          Delete: {},
        },
      ]),
    );
    const problems = problemsOfDocument(
      document(wrong, { components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } } }),
      {},
    );
    expect(problems.length).toBeGreaterThan(4);
    expect(problems.join("\n").split("\n").length).toBeLessThan(60);
    expect(problems.join("\n").length).toBeLessThan(20_000);
  });
});

/** What settles the errors of a document. */
function remediesOf(written: Json, options: OpenApiOptions = {}) {
  return withFolder((folder) => {
    const [name, text] = Object.entries<string>(
      "openapi.yaml" in written ? written : { "openapi.json": JSON.stringify(written) },
    )[0] as [string, string];
    writeFileSync(join(folder, name), text);
    return readDocument(join(folder, name), options, { isWhole: true }).remarks.remedies;
  });
}
