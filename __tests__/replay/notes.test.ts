import { dayOf } from "../../src/limiter/day-number";
import type { LoggedCall } from "../../src/logs/logged-call";
import type { GatewayModel, UsagePlanModel } from "../../src/model/model";
import type { EarlierUse } from "../../src/replay/earlier-use";
import { replayNotes } from "../../src/replay/notes";
import type { ReplayClient, Resolution } from "../../src/replay/resolve";
import { call } from "../logs/support/rendered-lines";
import { trafficOf } from "./support";

const BEGIN = Date.UTC(2026, 10, 3, 12);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

const planOf = (fields: Partial<UsagePlanModel>) =>
  ({ id: "gold plan", tier: "gold", unknownLimits: [], ...fields }) as unknown as UsagePlanModel;

/** What is said of calls at some times, of clients that are on some plans. */
async function notesOf(
  times: readonly number[],
  plans: readonly UsagePlanModel[] = [],
  { earlier, fields, ...changes }: Partial<Resolution> & { earlier?: EarlierUse; fields?: Partial<LoggedCall> } = {},
) {
  const traffic = await trafficOf(times.map((time, index) => call({ id: `${index}=`, time, ...fields })));
  const clients = plans.map(
    (plan) => ({ subscription: "ann", plan, logged: new Set(["key1"]) }) as unknown as ReplayClient,
  );
  const resolution = {
    ...{ clients, lanes: [], laneOf: new Int32Array(), reasonOf: new Map(), assumedApis: [] },
    ...changes,
  };
  const model = { plans } as unknown as GatewayModel;
  const notes = replayNotes(traffic, [{ name: "as it is", model, resolution }], earlier).map(({ text }) => text);
  return notes.filter((note) => !note.startsWith("The logs have no whole"));
}

const every = (step: number, count: number, from = BEGIN) =>
  Array.from({ length: count }, (_, index) => from + index * step);

describe("silences", () => {
  const silencesIn = async (times: readonly number[]) =>
    (await notesOf(times)).filter((note) => note.startsWith("There is no call from"));

  test("a time without a call in which many would be expected may be missing", async () => {
    const times = [...every(1_000, 3_000), ...every(1_000, 3_000, BEGIN + 5 * HOUR)];
    expect(await silencesIn(times)).toEqual([
      "There is no call from 2026-11-03 12:49 to 2026-11-03 17:00: if logs of that time are missing, more may be refused than is shown.",
    ]);
  });

  test.each<[what: string, times: readonly number[]]>([
    ["calls that come evenly", every(MINUTE, 3_000)],
    ["calls that are always rare", every(2 * HOUR, 300)],
    ["too few calls to expect any", [...every(1_000, 50), ...every(1_000, 50, BEGIN + DAY)]],
    ["a pause of less than an hour", [...every(100, 3_000), ...every(100, 3_000, BEGIN + HOUR)]],
  ])("none is said of %s", async (_what, times) => {
    expect(await silencesIn(times)).toEqual([]);
  });

  test("the longest three are named, in the order of time", async () => {
    const lengths = [3, 9, 5, 4, 7];
    let from = BEGIN;
    const times = lengths.flatMap((hours) => {
      const session = every(1_000, 1_800, from);
      from += (hours + 0.5) * HOUR;
      return session;
    });
    const [note = ""] = await silencesIn([...times, ...every(1_000, 1_800, from)]);
    expect(note.match(/from \S+ \S+ to/g)).toHaveLength(3);
    expect(note).toMatch(/, and 2 shorter ones: if logs/);
    const begins = [...note.matchAll(/from (\S+ \S+) to/g)].map(([, begin]) => begin);
    expect(begins).toEqual([...begins].sort());
  });
});

describe("quotas of a period that had begun before the log", () => {
  const quota = (period: "DAY" | "WEEK" | "MONTH") => planOf({ quota: { limit: 5, period } });
  const begunIn = async (...given: Parameters<typeof notesOf>) =>
    (await notesOf(...given)).filter((note) => note.startsWith("The log begins at"));
  const known = (...days: readonly string[]): EarlierUse => ({
    ofKeys: new Map(),
    days: new Set(days.map((day) => dayOf(Date.parse(day)))),
  });
  const times = every(MINUTE, 30);

  test.each([
    ["DAY", "2026-11-03"],
    ["WEEK", "2026-11-01"],
    ["MONTH", "2026-11-01"],
  ] as const)("one for a %s may be used up in part since %s", async (period, since) => {
    expect(await begunIn(times, [quota(period)])).toEqual([
      `The log begins at 2026-11-03T12:00:00.000Z, within the period of the quota of gold (since ${since}): what was used of it before is ` +
        "not known, and counts as nothing, so more may be refused than is shown; give --store to know it.",
    ]);
  });

  test("several tiers are named together, each once", async () => {
    const silver = planOf({ id: "silver plan", tier: "silver", quota: { limit: 5, period: "MONTH" } });
    const [note, ...more] = await begunIn(times, [quota("DAY"), quota("DAY"), silver]);
    expect(note).toMatch(/the quota of gold \(since 2026-11-03\), silver \(since 2026-11-01\): /);
    expect(more).toEqual([]);
  });

  test("are known where the usage store has all days from their beginning to the log's first one", async () => {
    const all = { earlier: known("2026-11-01", "2026-11-02", "2026-11-03") };
    expect(await begunIn(times, [quota("MONTH")], all)).toEqual([]);
    for (const earlier of [known("2026-11-02", "2026-11-03"), known("2026-11-01", "2026-11-02"), known()])
      expect(await begunIn(times, [quota("MONTH")], { earlier })).toEqual([
        expect.stringMatching(/the usage store does not have all of these days\.$/),
      ]);
  });

  test("are none where the log begins with the period, or where there is no quota", async () => {
    expect(await begunIn(every(MINUTE, 30, Date.UTC(2026, 10, 3)), [quota("DAY")])).toEqual([]);
    expect(await begunIn(times, [planOf({})])).toEqual([]);
  });
});

test("limits that are known only after a deploy refuse nothing, which is said of plans that are called", async () => {
  const unknown = planOf({ unknownLimits: ["throttle", "quota"] });
  expect(await notesOf([BEGIN], [unknown])).toContain(
    "The throttle and the quota of gold are known only after a deploy, so they refuse nothing here.",
  );
  expect(await notesOf([BEGIN], [planOf({ unknownLimits: ["quota"] })])).toContain(
    "The quota of gold is known only after a deploy, so it refuses nothing here.",
  );
  const others = { clients: [] };
  expect(await notesOf([BEGIN], [unknown], others)).toEqual([]);
});

test("an API that is taken for the only one is named", async () => {
  expect(await notesOf([BEGIN], [], { assumedApis: ["api1"] })).toEqual([
    "The API api1 of the logs is taken for the only one of the stacks; give --state to be sure that it is the one.",
  ]);
});

test.each([
  ["429", { status: 429, errorType: "THROTTLED" }, 1],
  ["403 without a reason", { status: 403, errorType: undefined }, 1],
  ["403 by an integration", { status: 403, errorType: null }, 0],
  ["403 with a reason", { status: 403, errorType: "ACCESS_DENIED" }, 0],
  ["200", {}, 0],
])("calls that were answered %s make two bounds: %j", async (_status, fields, count) => {
  const notes = await notesOf([BEGIN], [], { fields });
  expect(notes.filter((note) => /counts have two bounds/.test(note))).toHaveLength(count);
});

test("calls that stand after later ones are counted", async () => {
  expect(await notesOf([BEGIN + 5, BEGIN + 9, BEGIN])).toEqual([
    "1 call stood after a later one in the logs; it was replayed at its time.",
  ]);
  expect(await notesOf([BEGIN + 5, BEGIN, BEGIN + 8, BEGIN + 3])).toEqual([
    "2 calls stood after later ones in the logs; they were replayed at their times.",
  ]);
});

test.each<[what: string, from: string, days: number, note: RegExp | undefined]>([
  ["a day", "2026-11-04", 0.5, /^The logs have no whole day, nor a whole week, nor a whole month: /],
  ["a week", "2026-11-02", 5, /^The logs have no whole week, nor a whole month: /],
  ["a month", "2026-11-01", 8, /^The logs have no whole month: /],
  ["nothing: they have a month", "2026-11-01", 30, undefined],
])("logs that have less than %s say so", async (_what, from, days, note) => {
  const times = every(5 * MINUTE, days * 288, Date.parse(from));
  const traffic = await trafficOf(times.map((time, index) => call({ id: `${index}=`, time })));
  const resolution = { clients: [], lanes: [], laneOf: new Int32Array(), reasonOf: new Map(), assumedApis: [] };
  const model = { plans: [] } as unknown as GatewayModel;
  const notes = replayNotes(traffic, [{ name: "as it is", model, resolution }], undefined).map(({ text }) => text);
  expect(notes).toEqual(note === undefined ? [] : [expect.stringMatching(note)]);
});

test("periods begin as the replay takes them to begin: a week from Monday on is whole, or is not", async () => {
  // From Monday, 2026-10-05, to Sunday, 2026-10-11.
  const week = [Date.UTC(2026, 9, 5), Date.UTC(2026, 9, 12) - 1];
  const traffic = await trafficOf(week.map((time, index) => call({ id: `${index}=`, time })));
  const partial = (weekBegins: "SUNDAY" | "MONDAY") =>
    replayNotes(traffic, [], undefined, { weekBegins })
      .filter(({ kind }) => kind === "partial period")
      .map(({ text }) => text.slice(0, text.indexOf(":")));
  expect(partial("MONDAY")).toEqual(["The logs have no whole month"]);
  expect(partial("SUNDAY")).toEqual(["The logs have no whole week, nor a whole month"]);
});
