/** Milliseconds since 1970, in UTC. */
export type Instant = number;

/** A key of a subscription: what is intended (`from` to `deleteOn`), and what is known of it in AWS (`aws`). No value. */
export interface SubscriptionKey {
  /** Unique in the subscription, counted from "1", and part of the key's name in AWS. */
  readonly name: string;
  /** The id of the request that asked for it: only the answer to that request may hand the value over. */
  readonly requestedBy: string;
  readonly from: Instant;
  /** Until when a key that was replaced still works. */
  readonly graceUntil?: Instant;
  /** Since when it does not work any more; it is disabled then. */
  readonly retiredAt?: Instant;
  /** When a retired key is deleted. Until then its usage can still be read. */
  readonly deleteOn?: Instant;
  /** Whether it is to be deleted now. */
  readonly deleted?: true;
  /** Whether the value was handed over, in an answer or to the key store. */
  readonly handedOver?: true;
  readonly aws: KeyInAws;
}

/** What the service knows of a key in AWS, since it did it. */
export interface KeyInAws {
  readonly id?: string;
  /** The tier in whose usage plan the key is. */
  readonly tier?: string;
  /** Other tiers in whose plans it is or may be: somebody put it there, or a step was interrupted and cannot be asked for. */
  readonly alsoIn?: readonly string[];
  readonly enabled?: boolean;
  readonly deleted?: true;
  /** Somebody else deleted the key: it is not made again, since its value is lost. */
  readonly missing?: true;
}

/** A period on a tier. */
export interface TierPeriod {
  readonly tier: string;
  readonly from: Instant;
  readonly to?: Instant;
}

/** Whether a subscription is paid, apart from whether it is suspended. */
export interface Payment {
  /** `past-due` still works, until `cutOff`; `unpaid` does not. */
  readonly state: "paid" | "past-due" | "unpaid";
  /** When the newest report of it was made, so that an older one that arrives later changes nothing. */
  readonly asOf: Instant;
  readonly cutOff?: Instant;
}

/** An event that is still to be published. */
export interface PendingEvent {
  /** Unique, and the same whenever it is published again. */
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  readonly detail: Readonly<Record<string, string>>;
}

/** One action on AWS. Each can be repeated: what is done already stays as it is. */
export type Step =
  | { readonly do: "create-key"; readonly key: string }
  | { readonly do: "enable-key" | "disable-key" | "delete-key"; readonly key: string }
  | { readonly do: "join-plan" | "leave-plan"; readonly key: string; readonly tier: string }
  | { readonly do: "store-value"; readonly key: string }
  | { readonly do: "remove-value" }
  | { readonly do: "schedule"; readonly at: Instant }
  | { readonly do: "unschedule" }
  | { readonly do: "publish"; readonly event: string };

/** The life of a subscription that a customer started without a deploy. */
export interface RuntimeSubscription {
  readonly id: string;
  readonly customer: string;
  /** `pending` until it is verified. */
  readonly state: "pending" | "active" | "ended";
  readonly startedAt: Instant;
  /** A subscription that is not verified by then ends. */
  readonly verifyBy?: Instant;
  /** The last is the current one. */
  readonly tiers: readonly TierPeriod[];
  readonly pendingTier?: { readonly tier: string; readonly on: Instant };
  readonly suspension: { readonly suspended: boolean; readonly asOf: Instant };
  readonly payment: Payment;
  readonly endsOn?: Instant;
  readonly endedAt?: Instant;
  /** Those that are deleted stay for the export. */
  readonly keys: readonly SubscriptionKey[];
  /** How many events were made; part of their ids. */
  readonly eventCount: number;
  readonly events: readonly PendingEvent[];
  /** What the scheduler is known to wait for. */
  readonly scheduled?: Instant;
  /** Whether the key store is known to hold a value. */
  readonly stored?: string;
}

/** The tier that the subscription is on. */
export const tierOf = (subscription: RuntimeSubscription): string => subscription.tiers.at(-1)?.tier ?? "";

/** Whether the keys are to work, apart from what each is itself. */
export const worksOf = ({ state, suspension, payment }: RuntimeSubscription): boolean =>
  state === "active" && !suspension.suspended && payment.state !== "unpaid";

/** Whether a key is to be enabled. */
export const keyWorks = (subscription: RuntimeSubscription, key: SubscriptionKey): boolean =>
  worksOf(subscription) && key.retiredAt === undefined;

/** The key that new callers use: the newest that is not retired. */
export const currentKey = ({ keys }: RuntimeSubscription): SubscriptionKey | undefined =>
  keys.findLast((key) => key.retiredAt === undefined);
