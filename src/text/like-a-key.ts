/**
 * What may be an API key that was written in the wrong place: 20 or more letters and digits in a row with both among
 * them, or a UUID. A long word, such as the name of a field, has letters alone.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html — 20 to 128 characters
 */
const RUN = /[A-Za-z0-9]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

const isKey = (run: string) => run.includes("-") || (/[0-9]/.test(run) && /[A-Za-z]/.test(run));

/** The text with `<not shown>` in the place of whatever looks like an API key (invariant I9). */
export function hideKeys(text: string): string {
  return text.replace(RUN, (run) => (isKey(run) ? "<not shown>" : run));
}

/** Whether something in the text looks like an API key. */
export function looksLikeAKey(text: string): boolean {
  return (text.match(RUN) ?? []).some(isKey);
}
