import { type FieldChange, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { lifeOf } from "./life";
import { refuse, type Step } from "./step";
import { isElsewhere, keysOf, lossOf } from "./written-keys";

export interface End {
  /**
   * The first day, in UTC, on which the keys no longer work.
   * @default - the entry is removed
   */
  readonly on?: string | undefined;
  readonly today: string;
  /** Whether a key that works may be deleted. */
  readonly force: boolean;
}

/** Ends a subscription on a day, or removes one that has ended. */
export function end(
  subscription: WrittenSubscription,
  { on, today, force }: End,
): Step & { readonly removes: boolean } {
  if (on === undefined) {
    const { enabled, endsOn } = lifeOf(subscription);
    const { keys } = keysOf(subscription);
    if (enabled && !force && Object.values(keys).every(isElsewhere))
      refuse(
        subscription,
        "its keys are managed elsewhere, and may work; disable them there, or take them out of their plans with --force",
      );
    if (enabled && !force)
      refuse(
        subscription,
        `its keys work, and would be deleted${endsOn === undefined ? "" : ` (it ends on ${endsOn})`}; suspend it first, ` +
          'name the day of its end with --on, or collect its use ("api-tiers usage collect") and delete them with --force',
      );
    return { changes: [], notes: lossOf(keys), removes: true };
  }
  if (on <= today) refuse(subscription, `${on} is not after today, ${today}; suspend it to let it end now`);
  return { ...endOn(subscription, on), removes: false };
}

function endOn(subscription: WrittenSubscription, on: string): Step {
  const { endsOn, startsOn, trial, pendingTier } = lifeOf(subscription);
  if (endsOn === on) refuse(subscription, `it ends on ${on} already`);
  const later = [
    { what: "begins", day: startsOn },
    { what: `tries ${trial?.tier}`, day: trial?.until, until: true },
    { what: `moves to ${pendingTier?.tier}`, day: pendingTier?.on },
  ].find(({ day }) => day !== undefined && day >= on);
  if (later)
    refuse(
      subscription,
      `it ${later.what} ${later.until ? "until" : "on"} ${later.day}, not before ${on}; change that first, or name a later day`,
    );
  const changes: FieldChange[] = [set(["endsOn"], on)];
  const notes = [`Nothing changes before ${on}, when "api-tiers due" disables the keys.`];
  if (endsOn !== undefined) notes.push(`It would have ended on ${endsOn}.`);
  return { changes, notes };
}
