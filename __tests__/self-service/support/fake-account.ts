import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";
import type { PendingEvent } from "../../../src/self-service/machine/subscription";
import {
  type LogLine,
  NotDone,
  type Ports,
  type StoredRequest,
  type StoredSubscription,
} from "../../../src/self-service/service/ports";
import { fakePorts } from "./fake-ports";
import type { Call } from "./interleaving";

export interface FakeKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Whose it is; the service sees those of its own alone. */
  readonly owner: "self-service" | "terraform";
  readonly createdAt: number;
  enabled: boolean;
  readonly tiers: Set<string>;
}

/** What is seen of an account once all has come to rest. */
export interface ObservedAccount {
  readonly now: number;
  readonly keys: ReadonlyMap<string, FakeKey>;
  readonly subscriptions: ReadonlyMap<string, StoredSubscription>;
  readonly requests: ReadonlyMap<string, StoredRequest>;
  readonly accepted: readonly StoredRequest[];
  readonly schedule: ReadonlyMap<string, number>;
  readonly events: readonly { readonly subscription: string; readonly event: PendingEvent }[];
  readonly values: ReadonlyMap<string, string>;
}

/** An account in which lives are lived through. */
export interface LiveAccount {
  now: number;
  /** @param settings those of the function, which name the tiers whose plans it reaches */
  ports(call: Call, log: (line: LogLine) => void, settings: SelfServiceSettings): Ports;
  /** Changes the n-th key of the service as somebody in the console would; gives the id of one that was deleted. */
  changeByHand(change: "enable" | "disable" | "delete", key: number): Promise<string | undefined>;
  /** The subscriptions for which the scheduler calls now. */
  due(): Promise<readonly string[]>;
  observe(): Promise<ObservedAccount>;
}

/** An AWS account in memory, with what AWS is known to do: names are not unique, lists are late, a key is in one plan of a stage. */
export class FakeAccount implements LiveAccount, ObservedAccount {
  readonly keys = new Map<string, FakeKey>();
  readonly subscriptions = new Map<string, StoredSubscription>();
  readonly unfinished = new Set<string>();
  readonly requests = new Map<string, StoredRequest>();
  /** Accepted requests, in the order in which they were saved. */
  readonly accepted: StoredRequest[] = [];
  readonly schedule = new Map<string, number>();
  readonly events: { readonly subscription: string; readonly event: PendingEvent }[] = [];
  readonly values = new Map<string, string>();
  now = Date.UTC(2026, 0, 15);
  private created = 0;

  /** @param listDelay how many milliseconds a new key is missing in lists */
  constructor(private readonly listDelay: number) {
    this.add("of-terraform", "terraform").tiers.add("free");
  }

  load = (id: string): StoredSubscription | undefined => this.subscriptions.get(id);

  save(stored: StoredSubscription, unfinished: boolean, request?: StoredRequest): boolean {
    const { id } = stored.subscription;
    if ((this.subscriptions.get(id)?.version ?? 0) !== stored.version) return false;
    if (request && this.requests.has(request.id)) return false;
    this.subscriptions.set(id, { ...stored, version: stored.version + 1 });
    if (unfinished) this.unfinished.add(id);
    else this.unfinished.delete(id);
    if (request) {
      this.requests.set(request.id, request);
      this.accepted.push(request);
    }
    return true;
  }

  /** All keys of the service, those of the last seconds not among them. */
  listed = (): FakeKey[] => this.owned().filter(({ createdAt }) => createdAt + this.listDelay <= this.now);

  owned = (): FakeKey[] => [...this.keys.values()].filter(({ owner }) => owner === "self-service");

  create = (name: string): string => this.add(name, "self-service").id;

  setEnabled(id: string, enabled: boolean): boolean {
    const key = this.keys.get(id);
    if (key) this.owns(key).enabled = enabled;
    return key !== undefined;
  }

  join(id: string, tier: string): boolean {
    const key = this.keys.get(id);
    if (key === undefined) return false;
    if (key.tiers.size > 0 && !key.tiers.has(tier))
      throw new Error("ConflictException: the key cannot reference multiple usage plans with the same API stage");
    this.owns(key).tiers.add(tier);
    return true;
  }

  leave(id: string, tier: string): void {
    const key = this.keys.get(id);
    if (key) this.owns(key).tiers.delete(tier);
  }

  remove(id: string): void {
    const key = this.keys.get(id);
    if (key) this.owns(key);
    this.keys.delete(id);
  }

  /** What customers can call with: enabled keys in a plan. */
  working = (): FakeKey[] => [...this.keys.values()].filter(({ enabled, tiers }) => enabled && tiers.size > 0);

  ports = (call: Call, log: (line: LogLine) => void, settings: SelfServiceSettings): Ports =>
    fakePorts(this, call, log, settings.tiers);

  async changeByHand(change: "enable" | "disable" | "delete", index: number): Promise<string | undefined> {
    const key = this.owned()[index];
    if (key === undefined) return undefined;
    if (change !== "delete") {
      key.enabled = change === "enable";
      return undefined;
    }
    this.keys.delete(key.id);
    return key.id;
  }

  async due(): Promise<string[]> {
    const due = [...this.schedule].filter(([, at]) => at <= this.now).map(([id]) => id);
    for (const id of due) this.schedule.delete(id);
    return due;
  }

  observe = async (): Promise<ObservedAccount> => this;

  private add(name: string, owner: FakeKey["owner"]): FakeKey {
    const number = String(++this.created);
    const key = {
      id: `id${number.padStart(8, "0")}`,
      name,
      // Looks like a key, so that whatever shows one is noticed.
      value: `Secret0Value${number.padStart(28, "0")}`,
      owner,
      createdAt: this.now,
      enabled: owner === "terraform",
      tiers: new Set<string>(),
    };
    this.keys.set(key.id, key);
    return key;
  }

  private owns(key: FakeKey): FakeKey {
    if (key.owner !== "self-service") throw new Error(`AccessDenied: ${key.name} is not a key of the service`);
    return key;
  }
}

export const tooManyRequests = (): NotDone => new NotDone("TooManyRequestsException", true);
