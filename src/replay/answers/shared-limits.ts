import { DAY_LENGTH } from "../../limiter/day-number";
import type { LanesOptions } from "../../limiter/lanes";
import { largestBacklog } from "../../limiter/largest-backlog";
import { ACCOUNT_THROTTLE } from "../../limiter/limiter";
import type { Throttle } from "../../vocabulary/throttle";
import type { Resolution } from "../resolve";
import type { Traffic } from "../traffic";

/**
 * Whether a limit that clients share, of a stage's method or of the account, could refuse a call: it could if it would with all calls
 * coming through to it. Where none could, what is refused of each client depends on its own limits alone.
 */
export function sharedLimitsRefuse(
  traffic: Traffic,
  { lanes, laneOf }: Pick<Resolution, "lanes" | "laneOf">,
  { accountThrottle = ACCOUNT_THROTTLE }: Pick<LanesOptions, "accountThrottle">,
): boolean {
  const isAsked = laneOf.map((lane) => (lane === -1 ? 0 : 1));
  if (refuses(timesWhere(traffic, isAsked), accountThrottle)) return true;
  const methods = new Map<string, Throttle>();
  for (const { request } of lanes) if (request.stageThrottle) methods.set(request.method, request.stageThrottle);
  return [...methods].some(([method, throttle]) =>
    refuses(
      timesWhere(
        traffic,
        laneOf.map((lane) => (lanes[lane]?.request.method === method ? 1 : 0)),
      ),
      throttle,
    ),
  );
}

const refuses = (times: Float64Array, { rateLimit, burstLimit }: Throttle): boolean =>
  times.length > 0 && (rateLimit === 0 || largestBacklog(times, rateLimit) > burstLimit);

/** The times of the calls of some kinds. */
function timesWhere({ days }: Traffic, isIn: ArrayLike<number>): Float64Array {
  let count = 0;
  for (const { kinds } of days) for (const kind of kinds) count += isIn[kind] as number;
  const found = new Float64Array(count);
  let at = 0;
  for (const { day, times, kinds } of days)
    for (let index = 0; index < times.length; index++)
      if (isIn[kinds[index] as number] === 1) found[at++] = day * DAY_LENGTH + (times[index] as number);
  return found;
}
