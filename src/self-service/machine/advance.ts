import { changed, type Draft, retireKeys } from "./draft";
import type { SelfServiceSettings } from "./settings";
import type { Instant, RuntimeSubscription } from "./subscription";

/** Something that a subscription waits for, and what it does to it. */
interface Due {
  readonly at: Instant;
  readonly apply: (draft: Draft) => void;
}

/** All that the subscription waits for. */
function dueOf(subscription: RuntimeSubscription, settings: SelfServiceSettings): Due[] {
  const { state, verifyBy, pendingTier, payment, endsOn, keys } = subscription;
  const due: Due[] = [];
  const add = (at: Instant | undefined, apply: Due["apply"]) => {
    if (at !== undefined) due.push({ at, apply });
  };
  for (const key of keys) {
    // Deletion goes on after the end, and needs nothing of the rest.
    if (key.deleted !== true)
      add(key.deleteOn, (draft) => draft.changeKey(key.name, (each) => ({ ...each, deleted: true })));
    if (key.retiredAt === undefined && key.graceUntil !== undefined) {
      const until = key.graceUntil;
      add(until, (draft) => {
        retireKeys(draft, until, settings, (each) => each.name === key.name);
        draft.event("subscription.key-retired", until, { key: key.name });
      });
    }
  }
  if (state === "ended") return due;
  // Of what is due at one time, the end comes first.
  add(endsOn, (draft) => endAt(draft, endsOn ?? 0, settings, "ended"));
  if (state === "pending" && verifyBy !== undefined)
    add(verifyBy, (draft) => endAt(draft, verifyBy, settings, "not verified"));
  if (pendingTier !== undefined) add(pendingTier.on, (draft) => moveTo(draft, pendingTier.tier, pendingTier.on));
  if (payment.state === "past-due" && payment.cutOff !== undefined) {
    const { cutOff } = payment;
    add(cutOff, (draft) => {
      draft.set({ payment: { state: "unpaid", asOf: payment.asOf } });
      draft.event("subscription.unpaid", cutOff, {});
    });
  }
  return due;
}

/** The next time at which something is due; `undefined` if nothing is. */
export function nextDue(subscription: RuntimeSubscription, settings: SelfServiceSettings): Instant | undefined {
  const times = dueOf(subscription, settings).map(({ at }) => at);
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * What has become of a subscription by a time: all that was due, in the order of the times. Whether and when the
 * scheduler called makes no difference, so a late or lost call changes nothing that a customer sees.
 */
export function advance(
  subscription: RuntimeSubscription,
  at: Instant,
  settings: SelfServiceSettings,
): RuntimeSubscription {
  let current = subscription;
  for (;;) {
    const [first] = dueOf(current, settings)
      .filter((due) => due.at <= at)
      .sort((one, other) => one.at - other.at);
    if (first === undefined) return current;
    current = changed(current, first.apply);
  }
}

/** Ends a subscription: all its keys stop, and are deleted some time later. */
export function endAt(draft: Draft, at: Instant, settings: SelfServiceSettings, reason: string): void {
  retireKeys(draft, at, settings, () => true);
  closePeriod(draft, at);
  draft.set({ state: "ended", endedAt: at, endsOn: undefined, pendingTier: undefined, verifyBy: undefined });
  draft.event("subscription.ended", at, { reason });
}

/** Puts a subscription on another tier. */
export function moveTo(draft: Draft, tier: string, at: Instant): void {
  const from = draft.now.tiers.at(-1)?.tier ?? "";
  closePeriod(draft, at);
  draft.set({ tiers: [...draft.now.tiers, { tier, from: at }], pendingTier: undefined });
  draft.event("subscription.moved", at, { from, to: tier });
}

function closePeriod(draft: Draft, to: Instant): void {
  draft.set({ tiers: draft.now.tiers.map((period) => (period.to === undefined ? { ...period, to } : period)) });
}
