import { connect } from "node:net";
import { LiveEvents } from "../../src/gateway/page/live-events";
import { isFromAnotherSite } from "../../src/gateway/page/own-site";
import type { Header, PlainRequest } from "../../src/gateway/request";
import { petShop } from "../support/catalogs";
import { Served } from "../support/served";

let served: Served;
beforeAll(async () => {
  served = await Served.start(
    petShop({
      apis: {
        pets: {
          stages: { prod: {} },
          routes: {
            "POST /pets/{id}": { mock: 201, request: { query: { page: "required" } } },
            "GET /health": { mock: 200, apiKeyRequired: false },
          },
        },
      },
      subscriptions: { acme: { tier: "gold" } },
    }),
  );
});
afterAll(() => served.stop());

const BURST = { key: "acme", api: "pets", stage: "prod", route: "POST /pets/{id}", count: 22 };
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(served.url("/_tiers/bursts"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return [answer.status, await answer.json()];
};

describe("a burst", () => {
  test("is sent with the customer's key, and says how many had each status", async () => {
    expect(await post(BURST)).toEqual([200, { statuses: { 201: 20, 429: 2 } }]);
    expect(await post({ ...BURST, key: null, route: "GET /health", count: 3 })).toEqual([
      200,
      { statuses: { 200: 3 } },
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ["is not JSON", "{", /^the body is not valid JSON$/],
    ["names no customer", { ...BURST, key: "nobody" }, /^there is no customer nobody$/],
    ["names no route", { ...BURST, route: "GET /nothing" }, /^there is no route GET \/nothing on pets\/prod$/],
    ["names no stage", { ...BURST, stage: "test" }, /^there is no route .* on pets\/test$/],
    ["is too large", { ...BURST, count: 1e9 }, /^count: /],
    ["names members of every object", { ...BURST, key: "__proto__", route: "constructor" }, /^there is no customer/],
    ["holds what is unknown", { ...BURST, url: "http://elsewhere" }, /url/],
  ])("that %s is refused", async (_, body, message) => {
    expect(await post(body)).toEqual([400, { message: expect.stringMatching(message) }]);
  });

  test("is not taken from a form, nor from a page of another site", async () => {
    expect((await post(BURST, { "content-type": "text/plain" }))[0]).toBe(415);
    expect((await post(BURST, { origin: "https://evil.example.com" }))[0]).toBe(403);
    expect((await post(BURST, { "sec-fetch-site": "same-site" }))[0]).toBe(403);
    expect((await fetch(served.url("/_tiers/bursts"))).status).toBe(405);
  });
});

describe("pages of other sites", () => {
  const request = (method: string, ...headers: Header[]): PlainRequest => ({
    method,
    path: "/_tiers/keys",
    query: "",
    headers: [["Host", "localhost:8080"], ...headers],
    body: new Uint8Array(),
    sourceIp: "127.0.0.1",
    protocol: "HTTP/1.1",
  });
  const link: Header[] = [
    ["Sec-Fetch-Site", "cross-site"],
    ["Sec-Fetch-Mode", "navigate"],
    ["Sec-Fetch-Dest", "document"],
  ];

  test.each<[string, PlainRequest, boolean]>([
    ["curl", request("GET"), false],
    ["the page itself", request("POST", ["Origin", "http://localhost:8080"], ["Sec-Fetch-Site", "same-origin"]), false],
    ["an address that was typed", request("GET", ["Sec-Fetch-Site", "none"]), false],
    ["a link that is followed", request("GET", ...link), false],
    ["a form of another site", request("POST", ...link), true],
    ["a frame of another site", request("GET", ...link.slice(0, 2), ["Sec-Fetch-Dest", "iframe"]), true],
    ["a script of another site", request("GET", ["Sec-Fetch-Site", "cross-site"], ["Sec-Fetch-Mode", "no-cors"]), true],
    ["another server on this machine", request("POST", ["Origin", "http://localhost:3000"]), true],
    ["a sandboxed frame", request("POST", ["Origin", "null"]), true],
  ])("%s", (_, sent, isRefused) => {
    expect(isFromAnotherSite(sent)).toBe(isRefused);
  });
});

test("the page loads nothing from elsewhere, stands in no frame, and no other file is served", async () => {
  const page = await fetch(served.url("/_tiers/"));
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(await page.text()).not.toMatch(/https?:|<style|style=|<script>|onclick/);
  for (const path of ["/_tiers/page/tsconfig.json", "/_tiers/page/..%2factivity.ts", "/_tiers/page/"])
    expect((await fetch(served.url(path))).status).toBe(404);
});

describe("events", () => {
  test("nothing runs once nobody looks, and only so many look together", () => {
    jest.useFakeTimers();
    try {
      const events = new LiveEvents({
        local: () => served.local,
        activity: { since: () => [], countsOf: () => ({}) } as never,
        now: () => served.now,
      });
      const streams = Array.from({ length: 32 }, () => events.open(""));
      const ends = streams.map((stream) => stream?.begin(() => {}));
      expect(events.open("")).toBeUndefined();
      expect(jest.getTimerCount()).toBe(1);
      for (const end of ends) end?.();
      expect(jest.getTimerCount()).toBe(0);
      expect(events.open("")).toBeDefined();
    } finally {
      jest.useRealTimers();
    }
  });

  test("a client that goes away is forgotten, and the server goes on", async () => {
    for (let client = 0; client < 100; client++)
      await new Promise<void>((resolve) => {
        const socket = connect(served.port, "127.0.0.1", () =>
          socket.write("GET /_tiers/events HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        );
        socket.once("data", () => socket.destroy());
        socket.once("close", () => resolve());
      });
    const events = await fetch(served.url("/_tiers/events"));
    expect(events.status).toBe(200);
    await events.body?.cancel();
  });
});
