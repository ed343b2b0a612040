import fc from "fast-check";
import type { ReplayReport } from "../../../src/replay/replay-report";
import { compare, comparisonText } from "../../../src/replay/report/compare";
import { limitsText, shareText } from "../../../src/replay/report/labels";
import { replayText } from "../../../src/replay/report/replay-text";
import { condensed } from "../../../src/replay/report/series";
import { sparkline } from "../../../src/text/sparkline";
import { bronze, customer, exactly, REPORT } from "./support";

describe("a replay in a terminal", () => {
  test("says who is refused, whom a candidate costs or frees, which limits are safe, and what is not known", () => {
    expect(replayText(REPORT).split("\n")).toEqual([
      "Replay of 2026-11-03 08:00 to 2026-11-06 23:59 UTC",
      "22,000 calls in the logs; 21,705 met limits. 220 calls were refused then, and nobody knows whether their",
      '  callers would have called again: "120 to 340 refused" is 120 without these calls and 340 with all of them.',
      "",
      "as it is: 124 to 344 of 21,705 calls refused",
      "",
      "bronze: 10/s, burst 20, 1,000 a day",
      "  21,005 calls of 3 customers, 124 to 344 refused (0.5 to 1.6 %): by usage plan 300, quota 44",
      "  2 more subscriptions did not call",
      "  calls   ····▄▄▅▆▆▇██····▄▄▅▆▆▇██····▄▄▅▆▆▇██····▄▄▅▆▆▇██ up to 4,500 in 2 hours",
      "  refused ······█···········█···········█···········█····· up to 86 in 2 hours",
      "  Customer                  Refused         Share  Days  First       Last        By                 Fits",
      "  joe-black (Joe Black)  120 to 340  0.6 to 1.7 %     4  2026-11-03  2026-11-06  usage plan, quota  gold",
      "  ann                             4         0.4 %     1  2026-11-05  2026-11-05  quota              none",
      "  never binds: usage plan method GET /pets of weather/prod (500 a second, 900 at once), at most 3.1 % used",
      "  always binds: quota (1,000 a day), 2 customers refused",
      "  smallest rate and burst that refuse nobody: 5/s with burst 1,204, 10/s with burst 55, 20/s with burst 12",
      "    (here 10/s with burst 20; at this rate, burst 55 is needed)",
      "    GET /pets of weather/prod: 1/s with burst 30",
      "  smallest quota that refuses nobody: 1,204 a day (joe-black; here 1,000), at least 20,000 a month (joe-black)",
      "",
      "gold: no limits",
      "  700 calls of 1 customer, 0 refused (0 %)",
      "  calls   ▃▆█▃ up to 300 a day",
      "",
      "bronze.quota.limit=2000: 1,544 of 21,705 calls refused, and 1 to 3 of open routes, which have no customer",
      'compared with "as it is": costs joe-black 1,204 calls on 4 days; frees ann',
      "the same: gold",
      "",
      "bronze: 10/s, burst 20, 2,000 a day",
      "  21,005 calls of 3 customers, 1,544 refused (7.3 %): by usage plan 1,544",
      "  2 more subscriptions did not call",
      "  refused ······█···········█···········█···········█····· up to 86 in 2 hours",
      "  Customer                      Refused         Share  Days  First       Last        By          Fits",
      "  joe-black (Joe Black)  1,324 to 1,544  6.6 to 7.7 %     4  2026-11-03  2026-11-06  usage plan  gold",
      "  never binds: usage plan method GET /pets of weather/prod (500 a second, 900 at once), at most 3.1 % used",
      "  always binds: quota (1,000 a day), 2 customers refused",
      "",
      "Calls that met no limits:",
      "- 295 calls have a key that no subscription is known for, such as k1, </style><img src=x",
      "    onerror=alert(1)>\"'&amp;\\u202e\\x1b[31m, k3 and 1 other",
      "",
      "Not known, or not complete:",
      "- lines of a.log could not be read: </style><img src=x onerror=alert(1)>\"'&amp;\\u202e\\x1b[31m",
    ]);
  });

  test("names 12 customers of a tier, and counts the others", () => {
    const names = Array.from({ length: 40 }, (_, index) => `customer-${index}`);
    const customers = names.map((name) =>
      customer(name, 10, { refused: exactly(1), refusedBy: { quota: 1 }, days: 1 }),
    );
    const output = replayText(withTier({ customers }));
    expect(output.match(/^ {2}customer-/gm)).toHaveLength(12);
    expect(output).toContain("\n  and 28 others\n");
  });

  test("gives the times of refused calls where all calls are of one day", () => {
    const span = { from: "2026-11-03T08:00:12.000Z", to: "2026-11-03T23:00:00.000Z" };
    expect(replayText({ ...REPORT, span })).toMatch(/joe-black .* 10:20:00 {2}18:04:09/);
  });

  test("of no calls says so", () => {
    const none = { span: null, calls: 0, replayed: 0, refusedThen: 0, notes: [], left: [], candidates: [] };
    expect(replayText(none)).toBe("Replay of no calls\n0 calls in the logs; 0 met limits.");
  });

  test("moves no cursor, turns no text, and is never wider than 110 columns", () => {
    const text = fc.string({ unit: "binary-ascii", maxLength: 300 });
    const count = fc.nat({ max: 100_000_000 });
    fc.assert(
      fc.property(text, text, text, count, count, (name, other, limit, calls, low) => {
        const refused = { low, high: low + calls };
        const all = { plan: 1, quota: 2, account: 3, "plan method": 4, "stage method": 5 };
        const customers = [customer(name, calls, { customer: other, refused, refusedBy: all, fits: limit })];
        const limits = bronze.limits.map((each) => ({ ...each, route: name, written: limit }));
        const report = {
          ...withTier({ tier: other, customers, limits }),
          notes: [{ kind: "lines" as const, text: `${name}\u009b31m\u202e`, tiers: [] }],
        };
        for (const line of replayText(report).split("\n")) {
          expect(line.length).toBeLessThanOrEqual(110);
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        }
      }),
    );
  });
});

describe("two candidates", () => {
  const withRefused = (...customers: readonly (readonly [name: string, low: number, high: number])[]) => ({
    ...{ name: "", refused: exactly(0), openRoutesRefused: exactly(0), leftOut: [] },
    tiers: [
      {
        ...bronze,
        customers: customers.map(([name, low, high]) => customer(name, 100, { refused: { low, high }, days: 1 })),
      },
    ],
  });

  test("are compared customer by customer, the most concerned first", () => {
    const first = withRefused(["ann", 4, 4], ["bob", 9, 9], ["joe", 1, 2], ["eve", 3, 3]);
    const second = withRefused(["ann", 0, 0], ["bob", 5, 8], ["joe", 4, 9], ["eve", 3, 3], ["new", 20, 20]);
    expect(compare(first, second)).toEqual({
      loses: [],
      costs: [
        { subscription: "new", calls: exactly(20), days: 1 },
        { subscription: "joe", calls: { low: 3, high: 7 }, days: 1 },
      ],
      frees: [{ subscription: "ann", calls: exactly(4), days: 1 }],
      eases: [{ subscription: "bob", calls: { low: 1, high: 4 }, days: 1 }],
    });
  });

  test("say whose calls one of them does not serve, who is not freed by that", () => {
    const [first, second] = [withRefused(["ann", 4, 4], ["bob", 0, 0]), withRefused(["bob", 0, 0])];
    const compared = compare(first, second);
    expect(compared).toEqual({
      ...{ costs: [], frees: [], eases: [] },
      loses: [{ subscription: "ann", calls: exactly(100), days: null }],
    });
    expect(comparisonText(compared, 5)).toBe("has no access for ann (100 calls)");
  });

  test("say of one who loses a call, too, that more of the others are refused", () => {
    const tier = (name: string, calls: number, count: number) => ({
      ...{ ...bronze, tier: name, customers: [customer("ann", calls, { refused: exactly(count), days: 1 })] },
    });
    const first = { ...withRefused(), tiers: [tier("prod", 500, 0), tier("beta", 1, 0)] };
    const second = { ...withRefused(), tiers: [tier("prod", 500, 499)] };
    expect(comparisonText(compare(first, second), 5)).toBe(
      "has no access for ann (1 call); costs ann 499 calls on 1 day",
    );
  });

  test("are compared by subscription where one moves to another tier", () => {
    const moved = withRefused(["ann", 7, 7]);
    const after = { ...moved, tiers: moved.tiers.map((tier) => ({ ...tier, tier: "gold" })) };
    expect(compare(withRefused(["ann", 4, 4]), after).costs).toEqual([
      { subscription: "ann", calls: exactly(3), days: 1 },
    ]);
  });
});

describe("limits that are known only after a deploy", () => {
  const throttle = { rateLimit: 10, burstLimit: 20 };
  const quota = { limit: 5, period: "DAY" } as const;

  test.each<[tier: Parameters<typeof limitsText>[0], text: string]>([
    [{ throttle: null, quota: null, unknownLimits: [] }, "no limits"],
    [{ throttle: null, quota: null, unknownLimits: ["quota"] }, "limits known only after a deploy"],
    [{ throttle: null, quota: null, unknownLimits: ["quota", "throttle"] }, "limits known only after a deploy"],
    [{ throttle, quota: null, unknownLimits: ["quota"] }, "10/s, burst 20, quota known only after a deploy"],
    [{ throttle: null, quota, unknownLimits: ["throttle"] }, "5 a day, throttle known only after a deploy"],
    [
      { throttle, quota, unknownLimits: ["throttle"] },
      "10/s, burst 20, 5 a day, limits of routes known only after a deploy",
    ],
  ])("%j are written so", (tier, text) => {
    expect(limitsText(tier)).toBe(text);
  });

  test("are not taken for none where the smallest ones are shown", () => {
    const output = replayText(withTier({ throttle: null, unknownLimits: ["throttle"] }));
    expect(output.replaceAll(/\s+/g, " ")).toContain("(the throttle is known only after a deploy)");
  });

  test("free nobody and spare nobody", () => {
    const [first, candidate] = [REPORT.candidates[0], REPORT.candidates[1]];
    if (!first || !candidate) throw new Error("there are two candidates");
    const unknown = {
      ...candidate,
      tiers: candidate.tiers.map((tier) => ({ ...tier, unknownLimits: ["quota"] as const })),
    };
    expect(compare(first, candidate).frees.map(({ subscription }) => subscription)).toEqual(["ann"]);
    expect(compare(first, unknown)).toEqual({ ...compare(first, candidate), frees: [], eases: [] });
  });
});

test.each<[number, number, number, string]>([
  [0, 0, 0, "0 %"],
  [0, 0, 10, "0 %"],
  [1, 1, 100_000, "<0.1 %"],
  [4, 4, 1_000, "0.4 %"],
  [4, 12, 1_000, "0.4 to 1.2 %"],
  [999, 999, 1_000, "99 %"],
  [1_000, 1_000, 1_000, "100 %"],
])("%d to %d of %d calls are %s", (low, high, calls, text) => {
  expect(shareText({ low, high }, calls)).toBe(text);
});

test("a line of columns is full at the highest value, and empty only for none", () => {
  expect(sparkline([0, 1, 400, 500, 800])).toBe("·▁▄▅█");
  expect(sparkline([])).toBe("");
});

test("a series that is condensed to fewer intervals has as many calls", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1_000 }), { maxLength: 2_000 }),
      fc.constantFrom("hour" as const, "day" as const),
      (calls, interval) => {
        const few = condensed({ from: "2026-11-03T00:00:00.000Z", interval, calls, refused: calls }, 84);
        expect(few.calls.length).toBeLessThanOrEqual(84);
        const sum = (counts: readonly number[]) => counts.reduce((whole, count) => whole + count, 0);
        expect([sum(few.calls), sum(few.refused)]).toEqual([sum(calls), sum(calls)]);
      },
    ),
  );
});

const withTier = (fields: Partial<typeof bronze>): ReplayReport => ({
  ...REPORT,
  candidates: REPORT.candidates.slice(0, 1).map((each) => ({ ...each, tiers: [{ ...bronze, ...fields }] })),
});
