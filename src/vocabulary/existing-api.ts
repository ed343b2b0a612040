import { z } from "zod";
import { entriesSchema, fieldsOf, isKnownLater, wrong } from "./schema";
import type { Stage, StageInput } from "./stage";

/**
 * An API that someone else manages, and whose stages tiers may cover.
 *
 * @typeParam Stages the names of its stages
 */
export interface ExistingApiInput<Stages = Readonly<Record<string, unknown>>> {
  /** Stages by name; what they are is not for this catalog to say. */
  readonly stages: { readonly [S in keyof Stages]: { readonly [F in keyof StageInput]?: never } };
  /** Id of the REST API, or a reference to it such as `api.id` of another construct. */
  readonly restApiId: string;
  readonly authorizer?: never;
  readonly authorizers?: never;
}

/** An API that someone else manages, checked. */
export interface ExistingApi {
  readonly kind: "existing";
  readonly id: string;
  readonly restApiId: string;
  /** Sorted by name; never retired, for that is not ours to say. */
  readonly stages: readonly Stage[];
}

/** Stages as far as they are read with the API. */
interface ExistingEntries {
  readonly stages: Readonly<Record<string, unknown>>;
}

export const existingApiSchema = fieldsOf<ExistingEntries & Omit<ExistingApiInput, "stages">>()({
  restApiId: z
    .string({ error: wrong("must be the id of a REST API") })
    .refine((id) => isKnownLater(id) || /^[a-z0-9]{1,64}$/.test(id), {
      error: wrong("must be the id of a REST API, such as a1b2c3d4e5"),
    }),
  stages: entriesSchema,
});
