import { Limiter, type LimiterOptions } from "../../src/limiter/limiter";
import type { Quota } from "../../src/vocabulary/quota";
import { expectTimeline } from "./support/timeline";

const under = (quota: Quota, key = "alice", plan = "bronze") => ({
  client: { key, plan: { id: plan, quota } },
  method: "pets/prod/GET /pets",
});

interface Case {
  readonly period: string;
  readonly quota: Quota;
  readonly choices?: LimiterOptions;
  readonly timeline: string;
}

it.each<Case>([
  {
    period: "a day begins at midnight UTC",
    quota: { limit: 3, period: "DAY" },
    timeline: `2026-11-22 23:59:59.999 3 pass, 1 over quota
               2026-11-23 00:00:00.000 3 pass, 1 over quota
               2026-11-23 23:59:59.999 1 over quota
               2026-11-24 00:00:00.000 3 pass, 1 over quota`,
  },
  {
    period: "what is left of a day is lost",
    quota: { limit: 3, period: "DAY" },
    timeline: `2026-11-22 12:00:00.000 1 pass
               2026-11-23 12:00:00.000 3 pass, 1 over quota`,
  },
  {
    period: "a day has 24 hours when clocks elsewhere change to summer time",
    quota: { limit: 1, period: "DAY" },
    timeline: `2026-03-29 00:00:00.000 1 pass, 1 over quota
                          23:59:59.999 1 over quota
               2026-03-30 00:00:00.000 1 pass, 1 over quota`,
  },
  {
    period: "a week begins on Sunday",
    quota: { limit: 3, period: "WEEK" },
    timeline: `2026-11-22 00:00:00.000 1 pass
               2026-11-23 12:00:00.000 1 pass
               2026-11-28 23:59:59.999 1 pass, 1 over quota
               2026-11-29 00:00:00.000 3 pass, 1 over quota`,
  },
  {
    period: "a week begins on Monday, if that is chosen",
    quota: { limit: 3, period: "WEEK" },
    choices: { weekBegins: "MONDAY" },
    timeline: `2026-11-22 00:00:00.000 3 pass, 1 over quota
               2026-11-23 00:00:00.000 2 pass
               2026-11-29 23:59:59.999 1 pass, 1 over quota
               2026-11-30 00:00:00.000 3 pass, 1 over quota`,
  },
  {
    period: "a week may lie in two years",
    quota: { limit: 2, period: "WEEK" },
    timeline: `2026-12-31 12:00:00.000 1 pass
               2027-01-01 12:00:00.000 1 pass, 1 over quota
               2027-01-03 00:00:00.000 2 pass`,
  },
  {
    period: "a month begins with its first day",
    quota: { limit: 3, period: "MONTH" },
    timeline: `2026-11-01 00:00:00.000 1 pass
               2026-11-30 23:59:59.999 2 pass, 1 over quota
               2026-12-01 00:00:00.000 2 pass
               2026-12-31 23:59:59.999 1 pass, 1 over quota
               2027-01-01 00:00:00.000 3 pass, 1 over quota`,
  },
  {
    period: "February has 28 days",
    quota: { limit: 1, period: "MONTH" },
    timeline: `2026-02-28 23:59:59.999 1 pass, 1 over quota
               2026-03-01 00:00:00.000 1 pass, 1 over quota`,
  },
  {
    period: "February of a leap year has 29",
    quota: { limit: 2, period: "MONTH" },
    timeline: `2028-02-28 23:59:59.999 1 pass
               2028-02-29 12:00:00.000 1 pass, 1 over quota
               2028-03-01 00:00:00.000 2 pass, 1 over quota`,
  },
  {
    period: "the end of the century, 2100, is not a leap year",
    quota: { limit: 1, period: "MONTH" },
    timeline: `2100-02-28 23:59:59.999 1 pass, 1 over quota
               2100-03-01 00:00:00.000 1 pass, 1 over quota`,
  },
])("$period", ({ quota, choices, timeline }) => {
  expectTimeline(new Limiter(choices), under(quota), timeline);
});

describe("an offset, as requests (the default)", () => {
  it("is subtracted in the month in which the plan begins, and in no other", () => {
    expectTimeline(
      new Limiter(),
      under({ limit: 10, period: "MONTH", offset: 4 }),
      `2026-11-22 6 pass, 1 over quota
       2026-11-30 1 over quota
       2026-12-01 10 pass, 1 over quota`,
    );
  });

  it("is subtracted in the week in which the plan begins", () => {
    expectTimeline(
      new Limiter(),
      under({ limit: 10, period: "WEEK", offset: 6 }),
      `2026-11-25 4 pass, 1 over quota
       2026-11-29 10 pass, 1 over quota`,
    );
  });

  it("is subtracted for the plan's first keys only: who comes in a later month has all of it", () => {
    const quota: Quota = { limit: 10, period: "MONTH", offset: 4 };
    expectTimeline(
      new Limiter(),
      {
        alice: under(quota),
        bob: under(quota, "bob"),
        carol: under(quota, "carol"),
        dave: under(quota, "dave", "gold"),
      },
      `2026-11-22 alice: 6 pass, 1 over quota
       2026-11-23 bob: 6 pass, 1 over quota
       2026-12-01 carol: 10 pass, 1 over quota
       2026-12-01 dave: 6 pass, 1 over quota`,
    );
  });

  it("leaves nothing when it is as large as the limit or larger", () => {
    expectTimeline(
      new Limiter(),
      under({ limit: 5, period: "MONTH", offset: 27 }),
      `2026-11-22 1 over quota
       2026-12-01 5 pass, 1 over quota`,
    );
  });
});

describe("an offset, as days", () => {
  const choices: LimiterOptions = { offsetCounts: "days" };

  it.each<Case>([
    {
      period: "begins a week on Wednesday with 3",
      quota: { limit: 2, period: "WEEK", offset: 3 },
      timeline: `2026-11-24 23:59:59.999 2 pass, 1 over quota
                 2026-11-25 00:00:00.000 2 pass, 1 over quota
                 2026-12-01 23:59:59.999 1 over quota
                 2026-12-02 00:00:00.000 2 pass`,
    },
    {
      period: "counts from Monday, if weeks begin there",
      quota: { limit: 2, period: "WEEK", offset: 2 },
      choices: { weekBegins: "MONDAY" },
      timeline: `2026-11-24 23:59:59.999 2 pass, 1 over quota
                 2026-11-25 00:00:00.000 2 pass, 1 over quota`,
    },
    {
      period: "begins a month on its 15th with 14",
      quota: { limit: 2, period: "MONTH", offset: 14 },
      timeline: `2026-11-14 23:59:59.999 2 pass, 1 over quota
                 2026-11-15 00:00:00.000 2 pass, 1 over quota
                 2026-12-14 23:59:59.999 1 over quota
                 2026-12-15 00:00:00.000 2 pass`,
    },
    {
      period: "begins February on its last day with 27, the largest that AWS takes",
      quota: { limit: 2, period: "MONTH", offset: 27 },
      timeline: `2026-02-27 23:59:59.999 2 pass, 1 over quota
                 2026-02-28 00:00:00.000 2 pass, 1 over quota
                 2026-03-27 23:59:59.999 1 over quota
                 2026-03-28 00:00:00.000 2 pass`,
    },
    {
      period: "takes no request from the first period",
      quota: { limit: 10, period: "MONTH", offset: 4 },
      timeline: "2026-11-22 12:00:00.000 10 pass, 1 over quota",
    },
  ])("$period", ({ quota, choices: others, timeline }) => {
    expectTimeline(new Limiter({ ...choices, ...others }), under(quota), timeline);
  });
});

describe("a quota", () => {
  const daily: Quota = { limit: 3, period: "DAY" };

  it("is each key's own, and one for all stages of its plan", () => {
    expectTimeline(
      new Limiter(),
      {
        alice: under(daily),
        aliceOnTest: { ...under(daily), method: "pets/test/GET /pets" },
        aliceInGold: under(daily, "alice", "gold"),
        bob: under(daily, "bob"),
      },
      `2026-11-22 alice: 2 pass
       2026-11-22 aliceOnTest: 1 pass, 1 over quota
       2026-11-22 alice: 1 over quota
       2026-11-22 bob: 3 pass, 1 over quota
       2026-11-22 aliceInGold: 3 pass, 1 over quota`,
    );
  });

  it("tells what it has left", () => {
    const limiter = new Limiter();
    const left = () => limiter.decide(under(daily), Date.UTC(2026, 10, 22)).quota;
    expect([left(), left(), left(), left(), left()]).toEqual([2, 1, 0, 0, 0]);
  });

  it.each([
    ["raised, adds what it was raised by", 5, "2 pass, 1 over quota"],
    ["lowered, is used up", 1, "1 over quota"],
  ])("that is %s, for what was used stays used", (_, limit, outcome) => {
    expectTimeline(
      new Limiter(),
      { before: under(daily), after: under({ ...daily, limit }) },
      `2026-11-22 before: 3 pass, 1 over quota
       2026-11-22 after: ${outcome}`,
    );
  });

  it("of a month counts what was used when it was one of a day", () => {
    expectTimeline(
      new Limiter(),
      { before: under(daily), after: under({ limit: 7, period: "MONTH" }) },
      `2026-11-22 before: 3 pass, 1 over quota
       2026-11-23 before: 3 pass
       2026-11-24 after: 1 pass, 1 over quota`,
    );
  });

  it("counts what passed while there was none", () => {
    expectTimeline(
      new Limiter(),
      {
        free: { client: { key: "alice", plan: { id: "bronze" } }, method: "pets/prod/GET /pets" },
        limited: under(daily),
      },
      `2026-11-22 free: 2 pass
       2026-11-22 limited: 1 pass, 1 over quota`,
    );
  });
});
