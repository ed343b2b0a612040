import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { Limiter, type LimiterOptions } from "../limiter/limiter";
import type { Standing } from "../limiter/standing";
import type { UsageReport } from "../limiter/usage-report";
import type { GatewayModel, KeyModel, UsagePlanModel } from "../model/model";
import { withExternalKeys } from "./external-keys";
import { type Behind, Gateway, type RequestIds } from "./gateway";
import { type GivenKeys, localKeyValue } from "./local-keys";
import type { Trace } from "./trace";

export interface LocalGatewayOptions {
  /** What stands behind the gateway; it is closed with it. */
  readonly behind: Behind;
  /**
   * Makes the values of the local keys, and chooses the requests that go to a canary: the same seed, the same values.
   * @default - another one each time
   */
  readonly seed?: string;
  /**
   * Values of keys that are known already, for the keys that there are.
   * @default - none: every value is made here
   */
  readonly givenKeys?: (keys: readonly KeyModel[]) => GivenKeys;
  /**
   * What the limits of AWS leave open.
   * @default - see `LimitChoices`
   */
  readonly limits?: LimiterOptions;
  /** @default - random ones, as AWS's are */
  readonly newIds?: () => RequestIds;
  /** @default - no callback */
  readonly onAnswer?: (trace: Trace) => void;
}

/**
 * A gateway with all that it needs. What was read can be replaced while it runs: who has used how much stays.
 */
export class LocalGateway {
  private readonly limiter: Limiter;
  private readonly seed: string;
  private given: GivenKeys;
  private drawn = 0;
  private current: { readonly model: GatewayModel; readonly gateway: Gateway };

  constructor(
    model: GatewayModel,
    private readonly options: LocalGatewayOptions,
  ) {
    const all = withExternalKeys(model);
    this.limiter = new Limiter(options.limits);
    this.seed = options.seed ?? randomBytes(16).toString("hex");
    this.given = options.givenKeys?.(all.keys) ?? new Map();
    this.current = this.serve(all);
  }

  get model(): GatewayModel {
    return this.current.model;
  }

  get gateway(): Gateway {
    return this.current.gateway;
  }

  /** Continues with a new model. */
  replace(model: GatewayModel): void {
    const all = withExternalKeys(model);
    this.given = this.options.givenKeys?.(all.keys) ?? new Map();
    this.current = this.serve(all);
  }

  /** The value by which a key is known here, and nowhere else. */
  keyValue(key: Pick<KeyModel, "id">): string {
    return this.given.get(key.id)?.value ?? localKeyValue(key, this.seed);
  }

  /** The same to be printed: a value that was given is not shown, but where it comes from. */
  shownKey(key: Pick<KeyModel, "id">): string {
    const given = this.given.get(key.id);
    return given ? `<${given.from}>` : this.keyValue(key);
  }

  /**
   * What the keys of a plan have used, in the shape of GetUsage.
   *
   * @param startDate the first day, in UTC: `2024-02-29`
   * @throws RangeError for days that are none, or more than 90
   */
  usage(planId: string, startDate: string, endDate: string): UsageReport | undefined {
    const plan = this.model.plans.find(({ id }) => id === planId);
    return (
      plan &&
      this.limiter.usage(
        plan,
        startDate,
        endDate,
        plan.keys.map(({ id }) => id),
      )
    );
  }

  /**
   * Sets what a key may still use in the running period of a plan's quota, as UpdateUsage does.
   *
   * @throws RangeError for a plan without a quota, and for what is not a number of requests
   */
  setRemaining(plan: UsagePlanModel, key: Pick<KeyModel, "id">, remaining: number, at: number): void {
    this.limiter.setRemaining(plan, key.id, remaining, at);
  }

  /** What a key has left in a plan at a time. */
  standing(plan: UsagePlanModel, key: Pick<KeyModel, "id">, at: number): Standing {
    return this.limiter.standing(plan, key.id, at);
  }

  /** Random, and the same with the same seed. */
  private draw(): number {
    return (
      createHmac("sha256", this.seed)
        .update(`draw ${this.drawn++}`)
        .digest()
        .readUInt32BE() /
      2 ** 32
    );
  }

  async close(): Promise<void> {
    await this.options.behind.close();
  }

  private serve(model: GatewayModel) {
    const { behind, newIds = randomIds, onAnswer } = this.options;
    const gateway = new Gateway(model, {
      limiter: this.limiter,
      behind,
      keyValue: (key) => this.keyValue(key),
      newIds,
      draw: () => this.draw(),
      ...(onAnswer && { onAnswer }),
    });
    return { model, gateway };
  }
}

function randomIds(): RequestIds {
  const requestId = randomUUID();
  // AWS's own look like `ABCDEFGHIJKLMNO=`.
  return { requestId, extendedRequestId: `${requestId.slice(0, 8)}${requestId.slice(-7)}=` };
}
