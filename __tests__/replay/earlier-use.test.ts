import { dayOfDate } from "../../src/limiter/day-number";
import { readEarlierUse } from "../../src/replay/earlier-use";
import type { UsageDay } from "../../src/usage/usage-day";
import { call } from "../logs/support/rendered-lines";
import { usageLine } from "../usage/support";
import { trafficOf } from "./support";

const NOON = Date.UTC(2026, 10, 3, 12);
const DAY = 86_400_000;

const usage = (day: string, key: string, used: number, fields: Partial<UsageDay> = {}): UsageDay => ({
  ...usageLine({ key, used, subscription: `owner of ${key}` }),
  ...{ day, plan: "plan1", ...fields },
});

function storeOf(lines: readonly UsageDay[]) {
  const ranges: object[] = [];
  return {
    ranges,
    async *days(range: { readonly from: string; readonly to: string }) {
      ranges.push(range);
      yield* lines;
    },
  };
}

async function earlierOf(lines: readonly UsageDay[], calls: Parameters<typeof trafficOf>[0]) {
  const { earlier, identities } = await readEarlierUse(storeOf(lines), await trafficOf(calls));
  return {
    ofKeys: Object.fromEntries(
      [...earlier.ofKeys].map(([key, uses]) => [key, uses.map(({ day, used }) => [day, used])]),
    ),
    days: [...earlier.days],
    keys: Object.fromEntries(identities.keys),
  };
}

const FIRST = dayOfDate("2026-11-03");
const three = [0, 1, 2].map((index) => call({ id: `${index}=`, key: "key1", time: NOON + index }));

test("days before a log count as they are, and its first day without the calls that are in the log", async () => {
  const lines = [usage("2026-11-01", "key1", 50), usage("2026-11-03", "key1", 10), usage("2026-11-03", "key2", 4)];
  expect(await earlierOf(lines, three)).toEqual({
    ofKeys: {
      key1: [
        [FIRST - 2, 50],
        [FIRST, 7],
      ],
      key2: [[FIRST, 4]],
    },
    days: [FIRST - 2, FIRST],
    keys: { key1: "owner of key1", key2: "owner of key2" },
  });
});

test("a day of which the log has as many calls as the store, or more, counts nothing twice and never below zero", async () => {
  for (const used of [3, 2, 0])
    expect((await earlierOf([usage("2026-11-03", "key1", used)], three)).ofKeys).toEqual({});
});

test("calls that AWS itself answered with 403 or 429 are not among those that it counted, and those of an integration are", async () => {
  const answered = (status: number, errorType: string | null | undefined) =>
    call({ id: `${status}${errorType}=`, key: "key1", time: NOON + 9, status, errorType });
  const refused = [answered(403, "ACCESS_DENIED"), answered(429, "THROTTLED")];
  const { ofKeys } = await earlierOf([usage("2026-11-03", "key1", 10)], [...three, ...refused]);
  expect(ofKeys).toEqual({ key1: [[FIRST, 7]] });
  const integrations = [answered(403, null), answered(429, null)];
  expect((await earlierOf([usage("2026-11-03", "key1", 10)], [...three, ...integrations])).ofKeys.key1).toEqual([
    [FIRST, 5],
  ]);
});

test("the calls of a key that changed its plan on the first day are taken from what it used in both", async () => {
  const lines = [usage("2026-11-03", "key1", 6), usage("2026-11-03", "key1", 2, { plan: "plan2" })];
  expect((await earlierOf(lines, three)).ofKeys).toEqual({
    key1: [
      [FIRST, 3],
      [FIRST, 2],
    ],
  });
});

test("later days say whose keys there are, and nothing else", async () => {
  const later = call({ id: "late=", key: "key3", time: NOON + DAY });
  const lines = [usage("2026-11-04", "key3", 9), usage("2026-11-04", "key4", 9, { subscription: null })];
  expect(await earlierOf(lines, [...three, later])).toEqual({ ofKeys: {}, days: [], keys: { key3: "owner of key3" } });
});

test("the store is asked for the longest period of a quota before the log, up to its last day", async () => {
  const store = storeOf([]);
  await readEarlierUse(store, await trafficOf([...three, call({ id: "late=", time: NOON + 5 * DAY })]));
  expect(store.ranges).toEqual([{ from: "2026-10-03", to: "2026-11-08" }]);
});

test("a log without a call asks for nothing", async () => {
  const store = storeOf([usage("2026-11-03", "key1", 10)]);
  const { earlier } = await readEarlierUse(store, await trafficOf([]));
  expect([store.ranges, earlier.ofKeys.size, earlier.days.size]).toEqual([[], 0, 0]);
});
