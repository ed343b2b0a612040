import { hideKeys } from "../../text/like-a-key";
import { byName } from "../../text/order";
import type { LeftCalls } from "../replay-report";
import type { Resolution } from "../resolve";
import type { CallKind } from "../traffic";

const MOST_EXAMPLES = 3;

/**
 * The calls that met no limits, by reason, the most first.
 *
 * @param isIn which kinds are of interest
 */
export function leftCalls(
  kinds: readonly CallKind[],
  counts: Uint32Array,
  { reasonOf }: Pick<Resolution, "reasonOf">,
  isIn: (kind: number) => boolean = () => true,
): LeftCalls[] {
  const reasons = new Map<string, { calls: number; readonly examples: Set<string> }>();
  for (const [kind, reason] of reasonOf) {
    if (!isIn(kind)) continue;
    const left = reasons.get(reason) ?? { calls: 0, examples: new Set() };
    reasons.set(reason, left);
    left.calls += counts[kind] ?? 0;
    if (left.examples.size < MOST_EXAMPLES) left.examples.add(exampleOf(kinds[kind] as CallKind));
  }
  return [...reasons]
    .map(([reason, { calls, examples }]) => ({ reason, calls, examples: [...examples] }))
    .sort((a, b) => b.calls - a.calls || byName(a.reason, b.reason));
}

const exampleOf = ({ key, api, stage, method, path }: CallKind): string =>
  hideKeys(`${method} ${path ?? "-"} of ${api}/${stage}${key === undefined ? "" : ` by key ${key}`}`);
