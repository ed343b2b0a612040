import fc from "fast-check";
import { sharedRemaining, toleranceOf } from "../../src/rotation/shared-quota";
import { TestGateway } from "../../src/testing";
import { defineUnchecked, petShop } from "../support/catalogs";

jest.setTimeout(60_000);

const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);
const QUOTA = { limit: 60, period: "DAY" } as const;
const THROTTLE = { rateLimit: 4, burstLimit: 8 };
const shop = (acme: object) =>
  defineUnchecked(
    petShop({
      tiers: { gold: { access: { pets: ["prod"] }, throttle: THROTTLE, quota: QUOTA } },
      subscriptions: { acme: { tier: "gold", ...acme } },
    }),
  );
const ONE = shop({});
const BOTH = shop({ keys: { main: {}, next: {} } });
const REPLACED = shop({ keys: { main: false, next: {} } });
const DAY = "2026-11-26";
const BEGIN = Date.parse(`${DAY}T09:00:00Z`);

/** A call with one of the keys, some time after the one before. */
interface Call {
  readonly key: "acme" | "acme/next";
  readonly after: number;
}
const calls = (key: fc.Arbitrary<Call["key"]>, most: number) =>
  fc.array(fc.record({ key, after: fc.constantFrom(0, 0, 40, 250, 700) }), { maxLength: most });
const life = fc.record({
  alone: calls(fc.constant<Call["key"]>("acme"), 60),
  together: calls(fc.constantFrom("acme", "acme/next"), 160),
  afterwards: calls(fc.constant<Call["key"]>("acme/next"), 60),
  /** How often the quota is shared, and how old AWS's figures are then. */
  everySeconds: fc.constantFrom(1, 5, 20),
  lateSeconds: fc.constantFrom(0, 2, 10),
});

/** What was allowed, and what was refused and by which limit. */
interface Lived {
  readonly allowed: number;
  readonly refused: readonly {
    readonly by: "throttle" | "quota";
    readonly call: number;
    readonly allowedBefore: number;
  }[];
}

/** Replaces a key while calls go on; the quota is shared from the day on which the second key is there. */
async function rotated({ alone, together, afterwards, everySeconds, lateSeconds }: Life): Promise<Lived> {
  const gateway = TestGateway.of(ONE, { start: new Date(BEGIN) });
  const counted: { readonly at: number; readonly key: Call["key"] }[] = [];
  const refused: Lived["refused"][number][] = [];
  let sent = 0;
  let sharedAt = Number.NEGATIVE_INFINITY;
  const share = (keys: readonly Call["key"][]) => {
    if (gateway.clock.now - sharedAt < everySeconds * 1_000) return;
    sharedAt = gateway.clock.now;
    const known = counted.filter(({ at }) => at <= sharedAt - lateSeconds * 1_000).length;
    for (const key of keys) gateway.setRemaining("gold", key, sharedRemaining(QUOTA, [known]));
  };
  const live = async (some: readonly Call[], keys: readonly Call["key"][]) => {
    for (const { key, after } of some) {
      gateway.clock.advance({ milliseconds: after });
      if (keys.length > 0) share(keys);
      const answer = await gateway.customer(key).at("pets", "prod").send("GET /pets");
      if (answer.status === 200) counted.push({ at: gateway.clock.now, key });
      else {
        expect(answer.status).toBe(429);
        const by = answer.body.includes("Limit Exceeded") ? "quota" : "throttle";
        refused.push({ by, call: sent, allowedBefore: counted.length });
      }
      sent++;
    }
  };
  await live(alone, []);
  gateway.deploy(BOTH);
  await live(together, ["acme", "acme/next"]);
  gateway.deploy(REPLACED);
  await live(afterwards, ["acme/next"]);
  await gateway.close();
  return { allowed: counted.length, refused };
}
type Life = typeof life extends fc.Arbitrary<infer One> ? One : never;

/** The same calls with one key that is never replaced. */
async function unrotated({ alone, together, afterwards }: Life): Promise<readonly boolean[]> {
  const gateway = TestGateway.of(ONE, { start: new Date(BEGIN) });
  const passes: boolean[] = [];
  for (const { after } of [...alone, ...together, ...afterwards]) {
    gateway.clock.advance({ milliseconds: after });
    passes.push((await gateway.customer("acme").at("pets", "prod").send("GET /pets")).status === 200);
  }
  await gateway.close();
  return passes;
}

test("a key is replaced under traffic without a refusal that the limits would not have made", async () => {
  await fc.assert(
    fc.asyncProperty(life, async (one) => {
      const { refused } = await rotated(one);
      for (const { by, allowedBefore } of refused)
        if (by === "quota") expect(allowedBefore).toBeGreaterThanOrEqual(QUOTA.limit);
      const passes = await unrotated(one);
      expect(refused.filter(({ call }) => passes[call])).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test("two keys together stay within the quota and the stated tolerance, however the calls fall", async () => {
  await fc.assert(
    fc.asyncProperty(life, async (one) => {
      const { allowed } = await rotated(one);
      const tolerance = toleranceOf(2, THROTTLE, one.lateSeconds + one.everySeconds) ?? Number.NaN;
      expect(allowed).toBeLessThanOrEqual(QUOTA.limit + tolerance);
    }),
    { numRuns: RUNS },
  );
});

test("without sharing, the customer would have the quota twice", async () => {
  const gateway = TestGateway.of(BOTH, { start: new Date(BEGIN) });
  let allowed = 0;
  for (const key of ["acme", "acme/next"])
    for (let sent = 0; sent < QUOTA.limit; sent++) {
      gateway.clock.advance({ milliseconds: 500 });
      allowed += Number((await gateway.customer(key).at("pets", "prod").send("GET /pets")).status === 200);
    }
  expect(allowed).toBe(2 * QUOTA.limit);
  await gateway.close();
});
