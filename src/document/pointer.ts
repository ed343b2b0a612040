/** The names in a JSON pointer in the fragment of a URI: `/paths/~1pets` has `paths` and `/pets`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-6
 */
export const partsOfPointer = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => decoded(part).replaceAll("~1", "/").replaceAll("~0", "~"));

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
