import { z } from "zod";
import { fields, literalText, wrong } from "./shape";
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
  description: literalText.optional(),
  tags: tagsSchema.optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
});

/** A stage of an API that someone else manages has nothing to say but its name. */
export const existingStageSchema: z.ZodType<z.infer<typeof stageSchema>> = fields({});
