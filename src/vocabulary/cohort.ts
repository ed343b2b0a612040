import { z } from "zod";
import { fieldsOf, wrong } from "./schema";

/**
 * A named group of customers whose keys stand in a state of their own, since one state for all has grown too large.
 * It is declared, so that it still has its stack when its last customer has gone.
 */
export interface CohortInput {
  /**
   * Deletes what is left of the cohort with the next deploy; afterwards the entry can be dropped.
   * @default false
   */
  readonly retired?: boolean;
}

/** A cohort, checked. */
export interface Cohort {
  readonly id: string;
  readonly retired: boolean;
}

export const cohortSchema = fieldsOf<CohortInput>()({
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
});

/** The checked form of a cohort. */
export const toCohort = (id: string, written: z.infer<typeof cohortSchema>): Cohort => ({
  id,
  retired: written.retired ?? false,
});
