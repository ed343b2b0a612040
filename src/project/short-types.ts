/** A type of more characters than this is cut: its reader looks for one word in it. */
const LONGEST = 60;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "<": ">" };

/** A compiler message with long types in short: `TierInput<{ readonly pets: … }>` becomes `TierInput<…>`. */
export function shortTypes(message: string): string {
  let short = "";
  for (let at = 0; at < message.length; at++) {
    const character = message[at] as string;
    const closing = CLOSING[character];
    const end = closing === undefined ? undefined : endOf(message, at, character, closing);
    if (end === undefined || end - at <= LONGEST) {
      short += character;
      continue;
    }
    short += closing === "}" ? "{ … }" : "<…>";
    at = end;
  }
  return short;
}

/** Where the bracket at a position is closed. The `>` of an arrow closes nothing. */
function endOf(message: string, from: number, opening: string, closing: string): number | undefined {
  let depth = 0;
  for (let at = from; at < message.length; at++) {
    if (message[at] === opening) depth++;
    else if (message[at] === closing && message[at - 1] !== "=") depth--;
    if (depth === 0) return at;
  }
  return undefined;
}
