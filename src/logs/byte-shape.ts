/** Bytes of one kind, as many as there are: at least `min`, and no more than `max`. */
export interface ByteRun {
  /** 1 for each byte that belongs to it. */
  readonly allowed: Uint8Array;
  readonly min: number;
  readonly max: number;
}

/** More than a line has; it stays a small integer when the place of a byte is added. */
const UNBOUNDED = 1 << 29;

/** A class, an escape or a character, and how often it comes. */
const PARTS = /(\[[^\]]+\]|\\.|[^\\[\](){}|?*+.^$])(?:\{(\d+)(?:,(\d+))?\}|([+*?]))?/y;

/**
 * Runs of bytes of which each text that has them matches a pattern; there may be other texts that match it. Only printable
 * ASCII without quotes and backslashes belongs to them: what stands between quotes of JSON as it is.
 *
 * @param pattern a part of a regular expression, with classes and how often they come
 * @returns `undefined` for a pattern with alternatives
 */
export function byteShapeOf(pattern: string): readonly ByteRun[] | undefined {
  // A text without what may be left out matches, too.
  const required = pattern.replace(/\(\?:[^()]*\)\?/g, "");
  const runs: ByteRun[] = [];
  let at = 0;
  while (at < required.length) {
    PARTS.lastIndex = at;
    const [whole, bytes = "", count, most, often] = PARTS.exec(required) ?? [];
    if (whole === undefined) return undefined;
    const min = count === undefined ? (often === "*" || often === "?" ? 0 : 1) : Number(count);
    const max = often === "+" || often === "*" ? UNBOUNDED : Number(most ?? count ?? 1);
    runs.push({ allowed: bytesOf(bytes), min, max });
    at += whole.length;
  }
  return runs;
}

/** What may stand in a string of JSON whose shape is not known, without an escape: bytes of UTF-8, too. */
export const ANY_BYTES: readonly ByteRun[] = [
  {
    allowed: Uint8Array.from({ length: 256 }, (_, byte) => (isPlain(byte) || byte >= 0x80 ? 1 : 0)),
    min: 0,
    max: UNBOUNDED,
  },
];

function bytesOf(characters: string): Uint8Array {
  const pattern = new RegExp(`^${characters}$`);
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    isPlain(byte) && pattern.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}

function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
}
