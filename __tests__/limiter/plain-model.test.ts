import * as fc from "fast-check";
import { type LimitedRequest, Limiter } from "../../src/limiter/limiter";
import type { Verdict } from "../../src/limiter/verdict";
import { arbitraryTraffic, moved, planOf, type Traffic } from "./support/arbitrary-traffic";
import { type Answer, PlainModel } from "./support/plain-model";

/** How many timelines are tried, of 85 requests each, more or less; millions of requests with `PROPERTY_RUNS=50000`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_300);
const LONGEST = Math.max(60_000, RUNS * 20);
const DAY = 86_400_000;

it(
  "the limiter says what a model says that counts everything again for each request",
  () => {
    let steps = 0;
    fc.assert(
      fc.property(arbitraryTraffic, (traffic) => {
        steps += agreeOn(traffic);
      }),
      { numRuns: RUNS },
    );
    if (process.env.PROPERTY_RUNS) console.info(`limiter and model agreed on ${steps.toLocaleString("en")} requests`);
    expect(steps).toBeGreaterThan(RUNS * 20);
  },
  LONGEST,
);

/** Sends the same requests to both. Returns how many. */
function agreeOn(traffic: Traffic): number {
  const { choices, stages, start, steps } = traffic;
  const limiter = new Limiter({ ...choices, accountThrottle: stages.accountThrottle });
  const model = new PlainModel(choices, stages.accountThrottle);
  let at = start;
  let sent = 0;
  for (const step of steps) {
    at = moved(at, step.move);
    const request = requestOf(traffic, step);
    for (let time = 0; time < step.times; time++, sent++) {
      const said = answerOf(limiter.decide(request, at));
      const right = model.decide(request, at);
      // Jest's own comparison takes longer than both of them.
      if (said.outcome !== right.outcome || said.tokens !== right.tokens || said.quota !== right.quota)
        expect({ at: new Date(at), ...said }).toEqual({ at: new Date(at), ...right });
    }
  }
  agreeOnUsage(traffic, limiter, model, at);
  return sent;
}

function agreeOnUsage(traffic: Traffic, limiter: Limiter, model: PlainModel, end: number): void {
  const dates = Array.from({ length: 90 }, (_, day) => new Date(end - (89 - day) * DAY).toISOString().slice(0, 10));
  const [first = "", last = ""] = [dates[0], dates.at(-1)];
  for (const id of ["bronze", "silver", "gold"]) {
    const plan = planOf(traffic, id, 0);
    const report = limiter.usage(plan, first, last, ["alice", "bob"]).values;
    for (const key of ["alice", "bob"]) {
      const right = model.usage(plan, key, dates);
      if (String(report[key]) !== String(right)) expect(report[key]).toEqual(right);
    }
  }
}

function requestOf(traffic: Traffic, { key, plan, method, version }: Traffic["steps"][number]): LimitedRequest {
  const { methodThrottles, stageThrottles } = traffic.stages;
  return {
    client: key && { key, plan: planOf(traffic, plan, version), methodThrottle: methodThrottles[`${plan} ${method}`] },
    method,
    stageThrottle: stageThrottles[method],
  };
}

function answerOf(verdict: Verdict): Answer {
  const { tokens, quota } = verdict;
  return { outcome: verdict.allowed ? "pass" : verdict.layer, tokens, quota };
}
