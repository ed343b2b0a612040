import { closest, distance } from "fastest-levenshtein";

/** The candidate that is a slip of the finger away, if there is one. */
export function nearestTo(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(word, candidates);
  return distance(word, nearest) <= Math.ceil(nearest.length / 3) && nearest.length > 2 ? nearest : undefined;
}
