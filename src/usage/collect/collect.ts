import { mapConcurrently } from "../../aws/map-concurrently";
import { dateOf, dayOf } from "../../limiter/day-number";
import { byName } from "../../text/order";
import { recordPrice, UNKNOWN_PRICE } from "../price-records";
import type { UsageStore } from "../store/usage-store";
import { connectedPlans, movesOf } from "./connected-plans";
import type { PlanReadings, Reading } from "./held-days";
import { daysOfDeletedPlan, tooOldDays } from "./lost-days";
import type { Metered, MeteredPlan } from "./metered-plans";
import { type Days, type GetUsage, type PlanUsage, readPlanUsage } from "./read-usage";
import {
  type LastReading,
  type LostDays,
  noteReadings,
  readLostDays,
  readReadings,
  readSeen,
  type Seen,
} from "./readings";
import { DEFAULT_USAGE_CHOICES, LONGEST_RANGE, type UsageChoices } from "./usage-choices";
import { type Correction, type WrittenDays, writeDays } from "./write-days";

export interface CollectOptions {
  readonly store: UsageStore;
  readonly metered: Metered;
  /** Asks AWS in a Region; `undefined` for that of the environment. */
  readonly getUsageIn: (region: string | undefined) => GetUsage;
  /** Whether an error says that AWS does not have the usage plan. */
  readonly isGone: (error: unknown) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /**
   * @default DEFAULT_USAGE_CHOICES
   */
  readonly choices?: UsageChoices;
  /** Called after each usage plan with the number of those that are done. */
  readonly onPlan?: (done: number, all: number) => void;
}

/** What became of a usage plan. */
export interface CollectedPlan {
  readonly id: string;
  readonly name: string;
  readonly outcome: "collected" | "read shortly before" | "deleted";
  readonly keys: number;
  readonly requests: number;
  readonly filesWritten: number;
}

export interface Collection {
  /** When it was read: `2026-11-04T00:40:00.000Z`. */
  readonly read: string;
  readonly from: string;
  readonly to: string;
  /** Sorted by id. */
  readonly plans: readonly CollectedPlan[];
  readonly corrections: readonly Correction[];
  /** What this run noticed, or one shortly before that was interrupted. */
  readonly lost: readonly (LostDays & { readonly plan: string })[];
  /** Usage under something else than the id of a known key; how many there were, and their calls. */
  readonly unknownKeys: readonly { readonly plan: string; readonly entries: number; readonly calls: number }[];
  /** Keys whose figures do not say their day. */
  readonly unclearKeys: readonly { readonly plan: string; readonly keys: readonly string[] }[];
  /** Keys in a plan that belong to no subscription. */
  readonly withoutSubscription: number;
  /** Usage plans whose price this version cannot read. */
  readonly unknownPrices: readonly string[];
  /** Usage plans that were not created yet. */
  readonly withoutId: readonly string[];
}

const MINUTE = 60_000;

/** Groups of plans that are read at once. */
const AT_ONCE = 4;

/**
 * Reads what all usage plans used on the days that AWS tells, and writes it into the store. It may be stopped at any point and
 * run again, and run on several machines at once: each file is written whole, and what is written twice is merged.
 */
export async function collectUsage(options: CollectOptions): Promise<Collection> {
  const { store, metered, now, choices = DEFAULT_USAGE_CHOICES } = options;
  const read = new Date(now).toISOString();
  const today = dayOf(now);
  const days = { first: today - LONGEST_RANGE + 1, last: today };
  const last = await readReadings(store);
  const plans = [...metered.plans, ...formerPlans(metered, last, days.first)];
  const seen = new Map<string, Seen>();
  for (const { id } of plans) {
    const reading = last.get(id);
    if (reading) seen.set(id, await readSeen(store, id, reading));
  }
  const isKnown = knownKeys(metered, seen);
  const keys = new Map(metered.plans.flatMap(({ members }) => members.map((member) => [member.id, member] as const)));
  const results: (CollectedPlan & { readonly usage?: PlanUsage; readonly written?: WrittenDays })[] = [];
  const isFresh = freshPlans(plans, last, now, choices);
  const prices = new Map<string, string | null>();
  for (const { id, price } of metered.plans) prices.set(id, await nameOfPrice(store, price));
  const collectGroup = async (group: readonly MeteredPlan[]) => {
    if (group.every(isFresh)) {
      for (const plan of group)
        results.push({ ...outcomeOf(plan, "read shortly before"), requests: 0, filesWritten: 0 });
      return;
    }
    const readings = new Map<string, PlanReadings>();
    const noted = new Map<string, LastReading>();
    for (const plan of group) {
      const before = last.get(plan.id);
      const usage = await readUnlessGone(options, plan, days, isKnown);
      if (usage) {
        readings.set(plan.id, { plan, usage, seen: seen.get(plan.id), price: prices.get(plan.id) ?? null });
        const lost = before ? tooOldDays(before, days.first, read, choices) : [];
        noted.set(plan.id, { read, region: plan.region ?? null, gone: false, lost });
        continue;
      }
      if (before) noted.set(plan.id, { ...before, gone: true, lost: daysOfDeletedPlan(before, read, choices) });
      results.push({ ...outcomeOf(plan, "deleted"), requests: 1, filesWritten: 0 });
    }
    const reading: Reading = { today, read, choices, moveOf: movesOf(group, seen, readings) };
    for (const each of readings.values()) {
      const written = await writeDays(store, each, reading, keys);
      const { requests } = each.usage;
      const outcome = outcomeOf(each.plan, "collected");
      results.push({ ...outcome, requests, filesWritten: written.files, usage: each.usage, written });
    }
    // All of the group at once: what moved between its plans is known only as long as none of them is noted.
    await noteReadings(store, noted);
  };
  let done = 0;
  await mapConcurrently(
    connectedPlans(plans, seen),
    AT_ONCE,
    () => {},
    async (group) => {
      await collectGroup(group);
      done += group.length;
      options.onPlan?.(done, plans.length);
    },
  );
  const sorted = results.sort((a, b) => byName(a.id, b.id));
  const noticedNow = ({ noticed }: LostDays) => {
    const age = now - Date.parse(noticed);
    return age >= 0 && age <= choices.resumeWithinMinutes * MINUTE;
  };
  return {
    read,
    from: dateOf(days.first),
    to: dateOf(days.last),
    plans: sorted.map(({ usage: _, written: __, ...plan }) => plan),
    corrections: sorted.flatMap(({ written }) => written?.corrections ?? []),
    lost: (await readLostDays(store)).filter(noticedNow),
    unknownKeys: sorted.flatMap(({ id, usage }) =>
      usage && usage.unknown.entries > 0 ? [{ plan: id, ...usage.unknown }] : [],
    ),
    unclearKeys: sorted.flatMap(({ id, usage }) =>
      usage && usage.unclear.size > 0 ? [{ plan: id, keys: [...usage.unclear].sort(byName) }] : [],
    ),
    withoutSubscription: [...keys.values()].filter(({ subscription }) => subscription === undefined).length,
    unknownPrices: metered.plans.flatMap(({ id, price }) => (price === "unknown" ? [id] : [])),
    withoutId: metered.withoutId,
  };
}

/** `undefined` where AWS does not have the usage plan. */
async function readUnlessGone(
  { getUsageIn, isGone }: CollectOptions,
  { id, region }: MeteredPlan,
  days: Days,
  isKnown: (key: string) => boolean,
): Promise<PlanUsage | undefined> {
  try {
    return await readPlanUsage(getUsageIn(region), id, days, isKnown);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

const outcomeOf = ({ id, name, members }: MeteredPlan, outcome: CollectedPlan["outcome"]) => ({
  id,
  name,
  outcome,
  keys: members.length,
});

/** Plans that are in no state any more. AWS may still tell their last days. */
function formerPlans({ plans }: Metered, last: ReadonlyMap<string, LastReading>, first: number): MeteredPlan[] {
  const current = new Set(plans.map(({ id }) => id));
  return [...last].flatMap(([id, { region, gone, read }]) =>
    gone || current.has(id) || dayOf(Date.parse(read)) < first
      ? []
      : [{ id, name: id, region: region ?? undefined, tier: undefined, price: undefined, members: [] }],
  );
}

/** A key that a state or the store knows by its id. */
function knownKeys({ keys }: Metered, seen: ReadonlyMap<string, Seen>): (key: string) => boolean {
  const stored = new Set([...seen.values()].flatMap(({ lines }) => [...lines.keys()]));
  return (key) => keys.has(key) || stored.has(key);
}

/** Plans that an interrupted run has read a short time ago; none where all were read, since that run was complete. */
function freshPlans(
  plans: readonly MeteredPlan[],
  last: ReadonlyMap<string, LastReading>,
  now: number,
  { resumeWithinMinutes }: UsageChoices,
): (plan: MeteredPlan) => boolean {
  const isFresh = ({ id }: MeteredPlan) => {
    const age = now - Date.parse(last.get(id)?.read ?? "");
    return age >= 0 && age <= resumeWithinMinutes * MINUTE;
  };
  return plans.every(isFresh) ? () => false : isFresh;
}

/** By what the lines of a plan name its price. */
async function nameOfPrice(store: UsageStore, price: MeteredPlan["price"]): Promise<string | null> {
  if (price === undefined) return null;
  return price === "unknown" ? UNKNOWN_PRICE : recordPrice(store, price);
}
