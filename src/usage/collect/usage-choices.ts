/**
 * What AWS leaves open of its usage figures: each is a choice with a name, a default and a reason, and stands here and nowhere
 * else.
 *
 * Not known, and no choice either, because the figures are taken as they are: whether AWS counts a call that it refused with 403
 * or 429, and how long it keeps the figures of a deleted key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsage.html
 */
export interface UsageChoices {
  /**
   * How long after the end of a day, in hours, its figure is expected not to change any more. A figure that changes later is
   * a correction, which stays visible.
   *
   * @default 24 - figures come 30 to 40 minutes late, and no document says in which time zone a day ends: a day later it has
   * ended everywhere
   */
  readonly finalAfterHours: number;
  /**
   * How far AWS's figures may be behind, in minutes.
   *
   * @default 40 - 30 to 40 minutes were seen
   */
  readonly lateMinutes: number;
  /**
   * For how long, in minutes, what an interrupted run has read of a usage plan is not read again by the next one.
   *
   * @default 30 - AWS's own figures are as old as that
   */
  readonly resumeWithinMinutes: number;
  /**
   * On which tier a key was between two readings that found it on different ones: on the old one until its first call under
   * the new one, or on the new one from the day after the first reading.
   *
   * @default "old" - nobody pays for a tier before the first call or reading that shows it
   */
  readonly betweenReadings: "old" | "new";
}

export const DEFAULT_USAGE_CHOICES: UsageChoices = {
  finalAfterHours: 24,
  lateMinutes: 40,
  resumeWithinMinutes: 30,
  betweenReadings: "old",
};

/** The longest range that GetUsage takes, in days, and so what can be read after a silence. */
export const LONGEST_RANGE = 90;
