import type { DayNumber } from "../../limiter/day-number";
import { dayOf } from "../../limiter/day-number";
import type { Holder } from "./merge-lines";
import type { MeteredKey, MeteredPlan } from "./metered-plans";
import type { PlanUsage } from "./read-usage";
import type { Seen } from "./readings";
import type { UsageChoices } from "./usage-choices";

/** Days on which a key was in a plan, and whose it was. */
export interface HeldDays {
  readonly key: string;
  readonly first: DayNumber;
  /** It is among them. */
  readonly last: DayNumber;
  readonly holder: Holder;
}

/** What is known of one usage plan at this reading and at the one before. */
export interface PlanReadings {
  readonly plan: MeteredPlan;
  readonly usage: PlanUsage;
  /** `undefined` where the plan was not read before. */
  readonly seen: Seen | undefined;
  /** Fingerprint of the plan's price. */
  readonly price: string | null;
}

/** The plans that a key is in now and was not when they were read before, and those of which the opposite is true. */
export interface Move {
  readonly joined: readonly PlanUsage[];
  readonly left: readonly Seen[];
}

export interface Reading {
  readonly today: DayNumber;
  /** `2026-11-04T00:40:00.000Z` */
  readonly read: string;
  readonly choices: UsageChoices;
  /** `undefined` for a key that did not move. */
  readonly moveOf: (key: string) => Move | undefined;
}

/** Who was in a usage plan from the day after its last reading to today. */
export function heldDays(readings: PlanReadings, reading: Reading): HeldDays[] {
  const { plan, usage, seen, price } = readings;
  const { today, read } = reading;
  const first = Math.max(usage.days.first, seen === undefined ? usage.days.first : seen.day + 1);
  const yesterday = today - 1;
  const held: HeldDays[] = [];
  const add = (days: HeldDays) => days.first <= days.last && held.push(days);
  const members = new Map(plan.members.map((member) => [member.id, member]));
  for (const member of members.values()) {
    const key = member.id;
    const holder = holderOf(member, plan, price, "observed", read);
    add({ key, first: today, last: today, holder });
    const before = seen?.lines.get(key);
    if (before) {
      const membership = isSameHolder(before, holder) ? "carried" : "assumed";
      add({ key, first, last: yesterday, holder: { ...asHolder(before), membership, membershipRead: read } });
    } else {
      const since = joinedOn(member, readings, reading) ?? today;
      add({ key, first: Math.max(first, since), last: yesterday, holder: { ...holder, membership: "assumed" } });
    }
  }
  for (const [key, line] of seen?.lines ?? []) {
    if (members.has(key)) continue;
    const last = Math.min(leftAfter(key, readings, reading) ?? first - 1, yesterday);
    add({ key, first, last, holder: { ...asHolder(line), membership: "assumed", membershipRead: read } });
  }
  return held;
}

/** The first day on which a key is taken to be in a plan, in which it was not when the plan was read before. */
function joinedOn(member: MeteredKey, { usage }: PlanReadings, reading: Reading): DayNumber | undefined {
  const move = reading.moveOf(member.id);
  if (move) return movedOn(member.id, move, reading);
  const called = usage.firstCall(member.id, usage.days.first);
  if (member.createdAt === undefined) return called;
  const created = dayOf(Date.parse(member.createdAt));
  return called === undefined ? created : Math.min(created, called);
}

/** The last day on which a key is taken to be in a plan, in which it is not any more. */
function leftAfter(key: string, { usage, seen }: PlanReadings, reading: Reading): DayNumber | undefined {
  const move = reading.moveOf(key);
  return move ? movedOn(key, move, reading) - 1 : usage.lastCall(key, (seen?.day ?? 0) + 1);
}

/** The first day of a key on its new plans. */
function movedOn(key: string, { joined, left }: Move, { today, choices }: Reading): DayNumber {
  const seen = Math.max(...left.map(({ day }) => day));
  if (choices.betweenReadings === "new") return seen + 1;
  const called = joined.flatMap((usage) => usage.firstCall(key, seen) ?? []);
  return called.length === 0 ? today : Math.max(seen + 1, Math.min(...called));
}

/** Of a key that called under a plan on a day on which nothing says that it was in it. */
export function holderOfCaller(
  key: string,
  { plan, seen, price }: PlanReadings,
  keys: ReadonlyMap<string, MeteredKey>,
  read: string,
): Holder {
  const line = seen?.lines.get(key);
  if (line) return { ...asHolder(line), membership: "assumed", membershipRead: read };
  const known = keys.get(key) ?? {
    id: key,
    subscription: undefined,
    customer: undefined,
    enabled: true,
    createdAt: undefined,
  };
  return holderOf(known, plan, price, "assumed", read);
}

function holderOf(
  { subscription, customer, enabled }: MeteredKey,
  { tier }: MeteredPlan,
  price: string | null,
  membership: Holder["membership"],
  membershipRead: string,
): Holder {
  return {
    subscription: subscription ?? null,
    customer: customer ?? null,
    tier: tier ?? null,
    enabled,
    price,
    membership,
    membershipRead,
  };
}

const asHolder = ({ subscription, customer, tier, enabled, price, membership, membershipRead }: Holder): Holder => ({
  subscription,
  customer,
  tier,
  enabled,
  price,
  membership,
  membershipRead,
});

const isSameHolder = (a: Holder, b: Holder) =>
  a.subscription === b.subscription &&
  a.customer === b.customer &&
  a.tier === b.tier &&
  a.enabled === b.enabled &&
  a.price === b.price;
