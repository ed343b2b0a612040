import { createHash } from "node:crypto";
import { canonicalJson } from "../text/canonical-json";

/** A short hash that is the same for equal values. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}
