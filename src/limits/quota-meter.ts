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
  private usage: UsageOfDay | undefined;
  private quota: Quota | undefined;
  private today: DayUse = { used: 0 };
  /** What the window allows, less what was used on its other days. */
  private allowedToday = 0;

  /** @param planBegan the day on which the plan began */
  constructor(
    private readonly record: UsageRecord,
    private readonly plan: string,
    private readonly key: string,
    private readonly planBegan: CalendarDay,
    private readonly choices: LimitChoices,
  ) {}

  /** Turns to the day and the quota that apply now. */
  turnTo(quota: Quota | undefined, day: CalendarDay): void {
    const usage = this.record.on(day);
    if (usage === this.usage && quota === this.quota) return;
    this.usage = usage;
    this.quota = quota;
    this.today = usage.of(this.plan, this.key);
    if (quota === undefined) return;
    const window = windowOf(quota, day, this.choices);
    const usedOnOtherDays = this.record.used(this.plan, this.key, window.first, window.last) - this.today.used;
    this.allowedToday = allowanceOf(quota, window, this.planBegan, this.choices) - usedOnOtherDays;
  }

  /** Requests that are left of the quota; `undefined` without a quota. */
  get left(): number | undefined {
    return this.quota && Math.max(0, this.allowedToday - this.today.used);
  }

  /** Counts a request, unless the quota is used up. */
  use(): void {
    if (this.left !== 0) this.today.used++;
  }
}
