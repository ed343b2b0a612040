import { z } from "zod";
import { FIXED_LIMITS } from "./aws-limits";
import { wrong } from "./schema";

const mediaType = z.string({ error: wrong("must be a media type") }).regex(/^(\*|[\w.+-]+)\/(\*|[\w.+-]+)$/, {
  error: wrong("must be a media type", 'write it as "image/png", without parameters, or "*/*" for all'),
});
/** Media types, each once. */
export const mediaTypes = z
  .array(mediaType, { error: wrong("must be a list of media types", 'write ["image/png"]') })
  .refine((types) => new Set(types).size === types.length, { error: wrong("must name each media type once") });

/** As the API reference of `CreateRestApi` has it: "a non-negative 32-bit integer between 0 and 10485760 (10M bytes)". */
const wrongSize = { error: wrong(`must be a whole number of bytes from 0 to ${FIXED_LIMITS.payloadBytes}`) };
export const compressionSize = z.int(wrongSize).min(0, wrongSize).max(FIXED_LIMITS.payloadBytes, wrongSize);
