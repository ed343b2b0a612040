import { byName } from "../../text/order";
import type { UsageDay } from "../usage-day";

/**
 * The lines of one day, sorted by plan and key, without those that were assumed of a key that was observed under another plan
 * on that day and used nothing under this one: two programs that read at midnight can leave such a line.
 */
export function withoutOvertaken(lines: readonly UsageDay[]): UsageDay[] {
  const observed = new Set(lines.filter(({ membership }) => membership === "observed").map(({ key }) => key));
  return lines
    .filter(({ key, membership, used }) => membership === "observed" || used > 0 || !observed.has(key))
    .sort((a, b) => byName(a.plan, b.plan) || byName(a.key, b.key));
}
