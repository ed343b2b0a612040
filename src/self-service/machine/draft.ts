import type { SelfServiceSettings } from "./settings";
import type { Instant, RuntimeSubscription, SubscriptionKey } from "./subscription";

/** A subscription while a command or a due time changes it. */
export class Draft {
  constructor(private subscription: RuntimeSubscription) {}

  get now(): RuntimeSubscription {
    return this.subscription;
  }

  /** A field that is given as `undefined` is dropped. */
  set(fields: { readonly [Field in keyof RuntimeSubscription]?: RuntimeSubscription[Field] | undefined }): void {
    const all = { ...this.subscription, ...fields };
    this.subscription = Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined),
    ) as unknown as RuntimeSubscription;
  }

  changeKey(name: string, change: (key: SubscriptionKey) => SubscriptionKey): void {
    this.set({ keys: this.subscription.keys.map((key) => (key.name === name ? change(key) : key)) });
  }

  /** An event to be published, with the subscription's id and tier. */
  event(type: string, at: Instant, detail: Readonly<Record<string, string>>): void {
    const { id, eventCount, events, tiers } = this.subscription;
    const event = { id: `${id}/${eventCount + 1}`, type, at, detail: { tier: tiers.at(-1)?.tier ?? "", ...detail } };
    this.set({ eventCount: eventCount + 1, events: [...events, event] });
  }
}

/** The subscription after a change. */
export function changed(subscription: RuntimeSubscription, change: (draft: Draft) => void): RuntimeSubscription {
  const draft = new Draft(subscription);
  change(draft);
  return draft.now;
}

/** Most keys that a subscription remembers; of those that were deleted, the oldest are forgotten. */
const MOST_KEYS = 500;

/** Adds a key, which is then the current one. */
export function addKey(draft: Draft, at: Instant, requestedBy: string): void {
  const { keys } = draft.now;
  const name = String(Math.max(0, ...keys.map((key) => Number(key.name))) + 1);
  const surplus = keys.length + 1 - MOST_KEYS;
  const kept = surplus > 0 ? keys.filter((key, index) => index >= surplus || key.aws.deleted !== true) : keys;
  draft.set({ keys: [...kept, { name, requestedBy, from: at, aws: {} }] });
}

/** Retires keys: they stop working, and are deleted once their usage was read. */
export function retireKeys(
  draft: Draft,
  at: Instant,
  { keepRetiredKeys }: SelfServiceSettings,
  which: (key: SubscriptionKey) => boolean,
): void {
  for (const key of draft.now.keys)
    if (key.retiredAt === undefined && which(key))
      draft.changeKey(key.name, ({ graceUntil: _, ...rest }) => ({
        ...rest,
        retiredAt: at,
        deleteOn: at + keepRetiredKeys,
      }));
}
