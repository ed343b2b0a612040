import { canonicalJson } from "../../text/canonical-json";
import { byName } from "../../text/order";
import type { UsageLine } from "../store/usage-lines";
import { MEMBERSHIP_RANKS } from "../usage-day";

/** Whose a key was on a day, and how that is known. */
export type Holder = Pick<
  UsageLine,
  "subscription" | "customer" | "tier" | "enabled" | "price" | "membership" | "membershipRead"
>;

/** What AWS said of a key's day, and when. */
export type Figure = Pick<
  UsageLine,
  "used" | "remaining" | "reported" | "read" | "final" | "finalSince" | "correctedFrom"
>;

/**
 * The one line that two lines of the same key and day say together, whichever came first: so the store is the same in
 * whatever order several programs write.
 *
 * Who had the key is taken from the better known of both, and the figure from the newer. A final figure that AWS changed stays
 * visible as what it was corrected from.
 */
export function mergeLines(a: UsageLine, b: UsageLine): UsageLine {
  return { key: a.key, ...holderOf(better(a, b)), ...mergeFigures(a, b) };
}

/** Lines by key, of two versions of one file. */
export function mergeFiles(there: readonly UsageLine[], added: Iterable<UsageLine>): Iterable<UsageLine> {
  const lines = new Map(there.map((line) => [line.key, line]));
  for (const line of added) {
    const other = lines.get(line.key);
    lines.set(line.key, other ? mergeLines(other, line) : line);
  }
  return lines.values();
}

function better(a: UsageLine, b: UsageLine): UsageLine {
  const order =
    MEMBERSHIP_RANKS[a.membership] - MEMBERSHIP_RANKS[b.membership] ||
    byName(a.membershipRead, b.membershipRead) ||
    byName(canonicalJson(holderOf(a)), canonicalJson(holderOf(b)));
  return order >= 0 ? a : b;
}

const holderOf = ({ subscription, customer, tier, enabled, price, membership, membershipRead }: UsageLine): Holder => ({
  subscription,
  customer,
  tier,
  enabled,
  price,
  membership,
  membershipRead,
});

function mergeFigures(a: Figure, b: Figure): Figure {
  const latest = newer(a, b) >= 0 ? a : b;
  const first = firstFinal(a, b);
  return {
    used: latest.used,
    remaining: latest.remaining,
    reported: latest.reported,
    read: latest.read,
    final: first !== undefined,
    finalSince: first?.since ?? null,
    correctedFrom: first === undefined || first.used === latest.used ? null : first.used,
  };
}

function newer(a: Figure, b: Figure): number {
  // A day that AWS leaves out now had no calls, or is not told any more: a figure says more.
  if (a.reported !== b.reported) return a.reported ? 1 : -1;
  // An equal figure changes nothing that is final, so that a file stays as it is.
  const isSame = a.used === b.used && a.remaining === b.remaining;
  if (isSame && (a.final || b.final)) return a.final && b.final ? byName(b.read, a.read) : a.final ? 1 : -1;
  return byName(a.read, b.read) || a.used - b.used || (a.remaining ?? -1) - (b.remaining ?? -1);
}

/** The figure that was final first. */
function firstFinal(...figures: readonly Figure[]): { readonly since: string; readonly used: number } | undefined {
  const all = figures.flatMap(({ finalSince, correctedFrom, used }) =>
    finalSince === null ? [] : [{ since: finalSince, used: correctedFrom ?? used }],
  );
  return all.sort((a, b) => byName(a.since, b.since) || b.used - a.used)[0];
}
