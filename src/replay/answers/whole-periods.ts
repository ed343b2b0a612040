import { DEFAULT_CHOICES, type LimitChoices } from "../../limiter/choices";
import { DAY_LENGTH, dayOf } from "../../limiter/day-number";
import { windowOf } from "../../limiter/quota-window";
import { QUOTA_PERIODS, type Quota } from "../../vocabulary/quota";

/** In milliseconds: a log that begins or ends so near to a period's bounds has all of it: the first call of a day may come late. */
export const NEAR = 900_000;

/**
 * The periods of quotas of which logs have a whole one. Of the others, what is needed is known only in part.
 *
 * @param span when the first call and the last one came, in milliseconds since the epoch
 */
export function wholePeriods(
  { first, last }: { readonly first: number; readonly last: number },
  choices: Partial<LimitChoices>,
): ReadonlySet<Quota["period"]> {
  const isWhole = (period: Quota["period"]) => {
    for (let day = dayOf(first); day <= dayOf(last); ) {
      const window = windowOf({ limit: 1, period }, day, { ...DEFAULT_CHOICES, ...choices });
      const [begins, ends] = [window.first * DAY_LENGTH, (window.last + 1) * DAY_LENGTH];
      if (first - begins <= NEAR && ends - last <= NEAR) return true;
      day = window.last + 1;
    }
    return false;
  };
  return new Set(QUOTA_PERIODS.filter(isWhole));
}
