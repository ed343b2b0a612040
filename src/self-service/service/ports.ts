import type { Instant, PendingEvent, RuntimeSubscription, Step } from "../machine/subscription";

/** A subscription as the table has it. */
export interface StoredSubscription {
  readonly subscription: RuntimeSubscription;
  /** Counts the changes: who saves names the version that was read. 0 for one that is not in the table yet. */
  readonly version: number;
  /** The step that a worker is doing, or was doing when it ended: it may be done, half done or not done. */
  readonly acting?: Step;
  /** Who may act on AWS, and until when: a function is ended by AWS long before its lease is over. */
  readonly lease?: { readonly worker: string; readonly until: Instant };
}

/** A request that was accepted. */
export interface StoredRequest {
  readonly id: string;
  readonly subscription: string;
  /** Tells another command under the same id. */
  readonly fingerprint: string;
  readonly outcome: "changed" | "unchanged" | "stale";
  readonly at: Instant;
}

export interface Table {
  /** What was saved last, never an older state. */
  load(subscription: string): Promise<StoredSubscription | undefined>;
  request(id: string): Promise<StoredRequest | undefined>;
  /**
   * Saves under the next version, and the request with it, or neither.
   *
   * @returns `false` where the version is another by now, or the request exists
   */
  save(stored: StoredSubscription, unfinished: boolean, request?: StoredRequest): Promise<boolean>;
  /** All subscriptions, in any order. */
  all(): AsyncIterable<StoredSubscription>;
  /** Ids of those that were saved as unfinished. May be some time behind. */
  unfinished(): AsyncIterable<string>;
}

/** A key in AWS that is marked as this service's. */
export interface OwnedKey {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** The keys of this service. Another key is never changed: it is not found here, and the role does not allow it. */
export interface Keys {
  /** May miss one that was created a moment ago. */
  find(name: string): Promise<readonly OwnedKey[]>;
  /** Creates a disabled key in no plan; called twice, it creates two. AWS generates the value. */
  create(name: string): Promise<string>;
  /** @returns `false` where there is no such key */
  setEnabled(id: string, enabled: boolean): Promise<boolean>;
  /** @returns `false` where there is no such key; also succeeds for a key that is in the plan already */
  join(id: string, tier: string): Promise<boolean>;
  /** Succeeds for a key that is not in the plan. */
  leave(id: string, tier: string): Promise<void>;
  /** Succeeds for a key that does not exist. */
  remove(id: string): Promise<void>;
  /** `undefined` where there is no such key. It is a secret. */
  value(id: string): Promise<string | undefined>;
  /** `undefined` where there is no such key. */
  get(id: string): Promise<OwnedKey | undefined>;
  /** The tiers of this service in whose plans the key is. */
  tiersOf(id: string): Promise<readonly string[]>;
  list(): AsyncIterable<OwnedKey>;
  /** Ids of the keys in a tier's plan, those of others among them. */
  members(tier: string): AsyncIterable<string>;
}

/** One call for each subscription: another time replaces the one before. */
export interface Scheduler {
  schedule(subscription: string, at: Instant): Promise<void>;
  cancel(subscription: string): Promise<void>;
}

export interface Events {
  publish(subscription: string, event: PendingEvent): Promise<void>;
}

/** Where values are handed over that stand in no answer. */
export interface ValueStore {
  put(subscription: string, value: string): Promise<void>;
  remove(subscription: string): Promise<void>;
}

/** All that the service works with. */
export interface Ports {
  readonly table: Table;
  readonly keys: Keys;
  readonly scheduler: Scheduler;
  readonly events: Events;
  readonly values: ValueStore;
  readonly clock: () => Instant;
  /** A text that no other call gets. */
  readonly newId: () => string;
  /** Waits a moment, since another worker is busy with the subscription. */
  readonly pause: () => Promise<void>;
  /** One line about what was done: never a value. */
  readonly log: (line: LogLine) => void;
}

export interface LogLine {
  readonly subscription: string;
  readonly request?: string;
  readonly command?: string;
  readonly outcome?: string;
  readonly step?: string;
  readonly problem?: string;
}

/** AWS said that it did not act, so that nothing is half done: too many requests, or no right to it. */
export class NotDone extends Error {
  constructor(
    message: string,
    /** Whether the same may succeed later. */
    readonly retry: boolean,
  ) {
    super(message);
    this.name = "NotDone";
  }
}
