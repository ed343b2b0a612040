import { advance, endAt, moveTo } from "./advance";
import type { Command, Refusal, Request } from "./command";
import { addKey, changed, type Draft, retireKeys } from "./draft";
import { monthAfter } from "./period";
import type { SelfServiceSettings } from "./settings";
import { currentKey, type Instant, type RuntimeSubscription, tierOf } from "./subscription";

/** What a command does: the subscription after it, or why it is refused. What was due by then has happened in both. */
export interface Decision {
  /** `undefined` only for a subscription that does not exist. */
  readonly after: RuntimeSubscription | undefined;
  /** `stale`: a newer report of the same thing was there already. */
  readonly outcome: "changed" | "unchanged" | "stale" | "refused";
  readonly refusal?: Refusal;
}

/**
 * The state machine of a subscription's life. It is pure: time, the request's id and the settings are arguments, and what
 * it wants of AWS follows from the subscription alone (`nextStep`).
 */
export function decide(
  before: RuntimeSubscription | undefined,
  request: Request,
  at: Instant,
  settings: SelfServiceSettings,
): Decision {
  const { command } = request;
  if (before === undefined) {
    if (command.name !== "start") return refused(undefined, refusal("unknown-subscription", "start it first"));
    const reason = cannotJoin(command.tier, settings);
    if (reason !== undefined) return refused(undefined, reason);
    return { after: started(request, command, at, settings), outcome: "changed" };
  }
  const current = advance(before, at, settings);
  const result = apply(current, request, at, settings);
  if (result === "stale") return { after: current, outcome: "stale" };
  if ("code" in result) return refused(current, result);
  // What a command makes due at once, such as the end of no grace at all, happens with it.
  return { after: advance(result, at, settings), outcome: result === before ? "unchanged" : "changed" };
}

type Applied = RuntimeSubscription | Refusal | "stale";

function apply(
  subscription: RuntimeSubscription,
  { id, command }: Request,
  at: Instant,
  settings: SelfServiceSettings,
): Applied {
  const { state, keys } = subscription;
  if (command.name === "tick") return subscription;
  if (command.name === "start") return refusal("subscription-exists", "choose another id, or ask what it is");
  if (state === "ended") return refusal("ended", "start another one");
  const change = (make: (draft: Draft) => void) => changed(subscription, make);
  const withdrawn = cannotTakeKeys(subscription, settings);
  switch (command.name) {
    case "verify":
      if (state === "active") return refusal("already-verified", "rotate for another key");
      if (withdrawn !== undefined) return withdrawn;
      return change((draft) => activate(draft, at, id));
    case "move":
      return move(subscription, command, at, settings);
    case "suspend":
    case "resume":
      return suspension(subscription, command, at);
    case "payment-failed":
    case "payment-recovered":
      return payment(subscription, command, at, settings);
    case "rotate": {
      if (state === "pending") return refusal("not-verified", "verify it first");
      if (withdrawn !== undefined) return withdrawn;
      const rotating = keys.find((key) => key.retiredAt === undefined && key.graceUntil !== undefined);
      if (rotating !== undefined && !command.leaked)
        return refusal("rotating", "wait until the old key's time is over, or say that the key has leaked");
      const old = currentKey(subscription);
      return change((draft) => {
        const grace = command.leaked ? 0 : (command.grace ?? settings.rotationGrace);
        if (grace <= 0) retireKeys(draft, at, settings, () => true);
        else if (old) draft.changeKey(old.name, (key) => ({ ...key, graceUntil: at + grace }));
        addKey(draft, at, id);
        draft.event("subscription.rotated", at, { key: draft.now.keys.at(-1)?.name ?? "" });
      });
    }
    case "end":
      if (command.on === undefined || command.on <= at)
        return change((draft) => endAt(draft, at, settings, "ended on request"));
      if (subscription.endsOn === command.on) return subscription;
      return change((draft) => {
        draft.set({ endsOn: command.on });
        draft.event("subscription.end-announced", at, { on: new Date(command.on ?? at).toISOString() });
      });
  }
}

function started(
  { id, subscription }: Request,
  { tier, customer }: Extract<Command, { name: "start" }>,
  at: Instant,
  { verification, verifyWithin }: SelfServiceSettings,
): RuntimeSubscription {
  const created: RuntimeSubscription = {
    id: subscription,
    customer,
    state: "pending",
    startedAt: at,
    ...(verification ? { verifyBy: at + verifyWithin } : {}),
    tiers: [{ tier, from: at }],
    suspension: { suspended: false, asOf: 0 },
    payment: { state: "paid", asOf: 0 },
    keys: [],
    eventCount: 0,
    events: [],
  };
  return changed(created, (draft) => {
    draft.event("subscription.started", at, {});
    if (!verification) activate(draft, at, id);
  });
}

function activate(draft: Draft, at: Instant, requestedBy: string): void {
  addKey(draft, at, requestedBy);
  // What was tried before it was verified is not billed: no key worked.
  draft.set({ state: "active", verifyBy: undefined });
  draft.event("subscription.activated", at, { key: draft.now.keys.at(-1)?.name ?? "" });
}

function move(
  subscription: RuntimeSubscription,
  { tier, on }: Extract<Command, { name: "move" }>,
  at: Instant,
  settings: SelfServiceSettings,
): Applied {
  const { tiers } = settings;
  const current = tierOf(subscription);
  if (tier === current) {
    // Staying takes back a move that was announced.
    if (subscription.pendingTier === undefined) return subscription;
    return changed(subscription, (draft) => {
      draft.set({ pendingTier: undefined });
      draft.event("subscription.move-canceled", at, {});
    });
  }
  const reason = cannotJoin(tier, settings);
  if (reason !== undefined) return reason;
  // Of a tier that is not listed nobody knows whether the other is higher, and the service may not take a key out of its plan.
  const withdrawn = subscription.state === "pending" ? undefined : cannotTakeKeys(subscription, settings);
  if (withdrawn !== undefined) return withdrawn;
  const isUpgrade = tiers.indexOf(tier) > tiers.indexOf(current);
  // Nothing was used or sold before it is verified.
  const due = on ?? (isUpgrade || subscription.state === "pending" ? at : monthAfter(at));
  if (due <= at) return changed(subscription, (draft) => moveTo(draft, tier, at));
  const { pendingTier } = subscription;
  if (pendingTier?.tier === tier && pendingTier.on === due) return subscription;
  return changed(subscription, (draft) => {
    draft.set({ pendingTier: { tier, on: due } });
    draft.event("subscription.move-announced", at, { to: tier, on: new Date(due).toISOString() });
  });
}

/**
 * Reports that say when they occurred are compared by that time, since webhooks arrive in any order, and twice. At the same time,
 * the one that lets the customer work counts.
 */
function suspension(
  subscription: RuntimeSubscription,
  { name, occurredAt }: Extract<Command, { name: "suspend" | "resume" }>,
  at: Instant,
): Applied {
  const { suspended: was, asOf } = subscription.suspension;
  const suspended = name === "suspend";
  if (occurredAt !== undefined && (suspended ? occurredAt <= asOf : occurredAt < asOf)) return "stale";
  const since = occurredAt ?? Math.max(at, asOf);
  if (was === suspended && since === asOf) return subscription;
  return changed(subscription, (draft) => {
    draft.set({ suspension: { suspended, asOf: since } });
    if (was !== suspended) draft.event(suspended ? "subscription.suspended" : "subscription.resumed", at, {});
  });
}

function payment(
  subscription: RuntimeSubscription,
  { name, occurredAt }: Extract<Command, { name: "payment-failed" | "payment-recovered" }>,
  at: Instant,
  { paymentGrace }: SelfServiceSettings,
): Applied {
  const was = subscription.payment;
  const failed = name === "payment-failed";
  if (occurredAt !== undefined && (failed ? occurredAt <= was.asOf : occurredAt < was.asOf)) return "stale";
  const asOf = occurredAt ?? Math.max(at, was.asOf);
  if (!failed && was.state === "paid" && asOf === was.asOf) return subscription;
  return changed(subscription, (draft) => {
    if (!failed) {
      draft.set({ payment: { state: "paid", asOf } });
      if (was.state !== "paid") draft.event("subscription.payment-recovered", at, {});
      return;
    }
    // A second failure does not give more time.
    if (was.state !== "paid") draft.set({ payment: { ...was, asOf } });
    else {
      draft.set({ payment: { state: "past-due", asOf, cutOff: asOf + paymentGrace } });
      draft.event("subscription.payment-failed", at, {});
    }
  });
}

const refused = (after: RuntimeSubscription | undefined, reason: Refusal): Decision => ({
  after,
  outcome: "refused",
  refusal: reason,
});

const refusal = (code: Refusal["code"], remedy: string): Refusal => ({ code, message: `${TEXTS[code]}; ${remedy}` });

/** Why a customer cannot choose a tier; `undefined` where they can. */
function cannotJoin(tier: string, { tiers, closedTiers = [] }: SelfServiceSettings): Refusal | undefined {
  const isOpen = tiers.includes(tier) && !closedTiers.includes(tier);
  if (isOpen) return undefined;
  const open = tiers.filter((each) => !closedTiers.includes(each)).map((each) => `"${each}"`);
  return refusal(
    tiers.includes(tier) ? "tier-closed" : "unknown-tier",
    open.length === 0 ? "no tier takes new customers" : `there are ${open.join(", ")}`,
  );
}

/** Why no key can be put into the plan of the tier that a subscription is on: the service reaches those of its own tiers alone. */
function cannotTakeKeys(subscription: RuntimeSubscription, { tiers }: SelfServiceSettings): Refusal | undefined {
  const tier = tierOf(subscription);
  if (tiers.includes(tier)) return undefined;
  return refusal(
    "tier-withdrawn",
    `list "${tier}" in selfService.tiers again, or name it as the formerId of the tier that took its place, and deploy`,
  );
}

const TEXTS: Record<Refusal["code"], string> = {
  "unknown-subscription": "there is no such subscription",
  "subscription-exists": "there is a subscription of this id",
  "unknown-tier": "customers cannot choose this tier by themselves",
  "tier-closed": "the tier takes no new customers",
  "tier-withdrawn": "the tier that the subscription is on is not one of the self-service any more",
  "not-verified": "the subscription is not verified",
  "already-verified": "the subscription is verified already",
  ended: "the subscription has ended",
  rotating: "the key is being replaced",
  "request-reused": "the request id was used for another command",
};
