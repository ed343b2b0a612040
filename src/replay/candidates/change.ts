import { show } from "../../text/show";

/** One limit of a tier and what it becomes; `none` takes the whole throttle or quota away. */
export interface Change {
  readonly tier: string;
  readonly part: "throttle" | "quota" | "methodThrottles";
  /** `GET /pets`, of `methodThrottles`. */
  readonly route?: string;
  /** Left out with `none`. */
  readonly field?: "rateLimit" | "burstLimit" | "limit" | "period";
  readonly value: number | "DAY" | "WEEK" | "MONTH" | "none";
  /** As it was written. */
  readonly written: string;
}

const WAYS =
  "gold.throttle.rateLimit=50, gold.throttle.burstLimit=100, gold.quota.limit=10000, gold.quota.period=DAY, " +
  'gold.methodThrottles["GET /pets"].rateLimit=5, gold.throttle=none or gold.quota=none';

const ITS_FIELDS = "throttle.rateLimit and throttle.burstLimit, or quota.limit and quota.period instead";

const PATH =
  /^(?<tier>[^.=]+)\.(?:(?:throttle\.)?(?<pace>rateLimit|burstLimit)|quota\.(?<quota>limit|period)|(?<whole>throttle|quota)|methodThrottles?\["(?<route>[^"]+)"\]\.(?<method>rateLimit|burstLimit))$/;

/**
 * A change as the command line writes it.
 *
 * @throws Error for another text
 */
export function parseChange(written: string): Change {
  const at = written.lastIndexOf("=");
  const groups = at === -1 ? undefined : PATH.exec(written.slice(0, at))?.groups;
  const value = written.slice(at + 1);
  if (!groups) throw new Error(`${show(written)} changes no limit that is known; write it as ${WAYS}`);
  const { tier = "", pace, quota, whole, route, method } = groups;
  const field = (pace ?? quota ?? method) as Change["field"];
  const part = whole ?? (pace ? "throttle" : quota ? "quota" : "methodThrottles");
  return {
    tier,
    part: part as Change["part"],
    ...(route !== undefined && { route }),
    ...(field && { field }),
    value: limitValue(value, field, written),
    written,
  };
}

function limitValue(value: string, field: Change["field"], written: string): Change["value"] {
  if (field === undefined) {
    if (value === "none") return value;
    throw new Error(
      `${show(written)}: a whole throttle or quota can only become none, got ${show(value)}; change ${ITS_FIELDS}`,
    );
  }
  if (field === "period") {
    if (value === "DAY" || value === "WEEK" || value === "MONTH") return value;
    throw new Error(`${show(written)}: the period must be DAY, WEEK or MONTH, got ${show(value)}`);
  }
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number <= 0)
    throw new Error(`${show(written)}: ${field} must be a number above 0, got ${show(value)}`);
  if (field !== "rateLimit" && !Number.isInteger(number))
    throw new Error(`${show(written)}: ${field} must be a whole number, got ${show(value)}`);
  return number;
}

/** How many values a range has where it does not say so. */
const STEPS = 10;
const MOST_STEPS = 100;

/**
 * The changes of a sweep: `gold.rateLimit=10..200` is ten of them, `gold.rateLimit=10..200/20` is twenty.
 *
 * @throws Error for another text
 */
export function parseSweep(written: string): Change[] {
  const [, path, from, to, count] = /^(.*)=(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(written) ?? [];
  const [low, high, steps] = [Number(from), Number(to), count === undefined ? STEPS : Number(count)];
  if (path !== undefined && low === high)
    throw new Error(`${show(written)} has one value; give it with --set, as ${show(`${path}=${from}`)}`);
  if (path !== undefined && low > high)
    throw new Error(
      `${show(written)} begins with the higher value; write ${show(written.replace(`${from}..${to}`, `${to}..${from}`))}`,
    );
  if (path === undefined || steps < 2 || steps > MOST_STEPS)
    throw new Error(
      `${show(written)} is not a sweep; write it as gold.rateLimit=10..200, which tries ten values, or gold.rateLimit=10..200/20 ` +
        `for another number of them, 2 to ${MOST_STEPS}`,
    );
  const isFraction = path.endsWith("rateLimit");
  const values = Array.from({ length: steps }, (_, index) => {
    const value = low + ((high - low) * index) / (steps - 1);
    return isFraction ? Number(value.toPrecision(6)) : Math.round(value);
  });
  return [...new Set(values)].map((value) => parseChange(`${path}=${value}`));
}
