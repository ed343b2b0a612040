import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { HttpBackends } from "../../src/gateway/integrations/http-backends";
import type { GatewayRequest } from "../../src/gateway/request";
import type { HttpIntegration } from "../../src/model/model";
import { routed } from "./support/requests";

/** What a backend got. */
interface Received {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let received: Received | undefined;
let react: (response: ServerResponse) => void;
const proxy = (backends?: Record<string, string>) => new HttpBackends(backends);
const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    received = { line: `${request.method} ${request.url}`, headers: request.headers, body: await text(request) };
    react(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
beforeEach(() => {
  received = undefined;
  react = (response) => response.end("ok");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function answer(
  integration: Partial<HttpIntegration> = {},
  request: Partial<GatewayRequest> & { readonly pathParameters?: Record<string, string> } = {},
  backends?: Record<string, string>,
) {
  const way = routed(request);
  const whole: HttpIntegration = {
    type: "http",
    url: `${origin()}/pets`,
    method: undefined,
    requestParameters: {
      "integration.request.path.host": "method.request.path.host",
      "integration.request.path.proxy": "method.request.path.proxy",
    },
    timeoutMilliseconds: 29_000,
    mapping: undefined,
    needsBackend: false,
    ...integration,
  };
  const called = proxy(backends);
  try {
    return await called.answer(whole, way);
  } finally {
    await called.close();
  }
}

test("method, query, headers and body go through, and the client's address is added", async () => {
  await answer(
    {},
    {
      method: "POST",
      query: "page=2&tag=a&tag=b",
      headers: [
        ["Host", "127.0.0.1:3000"],
        ["Accept", "text/plain"],
        ["Connection", "close"],
        ["Content-Type", "text/plain"],
      ],
      body: Buffer.from("Rex"),
      sourceIp: "192.0.2.7",
    },
  );
  expect(received?.line).toBe("POST /pets?page=2&tag=a&tag=b");
  expect(received?.body).toBe("Rex");
  expect(received?.headers).toMatchObject({
    accept: "text/plain",
    "content-type": "text/plain",
    host: new URL(origin()).host,
    "x-forwarded-for": "192.0.2.7",
  });
});

test("parameters stand in the URL as they came, and mapped ones where they are mapped to", async () => {
  await answer(
    {
      url: `${origin()}/pets/{id}/{toy}`,
      method: "PUT",
      requestParameters: {
        "integration.request.path.id": "method.request.path.id",
        "integration.request.path.toy": "context.stage",
        "integration.request.header.X-From": "'the gateway'",
        "integration.request.querystring.who": "context.identity.sourceIp",
      },
    },
    { pathParameters: { id: "a%2Fb" }, query: "page=2" },
  );
  expect(received?.line).toBe("PUT /pets/a%2Fb/prod?page=2&who=127.0.0.1");
  expect(received?.headers["x-from"]).toBe("the gateway");
});

test("status, headers and bytes come back; headers of the connection under the names that AWS gives them", async () => {
  react = (response) => {
    response.writeHead(418, { "X-Tea": ["green", "black"], Server: "pot", "Content-Type": "image/png" });
    response.end(Buffer.from([0, 255, 128]));
  };
  const { status, headers, body } = (await answer()) as {
    status: number;
    headers: [string, string][];
    body: Uint8Array;
  };
  expect([status, [...body]]).toEqual([418, [0, 255, 128]]);
  expect(headers).toEqual(
    expect.arrayContaining([
      ["x-tea", "green"],
      ["x-tea", "black"],
      ["x-amzn-Remapped-server", "pot"],
      ["content-type", "image/png"],
    ]),
  );
});

test("another backend can be called instead of the one that is written", async () => {
  await answer({ url: "https://backend.example.com/pets?a=b" }, {}, { "https://backend.example.com": origin() });
  expect(received?.line).toBe("GET /pets?a=b");
});

test("a backend that takes too long is 504, after the integration's timeout", async () => {
  react = () => {};
  expect(await answer({ timeoutMilliseconds: 50 })).toMatchObject({
    type: "INTEGRATION_TIMEOUT",
    reason: `${origin()} took longer than 50 ms`,
  });
});

test.each<[string, (response: ServerResponse) => void]>([
  ["hangs up without an answer", (response) => response.destroy()],
  [
    "hangs up in the middle of its answer",
    (response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("half", () => response.destroy());
    },
  ],
])("a backend that %s is 504 with a network error", async (_, reaction) => {
  react = reaction;
  expect(await answer()).toMatchObject({
    type: "INTEGRATION_FAILURE",
    message: "Network error communicating with endpoint",
    reason: expect.stringContaining(`--backend ${origin()}=http://…`),
  });
});

test("a backend that is not there is 504 with a network error", async () => {
  expect(await answer({ url: "http://127.0.0.1:1/" })).toMatchObject({ type: "INTEGRATION_FAILURE" });
});

describe("a request's path never leaves the integration's", () => {
  test.each([
    ["..", "../admin"],
    ["encoded dots", "%2e%2e/admin"],
    ["a dot of both kinds", ".%2E/admin"],
    ["a backslash", "..\\admin"],
    ["an encoded backslash", "..%5cadmin"],
    ["an encoded slash", "..%2fadmin"],
    ["dots that are encoded twice", "%252e%252e/admin"],
    ["dots at the end", "a/../.."],
  ])("%s", async (_, proxy) => {
    const outcome = await answer({ url: `${origin()}/pets/{proxy}` }, { pathParameters: { proxy } });
    expect(outcome).toMatchObject({ type: "BAD_REQUEST_PARAMETERS", reason: expect.stringContaining("would leave") });
    expect(received).toBeUndefined();
  });

  test.each([
    ["a.b/..c/d..", "/pets/a.b/..c/d.."],
    ["a%20b", "/pets/a%20b"],
  ])("%s stays within it", async (proxy, path) => {
    await answer({ url: `${origin()}/pets/{proxy}` }, { pathParameters: { proxy } });
    expect(received?.line).toBe(`GET ${path}`);
  });

  test("a parameter in the place of a host does not choose another one", async () => {
    const outcome = await answer(
      { url: "http://{host}/pets" },
      { pathParameters: { host: `127.0.0.1:${origin().split(":")[2]}` } },
    );
    expect(outcome).toMatchObject({ type: "BAD_REQUEST_PARAMETERS" });
    expect(received).toBeUndefined();
  });
});

test("an answer over API Gateway's 10 MB is a 500, and is not held in memory", async () => {
  react = (response) => {
    const part = Buffer.alloc(1_024 * 1_024);
    for (let sent = 0; sent < 11; sent++) response.write(part);
    response.end();
  };
  expect(await answer()).toEqual({ type: "DEFAULT_5XX", reason: `${origin()} answered more than 10 MB` });
});
