import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LambdaAuthorizers } from "../../src/gateway/authorizers/lambda-authorizers";
import type { AuthorizerModel, FunctionModel } from "../../src/model/model";
import { signedToken, signingKey } from "../handlers/support/issuer";
import { serveJson } from "../handlers/support/loopback";
import { ParameterStore } from "../handlers/support/parameter-store";
import { withFolder } from "../support/synthesize";
import { Functions, withFunctions } from "./support/functions";
import { AT, routed } from "./support/requests";

const functions = new Functions();
afterAll(() => functions.close());

const SECOND = 1_000;
const KEY = "EmulatorOnlyKeyValue0000001";
const API = "arn:aws:execute-api:us-east-1:123456789012:shop";

const authorizer = (decider: AuthorizerModel["function"], more: Partial<AuthorizerModel> = {}): AuthorizerModel => ({
  stack: "shop",
  address: "aws_api_gateway_authorizer.pets",
  name: "pets",
  type: "TOKEN",
  identitySource: "method.request.header.Authorization",
  identityValidationExpression: undefined,
  resultTtlSeconds: 0,
  function: decider,
  qualifier: undefined,
  permissions: undefined,
  userPools: [],
  ...more,
});
const withToken = (token: string, more: Parameters<typeof routed>[0] = {}) =>
  routed({ headers: [["Authorization", token]], ...more });
const refused = (type: string, reason: RegExp, more: object = {}) => ({
  kind: "refused",
  type,
  reason: expect.stringMatching(reason),
  ...more,
});

/** Allows everything, and says in its context what it was asked and how often. */
const TELLING = `
  let calls = 0;
  exports.handler = async (event) => ({
    principalId: "joe",
    policyDocument: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
    context: { event: JSON.stringify(event), calls: ++calls },
  });`;

describe("Who calls", () => {
  const telling = functions.of(TELLING);
  const eventFor = async (asked: AuthorizerModel, request: ReturnType<typeof routed>) => {
    const outcome = await new LambdaAuthorizers(functions.runner).authorize(asked, request);
    if (outcome.kind !== "allowed") throw new Error(outcome.reason);
    return JSON.parse(outcome.context.event ?? "");
  };

  test("is what a TOKEN authorizer is asked: the header, whatever the case of its name, and the method", async () => {
    const request = routed({ path: "/pets/1", query: "a=1", headers: [["authorization", "Bearer x"]] });
    expect(await eventFor(authorizer(telling), request)).toEqual({
      type: "TOKEN",
      authorizationToken: "Bearer x",
      methodArn: `${API}/prod/GET/pets/1`,
    });
  });

  test("is what a REQUEST authorizer is asked: all of the request but its body", async () => {
    const request = routed({
      path: "/",
      resource: "/",
      query: "a=1&a=2",
      headers: [["X-Pet", "cat"]],
      body: Buffer.from("x"),
    });
    const event = await eventFor(authorizer(telling, { type: "REQUEST", identitySource: "" }), request);
    expect(event).toEqual({
      type: "REQUEST",
      methodArn: `${API}/prod/GET/`,
      resource: "/",
      path: "/",
      httpMethod: "GET",
      headers: expect.objectContaining({ "X-Pet": "cat" }),
      multiValueHeaders: expect.objectContaining({ "X-Pet": ["cat"] }),
      queryStringParameters: { a: "2" },
      multiValueQueryStringParameters: { a: ["1", "2"] },
      pathParameters: {},
      stageVariables: {},
      requestContext: expect.objectContaining({ stage: "prod", path: "/prod/", identity: expect.any(Object) }),
    });
  });

  const SOURCES =
    "method.request.header.X-Pet, method.request.querystring.page,stageVariables.release,context.identity.sourceIp";
  const complete = { headers: [["x-pet", "cat"]], query: "page=1", stageVariables: { release: "7" } } as const;
  test.each<[string, Partial<AuthorizerModel>, Parameters<typeof routed>[0], string | undefined]>([
    ["no header", {}, {}, "UNAUTHORIZED"],
    ["an empty header", {}, { headers: [["Authorization", ""]] }, "UNAUTHORIZED"],
    ["a header", {}, { headers: [["Authorization", "x"]] }, undefined],
    [
      "a token that matches",
      { identityValidationExpression: "Bearer .+" },
      { headers: [["Authorization", "Bearer x"]] },
      undefined,
    ],
    [
      "a token that does not match",
      { identityValidationExpression: "Bearer .+" },
      { headers: [["Authorization", "Basic x"]] },
      "UNAUTHORIZED",
    ],
    [
      "a token that matches in part",
      { identityValidationExpression: "a|b" },
      { headers: [["Authorization", "ab"]] },
      "UNAUTHORIZED",
    ],
    [
      "an expression that is none",
      { identityValidationExpression: "(" },
      { headers: [["Authorization", "x"]] },
      "AUTHORIZER_CONFIGURATION_ERROR",
    ],
    ["all of several sources", { type: "REQUEST", identitySource: SOURCES }, complete, undefined],
    [
      "several sources without the header",
      { type: "REQUEST", identitySource: SOURCES },
      { ...complete, headers: [] },
      "UNAUTHORIZED",
    ],
    [
      "several sources without the query",
      { type: "REQUEST", identitySource: SOURCES },
      { ...complete, query: "page=" },
      "UNAUTHORIZED",
    ],
    [
      "several sources without the variable",
      { type: "REQUEST", identitySource: SOURCES },
      { ...complete, stageVariables: {} },
      "UNAUTHORIZED",
    ],
    [
      "a variable of every object's",
      { type: "REQUEST", identitySource: "stageVariables.toString" },
      {},
      "UNAUTHORIZED",
    ],
    [
      "a source that is not known",
      { type: "REQUEST", identitySource: "method.request.body" },
      {},
      "AUTHORIZER_CONFIGURATION_ERROR",
    ],
  ])("is asked for only with a whole identity: %s", async (_, more, changes, type) => {
    const never = functions.ofZip(Buffer.from("is not called"));
    const asked = authorizer(type === undefined ? telling : never, more);
    const outcome = await new LambdaAuthorizers(functions.runner).authorize(asked, routed(changes));
    expect(outcome).toMatchObject(type === undefined ? { kind: "allowed" } : { kind: "refused", type });
    expect(outcome).not.toMatchObject({ reason: expect.stringContaining("zip") });
  });
});

describe("What an authorizer answers", () => {
  const policy = (Effect: string, Resource = "*") =>
    `policyDocument: { Statement: [{ Effect: "${Effect}", Action: "execute-api:Invoke", Resource: "${Resource}" }] }`;
  const ANSWERS = {
    allow: `async () => ({ principalId: "joe", ${policy("Allow")} })`,
    all: `async () => ({ principalId: 7, usageIdentifierKey: "${KEY}", context: { text: "x", number: 1.5, yes: true, none: null }, ${policy("Allow")} })`,
    deny: `async () => ({ principalId: "joe", ${policy("Deny")} })`,
    other: `async () => ({ principalId: "joe", ${policy("Allow", "arn:aws:execute-api:*:*:*/prod/POST/*")} })`,
    unauthorized: `async () => { throw new Error("Unauthorized") }`,
    calledBack: `(event, context, callback) => callback("Unauthorized")`,
    otherwise: `async () => { throw new Error("unauthorized") }`,
    exit: `async () => process.exit()`,
    nothing: `async () => {}`,
    http: `async () => ({ statusCode: 401 })`,
    nobody: `async () => ({ ${policy("Allow")} })`,
    noPolicy: `async () => ({ principalId: "joe" })`,
    map: `async () => ({ principalId: "joe", context: { a: { b: 1 } }, ${policy("Allow")} })`,
    key: `async () => ({ principalId: "joe", usageIdentifierKey: ["${KEY}"], ${policy("Allow")} })`,
  };
  const many = functions.of(
    `const answers = { ${Object.entries(ANSWERS)
      .map(([name, source]) => `${name}: ${source}`)
      .join(",\n")} };
     exports.handler = (event, ...more) => answers[event.authorizationToken](event, ...more);`,
  );
  const answerOf = (is: keyof typeof ANSWERS) =>
    new LambdaAuthorizers(functions.runner).authorize(authorizer(many), withToken(is));

  test("lets a caller pass, with the key and with context as texts", async () => {
    expect(await answerOf("all")).toEqual({
      kind: "allowed",
      principalId: "7",
      context: { text: "x", number: "1.5", yes: "true" },
      usageIdentifierKey: KEY,
    });
    expect(await answerOf("allow")).toEqual({
      kind: "allowed",
      principalId: "joe",
      context: {},
      usageIdentifierKey: undefined,
    });
  });

  test.each<[keyof typeof ANSWERS, string, RegExp, object?]>([
    ["deny", "ACCESS_DENIED", /^authorizer "pets" denies arn:aws:/, { explicit: true }],
    ["other", "ACCESS_DENIED", /^authorizer "pets" does not allow arn:aws:/, { explicit: false }],
    ["unauthorized", "UNAUTHORIZED", /says Unauthorized$/],
    ["calledBack", "UNAUTHORIZED", /says Unauthorized$/],
    ["otherwise", "AUTHORIZER_CONFIGURATION_ERROR", /^authorizer "pets": it failed: Error: unauthorized$/],
    ["exit", "AUTHORIZER_CONFIGURATION_ERROR", /its process ended with exit status 0$/],
    ["nothing", "AUTHORIZER_CONFIGURATION_ERROR", /it must be an object with principalId and policyDocument$/],
    ["http", "AUTHORIZER_CONFIGURATION_ERROR", /its answer is not a policy: its principalId must be/],
    ["nobody", "AUTHORIZER_CONFIGURATION_ERROR", /its principalId must be/],
    ["noPolicy", "AUTHORIZER_CONFIGURATION_ERROR", /its policyDocument /],
    ["map", "AUTHORIZER_CONFIGURATION_ERROR", /its context\.a must be a string, a number, true or false/],
    ["key", "AUTHORIZER_CONFIGURATION_ERROR", /its usageIdentifierKey must be a string: the key's value$/],
  ])("by %s refuses a caller with %s", async (is, type, reason, more = {}) => {
    const outcome = await answerOf(is);
    expect(outcome).toEqual(refused(type, reason, more));
    expect(JSON.stringify(outcome)).not.toContain(KEY);
  });

  test("is a configuration error if there is not a function to call", async () => {
    const asked = authorizer({ type: "other", because: { kind: "external-function", uri: "arn:aws:lambda:…:keys" } });
    const outcome = await new LambdaAuthorizers(functions.runner).authorize(asked, withToken("x"));
    expect(outcome).toEqual(
      refused(
        "AUTHORIZER_CONFIGURATION_ERROR",
        /^authorizer "pets": calls arn:aws:lambda:…:keys, a function that is not in these files$/,
      ),
    );
  });
});

describe("An answer is used again", () => {
  /** How often the function was called, as told by the answer that a request gets. */
  const timeline = (decider: FunctionModel, more: Partial<AuthorizerModel> = {}) => {
    const authorizers = new LambdaAuthorizers(functions.runner);
    const asked = authorizer(decider, { resultTtlSeconds: 300, ...more });
    return async (request: ReturnType<typeof routed>) => {
      const outcome = await authorizers.authorize(asked, request);
      return outcome.kind === "allowed" ? Number(outcome.context.calls) : outcome.type;
    };
  };

  test("until its time is over, for the same token on the same stage", async () => {
    const callsAt = timeline(functions.of(TELLING));
    expect(await callsAt(withToken("a", { at: AT }))).toBe(1);
    expect(await callsAt(withToken("a", { at: AT + 300 * SECOND - 1 }))).toBe(1);
    expect(await callsAt(withToken("b", { at: AT }))).toBe(2);
    expect(await callsAt(withToken("a", { at: AT, stage: "test" }))).toBe(3);
    expect(await callsAt(withToken("a", { at: AT, api: "other" }))).toBe(4);
    expect(await callsAt(withToken("a", { at: AT + 300 * SECOND }))).toBe(5);
    expect(await callsAt(withToken("a", { at: AT - SECOND }))).toBe(5);
  });

  test("never, if it says so, or if nothing tells one caller from another", async () => {
    const never = timeline(functions.of(TELLING), { resultTtlSeconds: 0 });
    expect([await never(withToken("a")), await never(withToken("a"))]).toEqual([1, 2]);
    const anybody = timeline(functions.of(TELLING), { type: "REQUEST", identitySource: "" });
    expect([await anybody(routed()), await anybody(routed())]).toEqual([1, 2]);
  });

  test("by all sources of a REQUEST authorizer, one by one", async () => {
    const calls = timeline(functions.of(TELLING), {
      type: "REQUEST",
      identitySource: "method.request.header.a,method.request.querystring.b",
    });
    const request = (a: string, b: string) => routed({ headers: [["a", a]], query: `b=${encodeURIComponent(b)}` });
    expect(await calls(request("x", "y"))).toBe(1);
    expect(await calls(request("x", "y"))).toBe(1);
    expect(await calls(request("x,y", "y"))).toBe(2);
    expect(await calls(request("x", "y,y"))).toBe(3);
  });

  test("for another method, which it may deny", async () => {
    const calls = timeline(
      functions.of(`
        let calls = 0;
        exports.handler = async ({ methodArn }) => ({
          principalId: "joe",
          policyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: methodArn }] },
          context: { calls: ++calls },
        });`),
    );
    expect(await calls(withToken("a", { method: "GET" }))).toBe(1);
    expect(await calls(withToken("a", { method: "POST" }))).toBe("ACCESS_DENIED");
    expect(await calls(withToken("a", { method: "GET" }))).toBe(1);
  });

  test("not if it is Unauthorized or a failure", async () => {
    const calls = timeline(
      functions.of(`
        let calls = 0;
        ${TELLING.replace("let calls = 0;", "")}
        const tell = exports.handler;
        exports.handler = async (event) => {
          if (++calls < 3) throw new Error(calls === 1 ? "Unauthorized" : "no");
          return tell(event);
        };`),
    );
    expect(await calls(withToken("a"))).toBe("UNAUTHORIZED");
    expect(await calls(withToken("a"))).toBe("AUTHORIZER_CONFIGURATION_ERROR");
    expect(await calls(withToken("a"))).toBe(4);
    expect(await calls(withToken("a"))).toBe(4);
  });
});

test("The ready-made authorizer's real bundle turns a token into the key of its subscription", () =>
  withFolder(async (folder) => {
    const issuer = "https://issuer.example.com";
    const key = signingKey("current");
    const jwk = { ...key.publicKey.export({ format: "jwk" }), kid: key.id, alg: key.alg };
    const server = await serveJson(() => ({ status: 200, body: { keys: [jwk] } }));
    const store = new ParameterStore();
    await store.start();
    store.parameters.set("/api-tiers/keys/joe-black", KEY);
    // The authorizer speaks https alone; this leads it here.
    const detour = join(folder, "detour.cjs");
    writeFileSync(detour, `const real = fetch; globalThis.fetch = (_, init) => real("${server.origin}", init);`);

    await withFunctions({ environment: { ...store.env, NODE_OPTIONS: `--require ${detour}` } }, async (others) => {
      const asked = authorizer(
        others.ofHandler("key-authorizer", {
          timeoutSeconds: 10,
          environment: {
            OIDC_ISSUER: issuer,
            OIDC_AUDIENCE: "shop",
            OIDC_JWKS_URI: `${issuer}/keys`,
            KEY_STORE: "ssm",
            KEY_PREFIX: "/api-tiers/keys/",
          },
        }),
      );
      const claims = { iss: issuer, aud: "shop", sub: "joe-black", exp: Math.floor(Date.now() / 1000) + 3600 };
      const authorizers = new LambdaAuthorizers(others.runner);
      expect(await authorizers.authorize(asked, withToken(`Bearer ${signedToken(key, claims)}`))).toEqual({
        kind: "allowed",
        principalId: "joe-black",
        context: { subscription: "joe-black" },
        usageIdentifierKey: KEY,
      });
      expect(await authorizers.authorize(asked, withToken("Bearer x"))).toMatchObject({ type: "UNAUTHORIZED" });
      expect(others.log.join("\n")).not.toContain(KEY);
    });
    await Promise.all([server.close(), store.stop()]);
  }));
