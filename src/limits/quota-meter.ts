import type { Quota } from "../catalog/quota";
import type { CalendarDay } from "./calendar-day";
import type { LimitChoices } from "./choices";
import { allowanceOf, windowOf } from "./quota-window";
import type { DayUse, UsageOfDay, UsageRecord } from "./usage-record";

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

  /** @param planBegan the day on which the plan began */
  constructor(
    private readonly record: UsageRecord,
    private readonly plan: string,
    private readonly key: string,
    private readonly planBegan: CalendarDay,
    private readonly choices: LimitChoices,
  ) {}

  /** Turns to the day and the quota that apply now. */
  turnTo(quota: Quota | undefined, usage: UsageOfDay): void {
    if (usage === this.usage && quota === this.quota) return;
    this.usage = usage;
    this.quota = quota;
    this.today = usage.of(this.plan, this.key);
    this.left = quota && this.leftOf(quota, usage.day);
  }

  /** Counts a request. */
  use(): void {
    this.today.used++;
    if (this.left !== undefined) this.left--;
  }

  private leftOf(quota: Quota, day: CalendarDay): number {
    const window = windowOf(quota, day, this.choices);
    const used = this.record.used(this.plan, this.key, window.first, window.last);
    return Math.max(0, allowanceOf(quota, window, this.planBegan, this.choices) - used);
  }
}
