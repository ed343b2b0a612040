/** A span of time; its parts are added up. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** A clock that stands still until the test advances it. */
export class TestClock {
  private at: number;

  /** @param start such as `"2026-11-22T12:00:00Z"` */
  constructor(start: string | Date) {
    this.at = instant(start);
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.at;
  }

  /** Goes on; back for a negative duration. */
  advance({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Duration): void {
    this.at += Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds);
  }

  /** Jumps to an instant. */
  set(instantOrText: string | Date): void {
    this.at = instant(instantOrText);
  }
}

function instant(written: string | Date): number {
  const at = new Date(written).getTime();
  if (Number.isNaN(at)) throw new RangeError(`"${written}" is not an instant; write it as "2026-11-22T12:00:00Z"`);
  return at;
}
