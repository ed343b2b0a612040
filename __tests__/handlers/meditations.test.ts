import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

type Handler = typeof import("../../handlers/meditations").handler;

let handler: Handler;

/** Each test has the meditations of a fresh execution environment. */
beforeEach(() => {
  jest.isolateModules(() => {
    ({ handler } = require("../../handlers/meditations") as { handler: Handler });
  });
});

const request = (httpMethod: string, resource: string, more: Partial<APIGatewayProxyEvent> = {}) =>
  handler({
    httpMethod,
    resource,
    path: resource,
    headers: { "content-type": "application/json" },
    body: null,
    isBase64Encoded: false,
    pathParameters: null,
    queryStringParameters: null,
    ...more,
  } as APIGatewayProxyEvent);

const list = (limit?: string) =>
  request("GET", "/meditations", { queryStringParameters: limit === undefined ? null : { limit } });
const get = (id: string) => request("GET", "/meditations/{id}", { pathParameters: { id } });
const post = (body: unknown, more: Partial<APIGatewayProxyEvent> = {}) =>
  request("POST", "/meditations", { body: typeof body === "string" ? body : JSON.stringify(body), ...more });

const bodyOf = ({ body }: APIGatewayProxyResult) => JSON.parse(body);

describe("GET /meditations", () => {
  test("lists meditations as JSON", async () => {
    const answer = await list();
    expect(answer).toMatchObject({ statusCode: 200, headers: { "Content-Type": "application/json; charset=utf-8" } });
    expect(bodyOf(answer).items).toContainEqual({ id: "2.1", text: expect.any(String), author: "Marcus Aurelius" });
  });

  test("lists the newest first, as many as are asked for", async () => {
    await post({ text: "First" });
    await post({ text: "Second" });
    expect(bodyOf(await list("2")).items).toMatchObject([{ text: "Second" }, { text: "First" }]);
    expect(bodyOf(await list("50")).items).toHaveLength(7);
  });

  test("lists twenty if nothing is asked for", async () => {
    for (let count = 0; count < 30; count++) await post({ text: "More" });
    expect(bodyOf(await list()).items).toHaveLength(20);
  });

  test.each(["0", "51", "-1", "1.5", "1e1", "ten", "", " 5", "99999999999999999999"])(
    "refuses limit %j",
    async (limit) => {
      const answer = await list(limit);
      expect(answer.statusCode).toBe(400);
      expect(bodyOf(answer)).toEqual({
        message: `limit must be a whole number from 1 to 50, not ${JSON.stringify(limit)}`,
      });
    },
  );
});

describe("GET /meditations/{id}", () => {
  test("gets one", async () => {
    expect(bodyOf(await get("2.1"))).toMatchObject({ id: "2.1", author: "Marcus Aurelius" });
  });

  test.each(["2.2", "__proto__", ""])("answers 404 to unknown id %j", async (id) => {
    const answer = await get(id);
    expect(answer.statusCode).toBe(404);
    expect(bodyOf(answer)).toEqual({ message: `There is no meditation "${id}"` });
  });
});

const LATIN_1 = Buffer.from('{"text":"ü"}', "latin1").toString("base64");

describe("POST /meditations", () => {
  test("keeps a meditation, and says where", async () => {
    const answer = await post({ text: " The soul takes the color of its thoughts. ", author: "Joe" });
    const created = bodyOf(answer);
    expect(answer.statusCode).toBe(201);
    expect(created).toEqual({
      id: expect.any(String),
      text: "The soul takes the color of its thoughts.",
      author: "Joe",
    });
    expect(answer.headers?.Location).toBe(`/meditations/${created.id}`);
    expect(bodyOf(await get(created.id))).toEqual(created);
  });

  test.each([
    ["behind a stage", "/prod/meditations"],
    ["behind a base path", "/v1/meditations"],
    ["with a slash at its end", "/prod/meditations/"],
  ])("says where in the caller's words, %s", async (_, path) => {
    const requestContext = { path } as APIGatewayProxyEvent["requestContext"];
    const answer = await post({ text: "x" }, { requestContext });
    expect(answer.headers?.Location).toBe(`${path.replace(/\/$/, "")}/${bodyOf(answer).id}`);
  });

  test.each<[string, unknown, Partial<APIGatewayProxyEvent>?]>([
    ["the longest text and author", { text: "x".repeat(500), author: "y".repeat(100) }],
    [
      "the longest text in emoji, escaped",
      `{"text":"${"\\ud83e\\udd8a".repeat(500)}","author":"${"\\ud83e\\udd8a".repeat(100)}"}`,
    ],
    ["no author", { text: "x" }],
    ["a body in base64", Buffer.from('{"text":"ü"}').toString("base64"), { isBase64Encoded: true }],
    ["a charset", { text: "x" }, { headers: { "Content-Type": "Application/JSON; charset=utf-8" } }],
    ["no content type", { text: "x" }, { headers: {} }],
    ["no headers", { text: "x" }, { headers: null as unknown as APIGatewayProxyEvent["headers"] }],
  ])("takes %s", async (_, body, more = {}) => {
    expect((await post(body, more)).statusCode).toBe(201);
  });

  test.each<[number, string, unknown, RegExp, Partial<APIGatewayProxyEvent>?]>([
    [400, "no body", "", /must be JSON/],
    [400, "broken JSON", '{"text":', /must be JSON/],
    [400, "bytes that are not UTF-8", LATIN_1, /must be JSON, in UTF-8/, { isBase64Encoded: true }],
    [400, "a list", [], /must be an object/],
    [400, "null", "null", /must be an object/],
    [400, "no text", { author: "Joe" }, /^text must be a string of 1 to 500 characters$/],
    [400, "a blank text", { text: " \n" }, /^text must be/],
    [400, "a text that is a number", { text: 1 }, /^text must be/],
    [400, "a text that is too long", { text: "x".repeat(501) }, /^text must be/],
    [400, "an empty author", { text: "x", author: "" }, /^author must be a string of 1 to 100 characters$/],
    [400, "an author that is too long", { text: "x", author: "y".repeat(101) }, /^author must be/],
    [400, "a field of another name", { text: "x", autor: "Joe" }, /^There is no field "autor"; write text and author$/],
    [413, "a body that is too long", { text: "x".repeat(8_192) }, /may have 8192 bytes; it has 8203/],
    [415, "another type", "text=x", /not text\/plain$/, { headers: { "Content-Type": "text/plain" } }],
    [415, "an empty type", { text: "x" }, /must be application\/json/, { headers: { "content-type": "" } }],
  ])("answers %i to %s", async (status, _, body, message, more = {}) => {
    const answer = await post(body, more);
    expect(answer.statusCode).toBe(status);
    expect(bodyOf(answer)).toEqual({ message: expect.stringMatching(message) });
    expect(bodyOf(await list()).items).toHaveLength(5);
  });

  test("keeps the newest thousand", async () => {
    for (let count = 0; count < 1_000; count++) await post({ text: "More" });
    expect((await get("2.1")).statusCode).toBe(404);
  });
});

describe("HEAD", () => {
  test.each([
    ["/meditations", null, 200],
    ["/meditations/{id}", { id: "2.1" }, 200],
    ["/meditations/{id}", { id: "0" }, 404],
  ])("%s %j answers as GET does, without a body", async (resource, pathParameters, status) => {
    const { body, ...head } = await request("HEAD", resource, { pathParameters });
    expect(head).toMatchObject({ statusCode: status, headers: { "Content-Type": "application/json; charset=utf-8" } });
    expect(body).toBe("");
  });
});

test.each([
  ["DELETE", "/meditations", "GET, HEAD, POST"],
  ["PUT", "/meditations/{id}", "GET, HEAD"],
  ["POST", "/meditations/{id}", "GET, HEAD"],
])("%s %s is not allowed; %s are", async (method, resource, allow) => {
  expect(await request(method, resource)).toMatchObject({ statusCode: 405, headers: { Allow: allow } });
});

test("A resource that a route leads here by mistake is not found", async () => {
  expect((await request("GET", "/letters")).statusCode).toBe(404);
});
