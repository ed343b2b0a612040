import { EditProblem, type FieldChange, remove, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { type Life, lifeOf } from "./life";

/** Something that was agreed on for a day. */
export interface DueThing {
  readonly subscription: WrittenSubscription;
  /** The first day, in UTC, on which it holds. */
  readonly day: string;
  readonly kind: "start" | "trial-end" | "move" | "end";
  /** What happens, in words that follow the name of the customer. */
  readonly what: string;
  readonly changes: readonly FieldChange[];
}

/** What is due, what comes, and what could not be read. */
export interface Dues {
  /** In the order of their days, those of one subscription as they follow on one another. */
  readonly due: readonly DueThing[];
  /** Of the days after. */
  readonly coming: readonly DueThing[];
  /** What nothing is known of, each with its place. */
  readonly unread: readonly string[];
}

/**
 * What is due on a day, and in some days after it.
 *
 * @param on the day, in UTC
 * @param until the last of the days that are looked at
 */
export function dues(subscriptions: readonly WrittenSubscription[], on: string, until: string): Dues {
  const unread: string[] = [];
  const things = subscriptions.flatMap((subscription) => {
    try {
      return thingsOf(subscription, lifeOf(subscription));
    } catch (problem) {
      if (!(problem instanceof EditProblem)) throw problem;
      unread.push(problem.message);
      return [];
    }
  });
  const sorted = things
    .map((thing, index) => ({ thing, index }))
    .sort((a, b) => order(a.thing, b.thing) || a.index - b.index);
  return {
    due: sorted.map(({ thing }) => thing).filter(({ day }) => day <= on),
    coming: sorted.map(({ thing }) => thing).filter(({ day }) => day > on && day <= until),
    unread,
  };
}

const order = (a: DueThing, b: DueThing) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0);

/** As they follow on one another where they are due on the same day. */
function thingsOf(subscription: WrittenSubscription, life: Life): DueThing[] {
  const { tier, enabled, startsOn, endsOn, trial, pendingTier } = life;
  const things: (Omit<DueThing, "subscription"> | undefined)[] = [
    startsOn === undefined
      ? undefined
      : { day: startsOn, kind: "start", what: "begins", changes: [remove("startsOn")] },
    trial && {
      day: trial.until,
      kind: "trial-end",
      what: `has tried ${trial.tier}, and is on ${tier} from now on`,
      changes: [remove("trial")],
    },
    pendingTier && {
      day: pendingTier.on,
      kind: "move",
      what: `moves from ${tier} to ${pendingTier.tier}`,
      changes: [...(pendingTier.tier === tier ? [] : [set(["tier"], pendingTier.tier)]), remove("pendingTier")],
    },
    endsOn === undefined || !enabled
      ? undefined
      : { day: endsOn, kind: "end", what: "ends, and its keys are disabled", changes: [set(["enabled"], false)] },
  ];
  return things.flatMap((thing) => (thing ? [{ subscription, ...thing }] : []));
}
