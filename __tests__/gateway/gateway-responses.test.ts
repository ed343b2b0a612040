import { type TestAnswer, TestGateway } from "../../src/testing";
import { defineUnchecked, petShop } from "../support/catalogs";

/** The pet shop's answers to a customer who sends 21 requests, to a request without a key, and to one without a route. */
async function answersOf(api: Record<string, unknown>): Promise<Record<"throttled" | "noKey" | "noRoute", TestAnswer>> {
  const catalog = petShop({
    apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } }, ...api } },
    subscriptions: { acme: { tier: "gold" } },
  });
  const gateway = TestGateway.of(defineUnchecked(catalog));
  try {
    const [acme, anyone] = [gateway.customer("acme").at("pets", "prod"), gateway.anyone.at("pets", "prod")];
    const { last: throttled } = await acme.burst(21, "GET /pets");
    return { throttled, noKey: await anyone.send("GET /pets"), noRoute: await anyone.send("GET /dogs") };
  } finally {
    await gateway.close();
  }
}

test("where the API has none, AWS's own are given", async () => {
  const { throttled, noKey, noRoute } = await answersOf({});
  expect(
    [throttled, noKey, noRoute].map(({ status, body, headers }) => [status, body, headers["x-amzn-errortype"]]),
  ).toEqual([
    [429, '{"message":"Too Many Requests"}', "TooManyRequestsException"],
    [403, '{"message":"Forbidden"}', "ForbiddenException"],
    [403, '{"message":"Missing Authentication Token"}', "MissingAuthenticationTokenException"],
  ]);
});

test("a gateway response changes status, headers and body of its type, and of no other", async () => {
  const { throttled, noKey } = await answersOf({
    gatewayResponses: {
      THROTTLED: {
        statusCode: 503,
        headers: { "Retry-After": "1" },
        template: '{"error":$context.error.messageString,"type":"$context.error.responseType","at":"$context.stage"}',
      },
    },
  });
  expect(throttled.status).toBe(503);
  expect(throttled.headers["retry-after"]).toBe("1");
  expect(throttled.json()).toEqual({ error: "Too Many Requests", type: "THROTTLED", at: "prod" });
  expect([noKey.status, noKey.headers["retry-after"]]).toEqual([403, undefined]);
});

test("DEFAULT_4XX is for every type of that kind that has none of its own", async () => {
  const { throttled, noKey, noRoute } = await answersOf({
    gatewayResponses: {
      DEFAULT_4XX: { statusCode: 418, template: '{"id":"$context.requestId","message":"$context.error.message"}' },
      THROTTLED: { headers: { "Retry-After": "1" } },
    },
  });
  expect(noKey.status).toBe(418);
  expect(noKey.json()).toEqual({ id: noKey.headers["x-amzn-requestid"], message: "Forbidden" });
  expect(noRoute.json()).toMatchObject({ message: "Missing Authentication Token" });
  expect([throttled.status, throttled.json()]).toEqual([429, { message: "Too Many Requests" }]);
});

test("with cors, browsers may read what API Gateway itself answers, and preflights need no key", async () => {
  const cors = { cors: { allowOrigin: "https://app.example.com" } };
  const { throttled, noKey, noRoute } = await answersOf(cors);
  for (const { headers } of [throttled, noKey, noRoute])
    expect(headers["access-control-allow-origin"]).toBe("https://app.example.com");

  const apis = { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } }, ...cors } };
  const gateway = TestGateway.of(defineUnchecked(petShop({ apis })));
  const preflight = await gateway.anyone.at("pets", "prod").send("OPTIONS /pets");
  expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([
    204,
    "https://app.example.com",
  ]);
  expect(preflight.headers["access-control-allow-methods"]).toContain("GET");
  expect(preflight.headers["access-control-allow-headers"]?.toLowerCase()).toContain("x-api-key");
  await gateway.close();
});

test("a template in which a client's own texts stand gives them as they came", async () => {
  const apis = {
    pets: {
      stages: { prod: {} },
      routes: { "GET /pets": { mock: 200 } },
      gatewayResponses: { INVALID_API_KEY: { template: '{"path":"$context.path","method":"$context.httpMethod"}' } },
    },
  };
  const gateway = TestGateway.of(defineUnchecked(petShop({ apis })));
  const answer = await gateway.anyone.at("pets", "prod").send("GET /pets");
  expect(answer.json()).toEqual({ path: "/prod/pets", method: "GET" });
  await gateway.close();
});
