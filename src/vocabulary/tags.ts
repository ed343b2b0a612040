import { z } from "zod";
import { FIXED_LIMITS } from "./aws-limits";
import { wrong } from "./schema";

/**
 * AWS tags of a resource.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export type Tags = Readonly<Record<string, string>>;

/** Tags that this project writes begin with it. */
export const OWN_TAG_PREFIX = "api-tiers:";

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const ALLOWED = "letters, digits, spaces and _ . : / = + - @";

export const tagsSchema: z.ZodType<Tags> = z
  .record(
    z.string(),
    z
      .string({ error: wrong("must be a string", "write numbers in quotes") })
      .max(FIXED_LIMITS.tagValueLength, { error: wrong(`must have at most ${FIXED_LIMITS.tagValueLength} characters`) })
      .regex(CHARACTERS, { error: wrong(`must consist of ${ALLOWED}`, "leave the other characters out") }),
    { error: wrong('must be an object such as { team: "billing" }') },
  )
  .superRefine((tags, context) => {
    const names = Object.keys(tags);
    const refuse = (message: string, path: string[] = []) =>
      context.addIssue({ code: "custom", message, path, input: tags });
    const most = FIXED_LIMITS.tagsPerResource - FIXED_LIMITS.ownTags;
    if (names.length > most)
      refuse(
        `must be at most ${most} tags, since AWS takes ${FIXED_LIMITS.tagsPerResource} and ours are among them, got ${names.length}; drop some`,
      );
    for (const name of names) {
      if (name.length === 0 || name.length > FIXED_LIMITS.tagKeyLength || !CHARACTERS.test(name))
        refuse(
          `is not a valid tag name: 1 to ${FIXED_LIMITS.tagKeyLength} characters, ${ALLOWED}; choose another name`,
          [name],
        );
      else if (name.startsWith(OWN_TAG_PREFIX))
        refuse("is reserved for what this project says of a resource; choose another", [name]);
      else if (/^aws:/i.test(name))
        refuse('is reserved: AWS keeps names that begin with "aws:"; choose another', [name]);
    }
  });
