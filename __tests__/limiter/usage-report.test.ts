import { Limiter, type LimiterOptions } from "../../src/limiter/limiter";
import type { Quota } from "../../src/vocabulary/quota";

const DAY = 86_400_000;
const monthly: Quota = { limit: 1_000, period: "MONTH" };

/** Sends so many requests on each of the days. */
function called(
  calls: Readonly<Record<string, number>>,
  { key = "alice", quota = monthly, limiter = new Limiter() } = {},
) {
  const plan = { id: "bronze", quota };
  for (const [date, count] of Object.entries(calls))
    for (let call = 0; call < count; call++)
      limiter.decide({ client: { key, plan }, method: "pets/prod/GET /pets" }, Date.parse(date) + call);
  return { limiter, plan };
}

describe("a usage report, in the shape of GetUsage", () => {
  it("has a pair for each day: used on it, and remaining of the quota when it ended", () => {
    const { limiter, plan } = called({ "2026-11-20": 137, "2026-11-21": 123, "2026-11-23": 84 });
    expect(limiter.usage(plan, "2026-11-20", "2026-11-23")).toEqual({
      usagePlanId: "bronze",
      startDate: "2026-11-20",
      endDate: "2026-11-23",
      values: {
        alice: [
          [137, 863],
          [123, 740],
          [0, 740],
          [84, 656],
        ],
      },
    });
  });

  it.each<[period: string, quota: Quota, options: LimiterOptions, pairs: readonly (readonly [number, number])[]]>([
    [
      "a day",
      { limit: 5, period: "DAY" },
      {},
      [
        [3, 2],
        [2, 3],
        [4, 1],
      ],
    ],
    [
      "a week from Sunday",
      { limit: 50, period: "WEEK" },
      {},
      [
        [3, 47],
        [2, 48],
        [4, 44],
      ],
    ],
    [
      "a week from Monday",
      { limit: 50, period: "WEEK" },
      { weekBegins: "MONDAY" },
      [
        [3, 47],
        [2, 45],
        [4, 46],
      ],
    ],
    [
      "a month with an offset",
      { limit: 50, period: "MONTH", offset: 9 },
      {},
      [
        [3, 38],
        [2, 36],
        [4, 32],
      ],
    ],
  ])("starts again with the quota: %s", (_, quota, options, pairs) => {
    const calls = { "2026-11-21": 3, "2026-11-22": 2, "2026-11-23": 4 };
    const { limiter, plan } = called(calls, { quota, limiter: new Limiter(options) });
    const { alice } = limiter.usage(plan, "2026-11-21", "2026-11-23").values;
    expect(alice).toEqual(pairs);
  });

  it("does not count what was refused", () => {
    const quota: Quota = { limit: 2, period: "DAY" };
    const { limiter, plan } = called({ "2026-11-22": 9 }, { quota });
    expect(limiter.usage(plan, "2026-11-22", "2026-11-22").values).toEqual({ alice: [[2, 0]] });
  });

  it("has all keys that called on its days, in order, or those that are asked for", () => {
    const { limiter, plan } = called({ "2026-11-21": 1 }, { key: "bob" });
    called({ "2026-11-21": 1 }, { key: "alice", limiter });
    called({ "2026-11-22": 1 }, { key: "carol", limiter });
    const keys = (asked?: readonly string[]) =>
      Object.keys(limiter.usage(plan, "2026-11-21", "2026-11-21", asked).values);
    expect(keys()).toEqual(["alice", "bob"]);
    expect(keys(["carol", "nobody"])).toEqual(["carol", "nobody"]);
    expect(limiter.usage(plan, "2026-11-21", "2026-11-21", ["nobody"]).values).toEqual({ nobody: [[0, 1_000]] });
  });

  it("is of one plan", () => {
    const { limiter } = called({ "2026-11-22": 1 });
    expect(limiter.usage({ id: "gold" }, "2026-11-22", "2026-11-22").values).toEqual({});
  });

  it("takes key ids for what they are, even such as every object has", () => {
    const { limiter, plan } = called({ "2026-11-22": 1 }, { key: "__proto__" });
    called({ "2026-11-22": 2 }, { key: "constructor", limiter });
    expect(Object.entries(limiter.usage(plan, "2026-11-22", "2026-11-22").values)).toEqual([
      ["__proto__", [[1, 999]]],
      ["constructor", [[2, 998]]],
    ]);
  });

  it("ranges over 90 days, with all that was used on the first of them", () => {
    const { limiter, plan } = called({ "2026-09-01": 7, "2026-11-29": 5 });
    const { alice } = limiter.usage(plan, "2026-09-01", "2026-11-29").values;
    expect(alice).toHaveLength(90);
    expect([alice?.[0], alice?.[1], alice?.[30], alice?.[89]]).toEqual([
      [7, 993],
      [0, 993],
      [0, 1_000],
      [5, 995],
    ]);
  });

  it("is right on its first day even for the month that had begun before it", () => {
    const limiter = new Limiter();
    const start = Date.parse("2026-08-01");
    for (let day = 0; day < 121; day++)
      called({ [new Date(start + day * DAY).toISOString().slice(0, 10)]: 1 }, { limiter });
    const { alice } = limiter.usage({ id: "bronze", quota: monthly }, "2026-08-31", "2026-11-28").values;
    expect(alice?.[0]).toEqual([1, 969]);
  });

  it.each([
    [
      "too many days",
      ["2026-09-01", "2026-11-30"],
      "usage from 2026-09-01 to 2026-11-30 is over 91 days; a report is over 1 to 90 days: " +
        "end it between 2026-09-01 and 2026-11-29",
    ],
    [
      "days in the wrong order",
      ["2026-11-22", "2026-11-21"],
      "usage from 2026-11-22 to 2026-11-21 is over 0 days; a report is over 1 to 90 days: " +
        "end it between 2026-11-22 and 2027-02-19",
    ],
    ["a day that no calendar has", ["2026-02-29", "2026-03-01"], 'such as 2024-02-29, got "2026-02-29"'],
    ["a time", ["2026-02-28T00:00:00Z", "2026-03-01"], 'such as 2024-02-29, got "2026-02-28T00:00:00Z"'],
    ["another way to write dates", ["2026-02-28", "1.3.2026"], 'such as 2024-02-29, got "1.3.2026"'],
    ["no date", ["", "2026-03-01"], 'such as 2024-02-29, got ""'],
  ] as const)("is refused for %s", (_, [first, last], message) => {
    const report = () => new Limiter().usage({ id: "bronze" }, first, last);
    expect(report).toThrow(RangeError);
    expect(report).toThrow(message);
  });
});
