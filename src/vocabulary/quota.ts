import { z } from "zod";
import { show } from "../text/show";
import { fieldsOf, positiveInteger, wrong } from "./schema";

/** The calendar period after which a quota starts again, in UTC. */
export type QuotaPeriod = "DAY" | "WEEK" | "MONTH";

/** All of them, the shortest first. */
export const QUOTA_PERIODS = ["DAY", "WEEK", "MONTH"] as const satisfies readonly QuotaPeriod[];

/** How much a client may call in a calendar period, counted for each key over all stages of the plan. */
export interface Quota {
  /**
   * Requests allowed in one period; a whole number above 0.
   * @unit requests
   */
  readonly limit: number;
  /** The period of the calendar, in UTC. */
  readonly period: QuotaPeriod;
  /**
   * Requests that AWS subtracts from the limit in the period in which the plan begins: AWS accepts 0 for `DAY`, 0 to 6
   * for `WEEK` and 0 to 27 for `MONTH`.
   *
   * @unit requests
   * @default 0
   */
  readonly offset?: number;
}

/** The largest `offset` that AWS takes; Terraform finds out only at apply. */
export const LARGEST_OFFSET: Readonly<Record<QuotaPeriod, number>> = { DAY: 0, WEEK: 6, MONTH: 27 };

/**
 * The schema of a quota.
 *
 * @param remedy what to write for no quota, which is not the same everywhere
 */
export const quotaSchemaWith = (remedy: string): z.ZodType<Quota> =>
  fieldsOf<Quota>()({
    limit: positiveInteger(remedy),
    period: z.enum(QUOTA_PERIODS, { error: wrong("must be DAY, WEEK or MONTH") }),
    offset: z.int({ error: wrong("must be a whole number", "leave it out for 0") }).optional(),
  }).superRefine(({ period, offset = 0 }, context) => {
    const largest = LARGEST_OFFSET[period];
    if (offset >= 0 && offset <= largest) return;
    const range = largest === 0 ? "0" : `0 to ${largest}`;
    const message = `must be ${range} for period ${period}, got ${show(offset)}; leave it out for 0`;
    context.addIssue({ code: "custom", message, path: ["offset"], input: offset });
  });

export const quotaSchema = quotaSchemaWith("leave out quota for no quota");
