import { mapConcurrently } from "../../aws/map-concurrently";
import { type DayNumber, dateOf } from "../../limiter/day-number";
import { type UsageLine, usageFile } from "../store/usage-lines";
import type { UsageStore } from "../store/usage-store";
import { type HeldDays, heldDays, holderOfCaller, type PlanReadings, type Reading } from "./held-days";
import { type Figure, type Holder, mergeFiles } from "./merge-lines";
import type { MeteredKey } from "./metered-plans";
import type { UsageChoices } from "./usage-choices";

/** A final figure that AWS changed. */
export interface Correction {
  readonly day: string;
  readonly plan: string;
  readonly key: string;
  readonly subscription: string | null;
  readonly from: number;
  readonly to: number;
}

export interface WrittenDays {
  /** Files that are other than before. */
  readonly files: number;
  readonly lines: number;
  readonly corrections: readonly Correction[];
}

/** Files that are written at once. */
const AT_ONCE = 8;

/**
 * Writes what one usage plan used into the store, by day.
 *
 * @param keys all keys that are known, by id
 */
export async function writeDays(
  store: UsageStore,
  readings: PlanReadings,
  reading: Reading,
  keys: ReadonlyMap<string, MeteredKey>,
): Promise<WrittenDays> {
  const { plan, usage, seen } = readings;
  const held = byDay(heldDays(readings, reading));
  const days = Array.from({ length: reading.today - usage.days.first + 1 }, (_, index) => usage.days.first + index);
  const written = await mapConcurrently(
    days,
    AT_ONCE,
    () => {},
    async (day) => {
      const holders = new Map<string, Holder>(held(day).map(({ key, holder }) => [key, holder]));
      const figureOf = (key: string) => figure(usage.at(key, day), day, reading);
      let corrections: Correction[] = [];
      let lines = 0;
      const name = usageFile(dateOf(day), plan.id);
      const change = (there: UsageLine[] = []) => {
        const known = new Map(there.map((line) => [line.key, line]));
        const callers = [...usage.calledOn(day)].filter((key) => !known.has(key) && !holders.has(key));
        const added: UsageLine[] = [
          ...there.filter(({ key }) => !holders.has(key)).map((line) => ({ ...line, ...figureOf(line.key) })),
          ...[...holders].map(([key, holder]) => ({ key, ...holder, ...figureOf(key) })),
          ...callers.map((key) => ({ key, ...holderOfCaller(key, readings, keys, reading.read), ...figureOf(key) })),
        ];
        const merged = [...mergeFiles(there, added)];
        corrections = merged.flatMap((line) => correction(line, known.get(line.key), day, plan.id));
        lines = merged.length;
        return merged;
      };
      // A day on which a plan that was read before has no member has an empty file: it was not forgotten.
      const isKept = holders.size > 0 || (seen !== undefined && day > seen.day) || !usage.calledOn(day).next().done;
      const isWritten =
        isKept || (await store.read(name)) !== undefined ? await store.updateLines(name, change) : false;
      return { files: isWritten ? 1 : 0, lines, corrections: isWritten ? corrections : [] };
    },
  );
  return {
    files: written.reduce((sum, each) => sum + each.files, 0),
    lines: written.reduce((sum, each) => sum + each.lines, 0),
    corrections: written.flatMap((each) => each.corrections),
  };
}

function byDay(held: readonly HeldDays[]): (day: DayNumber) => HeldDays[] {
  return (day) => held.filter(({ first, last }) => first <= day && day <= last);
}

function figure(
  reported: { readonly used: number; readonly remaining: number | null } | undefined,
  day: DayNumber,
  { read, choices }: Reading,
): Figure {
  const final = isFinal(day, read, choices);
  return {
    used: reported?.used ?? 0,
    remaining: reported?.remaining ?? null,
    reported: reported !== undefined,
    read,
    final,
    finalSince: final ? read : null,
    correctedFrom: null,
  };
}

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** Whether a figure of a day is expected not to change any more, by when it was read. */
export const isFinal = (day: DayNumber, read: string, { finalAfterHours }: UsageChoices): boolean =>
  Date.parse(read) >= (day + 1) * DAY + finalAfterHours * HOUR;

function correction(
  { key, subscription, used, correctedFrom }: UsageLine,
  before: UsageLine | undefined,
  day: DayNumber,
  plan: string,
): Correction[] {
  if (correctedFrom === null || before === undefined || before.used === used) return [];
  return [{ day: dateOf(day), plan, key, subscription, from: before.used, to: used }];
}
