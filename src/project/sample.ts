/** A catalog to begin with, a handler of one of its routes, and a test of what it promises. */
export const SAMPLE_CATALOG = `import { defineCatalog } from "cdktf-api-tiers";

export const catalog = defineCatalog({
  apis: {
    hello: {
      stages: { test: {}, prod: {} },
      routes: {
        "GET /hello": { handler: "hello" }, // handlers/hello.ts
        "GET /health": { mock: 200, apiKeyRequired: false },
      },
    },
  },
  tiers: {
    bronze: {
      access: { hello: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 }, // requests a second, and at one moment
      quota: { limit: 1_000, period: "DAY" },
    },
    gold: {
      access: { hello: "*" },
      throttle: { rateLimit: 100, burstLimit: 200 },
    },
  },
  subscriptions: {
    "joe-black": { tier: "bronze", customer: "Joe Black" },
  },
});
`;

export const SAMPLE_HANDLER = `/** Answers "GET /hello" of the catalog: API Gateway calls this function with the request. */
export async function handler(): Promise<{ statusCode: number; body: string }> {
  return { statusCode: 200, body: JSON.stringify({ message: "Hello" }) };
}
`;

export const SAMPLE_TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { TestGateway } from "cdktf-api-tiers/testing";
import { catalog } from "./catalog";

test("bronze passes 20 requests at one moment, and 10 more after each second", async () => {
  const gateway = TestGateway.of(catalog);
  const joe = gateway.customer("joe-black").at("hello", "prod");
  assert.deepEqual((await joe.burst(21, "GET /hello")).statuses, { 200: 20, 429: 1 });
  gateway.clock.advance({ seconds: 1 });
  assert.deepEqual((await joe.burst(11, "GET /hello")).statuses, { 200: 10, 429: 1 });
  await gateway.close();
});

test("the handler answers", async () => {
  const gateway = TestGateway.of(catalog, { integrations: true });
  const { status, body } = await gateway.customer("joe-black").at("hello", "prod").send("GET /hello");
  assert.deepEqual([status, JSON.parse(body)], [200, { message: "Hello" }]);
  await gateway.close();
});
`;
