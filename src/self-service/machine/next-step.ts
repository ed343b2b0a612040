import { nextDue } from "./advance";
import type { SelfServiceSettings } from "./settings";
import {
  currentKey,
  type KeyInAws,
  keyWorks,
  type RuntimeSubscription,
  type Step,
  type SubscriptionKey,
  tierOf,
} from "./subscription";

/**
 * The next action on AWS by which it comes to what the subscription is now; `undefined` if nothing is left to do.
 *
 * It follows from the subscription alone, so work that was interrupted goes on where it stopped, and what was intended
 * in the meantime and is no longer is not done. What takes access away comes first, and a key works only once it is in
 * its plan: a key that is half made opens nothing.
 */
export function nextStep(subscription: RuntimeSubscription, settings: SelfServiceSettings): Step | undefined {
  const keys = subscription.keys.filter(({ aws }) => aws.missing !== true && aws.deleted !== true);
  for (const step of [disabling, leaving, creating, joining, storing, enabling, deleting]) {
    const next = step(subscription, keys, settings);
    if (next !== undefined) return next;
  }
  return scheduling(subscription, settings) ?? publishing(subscription);
}

/**
 * Whether keys wait for a tier that is not listed any more, or was not when it was tried: until it is listed again, they stay in the
 * plan that they are in.
 */
export const waitsForTier = (subscription: RuntimeSubscription): boolean =>
  subscription.keys.some(
    (key) =>
      isLive(key) &&
      key.aws.missing !== true &&
      (key.aws.tier !== tierOf(subscription) || key.aws.alsoIn !== undefined),
  );

type Part = (
  subscription: RuntimeSubscription,
  keys: readonly SubscriptionKey[],
  settings: SelfServiceSettings,
) => Step | undefined;

const disabling: Part = (subscription, keys) => {
  const key = keys.find((each) => each.aws.enabled === true && !keyWorks(subscription, each));
  return key && { do: "disable-key", key: key.name };
};

/** AWS refuses a key in two plans of one stage, so it leaves the one before it joins the other. */
const leaving: Part = (subscription, keys, { tiers }) => {
  const isListed = (tier: string | undefined) => tier !== undefined && tiers.includes(tier);
  for (const { name, aws } of keys) {
    const tier = aws.alsoIn?.find(isListed);
    if (tier !== undefined) return { do: "leave-plan", key: name, tier };
  }
  const tier = tierOf(subscription);
  // A key leaves its plan only for one that it can join.
  if (!isListed(tier)) return undefined;
  const key = keys.find((each) => isLive(each) && each.aws.tier !== tier && isListed(each.aws.tier));
  return key?.aws.tier === undefined ? undefined : { do: "leave-plan", key: key.name, tier: key.aws.tier };
};

const creating: Part = (_, keys) => {
  const key = keys.find((each) => isLive(each) && each.aws.id === undefined);
  return key && { do: "create-key", key: key.name };
};

const joining: Part = (subscription, keys, { tiers }) => {
  const tier = tierOf(subscription);
  if (!tiers.includes(tier)) return undefined;
  const key = keys.find(({ retiredAt, aws }) => retiredAt === undefined && aws.tier === undefined && !aws.alsoIn);
  return key && { do: "join-plan", key: key.name, tier };
};

const storing: Part = (subscription, keys, { handOver }) => {
  if (handOver !== "store") return undefined;
  const current = currentKey(subscription);
  if (current === undefined) return subscription.stored === undefined ? undefined : { do: "remove-value" };
  if (subscription.stored === current.name || !keys.includes(current)) return undefined;
  if (current.aws.tier === undefined) return undefined;
  return { do: "store-value", key: current.name };
};

const enabling: Part = (subscription, keys) => {
  const isReady = ({ aws }: SubscriptionKey) => aws.enabled !== true && aws.tier !== undefined;
  const key = keys.find((each) => isReady(each) && keyWorks(subscription, each));
  return key && { do: "enable-key", key: key.name };
};

const deleting: Part = (_, keys) => {
  const key = keys.find((each) => each.deleted === true && each.aws.id !== undefined);
  return key && { do: "delete-key", key: key.name };
};

function scheduling(subscription: RuntimeSubscription, settings: SelfServiceSettings): Step | undefined {
  const due = nextDue(subscription, settings);
  if (due === subscription.scheduled) return undefined;
  return due === undefined ? { do: "unschedule" } : { do: "schedule", at: due };
}

function publishing({ events }: RuntimeSubscription): Step | undefined {
  const [first] = events;
  return first && { do: "publish", event: first.id };
}

const isLive = ({ retiredAt }: SubscriptionKey): boolean => retiredAt === undefined;

/**
 * The subscription where a step was begun on the plan of a tier that is not listed any more: whether it was done cannot be asked. So
 * the key may be in that plan, and leaves it before it joins one.
 */
export function afterUnknown(subscription: RuntimeSubscription, step: Step): RuntimeSubscription {
  if (step.do !== "join-plan" && step.do !== "leave-plan") return subscription;
  const keys = subscription.keys.map((key) => {
    if (key.name !== step.key) return key;
    const { tier, alsoIn = [], ...rest } = key.aws;
    const others = [...new Set([...alsoIn, step.tier])];
    return { ...key, aws: { ...rest, ...(tier === undefined || tier === step.tier ? {} : { tier }), alsoIn: others } };
  });
  return { ...subscription, keys };
}

/** What a step gave: the id of a key that was made, or that AWS does not have the key. */
export interface StepResult {
  readonly id?: string;
  readonly missing?: boolean;
}

/** The subscription once a step was done. */
export function afterStep(subscription: RuntimeSubscription, step: Step, result: StepResult): RuntimeSubscription {
  switch (step.do) {
    case "schedule":
      return { ...subscription, scheduled: step.at };
    case "unschedule": {
      const { scheduled: _, ...rest } = subscription;
      return rest;
    }
    case "publish":
      return { ...subscription, events: subscription.events.filter(({ id }) => id !== step.event) };
    case "remove-value": {
      const { stored: _, ...rest } = subscription;
      return rest;
    }
  }
  const keys = subscription.keys.map((key) => {
    if (key.name !== step.key) return key;
    if (result.missing) return { ...key, aws: { ...key.aws, missing: true as const } };
    const handedOver = step.do === "store-value" ? { handedOver: true as const } : {};
    return { ...key, ...handedOver, aws: keyAfter(key.aws, step, result) };
  });
  // Of a key that is missing, an interrupted attempt may have stored the value.
  return { ...subscription, keys, ...(step.do === "store-value" ? { stored: step.key } : {}) };
}

function keyAfter(key: KeyInAws, step: Extract<Step, { readonly key: string }>, { id }: StepResult): KeyInAws {
  switch (step.do) {
    case "create-key":
      return { ...key, ...(id === undefined ? {} : { id }), enabled: false };
    case "enable-key":
      return { ...key, enabled: true };
    case "disable-key":
      return { ...key, enabled: false };
    case "join-plan":
      return { ...key, tier: step.tier };
    case "leave-plan": {
      const { tier, alsoIn = [], ...rest } = key;
      const others = alsoIn.filter((each) => each !== step.tier);
      return {
        ...rest,
        ...(tier === undefined || (tier === step.tier && !alsoIn.includes(tier)) ? {} : { tier }),
        ...(others.length > 0 ? { alsoIn: others } : {}),
      };
    }
    case "delete-key":
      return { ...key, enabled: false, deleted: true };
    case "store-value":
      return key;
  }
}
