import type { Instant } from "./subscription";

/** The end of the period that is billed, which is a calendar month in UTC: the start of the next one. */
export function monthAfter(at: Instant): Instant {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
