import { remove, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { lifeOf } from "./life";
import { refuse, type Step } from "./step";

export interface Move {
  readonly tier: string;
  /**
   * The first day, in UTC, on which the tier is in effect.
   * @default - it is in effect with the next deploy
   */
  readonly on?: string | undefined;
  readonly today: string;
}

/** Moves a customer to another tier, now or on a day. */
export function move(subscription: WrittenSubscription, { tier, on, today }: Move): Step {
  const { tier: bought, trial, pendingTier, endsOn } = lifeOf(subscription);
  if (on !== undefined && on <= today)
    refuse(subscription, `${on} is not after today, ${today}; leave --on out to move with the next deploy`);
  if (on !== undefined && endsOn !== undefined && on >= endsOn)
    refuse(subscription, `it ends on ${endsOn}, before it would move; name an earlier day, or another end`);
  const dropped = pendingTier && `The move to ${pendingTier.tier} on ${pendingTier.on} is dropped.`;
  const notes = dropped === undefined ? [] : [dropped];
  if (on === undefined) {
    if (tier === bought && !pendingTier) refuse(subscription, `it is on tier "${tier}" already`);
    if (trial) notes.push(`It tries ${trial.tier} until ${trial.until}; the tier "${tier}" is in effect from then on.`);
    const moved = tier === bought ? [] : [set(["tier"], tier)];
    return { changes: [...moved, ...(pendingTier ? [remove("pendingTier")] : [])], notes };
  }
  if (tier === bought) refuse(subscription, `it is on tier "${tier}" already, so nothing would change on ${on}`);
  if (pendingTier?.tier === tier && pendingTier.on === on)
    refuse(subscription, `it moves to "${tier}" on ${on} already`);
  if (trial && on <= trial.until)
    refuse(subscription, `it tries ${trial.tier} until ${trial.until}; name a later day, or move without --on`);
  notes.push(`Nothing changes before ${on}, when "api-tiers due" writes the tier.`);
  return { changes: [set(["pendingTier"], { tier, on })], notes };
}
