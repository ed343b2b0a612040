import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { catalog } from "../../examples/weather/catalog";
import { isOwnApi } from "../../src";
import { TestGateway } from "../../src/testing";

jest.setTimeout(60_000);

const [WEBSITE, CONSOLE] = ["https://weather.example.com", "https://console.weather.example.com"];
const PARTNER = { authorization: "Bearer a-token-of-the-sailing-club" };
const BACKENDS = [
  "https://stations.weather.internal",
  "https://alerts.weather.internal",
  "https://radar.weather.example.com",
];

/** The first of the customers of a tier whose key is enabled. */
function customerOf(tier: string): string {
  const found = catalog.subscriptions.find((each) => each.tier === tier && each.enabled);
  if (!found) throw new Error(`the CRM has no customer on ${tier}`);
  return found.id;
}

const stacks = { handlersFolder: join(__dirname, "../../examples/weather/handlers") };
const open = () => TestGateway.of(catalog, { stacks, integrations: { backends } });
let backend: Server;
let backends: Record<string, string>;
let weather: ReturnType<typeof open>;

beforeAll(async () => {
  backend = createServer(({ url }, answer) => answer.end(JSON.stringify({ asked: url })));
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");
  const { port } = backend.address() as AddressInfo;
  backends = Object.fromEntries(BACKENDS.map((each) => [each, `http://127.0.0.1:${port}`]));
  weather = open();
});
afterAll(async () => {
  await weather.close();
  backend.close();
});

const at = (tier: string, stage: "test" | "beta" | "prod") => weather.customer(customerOf(tier)).at("weather", stage);

test("sells twelve routes on three stages, to sixty customers on four tiers", () => {
  const [api] = catalog.apis.filter(isOwnApi);
  expect(api?.routes).toHaveLength(12);
  expect(api?.stages.map(({ name }) => name)).toEqual(["beta", "prod", "test"]);
  const onTier = (tier: string) => catalog.subscriptions.filter((each) => each.tier === tier).length;
  expect(["trial", "bronze", "silver", "gold"].map(onTier)).toEqual([8, 30, 16, 6]);
  expect(catalog.findings.filter(({ severity }) => severity !== "notice")).toEqual([]);
});

test.each<[string, "test" | "beta" | "prod", number]>([
  ["trial", "prod", 403],
  ["trial", "beta", 200],
  ["bronze", "prod", 200],
  ["bronze", "beta", 403],
  ["silver", "beta", 200],
  ["silver", "test", 403],
  ["gold", "test", 200],
])("a customer on %s gets an answer of %s as the tier says: %i", async (tier, stage, status) => {
  expect((await at(tier, stage).send("GET /stations")).status).toBe(status);
});

test("a customer on bronze gets 10 requests in an instant, and history once a second", async () => {
  weather.clock.advance({ seconds: 60 });
  expect((await at("bronze", "prod").burst(12, "GET /forecasts/Riverton")).statuses).toEqual({ 200: 10, 429: 2 });
  weather.clock.advance({ seconds: 60 });
  const { statuses, last } = await at("bronze", "prod").burst(3, "GET /history/s-1?year=2025");
  expect(statuses).toEqual({ 200: 1, 429: 2 });
  expect(last.headers["retry-after"]).toBe("1");
  weather.clock.advance({ seconds: 60 });
});

test("a customer on hold is refused", async () => {
  const onHold = catalog.subscriptions.find(({ enabled }) => !enabled)?.id ?? "";
  expect((await weather.customer(onHold).at("weather", "prod").send("GET /stations")).status).toBe(403);
});

test("forecasts are made by a function, which refuses days that it cannot say", async () => {
  const gold = at("gold", "prod");
  const answer = await gold.send("GET /forecasts/St.%20Moritz?days=2");
  expect(answer.json()).toEqual({
    place: "St. Moritz",
    days: [0, 1].map((step) => ({ step, celsius: expect.any(Number), sky: expect.any(String) })),
  });
  expect((await gold.send("GET /forecasts/Oslo?days=11")).status).toBe(400);
  expect((await gold.send("GET /forecasts/Oslo/hourly")).json()).toMatchObject({ hours: { length: 24 } });
});

test.each([WEBSITE, CONSOLE])("pages of %s may read what it answers", async (origin) => {
  const [gold, anyone] = [at("gold", "prod"), weather.anyone.at("weather", "prod")];
  const headers = { origin };
  const allowed = "access-control-allow-origin";
  expect((await anyone.send("OPTIONS /forecasts/{place}", { headers })).headers[allowed]).toBe(origin);
  expect((await anyone.send("GET /health", { headers })).headers[allowed]).toBe(origin);
  expect((await gold.send("GET /forecasts/Oslo", { headers })).headers[allowed]).toBe(origin);
  expect((await anyone.send("GET /stations", { headers })).headers[allowed]).toBe("*");
});

test("pages of others may not, but for what API Gateway answers without a key", async () => {
  const headers = { origin: "https://weather.example.com.evil.example" };
  const [gold, anyone] = [at("gold", "prod"), weather.anyone.at("weather", "prod")];
  const allowed = "access-control-allow-origin";
  expect((await anyone.send("OPTIONS /stations", { headers })).headers[allowed]).toBeUndefined();
  expect((await gold.send("GET /forecasts/Oslo", { headers })).headers).toMatchObject({ vary: "Origin" });
  expect((await gold.send("GET /forecasts/Oslo", { headers })).headers[allowed]).toBeUndefined();
});

describe("who calls", () => {
  const body = { place: "Oslo", callback: "https://club.example.com/alerts" };

  test.each<[string, object, number]>([
    ["a partner", { headers: PARTNER, body }, 200],
    ["nobody's token", { headers: { authorization: "Bearer another-token" }, body }, 401],
    ["no token", { body }, 401],
    [
      "a partner with a callback that is not encrypted",
      { headers: PARTNER, body: { ...body, callback: "http://x" } },
      400,
    ],
  ])("is asked besides the key where alerts are sent: %s", async (_, request, status) => {
    expect((await at("silver", "prod").send("POST /alerts/subscriptions", request)).status).toBe(status);
  });

  test("must be one of our own people, with a token of the user pool, where a station changes", async () => {
    expect((await weather.anyone.at("weather", "prod").send("PUT /stations/s-1", { body: {} })).status).toBe(401);
    expect((await at("gold", "prod").send("PUT /stations/s-1", { body: {} })).status).toBe(401);
  });
});
