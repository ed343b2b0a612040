import { ANY_BYTES, type ByteRun, byteShapeOf } from "./byte-shape";
import type { LogFormat } from "./log-format";
import { ABSENT, LOG_VARIABLE, patternOf } from "./log-variables";

/** A line of something else: the format does not read it exactly. */
export const OTHER_LINE = -1;
/** A line that is to be read as a text. */
export const NOT_SURE = -2;

/** Where values are that were found in a line: the first byte of each, and the one after its last. */
export interface FoundValues {
  readonly from: Int32Array;
  readonly end: Int32Array;
}

/** What may stand between two values outside of strings. */
const BARE = /^[\w.+-]$/;
const MINUS = ABSENT.charCodeAt(0);

/** A variable of a format, and what its values are made of. */
interface Variable {
  readonly name: string;
  readonly runs: readonly ByteRun[];
}

/**
 * Finds values in the bytes of lines, without making texts of them. What it finds is what `LogFormat.readExactly` reads.
 */
export class QuickFormat {
  readonly found: FoundValues;
  /** What stands before each variable, and after the last one, in one piece. */
  private readonly literals: Buffer;
  private readonly literalWords: DataView;
  /** Where each literal begins, and the last one ends. */
  private readonly literalAt: Int32Array;
  /** Which runs of bytes a variable's values have: those from its own number to the next variable's. */
  private readonly runAt: Int32Array;
  private readonly runs: readonly ByteRun[];
  /** Where a variable's value goes in `found`; -1 for one that is not asked for. */
  private readonly places: Int32Array;
  private seen: Buffer = Buffer.alloc(0);
  private words = wordsOf(this.seen);

  private constructor(literals: readonly string[], variables: readonly Variable[], wanted: readonly string[]) {
    this.literals = Buffer.from(literals.join(""), "latin1");
    this.literalWords = wordsOf(this.literals);
    this.literalAt = sums(literals.map(({ length }) => length));
    this.runs = variables.flatMap(({ runs }) => runs);
    this.runAt = sums(variables.map(({ runs }) => runs.length));
    this.places = Int32Array.from(variables, ({ name }) => wanted.indexOf(name));
    this.found = { from: new Int32Array(wanted.length), end: new Int32Array(wanted.length) };
  }

  /**
   * @param wanted variables, in the order of `found`; one that the format does not have is found empty
   * @returns `undefined` for a format whose lines are to be read as texts
   */
  static of(format: LogFormat, wanted: readonly string[]): QuickFormat | undefined {
    const split = format.text.replace(/[\r\n]+$/, "").split(LOG_VARIABLE);
    const literals = split.filter((_, index) => index % 2 === 0);
    const names = split.filter((_, index) => index % 2 === 1);
    if (!format.isExact || !literals.every(isPlain)) return undefined;
    // Of a variable that comes twice, either value may be the one that counts.
    if (wanted.some((name) => names.indexOf(name) !== names.lastIndexOf(name))) return undefined;
    const variables: Variable[] = [];
    for (const [index, name] of names.entries()) {
      const isString = literals[index]?.endsWith('"') === true && literals[index + 1]?.startsWith('"') === true;
      const runs = runsOf(name, isString);
      if (runs === undefined) return undefined;
      variables.push({ name, runs });
    }
    return new QuickFormat(literals, variables, wanted);
  }

  /**
   * Finds the values of a line.
   *
   * @returns where the line ends, if it has the format; else `OTHER_LINE` or `NOT_SURE`
   */
  find(bytes: Buffer, from: number): number {
    if (bytes !== this.seen) {
      this.seen = bytes;
      this.words = wordsOf(bytes);
    }
    const { literalAt, places, found } = this;
    let at = from;
    for (let variable = 0; ; variable++) {
      const begin = literalAt[variable] as number;
      const end = literalAt[variable + 1] as number;
      if (at + end - begin > bytes.length) return NOT_SURE;
      const same = this.sameBytes(bytes, at, begin, end);
      if (same < end)
        // Where a value may go on, it may be another one; and a byte that is not ASCII may be decoded to anything.
        return (same === begin && variable > 0) || (bytes[at + same - begin] as number) >= 0x80 ? NOT_SURE : OTHER_LINE;
      at += end - begin;
      if (variable === places.length) return at;
      const value = at;
      at = this.endOfValue(bytes, value, variable);
      if (at === NOT_SURE) return NOT_SURE;
      const place = places[variable] as number;
      if (place === -1) continue;
      found.from[place] = value;
      found.end[place] = at;
    }
  }

  /** @returns the first byte of a literal that is different, or its end */
  private sameBytes(bytes: Buffer, from: number, begin: number, end: number): number {
    const { literals, literalWords, words } = this;
    const shift = from - begin;
    let at = begin;
    while (at + 4 <= end && words.getInt32(at + shift) === literalWords.getInt32(at)) at += 4;
    while (at < end && bytes[at + shift] === literals[at]) at++;
    return at;
  }

  private endOfValue(bytes: Buffer, from: number, variable: number): number {
    const { runs, runAt } = this;
    const stop = runAt[variable + 1] as number;
    let at = from;
    for (let run = runAt[variable] as number; run < stop; run++) {
      const { allowed, min, max } = runs[run] as ByteRun;
      const first = at;
      const limit = Math.min(bytes.length, first + max);
      while (at < limit && allowed[bytes[at] as number] === 1) at++;
      if (at - first < min) return bytes[from] === MINUS ? from + 1 : NOT_SURE;
    }
    return at;
  }
}

/** Whether a value is absent, or empty, which means the same. */
export const isAbsent = (bytes: Uint8Array, from: number, end: number): boolean =>
  end === from || (end === from + 1 && bytes[from] === MINUS);

/** Of text in JSON that has no escapes, and in which no line can end. */
const isPlain = (literal: string): boolean =>
  /^[\x20-\x7e]*$/.test(literal) && !literal.includes("\\") && !/\}\s*\{/.test(literal);

function runsOf(variable: string, isString: boolean): readonly ByteRun[] | undefined {
  const pattern = patternOf(variable);
  if (pattern === undefined) return isString ? ANY_BYTES : undefined;
  const runs = byteShapeOf(pattern);
  return isString || runs?.every(isBare) ? runs : undefined;
}

const isBare = ({ allowed }: ByteRun): boolean =>
  allowed.every((is, byte) => is === 0 || BARE.test(String.fromCharCode(byte)));

const wordsOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

/** 0, the first number, the first two, and so on. */
function sums(numbers: readonly number[]): Int32Array {
  const all = new Int32Array(numbers.length + 1);
  for (const [index, number] of numbers.entries()) all[index + 1] = (all[index] as number) + number;
  return all;
}
