import type { Move, PlanReadings } from "./held-days";
import type { MeteredPlan } from "./metered-plans";
import type { Seen } from "./readings";

/**
 * Groups of plans between which keys moved since they were read: when a key moved shows in the usage of both. Most plans are
 * a group of their own.
 */
export function connectedPlans(plans: readonly MeteredPlan[], seen: ReadonlyMap<string, Seen>): MeteredPlan[][] {
  const groups = new Map(plans.map((plan) => [plan.id, new Set([plan])]));
  const join = (one: string, other: string) => {
    const [a, b] = [groups.get(one), groups.get(other)];
    if (!a || !b || a === b) return;
    for (const plan of b) {
      a.add(plan);
      groups.set(plan.id, a);
    }
  };
  const left = new Map<string, string[]>();
  for (const { id, members } of plans) {
    const now = new Set(members.map((member) => member.id));
    for (const key of seen.get(id)?.lines.keys() ?? [])
      if (!now.has(key)) left.set(key, [...(left.get(key) ?? []), id]);
  }
  for (const { id, members } of plans)
    for (const member of members)
      if (!seen.get(id)?.lines.has(member.id)) for (const other of left.get(member.id) ?? []) join(id, other);
  return [...new Set(groups.values())].map((group) => [...group]);
}

/** How keys moved within a group of plans. A plan that AWS has no more was left, too. */
export function movesOf(
  group: readonly MeteredPlan[],
  seen: ReadonlyMap<string, Seen>,
  readings: ReadonlyMap<string, PlanReadings>,
): (key: string) => Move | undefined {
  if (group.length < 2) return () => undefined;
  const members = new Map(group.map((plan) => [plan, new Set(plan.members.map(({ id }) => id))]));
  return (key) => {
    const wasIn = ({ id }: MeteredPlan) => seen.get(id)?.lines.has(key) === true;
    const isIn = (plan: MeteredPlan) => members.get(plan)?.has(key) === true;
    const joined = group.filter((plan) => isIn(plan) && !wasIn(plan));
    const left = group.filter((plan) => wasIn(plan) && !isIn(plan));
    if (joined.length === 0 || left.length === 0) return undefined;
    return {
      joined: joined.flatMap(({ id }) => readings.get(id)?.usage ?? []),
      left: left.flatMap(({ id }) => seen.get(id) ?? []),
    };
  };
}
