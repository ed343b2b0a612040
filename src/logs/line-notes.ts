/** What lines of one kind there were, and where the first of them are: `api.log.gz:17`. */
export interface NotedLines {
  readonly count: number;
  readonly places: readonly string[];
}

/** Kinds of lines that are not counted as calls, or not as those of a customer. */
export type LineKind =
  | "another format"
  | "more than one reading"
  | "not a call"
  | "too long"
  | "duplicate"
  | "no id"
  | "no key"
  | "no route";

const MOST_PLACES = 3;

/** Counts lines by kind, and keeps the places of the first ones. */
export class LineNotes {
  private readonly noted = new Map<LineKind, { count: number; places: string[] }>();

  get kinds(): ReadonlyMap<LineKind, NotedLines> {
    return this.noted;
  }

  /** @param place of the first line; without one, lines are counted only */
  add(kind: LineKind, place: string | undefined, count = 1): void {
    const noted = this.noted.get(kind) ?? { count: 0, places: [] };
    this.noted.set(kind, noted);
    noted.count += count;
    if (place !== undefined && noted.places.length < MOST_PLACES) noted.places.push(place);
  }
}
