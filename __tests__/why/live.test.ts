import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { explain } from "../../src/why/explain";
import { readLiveKey } from "../../src/why/live";
import { renderText } from "../../src/why/render";
import { Calls, targetOf } from "../../src/why/target";
import { withLive } from "../../src/why/with-live";
import { defineUnchecked, withSubscriptions } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const SECRET = "NeverPrinted0123456789abcdef";

/** What a pretended account answers, by the start of the path. */
let account: Readonly<Record<string, unknown>> = {};
let asked: string[] = [];
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(url);
    const found = Object.keys(account).find((path) => url.startsWith(path));
    response.statusCode = found === undefined ? 404 : 200;
    if (found === undefined) response.setHeader("x-amzn-ErrorType", "NotFoundException");
    response.end(JSON.stringify(found === undefined ? { message: "Invalid API Key identifier" } : account[found]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_REGION = "eu-central-1";
  process.env.AWS_ACCESS_KEY_ID = "test";
  process.env.AWS_SECRET_ACCESS_KEY = "test";
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  asked = [];
});

const calls = new Calls(
  readSynthesized(
    defineUnchecked(
      withSubscriptions(
        { acme: { tier: "gold" }, legacy: { tier: "gold", existingKeyId: "l1e2g3a4c5" } },
        {
          tiers: {
            gold: {
              access: { pets: ["prod"] },
              throttle: { rateLimit: 10, burstLimit: 20 },
              quota: { limit: 100, period: "DAY" },
            },
          },
        },
      ),
    ),
  ),
);

const KEY = { id: "k1", name: "acme", enabled: true, value: SECRET };
const PLAN = {
  id: "p1",
  name: "gold",
  tags: { "cdktf-api-tiers:tier": "gold" },
  throttle: { rateLimit: 10, burstLimit: 20 },
  quota: { limit: 100, period: "DAY", offset: 0 },
};
const ACCOUNT = {
  "/apikeys?": { item: [KEY, { id: "k2", name: "acme-2", enabled: true }] },
  "/apikeys/l1e2g3a4c5": { id: "l1e2g3a4c5", name: "legacy", enabled: false },
  "/usageplans?": { item: [PLAN] },
  "/usageplans/p1/usage": { values: { k1: [[88, 12]] } },
  "/account": { throttleSettings: { rateLimit: 10_000, burstLimit: 5_000 } },
};

async function explained(subscription: string, status?: number) {
  const question = { subscription, request: "GET /pets" };
  const { key } = targetOf(calls, question);
  if (!key) throw new Error("no key");
  const live = await readLiveKey(key, calls.model.plans, { at: NOON });
  const { model, differences, counted } = withLive(calls.model, key, live);
  const { accountThrottle } = live;
  return explain(new Calls(model), question, {
    at: NOON,
    status,
    counted,
    differsInAws: differences,
    ...(accountThrottle && { limits: { accountThrottle } }),
  });
}

const quotaIn = (explanation: Awaited<ReturnType<typeof explained>>) =>
  explanation.limits.find(({ layer }) => layer === "quota");

test("what is left of the quota comes from AWS, with its age, and governs where it is less than a burst", async () => {
  account = ACCOUNT;
  const explanation = await explained("acme");
  expect(quotaIn(explanation)).toMatchObject({
    left: 12,
    leftFrom: "GetUsage, which is 30 to 40 minutes behind",
    startsAgain: "2026-11-23T00:00:00Z",
  });
  expect(explanation.governs?.burst).toEqual({ passes: 12, refusedBy: "quota" });
  expect(explanation.differsInAws).toEqual([]);
  expect(asked.find((url) => url.includes("/usage?"))).toContain("startDate=2026-11-22");
});

test("a quota that AWS has counted to its end is the first reason of a 429, for certain", async () => {
  account = { ...ACCOUNT, "/usageplans/p1/usage": { values: { [SECRET]: [[100, 0]] } } };
  const explanation = await explained("acme", 429);
  expect(explanation.reasons?.[0]).toMatchObject({
    likelihood: "certain",
    because: "the quota of 100 a day is used up",
    answer: { body: '{"message":"Limit Exceeded"}' },
  });
  expect(renderText(explanation)).not.toContain(SECRET);
});

test("a period in which nothing was counted leaves the whole quota", async () => {
  account = { ...ACCOUNT, "/usageplans/p1/usage": {} };
  expect(quotaIn(await explained("acme"))).toMatchObject({
    left: 100,
    leftFrom: "GetUsage, which is 30 to 40 minutes behind: no call was counted since 2026-11-22",
  });
});

test("no value is asked for", async () => {
  account = ACCOUNT;
  await explained("acme");
  expect(asked.filter((url) => /includeValues?=true/.test(url))).toEqual([]);
  expect(asked.length).toBe(4);
});

test("limits and keys are as AWS has them, and what the files have otherwise is said", async () => {
  const plan = { ...PLAN, throttle: { rateLimit: 1, burstLimit: 2 } };
  account = { ...ACCOUNT, "/apikeys?": { item: [{ ...KEY, enabled: false }] }, "/usageplans?": { item: [plan] } };
  const explanation = await explained("acme", 403);
  expect(explanation).toMatchObject({
    verdict: "refused",
    differsInAws: [
      "the key is disabled in AWS, and enabled in the files",
      'the usage plan "gold" has 1/s, burst 2 in AWS, and 10/s, burst 20 in the files',
    ],
  });
  expect(explanation.reasons?.[0]).toMatchObject({ likelihood: "certain", because: "the key of acme is disabled" });
});

test("a key that AWS has in no plan is refused", async () => {
  account = { ...ACCOUNT, "/usageplans?": { item: [] } };
  expect(await explained("acme")).toMatchObject({
    verdict: "refused",
    differsInAws: ['the key is in the usage plan "gold" by the files, and not in AWS'],
  });
});

test("of a key that is managed elsewhere, AWS says whether it is enabled; the files alone do not", async () => {
  account = ACCOUNT;
  const question = { subscription: "legacy", request: "GET /pets" };
  expect(explain(calls, question, { at: NOON })).toMatchObject({
    verdict: "not-known",
    notKnown: [expect.stringMatching(/^whether the key legacy is enabled is not in these files/)],
  });
  expect((await explained("legacy")).verdict).toBe("refused");
});

test("a name that no key or several keys have is an error that says what to do", async () => {
  account = { ...ACCOUNT, "/apikeys?": { item: [] } };
  await expect(explained("acme")).rejects.toThrow(/is not in this account and Region under the name "acme"; deploy it/);
  account = { ...ACCOUNT, "/apikeys?": { item: [KEY, { ...KEY, id: "k3" }] } };
  await expect(explained("acme")).rejects.toThrow(/2 keys of this account have the name "acme"; give what/);
});
