/**
 * JSON of a value, with escapes for characters that could move a terminal's cursor or change the direction of text; what is read
 * of it is the same.
 */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
