interface Place {
  /** Offset of its key, in an object; of itself, in an array. */
  readonly offset: number;
  readonly value: number;
}

const OBJECT = "{".charCodeAt(0);
const ARRAY = "[".charCodeAt(0);
const STRING = '"'.charCodeAt(0);
const COMMA = ",".charCodeAt(0);
const ENDS = new Set([..."}]"].map((each) => each.charCodeAt(0)));
const SPACE = " ".charCodeAt(0);

/**
 * Where things stand in a JSON text that has been parsed before. Only what lies on the way to a place is looked at, once: a parser
 * that keeps all places takes longer than everything else that an import does with a document of megabytes.
 */
export class JsonPlaces {
  private readonly known = new Map<number, ReadonlyMap<string, Place>>();
  private lineStarts: readonly number[] | undefined;

  constructor(private readonly text: string) {}

  /** Line at which something stands, as far as it is there. */
  lineOf(path: readonly string[]): number {
    this.lineStarts ??= [0, ...Array.from(this.text.matchAll(/\n/g), ({ index }) => index + 1)];
    const offset = this.offsetOf(path);
    let [low, high] = [0, this.lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  private offsetOf(path: readonly string[]): number {
    let value = this.afterSpace(0);
    let offset = value;
    for (const name of path) {
      const next = this.childrenOf(value).get(name);
      if (!next) break;
      ({ offset, value } = next);
    }
    return offset;
  }

  /** By name, or by position. Of a key that is written twice, JSON takes the last. */
  private childrenOf(start: number): ReadonlyMap<string, Place> {
    const children = this.known.get(start) ?? this.readChildren(start);
    this.known.set(start, children);
    return children;
  }

  private readChildren(start: number): ReadonlyMap<string, Place> {
    const children = new Map<string, Place>();
    const kind = this.text.charCodeAt(start);
    if (kind !== OBJECT && kind !== ARRAY) return children;
    let at = this.afterSpace(start + 1);
    while (!ENDS.has(this.text.charCodeAt(at))) {
      const keyEnd = kind === OBJECT ? this.endOfString(at) : at;
      // After the colon.
      const value = kind === OBJECT ? this.afterSpace(this.afterSpace(keyEnd) + 1) : at;
      const name = kind === OBJECT ? String(JSON.parse(this.text.slice(at, keyEnd))) : String(children.size);
      children.set(name, { offset: at, value });
      const end = this.endOf(value);
      at = this.text.charCodeAt(end) === COMMA ? this.afterSpace(end + 1) : end;
    }
    return children;
  }

  /** Offset of the comma or bracket after a value. */
  private endOf(start: number): number {
    let depth = 0;
    for (let at = start; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === STRING) at = this.endOfString(at) - 1;
      else if (code === OBJECT || code === ARRAY) depth++;
      else if (depth === 0 && (code === COMMA || ENDS.has(code))) return at;
      else if (ENDS.has(code)) depth--;
    }
    return this.text.length;
  }

  private endOfString(start: number): number {
    let end = start;
    do end = this.text.indexOf('"', end + 1);
    while (this.isEscaped(end));
    return end + 1;
  }

  private isEscaped(at: number): boolean {
    let before = at - 1;
    while (this.text[before] === "\\") before--;
    return (at - 1 - before) % 2 === 1;
  }

  private afterSpace(start: number): number {
    let at = start;
    while (this.text.charCodeAt(at) <= SPACE) at++;
    return at;
  }
}
