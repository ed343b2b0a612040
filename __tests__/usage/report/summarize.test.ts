import fc from "fast-check";
import { dateOf, dayOfDate } from "../../../src/limiter/day-number";
import type { GatewayModel } from "../../../src/model/model";
import { daysToRead, reportRange } from "../../../src/usage/report/report-range";
import { summarize } from "../../../src/usage/report/summarize";
import { readUse } from "../../../src/usage/report/use-record";
import { usageFile, writeUsageLines } from "../../../src/usage/store/usage-lines";
import { UsageStore } from "../../../src/usage/store/usage-store";
import type { Quota } from "../../../src/vocabulary/quota";
import { MemoryFiles } from "../collect/support";
import { onTier } from "../support/usage-days";
import { NOW, onlyKey, readAtNoon, summaryOf, withQuota } from "./support";

const november = ["2026-11-01", "2026-11-26"] as const;
const longer = ["2026-10-01", "2026-11-26"] as const;
const today = (used: number, before: number) => (day: string) => (day === "2026-11-26" ? used : before);
const daily = (used: number, before = 400) =>
  readAtNoon(withQuota(onTier("joe-black", "bronze", november, today(used, before)), 1_000, "DAY"));
const monthly = (used: number) => readAtNoon(withQuota(onTier("joe-black", "gold", longer, used), 100_000, "MONTH"));

describe("the share of a quota", () => {
  test.each([
    [0, 0, "fine"],
    [799, 0.799, "fine"],
    [800, 0.8, "near"],
    [999, 0.999, "near"],
    [1_000, 1, "used up"],
  ])("%d of 1,000 a day is %d: %s", (used, share, state) => {
    expect(onlyKey(summaryOf(daily(used)))).toMatchObject({
      state,
      period: {
        from: "2026-11-26",
        to: "2026-11-26",
        used,
        allowed: 1_000,
        remaining: 1_000 - used,
        share,
        isAtLeast: false,
      },
    });
  });

  test("a month is counted from its first day, whatever days are asked for", () => {
    const summary = summaryOf(monthly(1_000), { from: "2026-11-20" });
    expect([summary.requests, onlyKey(summary).period]).toEqual([
      7_000,
      expect.objectContaining({ from: "2026-11-01", to: "2026-11-30", used: 26_000, share: 0.26 }),
    ]);
  });

  test("what AWS says to remain decides, where requests were granted or more was used than allowed", () => {
    const granted = daily(600).map((line) => (line.day === "2026-11-26" ? { ...line, remaining: 900 } : line));
    const model = stacks("bronze", { limit: 1_000, period: "DAY" });
    const summary = summaryOf(granted, { model });
    expect(onlyKey(summary).period).toMatchObject({
      allowed: 1_500,
      allowedBy: "remaining",
      remaining: 900,
      share: 0.4,
    });
    expect(summary.unknown).toEqual([
      expect.objectContaining({ kind: "other-allowance", plan: "planbronze", count: 1 }),
    ]);
    expect(onlyKey(summaryOf(daily(1_200), { model })).period).toMatchObject({
      allowed: 1_200,
      remaining: 0,
      share: 1,
    });
  });

  test("it is for each key: a subscription with two keys has the quota twice", () => {
    const second = readAtNoon(withQuota(onTier("joe-black", "bronze", november, 100, { key: "second" }), 1_000, "DAY"));
    const [row] = summaryOf([...daily(900), ...second]).tiers[0]?.subscriptions ?? [];
    expect(row).toMatchObject({
      share: 0.9,
      state: "near",
      keys: [{ period: { share: 0.9 } }, { period: { share: 0.1 } }],
    });
    expect(row?.requests).toBe(25 * 400 + 900 + 26 * 100);
  });

  test("of days that are over, the fullest period counts", () => {
    const lines = daily(1).map((line) => (line.day === "2026-11-07" ? { ...line, used: 950, remaining: 50 } : line));
    expect(onlyKey(summaryOf(lines, { from: "2026-11-01", to: "2026-11-20" }))).toMatchObject({
      state: "near",
      period: { from: "2026-11-07", share: 0.95, isAtLeast: false },
      outlook: null,
    });
  });

  test("subscriptions are sorted by it", () => {
    const of = (name: string, used: number) =>
      readAtNoon(withQuota(onTier(name, "bronze", november, used), 1_000, "DAY"));
    const [tier] = summaryOf([...of("a", 10), ...of("b", 990), ...of("c", 500)]).tiers;
    expect(tier?.subscriptions.map(({ subscription }) => subscription)).toEqual(["b", "c", "a"]);
  });
});

describe("a quota is known", () => {
  test.each([
    ["the figures of a daily one", daily(500), { kind: "limited", limit: 1_000, period: "DAY", source: "figures" }],
    [
      "the figures of a monthly one",
      monthly(10),
      { kind: "limited", limit: 100_000, period: "MONTH", source: "figures" },
    ],
  ])("from %s", (_, lines, quota) => {
    expect(summaryOf(lines).plans).toEqual([{ plan: expect.any(String), quota, lastCollected: "2026-11-26" }]);
  });

  test.each([
    ["AWS said nothing of it", readAtNoon(onTier("ann", "bronze", november, 5)), "no figures"],
    ["nobody called", readAtNoon(onTier("ann", "bronze", november, 0, { remaining: 100 })), "several"],
    [
      "it was changed",
      [
        ...daily(1).slice(0, 9),
        ...daily(1)
          .slice(9)
          .map((each) => ({ ...each, remaining: 7 })),
      ],
      "none",
    ],
    [
      "there is none, as -1 could mean",
      readAtNoon(onTier("ann", "bronze", november, 5, { remaining: -1 })),
      "no figures",
    ],
  ])("from nothing where %s", (_, lines, why) => {
    const summary = summaryOf(lines);
    expect(summary.plans[0]?.quota).toEqual({ kind: "unknown", why });
    expect(onlyKey(summary)).toMatchObject({ state: "unknown", period: null, outlook: null });
    expect(summary.unknown).toEqual([expect.objectContaining({ kind: "unknown-quota", detail: why, count: 1 })]);
  });

  test("from the stacks, which also say that there is none", () => {
    const lines = readAtNoon(onTier("ann", "bronze", november, 500));
    const limited = summaryOf(lines, { model: stacks("bronze", { limit: 1_000, period: "DAY" }) });
    expect(onlyKey(limited).period).toMatchObject({ allowed: 1_000, allowedBy: "limit", share: 0.5, isAtLeast: false });
    expect(limited.plans[0]?.quota).toMatchObject({ source: "stacks" });
    const unlimited = summaryOf(lines, { model: stacks("bronze", undefined) });
    expect([unlimited.plans[0]?.quota.kind, onlyKey(unlimited).state]).toEqual(["unlimited", "unlimited"]);
  });

  test("a plan of the stacks that no collection has read is named", () => {
    const summary = summaryOf(daily(1), { model: stacks("silver", undefined), failAt: 80 });
    expect(summary.unknown).toEqual([expect.objectContaining({ kind: "not-collected", plan: "silver" })]);
    expect(summary.threshold?.verdict).toBe("unknown");
  });
});

describe("when a quota will be used up", () => {
  test.each([
    [
      "at the pace of a month so far",
      monthly(3_800),
      { kind: "will be used up", at: "2026-11-26T19:15:52.226Z", pace: "of the period" },
    ],
    ["not in this month", monthly(3_000), { kind: "lasts", at: null, requestsADay: 3_059.7, pace: "of the period" }],
    [
      "of a day: at the pace of the seven before",
      daily(820),
      { kind: "will be used up", at: "2026-11-26T22:38:00.000Z", requestsADay: 400, pace: "of the days before" },
    ],
    ["it is", daily(1_000), { kind: "used up", at: null, requestsADay: null, pace: null }],
    ["not, without calls", daily(0, 0).concat(), { kind: "lasts", at: null, requestsADay: 0 }],
  ])("%s", (_, lines, outlook) => {
    const model = stacks("bronze", { limit: 1_000, period: "DAY" });
    expect(onlyKey(summaryOf(lines, { model })).outlook).toMatchObject(outlook);
  });

  test("it is not known of a key with less than a day in the plan", () => {
    const lines = daily(900).filter(({ day }) => day === "2026-11-26");
    const model = stacks("bronze", { limit: 1_000, period: "DAY" });
    const others = readAtNoon(onTier("ann", "bronze", november, 1));
    const summary = summaryOf([...lines, ...others], { model });
    const key = summary.tiers[0]?.subscriptions[0]?.keys[0];
    expect([key?.key, key?.outlook?.kind]).toEqual(["keyjoe-black", "unknown"]);
  });
});

describe("a threshold", () => {
  const model = stacks("bronze", { limit: 1_000, period: "DAY" });
  test.each([
    ["reached", "at 80 %", daily(800), {}],
    ["not reached", "below it", daily(799), {}],
    [
      "reached",
      "by figures that are old, because calls are only added",
      readAtNoon(daily(900), "2026-11-26T01:00:00.000Z"),
      {},
    ],
    ["unknown", "by figures that are old", readAtNoon(daily(100), "2026-11-26T08:59:00.000Z"), {}],
    [
      "not reached",
      "by figures that are young enough",
      readAtNoon(daily(100), "2026-11-26T08:59:00.000Z"),
      { maxAgeHours: 4 },
    ],
    ["unknown", "without figures of today", daily(100).slice(0, -1), {}],
    ["unknown", "without a known quota", daily(100), { model: undefined, readAs: null }],
    ["unknown", "without any figures", [], {}],
    ["not reached", "of days that are over and final", daily(999), { to: "2026-11-20", from: "2026-11-01" }],
    [
      "unknown",
      "of a day that is over and was not collected",
      daily(9).filter(({ day }) => day !== "2026-11-10"),
      { from: "2026-11-01", to: "2026-11-20" },
    ],
    [
      "unknown",
      "of a day that may still change",
      readAtNoon(daily(9), "2026-11-26T01:00:00.000Z"),
      { from: "2026-11-25", to: "2026-11-25" },
    ],
  ])("is %s %s", (verdict, _, lines, options) => {
    const used = "readAs" in options ? lines.map((line) => ({ ...line, remaining: null })) : lines;
    expect(summaryOf(used, { model, failAt: 80, ...options }).threshold).toMatchObject({ percent: 80, verdict });
  });

  test("is reached by a key of which nothing remains, whatever its quota is", () => {
    const lines = daily(400).map((line, index) => (index === 3 ? { ...line, remaining: 5 } : line));
    const spent = lines.map((line) => (line.day === "2026-11-26" ? { ...line, remaining: 0 } : line));
    const summary = summaryOf(spent, { failAt: 80 });
    expect([summary.plans[0]?.quota.kind, summary.threshold?.verdict, onlyKey(summary).state]).toEqual([
      "unknown",
      "reached",
      "used up",
    ]);
    const never = spent.map((line) => ({ ...line, remaining: 0 }));
    expect(onlyKey(summaryOf(never, { failAt: 80 })).state).toBe("unknown");
  });
});

describe("who was where", () => {
  test("a subscription that moved stands in both tiers, each with its own requests", () => {
    const old = readAtNoon(withQuota(onTier("ann", "bronze", ["2026-11-01", "2026-11-09"], 10), 1_000, "DAY"));
    const now = readAtNoon(withQuota(onTier("ann", "gold", ["2026-11-10", "2026-11-26"], 20), 100_000, "MONTH"));
    const { tiers } = summaryOf([...old, ...now, ...daily(1)]);
    expect(tiers.map(({ tier, requests, subscriptions }) => [tier, requests, subscriptions.length])).toEqual([
      ["bronze", 90 + 25 * 400 + 1, 2],
      ["gold", 340, 1],
    ]);
    expect(tiers[0]?.subscriptions[1]).toMatchObject({
      isCurrent: false,
      state: "left",
      keys: [{ last: "2026-11-09" }],
    });
    expect(tiers[1]?.subscriptions[0]).toMatchObject({ isCurrent: true, keys: [{ first: "2026-11-10" }] });
  });

  test("keys of no subscription are named by their ids, unless these could be values", () => {
    const value = "0123456789".repeat(3);
    const lines = readAtNoon(onTier(null, "bronze", november, 2, { key: value }));
    const summary = summaryOf([...lines, ...readAtNoon(onTier(null, "bronze", november, 3, { key: "abc123def4" }))]);
    expect(summary.unknown.filter(({ kind }) => kind === "no-subscription")).toMatchObject([
      { key: "<not shown>", count: 52 },
      { key: "abc123def4", count: 78 },
    ]);
    expect(JSON.stringify(summary)).not.toContain(value);
    expect(summary.tiers[0]?.subscriptions).toHaveLength(2);
  });

  test("days on which the tier was assumed are said", () => {
    const lines = [
      ...daily(1),
      ...readAtNoon(onTier("ann", "bronze", ["2026-11-02", "2026-11-03"], 1, { membership: "assumed" })),
    ];
    expect(summaryOf(lines).unknown).toContainEqual(
      expect.objectContaining({ kind: "assumed-tier", subscription: "ann", days: ["2026-11-02", "2026-11-03"] }),
    );
  });

  test("a plan that AWS does not have any more has no current keys, and what was lost is said", () => {
    const lines = readAtNoon(withQuota(onTier("ann", "old", ["2026-11-01", "2026-11-20"], 10), 1_000, "DAY"));
    const lost = { from: "2026-11-20", to: "2026-11-26", lastRead: "", because: "plan deleted", noticed: "" } as const;
    const reading = { read: "2026-11-20T00:00:00.000Z", region: null, gone: true, lost: [lost] };
    const options = { tier: "old", failAt: 80 };
    const gone = summaryOf([...lines, ...daily(1)], { ...options, readings: new Map([["planold", reading]]) });
    expect([onlyKey(gone).state, gone.threshold?.verdict]).toEqual(["left", "not reached"]);
    expect(gone.unknown).toMatchObject([{ kind: "lost", plan: "planold" }]);
    const silent = summaryOf([...lines, ...daily(1)], options);
    expect(silent.unknown).toMatchObject([
      { kind: "not-collected", plan: "planold", days: expect.arrayContaining(["2026-11-21"]) },
    ]);
    expect(silent.threshold?.verdict).toBe("unknown");
  });

  test.each([
    ["joe-blak", undefined, 'customer "joe-blak" is not in the usage store on these days; did you mean "joe-black"?'],
    [undefined, "bronce", 'tier "bronce" is not in the usage store on these days; did you mean "bronze"?'],
  ])("customer %s and tier %s are refused where there are none", (customer, tier, message) => {
    expect(() => summaryOf(daily(1), { customer, tier })).toThrow(message);
  });
});

test("the sum of a summary is that of the store's lines, by day, tier, subscription and key", async () => {
  const line = fc.record({
    day: fc.integer({ min: 0, max: 40 }).map((each) => dateOf(dayOfDate("2026-10-20") + each)),
    plan: fc.constantFrom("p1", "p2", "p3"),
    key: fc.constantFrom("k1", "k2", "k3", "k4"),
    subscription: fc.constantFrom("a", "b", null),
    tier: fc.constantFrom("bronze", "gold", null),
    used: fc.integer({ min: 0, max: 1_000 }),
    remaining: fc.option(fc.integer({ min: -1, max: 1_000 })),
    membership: fc.constantFrom("observed" as const, "carried" as const, "assumed" as const),
    final: fc.boolean(),
  });
  const unique = fc.uniqueArray(line, { selector: ({ day, plan, key }) => `${day} ${plan} ${key}`, maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(unique, fc.constantFrom({}, { from: "2026-11-03", to: "2026-11-20" }), async (drawn, days) => {
      const files = new Map<string, Parameters<typeof writeUsageLines>[0]>();
      for (const { day, plan, ...fields } of drawn) {
        const [{ day: _, plan: __, ...whole } = { day, plan }] = onTier("x", "y", [day, day], 0, fields);
        const name = usageFile(day, plan);
        files.set(name, [...(files.get(name) ?? []), whole as never]);
      }
      const texts = new Map([...files].map(([name, lines]) => [name, writeUsageLines(lines)]));
      const store = new UsageStore("memory", new MemoryFiles(texts));
      const range = reportRange({ now: NOW, ...days });
      const { first, last } = daysToRead(range);
      const summary = summarize(await readUse(store, first, last), { range, maxAgeHours: 3, failAt: 80 });
      let sum = 0;
      const until = dateOf(Math.min(range.to, dayOfDate("2026-11-26")));
      for await (const { used } of store.days({ from: dateOf(range.from), to: until })) sum += used;
      const total = (values: readonly { readonly requests: number }[]) =>
        values.reduce((added, { requests }) => added + requests, 0);
      const subscriptions = summary.tiers.flatMap((each) => each.subscriptions);
      const sums = [summary.days, summary.tiers, subscriptions, subscriptions.flatMap((each) => each.keys)].map(total);
      expect([summary.requests, ...sums]).toEqual(Array(5).fill(sum));
    }),
    { numRuns: 60 },
  );
});

/** A model of one tier with a key in it, as before the first deploy. */
function stacks(tier: string, quota: Quota | undefined): GatewayModel {
  const members = { keys: [{}], externalKeys: [], hasUnknownKeys: false };
  return { plans: [{ id: tier, tier, awsId: undefined, quota, unknownLimits: [], ...members }] } as never;
}
