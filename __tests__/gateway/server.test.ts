import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { isAllowedHost } from "../../src/gateway/allowed-host";
import type { PlainRequest } from "../../src/gateway/request";
import { GatewayServer } from "../../src/gateway/server";
import { petShop } from "../support/catalogs";
import { Served } from "../support/served";

const MEGABYTE = 1024 * 1024;

let served: Served;
beforeAll(async () => {
  served = await Served.start(
    petShop({
      apis: {
        pets: {
          stages: { prod: {} },
          routes: { "ANY /{proxy+}": { mock: 200, apiKeyRequired: false }, "POST /pets": { mock: 201 } },
        },
      },
      tiers: { gold: { access: { pets: ["prod"] }, quota: { limit: 1_000_000, period: "DAY" } } },
      subscriptions: { acme: { tier: "gold" } },
    }),
  );
});
afterAll(() => served.stop());

/** Sends bytes as they are; gives all that comes back until the connection ends, or rests. */
function sendRaw(bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(served.port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}
/** Of the last answer: 100 Continue may come before it. */
const statusOf = (answer: string) => Number([...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].at(-1)?.[1]);
const post = (headers: Record<string, string>, body: string | Uint8Array | null) =>
  fetch(served.url("/pets/prod/pets"), {
    method: "POST",
    headers: { "x-api-key": served.key("acme"), ...headers },
    body,
  });

describe("bodies", () => {
  test("10 MB pass, as on AWS", async () => {
    expect((await post({ "content-type": "application/json" }, new Uint8Array(10 * MEGABYTE))).status).toBe(201);
  });

  test("a byte more is refused, whether its length is declared or not", async () => {
    const refused = await post({ "content-type": "application/json" }, new Uint8Array(10 * MEGABYTE + 1));

    expect([refused.status, await refused.text()]).toEqual([413, '{"message":"Request Too Long"}']);
    expect(refused.headers.get("x-amzn-errortype")).toBe("RequestTooLargeException");

    const chunk = `100000\r\n${"x".repeat(MEGABYTE)}\r\n`;
    const head = "POST /pets/prod/pets HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(statusOf(await sendRaw(head + chunk.repeat(11)))).toBe(413);
  });

  test.each(["application/json", "text/plain; charset=utf-8", "application/x-www-form-urlencoded"])(
    "of type %s are taken as they are, even where they are none",
    async (type) => {
      expect((await post({ "content-type": type }, "{broken")).status).toBeLessThan(500);
    },
  );

  test("of no type are JSON, and of a type for which there is no template are refused", async () => {
    const request = (type: string) =>
      `POST /pets/prod/pets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${type}x-api-key: ${served.key("acme")}\r\nContent-Length: 2\r\n\r\n{}`;
    expect(statusOf(await sendRaw(request("")))).toBe(201);
    expect(statusOf(await sendRaw(request("Content-Type: text/unheard-of\r\n")))).toBe(415);
  });
});

/** The head of a POST that has a host and other headers. */
const frame = (...headers: string[]) =>
  `POST /pets/prod/a HTTP/1.1\r\nHost: localhost\r\n${headers.join("\r\n")}\r\n\r\n`;

describe("what is not HTTP", () => {
  test.each([
    ["no HTTP at all", "hello\r\n\r\n", 400],
    ["a version that is none", "GET / HTTP/9.9\r\n\r\n", 400],
    ["a header without a colon", "GET / HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n", 400],
    ["two lengths", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
    [
      "a length and chunks, as request smugglers send",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    ["a length and chunks in another case", frame("Content-Length: 5", "TRANSFER-ENCODING: chunked"), 400],
    ["an encoding that is not chunked", frame("Transfer-Encoding: gzip"), 400],
    ["chunks that are not last", frame("Transfer-Encoding: chunked, gzip"), 400],
    ["an encoding that looks like chunked", frame("Transfer-Encoding: xchunked"), 400],
    ["a length with a sign", frame("Content-Length: +5"), 400],
    ["a negative length", frame("Content-Length: -1"), 400],
    ["a hexadecimal length", frame("Content-Length: 0x5"), 400],
    ["a length over 2^64", frame("Content-Length: 99999999999999999999999"), 400],
    ["two lengths in one header", frame("Content-Length: 1, 2"), 400],
    ["a header before whose colon is a space", frame("Content-Length : 5"), 400],
    ["a header that is folded", frame("X-A: 1\r\n 2", "Transfer-Encoding:\r\n chunked"), 400],
    ["a header with a null character", frame("X-A: a\0b"), 400],
    ["a header with a line feed alone", frame("X-A: a\nX-B: b"), 400],
    ["a chunk of a negative size", `${frame("Transfer-Encoding: chunked")}-1\r\nx\r\n0\r\n\r\n`, 400],
    ["a chunk over 2^64", `${frame("Transfer-Encoding: chunked")}fffffffffffffffff\r\nx\r\n`, 400],
    ["a chunk whose end is missing", `${frame("Transfer-Encoding: chunked")}1\r\nxx\r\n0\r\n\r\n`, 400],
    ["a method in lower case", "get /pets/prod/a HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["a space in the path", "GET /pets/prod/a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["more headers than fit", `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 431],
  ])("%s is answered in JSON, and the connection ends", async (_, bytes, status) => {
    const answer = await sendRaw(bytes);

    expect(statusOf(answer)).toBe(status);
    expect(answer).toMatch(/Content-Type: application\/json/i);
    expect(answer).toMatch(/Connection: close/i);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toEqual({ message: expect.any(String) });
  });
});

describe("paths", () => {
  test.each([
    ["/pets/prod/a%20b", 200],
    ["/pets/prod/%zz", 200],
    ["/pets/prod/%00", 200],
    ["/pets/prod/a//b", 200],
    ["/pets/prod/..%2f..%2fetc", 200],
    ["/pets/prod", 403],
    ["/pets/nothing/a", 403],
    ["/pets", 404],
    ["/_tiers", 200],
    ["/_tiers/nothing", 404],
    ["/__proto__/constructor", 404],
    ["http://elsewhere.example.com/pets/prod/a", 200],
  ])("%s → %i", async (path, status) => {
    expect(statusOf(await sendRaw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`))).toBe(
      status,
    );
  });

  test("a path of 10,000 characters", async () => {
    const answer = await sendRaw(
      `GET /pets/prod/${"x".repeat(10_000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(200);
  });

  test("any method that HTTP knows reaches a route for any", async () => {
    const answers = await Promise.all(
      ["GET", "HEAD", "OPTIONS", "PATCH", "PROPFIND"].map((method) =>
        sendRaw(`${method} /pets/prod/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      ),
    );
    expect(answers.map(statusOf)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe("odd HTTP", () => {
  const CLOSE = "Host: localhost\r\nConnection: close\r\n";

  test.each([
    ["an HTTP/1.1 request without Host", "GET /pets/prod/a HTTP/1.1\r\n\r\n", 400],
    ["an HTTP/1.0 request without Host", "GET /pets/prod/a HTTP/1.0\r\n\r\n", 200],
    [
      "two Hosts, a foreign one first",
      "GET /_tiers/keys HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n",
      400,
    ],
    [
      "two Hosts, a foreign one last",
      "GET /_tiers/keys HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
      400,
    ],
    ["a URL of another host", `GET http://evil.example/_tiers/nothing HTTP/1.1\r\n${CLOSE}\r\n`, 404],
    ["a URL with a user", `GET http://a:b@localhost/pets/prod/a HTTP/1.1\r\n${CLOSE}\r\n`, 200],
    ["an asterisk", `OPTIONS * HTTP/1.1\r\n${CLOSE}\r\n`, 404],
    ["an upgrade to a WebSocket", `GET /pets/prod/a HTTP/1.1\r\n${CLOSE}Upgrade: websocket\r\n\r\n`, 200],
    ["bytes that are not UTF-8 in a header", `GET /pets/prod/a HTTP/1.1\r\n${CLOSE}X-A: \xff\xfe\r\n\r\n`, 200],
    [
      "an expectation that is none",
      `POST /pets/prod/a HTTP/1.1\r\n${CLOSE}Expect: wonders\r\nContent-Length: 0\r\n\r\n`,
      417,
    ],
    [
      "trailers",
      `POST /pets/prod/a HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\nTrailer: x-api-key\r\n\r\n0\r\nx-api-key: a\r\n\r\n`,
      200,
    ],
    [
      "a chunk with an extension",
      `POST /pets/prod/a HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n`,
      200,
    ],
    ["a query of brackets and percent signs", `GET /pets/prod/a?%&[]=%zz&__proto__=1 HTTP/1.1\r\n${CLOSE}\r\n`, 200],
    [
      "a key in a trailer alone",
      `POST /pets/prod/pets HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n0\r\nx-api-key: a\r\n\r\n`,
      403,
    ],
  ])("%s", async (_, bytes, status) => {
    expect(statusOf(await sendRaw(Buffer.from(bytes, "latin1")))).toBe(status);
  });

  test("an expectation of 100 is met before the answer", async () => {
    const answer = await sendRaw(
      `POST /pets/prod/a HTTP/1.1\r\n${CLOSE}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  test("CONNECT ends the connection, and the server goes on", async () => {
    expect(await sendRaw("CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n")).not.toMatch(/ 200 /);
    expect((await fetch(served.url("/pets/prod/a"))).status).toBe(200);
  });

  const SEVERAL = ["GET /nothing", "HEAD /pets/prod/a", "POST /pets/prod/pets", "GET /pets/prod/a"]
    .map((line) => `${line} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    .join("");
  const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

  test("answers come in the order of requests, also after errors and HEAD", async () => {
    expect(statuses(await sendRaw(SEVERAL))).toEqual([404, 200, 403, 200]);
  });

  test("what is malformed after requests ends the connection", async () => {
    const found = statuses(await sendRaw(`${SEVERAL}smuggled\r\n\r\n${SEVERAL}`));
    expect(found.at(-1)).toBe(400);
    expect(found.length).toBeLessThanOrEqual(5);
  });
});

describe("figures and keys of the local gateway itself", () => {
  const get = async (path: string) => {
    const answer = await fetch(served.url(path));
    return [answer.status, await answer.json()];
  };

  test("usage has the shape of GetUsage", async () => {
    served.now += 24 * 60 * 60 * 1_000;
    await post({}, null);
    await post({}, null);

    expect(await get("/_tiers/usage?usagePlanId=gold&startDate=2026-11-23&endDate=2026-11-24")).toEqual([
      200,
      {
        usagePlanId: "gold",
        startDate: "2026-11-23",
        endDate: "2026-11-24",
        values: {
          acme: [
            [2, 999_998],
            [0, 1_000_000],
          ],
        },
      },
    ]);
  });

  test.each([
    ["/_tiers/usage?usagePlanId=silver", 404, 'unknown usage plan "silver"; there are "gold"'],
    ["/_tiers/keys?id=acm", 404, 'unknown subscription "acm"; did you mean "acme"?'],
    ["/_tiers/usage?startDate=2026-13-01&endDate=2026-13-02", 400, "2026-13-01"],
    ["/_tiers/usage?startDate=2026-01-01&endDate=2026-12-31", 400, "90 days"],
    ["/", 404, "nothing is at /; there are the stages, /_tiers/, /_tiers/usage and /_tiers/keys"],
  ])("%s → %i, and says why", async (path, status, message) => {
    expect(await get(path)).toEqual([status, expect.objectContaining({ message: expect.stringContaining(message) })]);
  });

  test("keys are listed with their local values", async () => {
    const value = served.key("acme");
    expect(await get("/_tiers/keys?id=acme")).toEqual([
      200,
      { items: [{ id: "acme", name: "acme", description: "", enabled: true, usagePlanIds: ["gold"], value }] },
    ]);
    expect(value).toMatch(/^local[A-Za-z0-9]{35}$/);
  });
});

describe("a server of its own", () => {
  const asked: PlainRequest[] = [];
  const echo = new GatewayServer({
    gateway: () => served.local.gateway,
    elsewhere: (request) => {
      asked.push(request);
      if (request.path === "/fail") throw new Error("a fault of the gateway");
      return { status: 200, headers: [], body: request.body };
    },
    now: () => 0,
  });
  let url: string;
  beforeAll(async () => {
    url = await echo.listen(0, "127.0.0.1");
  });
  afterAll(() => echo.close());

  test.each(["GET", "DELETE", "POST", "QUERY"])(
    "passes the body of a %s request on, as API Gateway does",
    async (method) => {
      const { port } = new URL(url);
      const answer = await new Promise<string>((resolve, reject) => {
        const sent = request({ port, method, path: "/", headers: { "content-length": 5 } }, (response) => {
          response.setEncoding("utf8").on("data", resolve);
        });
        sent.on("error", reject).end("hello");
      });
      expect(answer).toBe("hello");
      expect(asked.at(-1)).toMatchObject({ method, path: "/", sourceIp: "127.0.0.1", protocol: "HTTP/1.1" });
    },
  );

  test("answers 500 where the gateway itself fails, and goes on", async () => {
    const failed = await fetch(`${url}/fail`);
    expect([failed.status, await failed.json()]).toEqual([500, { message: "Internal server error" }]);
    expect((await fetch(`${url}/`)).status).toBe(200);
  });

  test("closes while a connection is idle, and while a request is not yet complete", async () => {
    const closing = new GatewayServer({ gateway: () => served.local.gateway, elsewhere: never, now: () => 0 });
    const { port } = new URL(await closing.listen(0, "127.0.0.1"));
    const idle = connect(Number(port), "127.0.0.1");
    const waiting = connect(Number(port), "127.0.0.1", () =>
      waiting.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"),
    );
    await Promise.all([once(idle, "connect"), once(waiting, "connect")]);
    for (const socket of [idle, waiting]) socket.on("error", () => {});
    // A connection that is reset has an error first, which `once` would throw.
    const ended = Promise.all([idle, waiting].map((socket) => new Promise((resolve) => socket.on("close", resolve))));
    await closing.close();
    await ended;
  });
});

test("a port that is in use is an error that says so", async () => {
  const another = new GatewayServer({ gateway: () => served.local.gateway, elsewhere: () => never(), now: () => 0 });

  await expect(another.listen(served.port, "127.0.0.1")).rejects.toThrow(
    `port ${served.port} of 127.0.0.1 is in use; choose another by --port, or 0 for any that is free`,
  );
  await another.close();
  await expect(
    new GatewayServer({ gateway: () => served.local.gateway, elsewhere: () => never(), now: () => 0 }).listen(
      0,
      "192.0.2.1",
    ),
  ).rejects.toThrow("192.0.2.1 is not an address of this machine; choose another by --host");
});
const never = () => {
  throw new Error("nobody asks");
};

test("10,000 random requests: each gets an answer or an end, and the server goes on", async () => {
  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
  const junk = fc.string({ unit: "binary", maxLength: 40 });
  const method = fc.oneof({ arbitrary: fc.constantFrom("GET", "POST", "OPTIONS", "DELETE"), weight: 9 }, token);
  const path = fc.oneof(
    { arbitrary: fc.constantFrom("/pets/prod/pets", "/pets/prod/a?b=c", "/_tiers/usage"), weight: 3 },
    { arbitrary: fc.webPath().map((tail) => `/pets/prod${tail}`), weight: 3 },
    junk,
  );
  const name = fc.oneof(
    fc.constantFrom("x-api-key", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade", "Content-Type"),
    { arbitrary: token, weight: 4 },
  );
  const value = fc.oneof(
    fc.constantFrom("5", "chunked", "100-continue", "websocket", "-1"),
    { arbitrary: fc.stringMatching(/^[ -~]{0,20}$/), weight: 4 },
    junk,
  );
  const request = fc
    .tuple(method, path, fc.array(fc.tuple(name, value), { maxLength: 3 }), fc.oneof(fc.constant(""), junk))
    .map(([verb, where, headers, body]) => {
      const lines = headers.map((header) => `${header.join(": ")}\r\n`).join("");
      return Buffer.from(`${verb} ${where} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}\r\n${body}`);
    });
  const bytes = fc.oneof<fc.MaybeWeightedArbitrary<Uint8Array>[]>({ arbitrary: request, weight: 9 }, fc.uint8Array());
  const requests: Uint8Array[] = fc.sample<Uint8Array>(bytes, { numRuns: 10_000, seed: 4 });

  const statuses = new Map<number, number>();
  const workers = Array.from({ length: 32 }, async () => {
    for (let next = requests.pop(); next !== undefined; next = requests.pop()) {
      const answer = await sendRaw(next);
      const status = answer === "" ? 0 : statusOf(answer);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  });
  await Promise.all(workers);

  // 0: nothing was asked, or the client hung up in the middle of its request.
  expect(
    [...statuses.keys()].filter((status) => ![0, 200, 201, 400, 403, 404, 413, 415, 417, 431].includes(status)),
  ).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(1_000);
  expect(statuses.get(400)).toBeGreaterThan(1_000);
  expect((await post({ "content-type": "application/json" }, "{}")).status).toBe(201);
}, 60_000);

describe("Host is checked, since a page on the web can let its name lead here", () => {
  const statusFor = (host: string, path = "/_tiers/keys") =>
    sendRaw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`).then(statusOf);

  test.each(["localhost", "localhost:8080", "LOCALHOST", "api.localhost", "127.0.0.1:1", "[::1]:8080", "192.0.2.1"])(
    "%s is answered",
    async (host) => {
      expect(await statusFor(host)).toBe(200);
    },
  );

  test.each([
    "evil.example",
    "evil.example:8080",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "notlocalhost",
    "[evil]",
  ])("%s is refused, for own pages and for stages", async (host) => {
    expect([await statusFor(host), await statusFor(host, "/pets/prod/x")]).toEqual([403, 403]);
  });

  test("what is refused says how to allow it, and prints no control characters", async () => {
    const answer = await sendRaw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    expect(answer).toContain("start it with --allowed-host evil.example");
  });

  test.each<[string, readonly string[], boolean]>([
    ["dev.example", ["dev.example"], true],
    ["a.dev.example", ["dev.example"], false],
    ["a.dev.example", [".dev.example"], true],
    ["dev.example", [".dev.example"], true],
    ["evildev.example", [".dev.example"], false],
  ])("%s with --allowed-host %j: %p", (host, allowed, expected) => {
    expect(isAllowedHost(host, allowed)).toBe(expected);
  });
});
