import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { catalog as sample } from "../../catalog";
import { catalogOf } from "../../examples/traffic/catalog";
import { keysOf, trafficLines } from "../../examples/traffic/generate/traffic";
import { LogFormat } from "../../src/logs/log-format";
import { LogReader } from "../../src/logs/log-reader";
import type { LoggedCall } from "../../src/logs/logged-call";
import { type RecordedLog, type ReplayedLog, replay } from "../../src/testing";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";

const DAY = 86_400_000;
const DAYS = 10;
const catalog = catalogOf();
const lines = [...trafficLines(catalog, { days: DAYS })];
const keys = keysOf(catalog);
const tierOf = (call: LoggedCall) =>
  catalog.subscriptions.find(({ id }) => call.key !== undefined && id === keys[call.key])?.tier;

async function readCalls(reader: LogReader): Promise<LoggedCall[]> {
  const bytes = gzipSync(lines.join("\n"), { level: 1 });
  const calls: LoggedCall[] = [];
  const source = {
    name: "access.log.gz",
    bytes: async function* () {
      yield bytes;
    },
  };
  for await (const read of reader.read(source)) for (const call of read) calls.push(call);
  return calls;
}

let calls: LoggedCall[] = [];
const reader = new LogReader([new LogFormat(ACCESS_LOG_FORMAT)]);
beforeAll(async () => {
  calls = await readCalls(reader);
}, 60_000);

/** The most calls in one part of the log, by the parts' number. */
const countBy = <Part>(some: readonly LoggedCall[], part: (call: LoggedCall) => Part) => {
  const counts = new Map<Part, number>();
  for (const call of some) counts.set(part(call), (counts.get(part(call)) ?? 0) + 1);
  return counts;
};
const subscriptionsWith = (some: readonly LoggedCall[]) =>
  [...new Set(some.map(({ key = "" }) => keys[key] ?? ""))].sort();

test("it has the tiers of the sample, and its customers among others", () => {
  const limits = ({ tiers }: typeof sample) => tiers.map(({ id, throttle, quota }) => ({ id, throttle, quota }));
  expect(limits(catalog as never)).toEqual(limits(sample));
  expect(catalog.subscriptions).toHaveLength(40);
  expect(catalogOf(200).subscriptions).toHaveLength(200);
  for (const { id, tier, enabled } of sample.subscriptions)
    expect(catalog.subscriptions).toContainEqual(expect.objectContaining({ id, tier, enabled }));
});

test("equal seeds give equal bytes, and others do not", () => {
  const log = (seed: string) => [...trafficLines(catalog, { days: 1, seed })].join("\n");
  expect(log("a")).toBe(log("a"));
  expect(log("a")).not.toBe(log("b"));
});

test("keys have ids as in AWS, the same for a subscription in each log", () => {
  expect(Object.keys(keys)).toHaveLength(40);
  for (const id of Object.keys(keys)) expect(id).toMatch(/^key[a-z0-9]{7}$/);
  const larger = keysOf(catalogOf(60));
  for (const [id, subscription] of Object.entries(keys)) expect(larger[id]).toBe(subscription);
});

test("each line is read as a call, in the order of time", () => {
  expect([...reader.notes.keys()]).toEqual(["no key"]);
  expect(calls).toHaveLength(lines.length);
  expect(calls.every(({ time }, index) => time >= (calls[index - 1]?.time ?? 0))).toBe(true);
  expect(new Set(calls.map(({ key }) => key ?? "")).size).toBe(40);
  expect(calls.every(({ key }) => key === undefined || key in keys)).toBe(true);
});

test("people work by day and rest on weekends", () => {
  const ordinary = calls.filter((call) => tierOf(call) === "silver");
  const days = countBy(ordinary, ({ time }) => new Date(time).getUTCDay());
  const [sunday = 0, , tuesday = 0, , , , saturday = 0] = Array.from({ length: 7 }, (_, day) => days.get(day) ?? 0);
  expect(Math.max(sunday, saturday)).toBeLessThan(0.7 * tuesday);
  for (const key of new Set(ordinary.map((call) => call.key))) {
    const hours = countBy(
      ordinary.filter((call) => call.key === key),
      ({ time }) => new Date(time).getUTCHours(),
    );
    const sorted = [...hours.values()].sort((a, b) => b - a);
    expect(sorted.slice(0, 8).reduce((sum, count) => sum + count)).toBeGreaterThan(
      0.5 * sorted.reduce((sum, count) => sum + count),
    );
  }
});

test("a client that calls without a pause can be found by its quota", () => {
  const [first] = calls.filter(({ key = "", errorType }) => keys[key] === "hooli" && errorType === "QUOTA_EXCEEDED");
  expect(new Date(first?.time ?? 0).toISOString()).toMatch(/^2026-10-11T1[4-9]/);
  const after = calls.filter(({ key = "", time }) => keys[key] === "hooli" && time > (first?.time ?? 0));
  expect(after.length).toBeGreaterThan(3 * 15_000);
});

test("bronze refuses pages that are wider than its burst, and gold entries that come too fast", () => {
  const refused = calls.filter(({ errorType }) => errorType === "THROTTLED");
  const of = (tier: string) => subscriptionsWith(refused.filter((call) => tierOf(call) === tier));
  expect(of("bronze").length).toBeGreaterThanOrEqual(2);
  expect(of("bronze").length).toBeLessThan(6);
  expect(of("silver")).toEqual([]);
  expect(of("gold").length).toBeGreaterThan(0);
  expect(refused.filter((call) => tierOf(call) === "gold").every(({ method }) => method === "POST")).toBe(true);
});

test("half of silver's quota would hurt two customers, and its own nobody", () => {
  const silver = calls.filter((call) => tierOf(call) === "silver");
  expect(silver.filter(({ status }) => status === 429)).toEqual([]);
  const days = countBy(silver, ({ key, time }) => `${key} ${Math.floor(time / DAY)}`);
  const above = [...days].filter(([, count]) => count > 2_500).map(([day]) => keys[day.split(" ")[0] ?? ""]);
  expect([...new Set(above)].sort()).toHaveLength(2);
});

test("the number of calls and the runaway client can be chosen", () => {
  const few = [
    ...trafficLines(catalog, {
      days: 1,
      callsADay: 1_000,
      runaway: { subscription: "acme", from: Date.UTC(2026, 9, 5, 23), pause: 60_000 },
    }),
  ];
  const keyed = few.filter((line) => !line.includes('"apiKeyId":"-"'));
  expect(keyed.length).toBeGreaterThan(500);
  expect(keyed.length).toBeLessThan(2_000);
  expect(() => [...trafficLines(catalog, { start: "soon" })]).toThrow('got "soon"');
});

describe("the guide of replay", () => {
  const guide = readFileSync(join(__dirname, "../../docs/replay.md"), "utf8");
  const withTier = (id: string, limits: object) => ({
    ...catalog,
    tiers: catalog.tiers.map((tier) => (tier.id === id ? { ...tier, ...limits } : tier)),
  });
  const bronzeWith = (burstLimit: number) => withTier("bronze", { throttle: { rateLimit: 10, burstLimit } });
  const throttled = (replayed: ReplayedLog) =>
    replayed
      .refused("bronze")
      .filter(({ by }) => by.plan)
      .map(({ subscription }) => subscription)
      .sort();
  let log: RecordedLog;
  let today: ReplayedLog;
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "api-tiers-traffic-"));
    const file = join(folder, "access.log.gz");
    writeFileSync(file, gzipSync(lines.join("\n"), { level: 1 }));
    log = replay(file, { keys });
    today = log.against(catalog);
    rmSync(folder, { recursive: true });
  });

  test("hooli is the client that has lost its way, and no tier fits it", () => {
    const bronze = today.report.candidates[0]?.tiers.find(({ tier }) => tier === "bronze");
    expect(bronze?.customers[0]).toMatchObject({ subscription: "hooli", refusedBy: { quota: 69_814 }, fits: null });
    expect(bronze?.customers[0]?.first).toMatch(/^2026-10-11T/);
    expect(bronze?.safe?.quotas[0]).toEqual({ period: "DAY", limit: 21_747, subscription: "hooli", isWhole: true });
    expect(guide).toContain("hooli (Hooli)          0 to 69,814");
    expect(guide).toContain("21,747 a day (hooli; here 1,000)");
  });

  test("bronze needs a burst of 47 at 10 a second: one less refuses somebody", () => {
    expect(today.safeBurst("bronze", 10)).toBe(47);
    expect(guide).toContain("at this rate, burst 47 is needed");
    expect(throttled(today)).toEqual(["blue-sun", "monsters", "tyrell"]);
    expect(throttled(log.against(bronzeWith(46)))).not.toEqual([]);
    expect(throttled(log.against(bronzeWith(47)))).toEqual([]);
  });

  test("half of silver's quota hurts black-mesa and bluth, and its own nobody", () => {
    const half = withTier("silver", { quota: { limit: 2_500, period: "DAY", offset: 0 } });
    expect(today.refused("silver")).toEqual([]);
    expect(log.against(half).refused("silver")).toEqual([
      { subscription: "black-mesa", refused: 4_426, of: 28_231, days: 5, by: { quota: 4_426 } },
      { subscription: "bluth", refused: 3_838, of: 24_854, days: 3, by: { quota: 3_838 } },
    ]);
    expect(guide).toContain("costs black-mesa 4,426 calls on 5 days, bluth 3,838 calls on 3 days");
  });
});
