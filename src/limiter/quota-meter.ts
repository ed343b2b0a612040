import type { Quota } from "../vocabulary/quota";
import type { LimitChoices } from "./choices";
import type { DayNumber } from "./day-number";
import { allowanceOf, type QuotaWindow, windowOf } from "./quota-window";
import type { DayUse, UsageOfDay, UsageRecord } from "./usage-record";

/** A usage plan, as far as the quotas of all of its keys need it. */
export interface MeteredPlan {
  readonly id: string;
  /** The day on which the limiter first met it; `undefined` for one that began before. */
  readonly began: DayNumber | undefined;
  readonly record: UsageRecord;
  readonly choices: LimitChoices;
  /**
   * What keys may use in a period in place of the quota, as UpdateUsage sets it.
   * @default - none
   */
  readonly grants?: ReadonlyMap<string, QuotaGrant>;
}

/** What a key may use in one period. */
export interface QuotaGrant {
  /** The first day of the period. */
  readonly first: DayNumber;
  /** Requests in all of the period, those that were used before it was set among them. */
  readonly allowance: number;
}

/** Requests that a period allows a key of a plan. */
export function allowanceOfKey(
  { began, choices, grants }: Pick<MeteredPlan, "began" | "choices" | "grants">,
  key: string,
  quota: Quota,
  window: QuotaWindow,
): number {
  const grant = grants?.get(key);
  return grant?.first === window.first ? grant.allowance : allowanceOf(quota, window, began, choices);
}

/**
 * Reads and counts one key's use of one plan's quota.
 *
 * The record holds the truth; the meter remembers what does not change while day and quota stay the same.
 */
export class QuotaMeter {
  /** Requests that are left of the quota; `undefined` without a quota. */
  left: number | undefined;
  private usage: UsageOfDay | undefined;
  private quota: Quota | undefined;
  private today: DayUse = { used: 0 };

  constructor(
    private readonly plan: MeteredPlan,
    private readonly key: string,
  ) {}

  /** Turns to the day and the quota that apply now. */
  turnTo(quota: Quota | undefined, usage: UsageOfDay): void {
    if (usage === this.usage && quota === this.quota) return;
    this.usage = usage;
    this.quota = quota;
    this.today = usage.of(this.plan.id, this.key);
    this.left = quota && this.leftOf(quota, usage.day);
  }

  /** Reads again what is left, which was set. */
  renew(): void {
    this.usage = undefined;
  }

  /** Counts a request. */
  use(): void {
    this.today.used++;
    if (this.left !== undefined) this.left--;
  }

  private leftOf(quota: Quota, day: DayNumber): number {
    const { id, record, choices } = this.plan;
    const window = windowOf(quota, day, choices);
    const used = record.used(id, this.key, window.first, window.last);
    return Math.max(0, allowanceOfKey(this.plan, this.key, quota, window) - used);
  }
}
