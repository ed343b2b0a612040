import { isObject } from "../../vocabulary/objects";

/**
 * An object of a file in the usage store.
 *
 * @param place what to call it in messages
 * @param remedy what to do about a file that another program has changed
 * @throws Error for a text that is not an object of JSON
 */
export function objectIn(text: string, place: string, remedy: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${place}: is not valid JSON; ${remedy}`);
  }
  if (!isObject(value)) throw new Error(`${place}: is not an object; ${remedy}`);
  return value;
}

/** An object that stands on a line. */
export interface ObjectLine {
  readonly value: Record<string, unknown>;
  /** What to call the line in messages. */
  readonly place: string;
}

/**
 * The objects of a file with one on each line, with their places, each read when it is asked for. An empty text has none.
 *
 * @throws Error for a text whose last line has no end, and for a line that is not an object of JSON
 */
export function* objectLines(text: string, place: string, remedy: string): Generator<ObjectLine> {
  if (text !== "" && !text.endsWith("\n")) throw new Error(`${place}: the last line is not complete; ${remedy}`);
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const at = `${place}:${++number}`;
    yield { value: objectIn(text.slice(start, end), at, remedy), place: at };
    start = end + 1;
  }
}
