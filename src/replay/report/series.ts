import { formatCount } from "../../text/limits";
import type { Series } from "../replay-report";

/** A series in fewer intervals, for a drawing that has less room. */
export interface CondensedSeries {
  readonly calls: readonly number[];
  readonly refused: readonly number[];
  /** What one interval is: `an hour`, `in 8 hours`. */
  readonly each: string;
}

/** Hours that a day is a multiple of, and days. */
const STEPS = { hour: [1, 2, 3, 4, 6, 8, 12, 24], day: [1, 2, 7, 14, 28] } as const;

/** Sums of neighboring intervals, as few together as give at most so many. */
export function condensed({ calls, refused, interval }: Series, most: number): CondensedSeries {
  const step = STEPS[interval].find((each) => Math.ceil(calls.length / each) <= most) ?? Math.ceil(calls.length / most);
  const sums = (counts: readonly number[]): number[] =>
    Array.from({ length: Math.ceil(counts.length / step) }, (_, index) =>
      counts.slice(index * step, (index + 1) * step).reduce((sum, count) => sum + count, 0),
    );
  const each = step === 1 ? `${interval === "hour" ? "an" : "a"} ${interval}` : `in ${formatCount(step)} ${interval}s`;
  return { calls: sums(calls), refused: sums(refused), each };
}
