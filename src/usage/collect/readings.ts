import { type DayNumber, dateOf, dayOf } from "../../limiter/day-number";
import { canonicalJson } from "../../text/canonical-json";
import { byName } from "../../text/order";
import { isObject } from "../../vocabulary/objects";
import { type UsageLine, usageFile } from "../store/usage-lines";
import type { UsageStore } from "../store/usage-store";

/** Which usage plans were read, and when for the last time. */
const FILE = "readings.json";

/** The last time that a usage plan was read to its end. */
export interface LastReading {
  /** `2026-11-04T00:40:00.000Z` */
  readonly read: string;
  /** `null` for that of the environment. */
  readonly region: string | null;
  /** Whether AWS did not have the plan any more when it was asked since. */
  readonly gone: boolean;
  /** What was lost of it, in the order of its days. */
  readonly lost: readonly LostDays[];
}

/** Usage that AWS does not tell any more, and that no collection has read. */
export interface LostDays {
  /** The first day of which something is lost. Where the last reading was on it, what came after that reading. */
  readonly from: string;
  /** The last day of which something is lost. */
  readonly to: string;
  /** When the plan was read for the last time before. */
  readonly lastRead: string;
  /** `too old` for the days that AWS tells; `plan deleted` where AWS has the usage plan no more. */
  readonly because: "too old" | "plan deleted";
  /** When a collection noticed it. */
  readonly noticed: string;
}

/** What was lost of each usage plan since the store began. */
export async function readLostDays(store: UsageStore): Promise<(LostDays & { readonly plan: string })[]> {
  const readings = await readReadings(store);
  return [...readings].flatMap(([plan, { lost }]) => lost.map((each) => ({ plan, ...each })));
}

/** Who was in a usage plan when it was last read, by key. */
export interface Seen {
  readonly plan: string;
  readonly day: DayNumber;
  readonly reading: LastReading;
  readonly lines: ReadonlyMap<string, UsageLine>;
}

/** The last readings by usage plan. */
export async function readReadings(store: UsageStore): Promise<ReadonlyMap<string, LastReading>> {
  return readingsIn((await store.read(FILE))?.text, store);
}

/** Notes readings, all of them or none. Of two readings of a plan, the later one stays. */
export async function noteReadings(store: UsageStore, added: ReadonlyMap<string, LastReading>): Promise<void> {
  await store.update(FILE, (text) => {
    const readings = new Map(readingsIn(text, store));
    for (const [plan, reading] of added) readings.set(plan, later(readings.get(plan), reading));
    const lines = [...readings]
      .sort(([a], [b]) => byName(a, b))
      .map(([plan, reading]) => `  ${JSON.stringify(plan)}: ${canonicalJson(reading)}`);
    return `{\n${lines.join(",\n")}\n}\n`;
  });
}

function later(a: LastReading | undefined, b: LastReading): LastReading {
  if (a === undefined) return b;
  const latest = byName(a.read, b.read) > 0 ? a : b;
  const lost = new Map([...a.lost, ...b.lost].map((each) => [`${each.from} ${each.because}`, each]));
  return {
    ...latest,
    gone: a.read === b.read ? a.gone || b.gone : latest.gone,
    lost: [...lost.entries()].sort(([one], [other]) => byName(one, other)).map(([, each]) => each),
  };
}

function readingsIn(text: string | undefined, store: UsageStore): ReadonlyMap<string, LastReading> {
  if (text === undefined) return new Map();
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json) && Object.values(json).every(isReading)) return new Map(Object.entries(json as never));
  } catch {
    // The same as an object of something else.
  }
  throw new Error(
    `${store.placeOf(FILE)}: does not say when usage plans were read; restore it, or delete it: then what was on which tier ` +
      "since the last collection is taken from the next one alone",
  );
}

const isReading = (value: unknown) =>
  isObject(value) &&
  typeof value.read === "string" &&
  !Number.isNaN(Date.parse(value.read)) &&
  Array.isArray(value.lost);

/** Who was in each of the plans at its last reading. */
export async function readSeen(store: UsageStore, plan: string, reading: LastReading): Promise<Seen> {
  const day = dayOf(Date.parse(reading.read));
  const lines = await store.readLines(usageFile(dateOf(day), plan));
  const observed = lines.filter(({ membership }) => membership === "observed");
  return { plan, day, reading, lines: new Map(observed.map((line) => [line.key, line])) };
}
