import { Limiter } from "../../src/limiter/limiter";
import { TokenBucket } from "../../src/limiter/token-bucket";
import { ForgettingMap } from "../../src/memory/forgetting-map";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const THROTTLE = { rateLimit: 10, burstLimit: 20 };

describe("memory grows with the clients that are active, not with time", () => {
  it("of 1,000,000 keys that each call once, one a second for twelve days, remembers those of the last minutes", () => {
    const limiter = new Limiter();
    const plan = { id: "bronze", throttle: THROTTLE };
    let most = 0;
    for (let call = 0; call < 1_000_000; call++) {
      limiter.decide({ client: { key: `key-${call}`, plan }, method: "pets/prod/GET /pets" }, call * SECOND);
      most = Math.max(most, limiter.rememberedClients);
    }
    expect(most).toBeLessThan(200);
  });

  it("remembers all that call at one time, and forgets them while others come", () => {
    const limiter = new Limiter();
    const plan = { id: "bronze", throttle: THROTTLE };
    const call = (key: string, at: number) =>
      limiter.decide({ client: { key, plan }, method: "pets/prod/GET /pets" }, at);
    for (let key = 0; key < 10_000; key++) call(`early-${key}`, 0);
    expect(limiter.rememberedClients).toBe(10_000);
    for (let key = 0; key < 10_000; key++) call(`late-${key}`, 2 * MINUTE);
    expect(limiter.rememberedClients).toBe(10_000);
  });

  it("does not forget who still lacks tokens, however long that takes", () => {
    const limiter = new Limiter();
    const slow = { id: "bronze", throttle: { rateLimit: 0.0001, burstLimit: 1 } };
    const call = (key: string, at: number) =>
      limiter.decide({ client: { key, plan: slow }, method: "pets/prod/GET /pets" }, at).allowed;
    for (let key = 0; key < 100; key++) expect(call(`key-${key}`, 0)).toBe(true);
    for (let key = 0; key < 1_000; key++) call(`other-${key}`, 9_999 * SECOND);
    for (let key = 0; key < 100; key++) expect(call(`key-${key}`, 9_999 * SECOND)).toBe(false);
  });

  it("forgets clients of plans without a throttle too, and finds their quota again", () => {
    const limiter = new Limiter();
    const plan = { id: "bronze", quota: { limit: 2, period: "DAY" as const } };
    const call = (key: string, at: number) =>
      limiter.decide({ client: { key, plan }, method: "pets/prod/GET /pets" }, at).quota;
    expect(call("alice", 0)).toBe(1);
    for (let key = 0; key < 10_000; key++) call(`key-${key}`, key * SECOND);
    expect(limiter.rememberedClients).toBeLessThan(200);
    expect(call("alice", 10_000 * SECOND)).toBe(0);
  });

  it("remembers use on 121 days with calls, and then forgets the first of them", () => {
    const limiter = new Limiter();
    const plan = { id: "bronze" };
    const on = (day: number) =>
      limiter.decide({ client: { key: "alice", plan }, method: "pets/prod/GET /pets" }, day * 24 * 60 * MINUTE);
    const usedOnFirst = () => limiter.usage(plan, "1970-01-01", "1970-01-01", ["alice"]).values.alice?.[0]?.[0];
    for (let day = 0; day < 121; day++) on(day);
    expect(usedOnFirst()).toBe(1);
    on(121);
    expect(usedOnFirst()).toBe(0);
  });
});

describe("a forgetting map", () => {
  const bucket = (now: number) => new TokenBucket(THROTTLE, now);

  it("forgets what is as good as new and was not used for a minute", () => {
    const map = new ForgettingMap<string, TokenBucket>();
    map.add("full", bucket(0), 0);
    map.add("other", bucket(0), 0);
    map.add("at 59,999 ms", bucket(59_999), 59_999);
    expect(map.get("full")).toBeDefined();
    for (let key = 0; key < 3; key++) map.add(`at 60,000 ms ${key}`, bucket(MINUTE), MINUTE);
    expect([map.get("full"), map.get("other")]).toEqual([undefined, undefined]);
    expect(map.size).toBe(4);
  });

  it("keeps what is not", () => {
    const map = new ForgettingMap<string, TokenBucket>();
    const used = map.add("used", new TokenBucket({ rateLimit: 0.001, burstLimit: 20 }, 0), 0);
    used.take();
    for (let key = 0; key < 100; key++) map.add(`key-${key}`, bucket(2 * MINUTE), 2 * MINUTE);
    expect(map.get("used")).toBe(used);
  });
});
