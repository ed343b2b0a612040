import { z } from "zod";

/** An id has 10 characters; what has 20 and more may be the value of a key, which is not shown. */
export const existingKeyId = z
  .string({ error: "must be the id of a key in AWS, such as a1b2c3d4e5" })
  .regex(/^[a-z0-9]{1,19}$/, {
    error: "must be the id of a key in AWS, such as a1b2c3d4e5, and not its name or value; get-api-keys lists the ids",
  });

/**
 * Says which fields stand beside the id of an existing key, though they say something of the key itself, which is managed
 * elsewhere.
 */
export function refuseBesideExistingKey<Field extends string>(
  ofOwnKeys: readonly Field[],
  written: Readonly<Partial<Record<Field | "existingKeyId", unknown>>>,
  context: z.core.$RefinementCtx,
): void {
  if (written.existingKeyId === undefined) return;
  for (const field of ofOwnKeys)
    if (written[field] !== undefined && !(field === "handOver" && written[field] === false))
      context.addIssue({
        code: "custom",
        path: [field],
        message: "must not be given beside existingKeyId, because that key is managed elsewhere; drop one of the two",
      });
}
