import { z } from "zod";
import { FIXED_LIMITS } from "./aws-limits";
import { fieldsOf, positiveInteger, wrong } from "./schema";

/**
 * How fast a client may call: a token bucket.
 *
 * Both numbers are always needed. The AWS provider sends 0 for one that is missing, and 0 blocks everybody.
 */
export interface Throttle {
  /**
   * Requests a second that are added to the bucket; more than 0, fractions allowed.
   * @unit requests per second
   */
  readonly rateLimit: number;
  /**
   * Requests that the bucket holds, which is how many can come in one instant; a whole number above 0.
   * @unit requests
   */
  readonly burstLimit: number;
}

/**
 * The schema of a throttle.
 *
 * @param remedy what to write for no throttle, which is not the same everywhere
 */
export const throttleSchemaWith = (remedy: string): z.ZodType<Throttle> =>
  fieldsOf<Throttle>()(
    {
      rateLimit: z
        .number({ error: wrong("must be a number of requests a second above 0", remedy) })
        .positive({ error: wrong("must be a number of requests a second above 0", remedy) })
        .max(FIXED_LIMITS.largestInteger, { error: wrong(`must be at most ${FIXED_LIMITS.largestInteger}`, remedy) }),
      burstLimit: positiveInteger(remedy),
    },
    "must be an object",
  );

export const throttleSchema = throttleSchemaWith("leave out throttle for no limit");
