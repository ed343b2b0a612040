import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { LogFormat } from "../../../src/logs/log-format";
import { LogReader, type LogSource } from "../../../src/logs/log-reader";
import type { LoggedCall } from "../../../src/logs/logged-call";
import { type Ingestion, ingestLogs } from "../../../src/usage/logs/ingest-logs";
import { routeDays } from "../../../src/usage/logs/route-days";
import type { RouteDay } from "../../../src/usage/route-day";
import { openUsageStore, type UsageStore } from "../../../src/usage/store/usage-store";
import { ACCESS_LOG_FORMAT } from "../../../src/vocabulary/access-log";
import { call, rendered, variablesOf } from "../../logs/support/rendered-lines";

const ALL_DAYS = { from: "2026-01-01", to: "2026-12-31" };

async function withStore<Result>(use: (store: UsageStore) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "routes-"));
  try {
    return await use(await openUsageStore(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const logOf = (name: string, calls: readonly LoggedCall[]): LogSource => ({
  name,
  async *bytes() {
    yield Buffer.from(calls.map((each) => `${rendered(ACCESS_LOG_FORMAT, variablesOf(each))}\n`).join(""));
  },
});

async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

const ingest = (
  store: UsageStore,
  sources: readonly LogSource[],
  { replace = false, plans = {} } = {},
): Promise<Ingestion> =>
  ingestLogs({
    store,
    reader: new LogReader([new LogFormat(ACCESS_LOG_FORMAT)]),
    sources: each(sources),
    context: {
      apiName: (id) => (id === "a1b2c3d4e5" ? "pets" : undefined),
      planOf: (key) => (plans as Record<string, string>)[key],
    },
    replace,
  });

async function stored(store: UsageStore, range = ALL_DAYS): Promise<RouteDay[]> {
  const days: RouteDay[] = [];
  for await (const day of routeDays(store, range)) days.push(day);
  return days;
}

const sumOf = (days: readonly RouteDay[]) => days.reduce((sum, { requests }) => sum + requests, 0);
const numbered = (from: number, to: number, changes: Partial<LoggedCall> = {}) =>
  Array.from({ length: to - from }, (_, index) => call({ id: `id${from + index}=`, ...changes }));

test("calls are counted by day, key, API, stage, route and status", async () => {
  await withStore(async (store) => {
    const nextDay = Date.UTC(2026, 10, 4);
    const calls = [
      ...numbered(0, 3),
      ...numbered(3, 5, { status: 429, errorType: "THROTTLED" }),
      ...numbered(5, 6, { time: nextDay - 1 }),
      ...numbered(6, 7, { time: nextDay, method: "POST", path: "/pets" }),
      ...numbered(7, 8, { api: "other12345", path: undefined, status: 403 }),
      ...numbered(8, 9, { key: undefined }),
    ];
    expect(await ingest(store, [logOf("a.log", calls)], { plans: { abc123def4: "plan1" } })).toEqual({
      sources: 1,
      known: 0,
      days: ["2026-11-03", "2026-11-04"],
      added: 8,
      overlaps: [],
    });
    const line = {
      day: "2026-11-03",
      key: "abc123def4",
      plan: "plan1",
      api: "pets",
      isNamed: true,
      stage: "prod",
      route: "GET /pets/{id}",
    };
    expect(await stored(store)).toEqual([
      { ...line, status: 200, requests: 4 },
      { ...line, status: 429, requests: 2 },
      { ...line, api: "other12345", isNamed: false, route: "GET -", status: 403, requests: 1 },
      { ...line, day: "2026-11-04", route: "POST /pets", status: 200, requests: 1 },
    ]);
    expect(await stored(store, { from: "2026-11-04", to: "2026-11-04" })).toHaveLength(1);
  });
});

test("each call counts once, however its log is read again: in any order, split over runs, by several programs at once", async () => {
  const logs = Array.from({ length: 6 }, (_, index) =>
    logOf(`log${index}`, numbered(index * 10, index * 10 + 10, { time: Date.UTC(2026, 10, 1 + (index % 3)) })),
  );
  const indices = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(indices, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      async (rounds) => {
        await withStore(async (store) => {
          for (const runs of rounds)
            await Promise.all(
              runs.map((run) =>
                ingest(
                  store,
                  run.flatMap((index) => logs[index] ?? []),
                ),
              ),
            );
          expect(sumOf(await stored(store))).toBe(new Set(rounds.flat(2)).size * 10);
        });
      },
    ),
    { numRuns: 25 },
  );
});

test("the same runs in another order give the same files", async () => {
  const [a, b] = [logOf("a", numbered(0, 5)), logOf("b", numbered(5, 9, { status: 404 }))];
  const textOf = async (sources: readonly LogSource[]) =>
    withStore(async (store) => {
      await ingest(store, sources);
      return (await store.read("routes/day=2026-11-03/api=a1b2c3d4e5/routes.jsonl"))?.text;
    });
  expect(await textOf([a, b])).toEqual(await textOf([b, a]));
});

test.each([10, 4_000])(
  "a longer log of %i calls that are counted already is not added, and can take their place",
  async (count) => {
    await withStore(async (store) => {
      await ingest(store, [logOf("short.log", numbered(0, count))]);
      const longer = logOf("long.log", numbered(0, count * 2));
      const again = await ingest(store, [longer]);
      expect(again).toMatchObject({ added: 0, known: 0, overlaps: [{ source: "long.log", day: "2026-11-03" }] });
      expect(again.overlaps[0]?.share).toBeCloseTo(0.5, 1);
      expect(sumOf(await stored(store))).toBe(count);
      expect(await ingest(store, [longer], { replace: true })).toMatchObject({ added: count * 2, overlaps: [] });
      expect(sumOf(await stored(store))).toBe(count * 2);
    });
  },
);

test("logs of one run may hold the same calls, and logs of other calls of a day are added", async () => {
  await withStore(async (store) => {
    expect(await ingest(store, [logOf("a", numbered(0, 10)), logOf("b", numbered(5, 15))])).toMatchObject({
      added: 15,
    });
    expect(await ingest(store, [logOf("c", numbered(15, 30))])).toMatchObject({ added: 15, overlaps: [] });
    expect(await ingest(store, [logOf("other name", numbered(15, 30))])).toMatchObject({ added: 0, known: 1 });
    expect(sumOf(await stored(store))).toBe(30);
  });
});

test.each([
  ["is cut off", (text: string) => text.slice(0, -5), /routes\.jsonl: the last line is not complete; .*usage logs/],
  ["is not JSON", () => "{\n", /routes\.jsonl:1: is not an object of JSON/],
  ["does not say its logs", (text: string) => text.replace("sample", "simple"), /:1: does not say of which logs/],
  [
    "has another status",
    (text: string) => text.replace('"status":200', '"status":"many"'),
    /:2: "status" cannot be "many"/,
  ],
])("a file that %s is not read as less than it was", async (_what, change, message) => {
  await withStore(async (store) => {
    await ingest(store, [logOf("a", numbered(0, 3))]);
    const name = "routes/day=2026-11-03/api=a1b2c3d4e5/routes.jsonl";
    const file = await store.read(name);
    await store.write(name, change(file?.text ?? ""), file?.version);
    await expect(stored(store)).rejects.toThrow(message);
    await expect(ingest(store, [logOf("b", numbered(3, 4))])).rejects.toThrow(message);
  });
});
