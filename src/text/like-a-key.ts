/**
 * What may be an API key: 20 or more letters and digits in a row with a digit among them, or a UUID. A long word, such as the
 * name of a field or of an error, has letters alone. This is the one place that decides it, for messages and for `api-tiers mask`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html — 20 to 128 characters
 */
const RUN = /[A-Za-z0-9]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

const isKey = (run: string) => /[0-9]/.test(run) || run.includes("-");

/** The text with `<not shown>` in the place of whatever looks like an API key (invariant I9). */
export const hideKeys = (text: string): string => text.replace(RUN, (run) => (isKey(run) ? "<not shown>" : run));

/** All in a text that looks like an API key. */
export const keysIn = (text: string): string[] => (text.match(RUN) ?? []).filter(isKey);

/** Whether something in the text looks like an API key. */
export const looksLikeAKey = (text: string): boolean => keysIn(text).length > 0;
