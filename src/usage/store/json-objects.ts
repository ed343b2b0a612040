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

/**
 * The objects of a file with one on each line, with their places. An empty text has none.
 *
 * @throws Error for a text whose last line has no end, and for a line that is not an object of JSON
 */
export function objectLines(
  text: string,
  place: string,
  remedy: string,
): { readonly value: Record<string, unknown>; readonly place: string }[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error(`${place}: the last line is not complete; ${remedy}`);
  return lines.map((line, index) => {
    const at = `${place}:${index + 1}`;
    return { value: objectIn(line, at, remedy), place: at };
  });
}
