/** Long runs of letters and digits may be a live API key that was written in the wrong place (invariant I9). */
const LIKE_A_KEY = /[A-Za-z0-9]{20,}/g;

/** What came, short enough for one line, without anything that could be a key. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = asText(value).replace(LIKE_A_KEY, "<not shown>");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function asText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return "an object that is no data";
  }
}
