import { type DayNumber, dateOf, dayOf, dayOfDate } from "../limiter/day-number";
import type { UsageDay } from "../usage/usage-day";
import { spanOf } from "./answers/intervals";
import type { LogIdentities } from "./log-identities";
import { BEFORE_LIMITS } from "./resolve";
import { wasServed } from "./simulate";
import type { Traffic } from "./traffic";

/** What keys used before a log begins, as far as the usage store says it. */
export interface EarlierUse {
  /** By the key's id in AWS. */
  readonly ofKeys: ReadonlyMap<string, readonly UseInPlan[]>;
  /** Days of which something is known. */
  readonly days: ReadonlySet<DayNumber>;
}

/** What a key used on a day under one usage plan, where alone it counts. */
export interface UseInPlan {
  /** Id of the usage plan in AWS. */
  readonly plan: string;
  /** Id of its tier in the catalog; `null` where the store has none. */
  readonly tier: string | null;
  readonly day: DayNumber;
  readonly used: number;
}

/** The longest period of a quota, in days. */
const LONGEST_PERIOD = 31;

/** Something from which days of usage can be read, such as the usage store. */
interface UsageSource {
  days(range: { readonly from: string; readonly to: string }): AsyncIterable<UsageDay>;
}

/**
 * What the usage store says of the days before a log, of its first day, and of whose the keys are. On the first day, what the log
 * itself has is not counted twice.
 *
 * @throws Error for a store that cannot be read
 */
export async function readEarlierUse(
  store: UsageSource,
  traffic: Traffic,
): Promise<{ readonly earlier: EarlierUse; readonly identities: LogIdentities }> {
  const span = spanOf(traffic);
  const keys = new Map<string, string>();
  const uses = new Map<string, UseInPlan[]>();
  const days = new Set<DayNumber>();
  if (span) {
    const first = dayOf(span.first);
    const range = { from: dateOf(first - LONGEST_PERIOD), to: dateOf(dayOf(span.last)) };
    for await (const { day: date, key, plan, tier, subscription, used } of store.days(range)) {
      const day = dayOfDate(date);
      if (subscription !== null) keys.set(key, subscription);
      if (day > first) continue;
      days.add(day);
      uses.set(key, [...(uses.get(key) ?? []), { plan, tier, day, used }]);
    }
    for (const [key, calls] of countedOnFirstDay(traffic))
      uses.set(key, withoutCalls(uses.get(key) ?? [], first, calls));
  }
  const ofKeys = new Map(
    [...uses].flatMap(([key, all]) => {
      const made = all.filter(({ used }) => used > 0);
      return made.length > 0 ? [[key, made] as const] : [];
    }),
  );
  return { earlier: { ofKeys, days }, identities: { keys, apis: new Map() } };
}

/** What was used without calls that are in the log; under which of several plans these were is not known. */
function withoutCalls(uses: readonly UseInPlan[], day: DayNumber, calls: number): UseInPlan[] {
  let left = calls;
  return uses.map((use) => {
    if (use.day !== day) return use;
    const taken = Math.min(use.used, left);
    left -= taken;
    return { ...use, used: use.used - taken };
  });
}

/** Whose the keys are by all days of the usage store. */
export async function identitiesInStore(store: UsageSource): Promise<LogIdentities> {
  const keys = new Map<string, string>();
  for await (const { key, subscription } of store.days({ from: "0001-01-01", to: "9999-12-31" }))
    if (subscription !== null) keys.set(key, subscription);
  return { keys, apis: new Map() };
}

/** Calls that AWS counts as well: it seems to leave out those that it answers with 403 or 429 itself. */
function countedOnFirstDay({ days: [first], kinds }: Traffic): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const index of first?.kinds ?? []) {
    const kind = kinds[index];
    if (kind?.key === undefined || !wasServed(kind) || BEFORE_LIMITS.has(kind.errorType ?? "")) continue;
    calls.set(kind.key, (calls.get(kind.key) ?? 0) + 1);
  }
  return calls;
}
