import { isObject } from "../vocabulary/objects";

/** What programs put in the place of a value that they do not show: `***`, `(sensitive value)`, `<redacted>`, `REDACTED`. */
const REDACTED = [
  /^([*•xX#.-])\1{2,}$/,
  /^(?:[Rr]edacted|(?:REDACTED|SENSITIVE|MASKED)(?:[\W_]+(?:REDACTED|SENSITIVE|MASKED|VALUE))*)$/,
  /^[([{<*_"]+[^)\]}>*"]*(?:redact|sensitive|mask|hidden)[^)\]}>*"]{0,60}[)\]}>*_"]+$/i,
];

/** Whether a text stands in the place of a value, so that two of them that are equal may have been different. */
export const isRedacted = (text: string): boolean => REDACTED.some((pattern) => pattern.test(text));

/** Whether something in a value is redacted. */
export function holdsRedacted(value: unknown): boolean {
  if (typeof value === "string") return isRedacted(value);
  if (Array.isArray(value)) return value.some(holdsRedacted);
  return isObject(value) && Object.values(value).some(holdsRedacted);
}
