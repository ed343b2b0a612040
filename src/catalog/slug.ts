import { show } from "../text/show";

/**
 * An id of a text of another system: letters in lower case and without accents, and a `-` for whatever is between letters and
 * digits. What has no letter of `a` to `z` in its place is not guessed.
 */
export function slugOf(text: string): { readonly slug: string } | { readonly problem: string } {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const foreign = /(?![a-z0-9])[\p{L}\p{N}]/u.exec(plain)?.[0];
  if (foreign !== undefined) return { problem: `has ${show(foreign)}, for which no letter of a to z stands` };
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return slug === "" ? { problem: "has neither a letter nor a digit" } : { slug };
}
