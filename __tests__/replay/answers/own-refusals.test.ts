import { ClientCalls } from "../../../src/replay/answers/client-calls";
import { Intervals } from "../../../src/replay/answers/intervals";
import { OwnRefusals } from "../../../src/replay/answers/own-refusals";
import type { ReplayClient, ReplayLane } from "../../../src/replay/resolve";
import { call } from "../../logs/support/rendered-lines";
import { trafficOf } from "../support";

const { time } = call();
const throttle = { rateLimit: 1, burstLimit: 1 };
const laneOn = (stage: string): ReplayLane => ({
  ...{ request: { method: stage }, client: 0, api: "pets", stage, route: "GET /pets" },
});

/** One call of a client on each of two stages, at one moment. */
async function refusalsOf() {
  const traffic = await trafficOf(["prod", "test"].map((stage) => call({ id: `${stage}=`, stage })));
  const clients = [{ subscription: "ann", key: "key" } as ReplayClient];
  const lanes = traffic.kinds.map(({ stage }) => laneOn(stage));
  const calls = new ClientCalls(traffic, { clients, lanes, laneOf: Int32Array.from([0, 1]) });
  const refusals = new OwnRefusals(calls, new Intervals(time, time), {}, () => []);
  return (...plans: readonly [string, string]) =>
    refusals.of(0, (lane) => ({
      method: `${lane}`,
      client: { key: "key", plan: { id: plans[lane] ?? "", throttle } },
    }));
}

test("stages in one usage plan share its limits, and those in two plans with equal limits do not", async () => {
  const of = await refusalsOf();
  expect([of("one", "one").count, of("one", "two").count, of("two", "two").count]).toEqual([1, 0, 1]);
});

test("equal limits are tried once, whatever their plan is called", async () => {
  const of = await refusalsOf();
  expect(of("two", "two")).toBe(of("one", "one"));
  expect(of("one", "two")).toBe(of("two", "one"));
});
