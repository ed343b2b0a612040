import { hideKeys } from "./like-a-key";

/** What came, short enough for one line, without anything that could be a key (invariant I9). */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = hideKeys(asText(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function asText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return "an object that is not data";
  }
}
