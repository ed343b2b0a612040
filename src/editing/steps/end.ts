import { type FieldChange, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { lifeOf } from "./life";
import { refuse, type Step } from "./step";

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

const COLLECT =
  'The next deploy deletes its keys, whose values never come back, and AWS forgets their use: run "api-tiers usage collect" before if it is billed.';

/** Ends a subscription on a day, or removes one that has ended. */
export function end(
  subscription: WrittenSubscription,
  { on, today, force }: End,
): Step & { readonly removes: boolean } {
  if (on === undefined) {
    const { enabled, endsOn } = lifeOf(subscription);
    if (enabled && !force)
      refuse(
        subscription,
        `its keys work, and would be deleted${endsOn === undefined ? "" : ` (it ends on ${endsOn})`}; suspend it first, ` +
          'name the day of its end with --on, or collect its use ("api-tiers usage collect") and delete them with --force',
      );
    return { changes: [], notes: [COLLECT], removes: true };
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
