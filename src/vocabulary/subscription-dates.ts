import { z } from "zod";
import { type CalendarDay, calendarDaySchema } from "./calendar-day";
import { fieldsOf, wrong } from "./schema";

/** A tier that a customer tries before the one that was bought. */
export interface TrialInput<TierId extends string = string> {
  /** The tier in effect as long as the trial stands in the catalog. */
  readonly tier: TierId;
  /** The first day, in UTC, on which the tier that was bought is in effect. */
  readonly until: CalendarDay;
}

/** A tier to which a customer moves on a day. */
export interface PendingTierInput<TierId extends string = string> {
  /** The tier that is in effect from then on. */
  readonly tier: TierId;
  /** The first day, in UTC, on which it is in effect. */
  readonly on: CalendarDay;
}

/** What is agreed on for later days. It changes nothing by itself: `api-tiers due` edits the catalog on the day. */
export interface SubscriptionDates {
  readonly startsOn: CalendarDay | undefined;
  readonly endsOn: CalendarDay | undefined;
  readonly trial: TrialInput | undefined;
  readonly pendingTier: PendingTierInput | undefined;
}

const noTier = { error: wrong("must be the id of a tier", "name the one that was bought") };
export const tierIdSchema = z.string(noTier).min(1, noTier);

export const trialSchema = fieldsOf<TrialInput>()({ tier: tierIdSchema, until: calendarDaySchema });
export const pendingTierSchema = fieldsOf<PendingTierInput>()({ tier: tierIdSchema, on: calendarDaySchema });

/** Days that contradict each other, by the field to correct. */
export function problemsOfDates(
  dates: {
    readonly [Field in keyof SubscriptionDates]?: SubscriptionDates[Field];
  },
): { readonly path: readonly string[]; readonly message: string }[] {
  const { startsOn, endsOn, trial, pendingTier } = dates;
  // As with nearly all of ten thousand subscriptions.
  if (startsOn === undefined && endsOn === undefined && trial === undefined) return [];
  const later = [
    { path: ["endsOn"], day: endsOn, name: "startsOn", than: startsOn },
    { path: ["trial", "until"], day: trial?.until, name: "startsOn", than: startsOn },
    { path: ["pendingTier", "on"], day: pendingTier?.on, name: "startsOn", than: startsOn },
    { path: ["pendingTier", "on"], day: pendingTier?.on, name: "trial.until", than: trial?.until },
  ];
  const earlier = [
    { path: ["trial", "until"], day: trial?.until },
    { path: ["pendingTier", "on"], day: pendingTier?.on },
  ];
  return [
    ...later.flatMap(({ path, day, name, than }) =>
      day !== undefined && than !== undefined && day <= than
        ? [{ path, message: `must be a day after ${name}, which is ${than}, got "${day}"` }]
        : [],
    ),
    ...earlier.flatMap(({ path, day }) =>
      day !== undefined && endsOn !== undefined && day >= endsOn
        ? [{ path, message: `must be a day before endsOn, which is ${endsOn}, got "${day}"` }]
        : [],
    ),
  ];
}
