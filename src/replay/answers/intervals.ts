import { DAY_LENGTH } from "../../limiter/day-number";
import type { Traffic } from "../traffic";

const HOUR = 3_600_000;

/** As many hours as a chart shows. */
const MOST_HOURS = 31 * 24;

/** The hours of a log, or its days where these are many. */
export class Intervals {
  readonly interval: "hour" | "day";
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly count: number;
  private readonly length: number;

  /** @param first milliseconds since the epoch of the first call @param last those of the last one */
  constructor(first: number, last: number) {
    const hours = Math.floor(last / HOUR) - Math.floor(first / HOUR) + 1;
    this.interval = hours <= MOST_HOURS ? "hour" : "day";
    this.length = this.interval === "hour" ? HOUR : DAY_LENGTH;
    this.from = Math.floor(first / this.length) * this.length;
    this.count = Math.floor(last / this.length) - Math.floor(first / this.length) + 1;
  }

  indexOf(at: number): number {
    return Math.floor((at - this.from) / this.length);
  }
}

/** When the first call came and the last one, in milliseconds since the epoch; `undefined` where there is none. */
export function spanOf({ days }: Traffic): { readonly first: number; readonly last: number } | undefined {
  const [begin, end] = [days[0], days.at(-1)];
  if (!begin || !end) return undefined;
  return {
    first: begin.day * DAY_LENGTH + (begin.times[0] ?? 0),
    last: end.day * DAY_LENGTH + (end.times.at(-1) ?? 0),
  };
}
