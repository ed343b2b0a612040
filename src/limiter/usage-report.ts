import { type DayNumber, dateOf, dayOfDate } from "./day-number";

/**
 * What AWS's GetUsage answers, but at once: AWS's own figures come with a delay of half an hour or so.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsage.html
 */
export interface UsageReport {
  readonly usagePlanId: string;
  /** The first day that is reported, in UTC: `2024-02-29`. */
  readonly startDate: string;
  /** The last one. */
  readonly endDate: string;
  /** By id of the key, one pair for each day. */
  readonly values: Readonly<Record<string, readonly UsageOnDay[]>>;
}

/**
 * Requests that were counted on the day, and what remained of the quota of its day, week or month when it ended. A usage plan
 * with 1,000,000 a month was seen to answer `[137, 999863], [123, 999740], [84, 999656]`.
 */
export type UsageOnDay = readonly [used: number, remaining: number];

/** Days over which a report may range, by AWS's rule. */
export const LONGEST_REPORT = 90;

/**
 * The days of a report.
 *
 * @throws RangeError if they are not days of the calendar, are in the wrong order, or are too many
 */
export function reportedDays(startDate: string, endDate: string): readonly DayNumber[] {
  const first = dayOfDate(startDate);
  const count = dayOfDate(endDate) - first + 1;
  if (count < 1 || count > LONGEST_REPORT)
    throw new RangeError(
      `usage from ${startDate} to ${endDate} is over ${count} days; a report is over 1 to ${LONGEST_REPORT} days: ` +
        `end it between ${startDate} and ${dateOf(first + LONGEST_REPORT - 1)}`,
    );
  return Array.from({ length: count }, (_, index) => first + index);
}
