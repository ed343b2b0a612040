import { advance } from "../../../src/self-service/machine/advance";
import type { Command, Refusal } from "../../../src/self-service/machine/command";
import { decide } from "../../../src/self-service/machine/decide";
import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";
import { type RuntimeSubscription, tierOf, worksOf } from "../../../src/self-service/machine/subscription";

const DAY = 86_400_000;

const common: SelfServiceSettings = {
  tiers: ["free", "startup", "business"],
  verification: true,
  verifyWithin: 7 * DAY,
  rotationGrace: 3 * DAY,
  paymentGrace: 7 * DAY,
  keepRetiredKeys: 7 * DAY,
  handOver: "answer",
};

export { common as settings };

/** `"2026-11-10"` or `"2026-11-10T12:00"`, in UTC. */
export const time = (text: string): number => Date.parse(text.includes("T") ? `${text}:00Z` : `${text}T00:00:00Z`);

/** One subscription by the state machine alone. */
export class Timeline {
  private subscription: RuntimeSubscription | undefined;
  private requests = 0;

  /** @param settings those of the function, which another deploy may change */
  constructor(public settings: SelfServiceSettings = common) {}

  /** Sends a command at a time; gives what it came to. */
  at(when: string, command: Command): string {
    const request = { id: `r${++this.requests}`, subscription: "acme", command };
    const { after, outcome, refusal } = decide(this.subscription, request, time(when), this.settings);
    this.subscription = after;
    return refusal?.code ?? outcome;
  }

  /** A subscription on a tier with a key, since a day. */
  static active(since: string, tier = "free", chosen = common): Timeline {
    const timeline = new Timeline({ ...chosen, verification: false });
    timeline.at(since, { name: "start", tier, customer: "Acme Inc" });
    return timeline;
  }

  refusal(when: string, command: Command): Refusal | undefined {
    return decide(this.subscription, { id: "asked", subscription: "acme", command }, time(when), this.settings).refusal;
  }

  /** `active on free, 2 keys` */
  seen(when: string): string {
    if (this.subscription === undefined) return "nothing";
    const now = advance(this.subscription, time(when), this.settings);
    const keys = now.keys.filter(({ retiredAt }) => retiredAt === undefined).length;
    const state =
      now.state === "active" && !worksOf(now) ? (now.suspension.suspended ? "suspended" : "unpaid") : now.state;
    return `${state} on ${tierOf(now)}, ${keys} ${keys === 1 ? "key" : "keys"}`;
  }

  events(when: string): string[] {
    if (this.subscription === undefined) return [];
    return advance(this.subscription, time(when), this.settings).events.map(
      ({ type, at }) => `${new Date(at).toISOString().slice(0, 10)} ${type.replace("subscription.", "")}`,
    );
  }
}
