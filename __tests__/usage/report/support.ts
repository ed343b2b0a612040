import { dayOfDate } from "../../../src/limiter/day-number";
import type { LastReading } from "../../../src/usage/collect/readings";
import { daysToRead, reportRange, type WrittenRange } from "../../../src/usage/report/report-range";
import { type SummaryOptions, summarize } from "../../../src/usage/report/summarize";
import type { KeyUse, UsageSummary } from "../../../src/usage/report/summary";
import { UseRecord } from "../../../src/usage/report/use-record";
import type { UsageDay } from "../../../src/usage/usage-day";

export const NOW = "2026-11-26T12:00:00Z";
const READ = "2026-11-26T11:50:00.000Z";

/** Lines as they are after a collection shortly before noon on 26 November. */
export const readAtNoon = (lines: readonly UsageDay[], read = READ): UsageDay[] =>
  lines.map((line) => ({ ...line, read, final: line.day < "2026-11-25" }));

/** Lines of one key, each with what remains of a quota. */
export function withQuota(lines: readonly UsageDay[], limit: number, period: "DAY" | "MONTH"): UsageDay[] {
  let used = 0;
  return lines.map((line) => {
    used = period === "DAY" || line.day.endsWith("-01") ? line.used : used + line.used;
    return { ...line, remaining: Math.max(0, limit - used) };
  });
}

export interface SummaryOf extends Omit<SummaryOptions, "range" | "maxAgeHours">, WrittenRange {
  readonly maxAgeHours?: number;
  readonly readings?: ReadonlyMap<string, LastReading>;
}

/** The summary of some lines; of this month on 26 November at noon, unless the options say otherwise. */
export function summaryOf(
  lines: readonly UsageDay[],
  { readings = new Map(), ...options }: SummaryOf = {},
): UsageSummary {
  const range = reportRange({ now: NOW, ...options });
  const { first, last } = daysToRead(range);
  const record = new UseRecord(first, last, readings);
  for (const line of lines) if (dayOfDate(line.day) >= first && dayOfDate(line.day) <= last) record.add(line);
  const { month: _, from: __, to: ___, now: ____, ...rest } = options;
  return summarize(record, { maxAgeHours: 3, ...rest, range });
}

/** The only key of a summary. */
export function onlyKey({ tiers }: UsageSummary): KeyUse {
  const keys = tiers.flatMap(({ subscriptions }) => subscriptions.flatMap((each) => each.keys));
  if (keys.length !== 1) throw new Error(`there are ${keys.length} keys`);
  return keys[0] as KeyUse;
}
