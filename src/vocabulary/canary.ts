import { z } from "zod";
import { fieldsOf, wrong } from "./schema";
import { stageVariablesSchema } from "./stage-variables";

/**
 * A part of a stage's requests that gets the API as it is now, while the others get the release before: changes of the
 * definition, and of handlers, go to this part alone. Dropping the entry promotes them to the whole stage. To take them back,
 * take the changes out of the catalog in the same deploy.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export interface CanaryInput {
  /**
   * How many of 100 requests, drawn at random.
   * @unit percent
   * @rule 0 to 100
   */
  readonly percent: number;
  /**
   * Stage variables that are other for these requests.
   * @default - those of the stage
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Whether these requests share the stage's cache.
   * @default false
   */
  readonly useStageCache?: boolean;
}

/** A canary, checked. */
export interface Canary {
  readonly percent: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly useStageCache: boolean;
}

const percent = { error: wrong("must be 0 to 100") };

export const canarySchema = fieldsOf<CanaryInput>()({
  percent: z.number(percent).min(0, percent).max(100, percent),
  variables: stageVariablesSchema.optional(),
  useStageCache: z.boolean({ error: wrong("must be true or false") }).optional(),
});

/** The checked form of a canary. */
export const toCanary = (written: z.infer<typeof canarySchema> | undefined): Canary | undefined =>
  written && {
    percent: written.percent,
    variables: written.variables ?? {},
    useStageCache: written.useStageCache ?? false,
  };

/** The same as a person writes it. */
export const writtenCanary = ({ percent: share, variables, useStageCache }: Canary): CanaryInput => ({
  percent: share,
  ...(Object.keys(variables).length > 0 && { variables }),
  ...(useStageCache && { useStageCache }),
});

/** What the alias of a handler is called that these requests reach. */
export const canaryAlias = (stage: string): string => `${stage}-canary`;
