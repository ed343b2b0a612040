import * as fc from "fast-check";
import { defineCatalog } from "../../src";
import { LocalGateway } from "../../src/gateway/local-gateway";
import type { LoggedCall } from "../../src/logs/logged-call";
import { readTraffic } from "../../src/replay/read-traffic";
import { resolve } from "../../src/replay/resolve";
import { simulate } from "../../src/replay/simulate";
import { PretendedIntegrations } from "../../src/testing/pretended-integrations";
import { synthesizedModel } from "../../src/testing/synthesized-model";
import { lineOf, OWN_FORMAT, sourceOf } from "./support";

/** Requests in all; a million with `REPLAY_REQUESTS=1000000`. */
const REQUESTS = Number(process.env.REPLAY_REQUESTS ?? 24_000);
const CATALOGS = 12;
const LONGEST = Math.max(60_000, REQUESTS);

const CUSTOMERS = ["ann", "bob", "cem", "dot", "eve"];
const DAY = 86_400_000;

const throttle = fc.record({
  rateLimit: fc.constantFrom(0.1, 0.5, 1, 2.5, 10, 50),
  burstLimit: fc.integer({ min: 1, max: 12 }),
});
const quota = fc.record({ limit: fc.integer({ min: 5, max: 400 }), period: fc.constantFrom("DAY", "WEEK", "MONTH") });
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const limits = fc.record({ throttle: maybe(throttle), quota: maybe(quota), method: maybe(throttle) });

const setting = fc.record({
  small: limits,
  large: limits,
  stage: maybe(throttle),
  onSmall: fc.subarray(CUSTOMERS),
  start: fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2026, 11) }),
  seed: fc.infiniteStream(fc.nat(2 ** 31 - 1)),
});
type Setting = typeof setting extends fc.Arbitrary<infer Value> ? Value : never;

const tierOf = ({ throttle, quota, method }: Setting["small"]) => ({
  access: { pets: "*" as const },
  ...(throttle && { throttle }),
  ...(quota && { quota }),
  ...(throttle && method && { methodThrottle: { pets: { "GET /pets": method } } }),
});

function catalogOf({ small, large, stage, onSmall }: Setting) {
  return defineCatalog({
    apis: {
      pets: {
        routes: {
          "GET /pets": { mock: 200 },
          "POST /pets": { mock: 200 },
          "GET /open": { mock: 200, apiKeyRequired: false },
        },
        stages: { prod: { ...(stage && { methodSettings: { "POST /pets": { throttle: stage } } }) } },
      },
    },
    tiers: { small: tierOf(small), large: tierOf(large) },
    subscriptions: Object.fromEntries(
      CUSTOMERS.map((id) => [id, { tier: onSmall.includes(id) ? "small" : "large" } as const]),
    ),
  });
}

/** Calls with pauses of all lengths: sessions, seconds, days. */
function callsOf({ start, seed }: Setting, count: number): LoggedCall[] {
  const draw = (below: number) => (seed.next().value as number) % below;
  let at = start;
  return Array.from({ length: count }, (_, index) => {
    const pause = draw(100);
    at += pause < 60 ? 0 : pause < 90 ? draw(400) : pause < 99 ? draw(20_000) : draw(3 * DAY);
    const [method, path] = (["GET /pets", "POST /pets", "GET /pets", "GET /open"][draw(4)] ?? "").split(" ");
    const key = path === "/open" ? undefined : `key${CUSTOMERS[draw(CUSTOMERS.length)]}`;
    const common = { time: at, id: `id${index}=`, api: "api1", stage: "prod", status: 200, errorType: undefined };
    return { ...common, key, method: method ?? "", path };
  });
}

it(
  "the replay refuses what the local gateway refuses, for the same calls at the same times",
  async () => {
    let refused = 0;
    const each = Math.round(REQUESTS / CATALOGS);
    await fc.assert(
      fc.asyncProperty(setting, async (given) => {
        refused += await agreeOn(given, each);
      }),
      { numRuns: CATALOGS, endOnFailure: true },
    );
    expect(refused).toBeGreaterThan(REQUESTS / 20);
  },
  LONGEST,
);

async function agreeOn(given: Setting, count: number): Promise<number> {
  const { model, clean } = synthesizedModel(catalogOf(given), undefined);
  const local = new LocalGateway(model, { behind: new PretendedIntegrations(), seed: "replay" });
  try {
    const lines = callsOf(given, count).map((call) => `${lineOf(call)}\n`);
    const traffic = await readTraffic({ sources: [sourceOf(lines.join(""))], formats: [OWN_FORMAT] });
    const keys = new Map(CUSTOMERS.map((id) => [`key${id}`, id]));
    const resolution = resolve(traffic.kinds, model, { keys, apis: new Map([["api1", "pets"]]) });
    expect([...resolution.reasonOf.values()]).toEqual([]);
    const replayed: string[] = [];
    simulate({ traffic, ...resolution, options: { plansBegan: "with the first request" }, earlier: [] }, (lane, at) => {
      replayed.push(`${lane} ${at}`);
    });
    const keyValues = new Map(model.keys.map((key) => [`key${key.subscription}`, local.keyValue(key)]));
    const served: string[] = [];
    for (const { day, times, kinds } of traffic.days)
      for (const [index, time] of times.entries()) {
        const kind = kinds[index] as number;
        const { method = "", path = "", key = "" } = traffic.kinds[kind] ?? {};
        const value = keyValues.get(key);
        const at = day * DAY + time;
        const answer = await local.gateway.handle(
          {
            method,
            path,
            query: "",
            headers: value === undefined ? [] : [["x-api-key", value]],
            body: new Uint8Array(),
            sourceIp: "127.0.0.1",
            api: "pets",
            stage: "prod",
            protocol: "HTTP/1.1",
          },
          at,
        );
        if (answer.status === 429) served.push(`${resolution.laneOf[kind]} ${at}`);
        else if (answer.status !== 200) throw new Error(`${method} ${path} was answered ${answer.status}`);
      }
    expect(replayed).toEqual(served);
    return served.length;
  } finally {
    await local.close();
    clean();
  }
}
