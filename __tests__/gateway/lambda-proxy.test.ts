import fc from "fast-check";
import { callLambdaProxy, type LambdaProxyCall, lambdaProxyEvent } from "../../src/gateway/integrations/lambda-proxy";
import { toGatewayAnswer } from "../../src/gateway/integrations/lambda-proxy-answer";
import type { FunctionModel, LambdaIntegration } from "../../src/model/model";
import { Functions } from "./support/functions";
import { AT, routed } from "./support/requests";

const functions = new Functions();
afterAll(() => functions.close());

const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);
const IMAGES = ["image/*"];
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff]);
const PNG_IN_BASE64 = "iVBOR/8=";

const integrationOf = (called: FunctionModel, timeoutMilliseconds: number): LambdaIntegration => ({
  type: "lambda",
  function: called,
  qualifier: undefined,
  method: "POST",
  permissions: undefined,
  requestParameters: {},
  timeoutMilliseconds,
  mapping: undefined,
});

describe("The event", () => {
  const eventOf = (changes: Parameters<typeof routed>[0] = {}, more: Partial<LambdaProxyCall> = {}) =>
    lambdaProxyEvent({
      routed: routed(changes),
      integration: integrationOf(functions.of(""), 29_000),
      binaryMediaTypes: [],
      key: undefined,
      caller: undefined,
      ...more,
    });

  test("has the shape that AWS was recorded to send: no key and no authorizer where there is none, null for the rest", () => {
    const event = eventOf({
      headers: [
        ["Host", "127.0.0.1:3000"],
        ["User-Agent", "curl/8"],
        ["tEsT-HEADeR", "aValUE"],
      ],
    });
    const headers = {
      Host: "127.0.0.1:3000",
      "User-Agent": "curl/8",
      "tEsT-HEADeR": "aValUE",
      "X-Amzn-Trace-Id": expect.stringMatching(/^Root=1-695735a5-[0-9a-f]{24}$/),
      "X-Forwarded-For": "127.0.0.1",
      "X-Forwarded-Port": "3000",
      "X-Forwarded-Proto": "http",
    };
    expect(event).toEqual({
      resource: "/pets",
      path: "/pets",
      httpMethod: "GET",
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        accountId: "123456789012",
        apiId: "shop",
        deploymentId: "local",
        domainName: "shop.execute-api.us-east-1.amazonaws.com",
        domainPrefix: "shop",
        extendedRequestId: "extended-1",
        httpMethod: "GET",
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: "127.0.0.1",
          user: null,
          userAgent: "curl/8",
          userArn: null,
        },
        path: "/prod/pets",
        protocol: "HTTP/1.1",
        requestId: "id-1",
        requestTime: "02/Jan/2026:03:04:05 +0000",
        requestTimeEpoch: AT,
        resourceId: expect.stringMatching(/^\w{6}$/),
        resourcePath: "/pets",
        stage: "prod",
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  test("tells the key and whom the authorizer let through", () => {
    const key = { id: "joe-black", value: "EmulatorOnlyKeyValue0000001" };
    const caller = { principalId: "joe", context: { subscription: "joe-black", principalId: "somebody else" } };
    expect(eventOf({}, { key, caller }).requestContext).toMatchObject({
      identity: { apiKey: key.value, apiKeyId: "joe-black" },
      authorizer: { principalId: "joe", subscription: "joe-black" },
    });
  });

  test("has parameters of path and stage", () => {
    const pathParameters = { id: "a%2Fb" };
    const event = eventOf({ path: "/pets/a%2Fb", resource: "/pets/{id}", pathParameters, stageVariables: { x: "1" } });
    expect(event).toMatchObject({
      path: "/pets/a%2Fb",
      resource: "/pets/{id}",
      pathParameters,
      stageVariables: { x: "1" },
    });
  });

  test("has a path with one slash in front; the context has what was sent", () => {
    const event = eventOf({ path: "//pets//1/" });
    expect(event).toMatchObject({ path: "/pets//1/", requestContext: { path: "/prod//pets//1/" } });
  });

  test.each<[string, Record<string, string[]>]>([
    ["a=1", { a: ["1"] }],
    ["a=1&b=2&a=3", { a: ["1", "3"], b: ["2"] }],
    ["A=1&a=2", { A: ["1"], a: ["2"] }],
    ["a", { a: [""] }],
    ["a=b=c", { a: ["b=c"] }],
    [
      "email=x%2By@z&plus=x+y&space=x%20y&url=https%3A%2F%2Fz%2F",
      { email: ["x+y@z"], plus: ["x y"], space: ["x y"], url: ["https://z/"] },
    ],
    ["%61=%zz", { a: ["%zz"] }],
    ["__proto__=1", Object.fromEntries([["__proto__", ["1"]]])],
  ])("decodes the query %s, and has the last of several values alone", (query, values) => {
    const event = eventOf({ query });
    expect(event.multiValueQueryStringParameters).toEqual(values);
    const last = Object.entries(values).map(([name, all]) => [name, all.at(-1)]);
    expect(event.queryStringParameters).toEqual(Object.fromEntries(last));
  });

  test("has repeated headers as one, and none of the connection's", () => {
    const { headers, multiValueHeaders } = eventOf({
      headers: [
        ["X-Pet", "cat"],
        ["Connection", "keep-alive"],
        ["content-length", "3"],
        ["Transfer-Encoding", "chunked"],
        ["x-pet", "dog"],
        ["X-Forwarded-For", "10.0.0.1"],
        ["x-amzn-trace-id", "Root=1-00000000-000000000000000000000001"],
      ],
    });
    expect(multiValueHeaders).toEqual({
      "X-Pet": ["cat", "dog"],
      "X-Amzn-Trace-Id": ["Root=1-00000000-000000000000000000000001"],
      "X-Forwarded-For": ["10.0.0.1, 127.0.0.1"],
      "X-Forwarded-Port": ["80"],
      "X-Forwarded-Proto": ["http"],
    });
    expect(headers).toMatchObject({ "X-Pet": "dog" });
  });

  test.each<[string, string | undefined, string[], boolean]>([
    ["an image to an API with images", "image/png", IMAGES, true],
    ["an image in capitals with a parameter", "Image/PNG; q=1", IMAGES, true],
    ["an image to an API with this image", "image/png", ["image/png"], true],
    ["a form with a boundary", "multipart/form-data; boundary=x", ["multipart/form-data"], true],
    ["anything to an API where all is binary", "text/plain", ["*/*"], true],
    ["what has no type to an API where all is binary", undefined, ["*/*"], true],
    ["what has no type to an API with JSON as binary", undefined, ["application/json"], true],
    ["an image to an API of texts", "image/png", [], false],
    ["a text to an API with images", "text/plain", IMAGES, false],
    ["what only begins like an image", "image", IMAGES, false],
  ])("has %s in base64 or not", (_, type, binaryMediaTypes, isBase64Encoded) => {
    const headers = type === undefined ? [] : [["Content-Type", type] as const];
    const event = eventOf({ method: "POST", headers, body: PNG }, { binaryMediaTypes });
    // As text, bytes that are not UTF-8 are lost, on AWS too.
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? PNG_IN_BASE64 : "\ufffdPNG\ufffd" });
  });

  test("has a text as it came", () => {
    const bytes = Buffer.from("x\ufeff🦊 \u0000");
    expect(eventOf({ body: new Uint8Array(bytes.buffer, bytes.byteOffset + 1, bytes.length - 1) }).body).toBe(
      "\ufeff🦊 \u0000",
    );
  });
});

describe("The answer", () => {
  const TERMS = { accept: undefined, binaryMediaTypes: [] };
  const JSON_TYPE = ["Content-Type", "application/json"] as const;

  test.each<[string, unknown, object]>([
    ["a status and a body", { statusCode: 201, body: "x" }, { status: 201, headers: [JSON_TYPE], body: "x" }],
    ["nothing at all", {}, { status: 200, headers: [JSON_TYPE], body: "" }],
    [
      "nothing but null",
      { statusCode: null, headers: null, multiValueHeaders: null, body: null, isBase64Encoded: null },
      { status: 200, headers: [JSON_TYPE], body: "" },
    ],
    ["a status in digits", { statusCode: "404" }, { status: 404 }],
    ["a type of its own", { headers: { "content-type": "text/html" } }, { headers: [["content-type", "text/html"]] }],
    [
      "numbers and booleans in headers",
      { headers: { a: 600, b: true } },
      { headers: [["a", "600"], ["b", "true"], JSON_TYPE] },
    ],
    [
      "several values of a header",
      { multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"], Vary: ["Origin"] } },
      { headers: [["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"], ["Vary", "Origin"], JSON_TYPE] },
    ],
    [
      "a header in both maps: one list, that of multiValueHeaders first and in its spelling",
      { headers: { a: "1", b: "2", c: "3" }, multiValueHeaders: { A: ["1", "4"], b: ["5"] } },
      { headers: [["c", "3"], ["A", "1"], ["A", "4"], ["b", "5"], ["b", "2"], JSON_TYPE] },
    ],
    [
      "headers that belong to the connection",
      { headers: { Date: "x", "content-length": 5, "Transfer-Encoding": "chunked" } },
      { headers: [["x-amzn-Remapped-Date", "x"], ["x-amzn-Remapped-content-length", "5"], JSON_TYPE] },
    ],
  ])("may have %s", (_, result, answer) => {
    expect(toGatewayAnswer(result, TERMS)).toMatchObject(answer);
  });

  test.each<[string, unknown, string]>([
    ["nothing", null, "it must be an object such as"],
    ["a text", '{"statusCode":200}', "it must be an object such as"],
    ["a list", [], "it must be an object such as"],
    [
      "a body that is not a string",
      { statusCode: 200, body: { pets: [] } },
      "its body must be a string: use JSON.stringify",
    ],
    ["a field of HTTP APIs", { statusCode: 200, cookies: [] }, "it has cookies, which API Gateway does not know"],
    ["an error's fields", { errorMessage: "no", errorType: "E" }, "it has errorMessage, errorType"],
    ["a status that is none", { statusCode: "2xx" }, "its statusCode must be a status such as 200"],
    ["a status out of range", { statusCode: 1000 }, "its statusCode must be a status from 200 to 599"],
    ["a status in fractions", { statusCode: 200.5 }, "its statusCode must be a status from 200 to 599"],
    ["headers as a list", { headers: [["a", "1"]] }, "its headers must be an object with strings"],
    ["a header that is an object", { headers: { a: {} } }, "its headers.a must be a string, a number"],
    [
      "a header's value of two lines",
      { headers: { a: "1\r\nb: 2" } },
      "its headers.a has characters that a header cannot carry",
    ],
    ["a header's name of two words", { headers: { "a b": "1" } }, "its headers.a b is not the name of a header"],
    ["a list of maps", { multiValueHeaders: { a: [{}] } }, "its multiValueHeaders.a.0 must be a string"],
    [
      "a text where a list of values belongs",
      { multiValueHeaders: { a: "1" } },
      "its multiValueHeaders.a must be a list of strings",
    ],
    ["isBase64Encoded as a text", { isBase64Encoded: "true" }, "its isBase64Encoded must be true or false"],
  ])("must not be %s", (_, result, reason) => {
    expect(toGatewayAnswer(result, TERMS)).toEqual({ malformed: "shape", reason: expect.stringContaining(reason) });
  });

  test.each<[string, string | undefined, string[], boolean]>([
    ["the client accepts an image", "image/png", IMAGES, true],
    ["the client accepts an image first", "image/webp;q=1, text/html", IMAGES, true],
    ["the client accepts an image only then", "text/html, image/webp", IMAGES, false],
    ["the client accepts anything", "*/*", IMAGES, false],
    ["the client accepts a text", "text/html", IMAGES, false],
    ["the client says nothing", undefined, IMAGES, false],
    ["all is binary to the API", "text/html", ["*/*"], true],
    ["all is binary to the API, and the client says nothing", undefined, ["*/*"], true],
  ])("in base64 is decoded or not where %s", (_, accept, binaryMediaTypes, isDecoded) => {
    const answer = toGatewayAnswer({ body: PNG_IN_BASE64, isBase64Encoded: true }, { accept, binaryMediaTypes });
    expect(answer).toMatchObject({ body: isDecoded ? Buffer.from(PNG) : PNG_IN_BASE64 });
  });

  test("that claims to be base64 and is not is an error of the API", () => {
    const terms = { accept: "image/png", binaryMediaTypes: IMAGES };
    expect(toGatewayAnswer({ body: "no base64!", isBase64Encoded: true }, terms)).toMatchObject({
      malformed: "base64",
    });
    expect(toGatewayAnswer({ body: "as it is!", isBase64Encoded: false }, terms)).toMatchObject({ body: "as it is!" });
  });

  test("is an answer that can be sent or a reason, whatever a function gives", () => {
    const field = fc.constantFrom("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "other");
    const results = fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()));
    fc.assert(
      fc.property(results, (result) => {
        const answer = toGatewayAnswer(result, { accept: "image/png", binaryMediaTypes: IMAGES });
        if ("malformed" in answer) expect(answer.reason).toMatch(/^its? /);
        else
          expect(
            () => new Response(null, { status: answer.status, headers: answer.headers.map(([a, b]) => [a, b]) }),
          ).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  });
});

describe("A call", () => {
  const HANDLERS = `({
    "/echo": async ({ path, body }) => ({ statusCode: 201, body: path + body }),
    "/throw": async () => { throw new TypeError("no") },
    "/shape": async () => ({ statusCode: 200, wrongValue: 1 }),
    "/base64": async () => ({ isBase64Encoded: true, body: "!" }),
    "/late": () => new Promise((done) => setTimeout(done, 1e6)),
    "/exit": async () => process.exit(),
  })`;
  const pets = functions.of(`exports.handler = (event) => ${HANDLERS}[event.path](event)`, { name: "pets" });
  const call = (path: string, { called = pets, timeoutMilliseconds = 5_000, body = "!" } = {}) =>
    callLambdaProxy(
      {
        routed: routed({ path, body: Buffer.from(body) }),
        integration: integrationOf(called, timeoutMilliseconds),
        binaryMediaTypes: ["*/*"],
        key: undefined,
        caller: undefined,
      },
      functions.runner,
    );

  test("is answered by the function", async () => {
    expect(await call("/echo")).toEqual({
      kind: "answer",
      answer: {
        status: 201,
        headers: [
          ["Content-Type", "application/json"],
          ["X-Amzn-Trace-Id", expect.stringMatching(/^Root=1-695735a5-\w{24};Parent=\w{16};Sampled=0$/)],
        ],
        body: "/echoIQ==",
      },
    });
  });

  test.each([
    ["/throw", "DEFAULT_5XX", 502, /^function "pets" failed: TypeError: no$/],
    ["/shape", "DEFAULT_5XX", 502, /^the result of function "pets" is not a response: it has wrongValue, which/],
    [
      "/base64",
      "API_CONFIGURATION_ERROR",
      500,
      /^the result of function "pets" is not a response: its body is not the base64/,
    ],
    ["/exit", "DEFAULT_5XX", 502, /^function "pets": its process ended with exit status 0$/],
  ])("of a function that fails by %s is %s with status %i", async (path, type, status, reason) => {
    expect(await call(path)).toEqual({ kind: "failure", type, status, reason: expect.stringMatching(reason) });
  });

  test("past the integration's limit is a 504; past the function's own, a 502", async () => {
    expect(await call("/late", { timeoutMilliseconds: 20 })).toEqual({
      kind: "failure",
      type: "INTEGRATION_TIMEOUT",
      status: 504,
      reason: 'function "pets" had not answered after 20 ms, the integration\'s limit',
    });
    expect(await call("/late", { called: { ...pets, timeoutSeconds: 0.02 } })).toMatchObject({
      type: "DEFAULT_5XX",
      status: 502,
      reason: expect.stringMatching(/it was ended after 20 ms, its timeout$/),
    });
  });

  test("with more than Lambda takes is a 413", async () => {
    const outcome = await call("/echo", { body: "x".repeat(6_000_000) });
    expect(outcome).toMatchObject({ type: "REQUEST_TOO_LARGE", status: 413 });
  });
});
