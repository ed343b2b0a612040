/** Own entries of what should be a map; anything else has none. */
export function entriesOf(written: unknown): [string, unknown][] {
  return isObject(written) ? Object.entries(written) : [];
}

export function isObject(written: unknown): written is Record<string, unknown> {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return false;
  // Plain, whichever realm it comes from: jest and worker threads have an Object of their own.
  const prototype = Object.getPrototypeOf(written);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The entry of that name, of which `constructor` is one like any other; `undefined` if there is none. */
export function ownEntry<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
