import { type FieldChange, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { lifeOf } from "./life";
import { fieldOf, refuse, type Step } from "./step";

/** Suspends a customer: all keys stop to work, and stay. */
export function suspend(subscription: WrittenSubscription): Step {
  const { enabled, startsOn } = lifeOf(subscription);
  if (!enabled) refuse(subscription, "it is suspended already");
  if (fieldOf(subscription, "existingKeyId") !== undefined)
    refuse(subscription, "its key is managed elsewhere; disable it there, or end the subscription");
  const notes = startsOn === undefined ? [] : [`It has not begun yet, and stays suspended on ${startsOn}.`];
  return { changes: [set(["enabled"], false)], notes };
}

export interface Resume {
  readonly today: string;
  /**
   * A later day on which it ends.
   * @default - the day that is written there
   */
  readonly endsOn?: string | undefined;
}

/** Lets the keys of a suspended customer work again. */
export function resume(subscription: WrittenSubscription, { today, endsOn }: Resume): Step {
  const life = lifeOf(subscription);
  if (endsOn !== undefined && endsOn <= today)
    refuse(subscription, `${endsOn} is not after today, ${today}; name a later day`);
  if (life.enabled)
    refuse(
      subscription,
      life.startsOn === undefined
        ? "it is not suspended"
        : `it is not suspended, but begins on ${life.startsOn}; remove startsOn to let it begin before`,
    );
  if (life.endsOn !== undefined && life.endsOn <= today && endsOn === undefined)
    refuse(
      subscription,
      `it has ended on ${life.endsOn}; name a new end with --ends-on, or remove endsOn by hand to let it go on`,
    );
  const changes: FieldChange[] = [{ kind: "remove", path: ["enabled"], sameAs: true }];
  if (endsOn !== undefined && endsOn !== life.endsOn) changes.push(set(["endsOn"], endsOn));
  const notes = life.startsOn === undefined ? [] : [`Its keys work from ${life.startsOn} on, when it begins.`];
  return { changes, notes };
}
