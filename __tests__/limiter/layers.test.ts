import { type LimitedRequest, Limiter } from "../../src/limiter/limiter";
import { expectTimeline } from "./support/timeline";

const burstOf = (burstLimit: number) => ({ rateLimit: 10, burstLimit });
const WIDE = burstOf(1_000);
const GET = "pets/prod/GET /pets";
const POST = "pets/prod/POST /pets";
const GET_ON_TEST = "pets/test/GET /pets";

describe("the plan's method throttle", () => {
  const plan = { id: "bronze", throttle: burstOf(8) };
  const client = (key: string) => ({ key, plan, methodThrottle: burstOf(3) });

  it("limits a key on that method alone, and comes before the plan's throttle", () => {
    expectTimeline(
      new Limiter(),
      {
        aliceGets: { client: client("alice"), method: GET },
        alicePosts: { client: { key: "alice", plan }, method: POST },
        bobGets: { client: client("bob"), method: GET },
      },
      `2026-11-22 10:00:00.000 aliceGets: 3 pass, 1 throttled by plan method
                  10:00:00.000 alicePosts: 5 pass, 1 throttled by plan
                  10:00:00.000 aliceGets: 1 throttled by plan method
                  10:00:00.000 bobGets: 3 pass, 1 throttled by plan method`,
    );
  });

  it("is of one stage, while the plan's throttle is of all of its stages together", () => {
    expectTimeline(
      new Limiter(),
      {
        prod: { client: client("alice"), method: GET },
        test: { client: client("alice"), method: GET_ON_TEST },
        open: { client: { key: "alice", plan }, method: POST },
      },
      `2026-11-22 10:00:00.000 prod: 3 pass, 1 throttled by plan method
                  10:00:00.000 test: 3 pass, 1 throttled by plan method
                  10:00:00.000 open: 2 pass, 1 throttled by plan`,
    );
  });

  it("limits where the plan itself does not throttle", () => {
    expectTimeline(
      new Limiter(),
      { client: { key: "alice", plan: { id: "gold" }, methodThrottle: burstOf(3) }, method: GET },
      "2026-11-22 10:00:00.000 3 pass, 1 throttled by plan method",
    );
  });
});

it("a plan's throttle is each key's own, and a key has one in each of its plans", () => {
  const caller = (key: string, id: string) => ({ client: { key, plan: { id, throttle: burstOf(3) } }, method: GET });
  expectTimeline(
    new Limiter(),
    { alice: caller("alice", "bronze"), bob: caller("bob", "bronze"), aliceInGold: caller("alice", "gold") },
    `2026-11-22 10:00:00.000 alice: 3 pass, 1 throttled by plan
                10:00:00.000 bob: 3 pass, 1 throttled by plan
                10:00:00.000 aliceInGold: 3 pass, 1 throttled by plan`,
  );
});

it("a stage's throttle limits all clients of a method together, known or not", () => {
  const alice = { key: "alice", plan: { id: "bronze", throttle: WIDE } };
  expectTimeline(
    new Limiter(),
    {
      alice: { client: alice, method: GET, stageThrottle: burstOf(5) },
      anyone: { method: GET, stageThrottle: burstOf(5) },
      aliceElsewhere: { client: alice, method: GET_ON_TEST, stageThrottle: burstOf(5) },
    },
    `2026-11-22 10:00:00.000 alice: 3 pass
                10:00:00.000 anyone: 2 pass, 1 throttled by stage method
                10:00:00.000 alice: 1 throttled by stage method
                10:00:00.000 aliceElsewhere: 5 pass, 1 throttled by stage method
                10:00:00.100 anyone: 1 pass, 1 throttled by stage method`,
  );
});

it("the account's throttle limits all requests together, of every plan, stage and route", () => {
  expectTimeline(
    new Limiter({ accountThrottle: burstOf(6) }),
    {
      alice: { client: { key: "alice", plan: { id: "bronze", throttle: WIDE } }, method: GET, stageThrottle: WIDE },
      bob: { client: { key: "bob", plan: { id: "gold" } }, method: GET_ON_TEST },
      anyone: { method: POST },
    },
    `2026-11-22 10:00:00.000 alice: 2 pass
                10:00:00.000 bob: 2 pass
                10:00:00.000 anyone: 2 pass, 1 throttled by account
                10:00:00.000 alice: 1 throttled by account
                10:00:00.100 bob: 1 pass, 1 throttled by account`,
  );
});

it("an account has what AWS gives one, if nothing else is said: 5,000 at once and 10,000 a second", () => {
  expectTimeline(
    new Limiter(),
    { method: GET },
    `2026-11-22 10:00:00.000 5000 pass, 1 throttled by account
                10:00:00.001 10 pass, 1 throttled by account
                10:00:01.000 5000 pass, 1 throttled by account`,
  );
});

describe("when more layers than one have nothing left, AWS's order decides who refuses", () => {
  const NONE = burstOf(0);
  it.each<[string, Partial<Record<"method" | "plan" | "stage" | "account", true>>]>([
    ["plan method", { method: true, plan: true, stage: true, account: true }],
    ["plan", { plan: true, stage: true, account: true }],
    ["stage method", { stage: true, account: true }],
    ["account", { account: true }],
  ])("first of them: %s", (layer, none) => {
    const request: LimitedRequest = {
      client: {
        key: "alice",
        plan: { id: "bronze", throttle: none.plan ? NONE : WIDE },
        methodThrottle: none.method ? NONE : WIDE,
      },
      method: GET,
      stageThrottle: none.stage ? NONE : WIDE,
    };
    const limiter = new Limiter({ accountThrottle: none.account ? NONE : WIDE });
    expectTimeline(limiter, request, `2026-11-22 10:00:00.000 1 throttled by ${layer}`);
  });
});

it("tells the fewest tokens that the client's own limits have left, whatever stage and account have", () => {
  const limiter = new Limiter();
  const plan = { id: "bronze", throttle: burstOf(8) };
  const tokens = (methodThrottle?: { rateLimit: number; burstLimit: number }) =>
    limiter.decide({ client: { key: "alice", plan, methodThrottle }, method: GET, stageThrottle: burstOf(6) }, 0)
      .tokens;
  expect([tokens(), tokens(burstOf(9)), tokens(burstOf(2)), tokens(burstOf(2))]).toEqual([7, 6, 0, 0]);
  expect(limiter.decide({ method: POST }, 0)).toEqual({ allowed: true, tokens: undefined, quota: undefined });
});
