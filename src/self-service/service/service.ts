import { createHash } from "node:crypto";
import { canonicalJson } from "../../text/canonical-json";
import type { Command, Refusal, Request } from "../machine/command";
import { decide } from "../machine/decide";
import type { SelfServiceSettings } from "../machine/settings";
import type { RuntimeSubscription } from "../machine/subscription";
import { ofTiersToday, portsOfTiersToday } from "./former-tiers";
import type { Ports, StoredRequest, StoredSubscription } from "./ports";
import { isUnfinished, type Progress, work } from "./worker";

/** What a request came to. */
export interface Answer {
  readonly outcome: StoredRequest["outcome"] | "refused";
  readonly refusal?: Refusal;
  /** `undefined` where there is no such subscription. */
  readonly subscription: RuntimeSubscription | undefined;
  /** Whether all that follows is done in AWS. What is not is done soon, by another worker or by `reconcile`. */
  readonly finished: boolean;
  /** The value of the key that this request asked for: in one answer only, and nowhere else. */
  readonly keyValue?: string;
}

/** How often a request waits for another worker before it answers that the rest is done later. */
const WAITS = 20;

/**
 * The service that owns the keys of customers who sign up by themselves.
 *
 * A request is saved with what it changes, once, before anything is done in AWS; `work` does the rest. The same request
 * again gives the same answer, without the value.
 */
export class SubscriptionService {
  private readonly ports: Ports;

  constructor(
    private readonly settings: SelfServiceSettings,
    ports: Ports,
  ) {
    this.ports = portsOfTiersToday(ports, settings);
  }

  /** @throws what AWS answered; the request is saved then, and can be sent again */
  async handle(request: Request): Promise<Answer> {
    const { ports } = this;
    const accepted = await this.accept(request);
    const { id: requestId, subscription, command } = request;
    ports.log({ subscription, request: requestId, command: command.name, outcome: accepted.outcome });
    if (accepted.outcome === "refused")
      return { ...accepted, subscription: (await ports.table.load(subscription))?.subscription, finished: true };
    const finished = (await this.finish(subscription)) === "finished";
    return this.answer(request, accepted.outcome, finished);
  }

  /** Does what has become due, and what was left undone. */
  async tick(subscription: string): Promise<Progress> {
    const { ports, settings } = this;
    for (;;) {
      const stored = await ports.table.load(subscription);
      if (stored === undefined) return "finished";
      const request: Request = { id: "", subscription, command: { name: "tick" } };
      const { after = stored.subscription } = decide(stored.subscription, request, ports.clock(), settings);
      if (after === stored.subscription) break;
      if (await this.save({ ...stored, subscription: after })) break;
    }
    return this.finish(subscription);
  }

  /** The subscription as it is now, whatever is still to be done in AWS. */
  async find(subscription: string): Promise<RuntimeSubscription | undefined> {
    return (await this.ports.table.load(subscription))?.subscription;
  }

  private async accept(request: Request): Promise<Pick<Answer, "outcome" | "refusal">> {
    const { table, clock } = this.ports;
    const fingerprint = fingerprintOf(request);
    const today = { ...request, command: ofTiersToday(request.command, this.settings) };
    for (;;) {
      const known = await table.request(request.id);
      if (known !== undefined) {
        if (known.fingerprint === fingerprint) return { outcome: known.outcome };
        return { outcome: "refused", refusal: REUSED };
      }
      const stored = await table.load(request.subscription);
      const at = clock();
      const { after, outcome, refusal } = decide(stored?.subscription, today, at, this.settings);
      // Nothing of it is kept: the same request may be accepted later, such as a webhook that came before its subscription.
      if (outcome === "refused" || after === undefined)
        return { outcome: "refused", ...(refusal === undefined ? {} : { refusal }) };
      const { id, subscription } = request;
      const next = { ...(stored ?? { version: 0 }), subscription: after };
      if (await this.save(next, { id, subscription, fingerprint, outcome, at })) return { outcome };
    }
  }

  private save(stored: StoredSubscription, request?: StoredRequest): Promise<boolean> {
    return this.ports.table.save(stored, isUnfinished(stored, this.settings), request);
  }

  private async finish(subscription: string): Promise<Progress> {
    for (let waits = 0; ; waits++) {
      const progress = await work(subscription, this.settings, this.ports);
      if (progress !== "busy" || waits === WAITS) return progress;
      await this.ports.pause();
    }
  }

  private async answer({ id, subscription }: Request, outcome: Answer["outcome"], finished: boolean): Promise<Answer> {
    for (;;) {
      const stored = await this.ports.table.load(subscription);
      const key = stored?.subscription.keys.find((each) => each.requestedBy === id);
      const answer: Answer = { outcome, subscription: stored?.subscription, finished };
      if (this.settings.handOver !== "answer" || !stored || !key?.aws.id) return answer;
      const { aws, handedOver, retiredAt } = key;
      if (handedOver || retiredAt !== undefined || aws.tier === undefined || aws.missing || aws.deleted) return answer;
      const keyValue = await this.ports.keys.value(key.aws.id);
      if (keyValue === undefined) return answer;
      const keys = stored.subscription.keys.map((each) =>
        each === key ? { ...each, handedOver: true as const } : each,
      );
      const handed = { ...stored.subscription, keys };
      // Saved before it is answered: an answer that is lost is not given twice, and the customer rotates.
      if (await this.save({ ...stored, subscription: handed })) return { ...answer, subscription: handed, keyValue };
    }
  }
}

const REUSED: Refusal = {
  code: "request-reused",
  message: "the request id was used for another command; use a new one for each command",
};

/** Tells commands apart, so that an id that is used twice is noticed. */
const fingerprintOf = ({ subscription, command }: { subscription: string; command: Command }): string =>
  createHash("sha256").update(canonicalJson({ subscription, command })).digest("hex");
