import { Limiter } from "../../src/limiter/limiter";
import { expectTimeline } from "./support/timeline";

const calling = (rateLimit: number, burstLimit: number) => ({
  client: { key: "alice", plan: { id: "bronze", throttle: { rateLimit, burstLimit } } },
  method: "pets/prod/GET /pets",
});

describe("a throttle of 10 requests a second and a burst of 20", () => {
  const bronze = calling(10, 20);

  it("lets twenty pass in an instant, refuses the 21st, and lets five more pass half a second later", () => {
    expectTimeline(
      new Limiter(),
      bronze,
      `2026-11-22 10:00:00.000 20 pass, 1 throttled by plan
                  10:00:00.500 5 pass, 1 throttled by plan`,
    );
  });

  it("adds a token every 100 ms, and not a millisecond earlier", () => {
    expectTimeline(
      new Limiter(),
      bronze,
      `2026-11-22 10:00:00.000 20 pass, 1 throttled by plan
                  10:00:00.099 1 throttled by plan
                  10:00:00.100 1 pass, 1 throttled by plan
                  10:00:00.199 1 throttled by plan
                  10:00:00.200 1 pass, 1 throttled by plan`,
    );
  });

  it("is full after two seconds, and no fuller after a year", () => {
    expectTimeline(
      new Limiter(),
      bronze,
      `2026-11-22 10:00:00.000 20 pass, 1 throttled by plan
                  10:00:02.000 20 pass, 1 throttled by plan
       2027-11-22 10:00:02.000 20 pass, 1 throttled by plan`,
    );
  });

  it("lets ten a second pass forever", () => {
    const limiter = new Limiter();
    const start = Date.UTC(2026, 10, 22, 10);
    const tokens = Array.from({ length: 100_000 }, (_, tick) => limiter.decide(bronze, start + tick * 100).tokens);
    expect(new Set(tokens)).toEqual(new Set([19]));
  });
});

describe("a rate in fractions", () => {
  it("of a request in three seconds takes three seconds for a token", () => {
    expectTimeline(
      new Limiter(),
      calling(1 / 3, 1),
      // A third has no end in decimals: six of them are kept, and the token comes 1 ms late.
      `2026-11-22 10:00:00.000 1 pass, 1 throttled by plan
                  10:00:03.000 1 throttled by plan
                  10:00:03.001 1 pass`,
    );
  });

  it("does not drift: a thousand readings add up to what one would have added", () => {
    const limiter = new Limiter();
    const slow = calling(0.1, 1);
    const start = Date.UTC(2026, 10, 22, 10);
    limiter.decide(slow, start);
    const early = Array.from({ length: 9_999 }, (_, index) => limiter.decide(slow, start + 1 + index).allowed);
    expect(early).not.toContain(true);
    expect(limiter.decide(slow, start + 10_000).allowed).toBe(true);
  });

  it("is never rounded to none: the smallest rate still adds something", () => {
    expectTimeline(
      new Limiter(),
      calling(Number.MIN_VALUE, 1),
      `2026-11-22 10:00:00.000 1 pass, 1 throttled by plan
       2058-11-22 10:00:00.000 1 pass, 1 throttled by plan`,
    );
  });
});

describe("a limit of 0", () => {
  it.each([
    ["rate", 0, 20],
    ["burst", 10, 0],
    ["rate and burst", 0, 0],
  ])("refuses every request, if it is the %s", (_, rateLimit, burstLimit) => {
    expectTimeline(
      new Limiter(),
      calling(rateLimit, burstLimit),
      `2026-11-22 10:00:00.000 1 throttled by plan
       2026-11-23 10:00:00.000 1 throttled by plan`,
    );
  });
});

it("counts the largest burst that AWS takes", () => {
  const limiter = new Limiter();
  const largest = calling(10, 2_147_483_647);
  expect(limiter.decide(largest, 0)).toMatchObject({ tokens: 2_147_483_646 });
  expect(limiter.decide(largest, 0)).toMatchObject({ tokens: 2_147_483_645 });
});

describe("a plan's throttle that changes while clients call", () => {
  it.each([
    ["grows, adds what it grew by", 10, 30, "10 pass, 1 throttled by plan"],
    ["shrinks, leaves nothing that was taken", 10, 5, "1 throttled by plan"],
    ["grows after it shrank, has not forgotten what was taken", 5, 30, "25 pass, 1 throttled by plan"],
  ])("and %s", (_, between, burst, outcome) => {
    const limiter = new Limiter();
    expectTimeline(limiter, calling(10, 20), "2026-11-22 10:00:00.000 20 pass, 1 throttled by plan");
    expectTimeline(
      limiter,
      { small: calling(10, between), now: calling(10, burst) },
      between === 10
        ? `2026-11-22 10:00:00.000 now: ${outcome}`
        : `2026-11-22 10:00:00.000 small: 1 throttled by plan
                      10:00:00.000 now: ${outcome}`,
    );
  });

  it("adds tokens at the old rate until the change is met, and at the new one from there", () => {
    expectTimeline(
      new Limiter(),
      { before: calling(10, 20), after: calling(2, 20) },
      `2026-11-22 10:00:00.000 before: 20 pass, 1 throttled by plan
                  10:00:01.000 after: 10 pass, 1 throttled by plan
                  10:00:02.000 after: 2 pass, 1 throttled by plan`,
    );
  });

  it("is lifted by taking it away", () => {
    const { client, method } = calling(10, 20);
    expectTimeline(
      new Limiter(),
      { before: { client, method }, after: { client: { key: client.key, plan: { id: client.plan.id } }, method } },
      `2026-11-22 10:00:00.000 before: 20 pass, 1 throttled by plan
                  10:00:00.000 after: 4000 pass`,
    );
  });
});
