import { z } from "zod";
import { fields, wrong } from "./shape";
import { type Tags, tagsSchema } from "./tags";

export interface StageInput {
  /** @default - none */
  readonly description?: string;
  /** @default - none */
  readonly tags?: Tags;
  /**
   * Takes the stage down with the next deploy, after the plans that cover it have let go of it. Once deployed, the entry
   * can be dropped; dropped before, the stage would stay live.
   *
   * @default false
   */
  readonly retired?: boolean;
}

/** A stage, checked. */
export interface Stage {
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** True also for all stages of a retired API. */
  readonly retired: boolean;
}

export const stageSchema = fields({
  description: z.string({ error: wrong("must be a text") }).optional(),
  tags: tagsSchema.optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
});
