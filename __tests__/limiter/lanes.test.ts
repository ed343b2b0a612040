import * as fc from "fast-check";
import { Lanes } from "../../src/limiter/lanes";
import { largestBacklog } from "../../src/limiter/largest-backlog";
import { type LimitedRequest, Limiter } from "../../src/limiter/limiter";
import { arbitraryTraffic, moved, planOf, type Traffic } from "./support/arbitrary-traffic";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 800);
const LONGEST = Math.max(60_000, RUNS * 20);

it(
  "lanes decide as the limiter does, whatever the limits, the choices and the times",
  () => {
    let refused = 0;
    fc.assert(
      fc.property(arbitraryTraffic, (traffic) => {
        refused += agreeOn(traffic);
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS);
  },
  LONGEST,
);

/** Sends the same requests to both, at times that do not go back. Returns how many are refused. */
function agreeOn(traffic: Traffic): number {
  const { choices, stages, start, steps } = traffic;
  const options = { ...choices, accountThrottle: stages.accountThrottle };
  const limiter = new Limiter(options);
  const requests = steps.map((step) => requestOf(traffic, step));
  const lanes = new Lanes(requests, { ...options, plansBegan: "with the first request" });
  let at = start;
  let refused = 0;
  for (const [lane, step] of steps.entries()) {
    at = Math.max(at, moved(at, step.move));
    for (let time = 0; time < step.times; time++) {
      const right = limiter.decide(requests[lane] as LimitedRequest, at);
      const said = lanes.decide(lane, at);
      if (said !== (right.allowed ? undefined : right.layer)) expect({ at, said }).toEqual({ at, said: right });
      if (said !== undefined) refused++;
    }
  }
  return refused;
}

function requestOf(traffic: Traffic, { key, plan, method }: Traffic["steps"][number]): LimitedRequest {
  const { methodThrottles, stageThrottles } = traffic.stages;
  return {
    client: key && { key, plan: planOf(traffic, plan, 0), methodThrottle: methodThrottles[`${plan} ${method}`] },
    method,
    stageThrottle: stageThrottles[method],
  };
}

describe("the largest backlog of calls", () => {
  const refusedAt = (burstLimit: number, rateLimit: number, times: readonly number[]) => {
    const throttle = { rateLimit, burstLimit };
    const lanes = new Lanes([{ method: "m", client: { key: "k", plan: { id: "p", throttle } } }], {
      accountThrottle: { rateLimit: 1_000_000, burstLimit: 9_000_000 },
    });
    return times.filter((at) => lanes.decide(0, at) !== undefined).length;
  };

  it("is the smallest burst that refuses nobody: one less refuses somebody", () => {
    const gaps = fc.oneof(fc.constant(0), fc.nat(20), fc.nat(5_000), fc.nat(100_000_000));
    fc.assert(
      fc.property(
        fc.array(gaps, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.000001, 0.1, 1 / 3, 0.5, 1, 2.5, 7, 10, 33.333333, 1_000),
        (steps, rateLimit) => {
          let at = Date.UTC(2026, 10, 1);
          const times = steps.map((gap) => (at += gap));
          const burst = largestBacklog(times, rateLimit);
          expect(refusedAt(burst, rateLimit, times)).toBe(0);
          expect(refusedAt(burst - 1, rateLimit, times)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["no call", [], 0],
    ["one call", [5], 1],
    ["calls as fast as tokens come in", [0, 100, 200, 300], 1],
    ["three calls at once, and one when half a token has come in", [0, 0, 0, 50], 4],
  ])("of %s", (_, times, burst) => {
    expect(largestBacklog(times, 10)).toBe(burst);
  });
});
