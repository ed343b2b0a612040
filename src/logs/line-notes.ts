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
  | "key value"
  | "no route";

const MOST_PLACES = 3;

/** Counts lines by kind, and keeps the places of the first ones. */
export class LineNotes {
  private readonly noted = new Map<LineKind, { count: number; places: string[] }>();

  get kinds(): ReadonlyMap<LineKind, NotedLines> {
    return this.noted;
  }

  /** @param source the name of its file */
  add(kind: LineKind, source: string, line: number): void {
    this.place(kind, source, line);
    this.count(kind, 1);
  }

  /** Counts lines without their places. */
  count(kind: LineKind, lines: number): void {
    this.notedAs(kind).count += lines;
  }

  /** Keeps the place of a line that is counted later, if it is one of the first. */
  place(kind: LineKind, source: string, line: number): void {
    const { places } = this.notedAs(kind);
    if (places.length < MOST_PLACES) places.push(`${source}:${line}`);
  }

  private notedAs(kind: LineKind) {
    const noted = this.noted.get(kind) ?? { count: 0, places: [] };
    this.noted.set(kind, noted);
    return noted;
  }
}
