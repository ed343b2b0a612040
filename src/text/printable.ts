/**
 * Text from outside as it can be printed: control characters, and those that change the direction of text, are shown as
 * escapes, so that they cannot move a terminal's cursor or hide something; a long text is cut.
 *
 * @param most characters
 */
export function printable(text: string, most = 200): string {
  const shown = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, escaped);
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
}

const escaped = (character: string): string => {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
};
