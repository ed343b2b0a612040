import { PARTS, paceOf } from "../../limiter/token-bucket";
import { show } from "../../text/show";
import { type Engine, quoted } from "../../usage/store/engine-statements";
import { BEFORE_LIMITS } from "../resolve";
import { type Column, DIALECTS, type Dialect } from "./dialect";
import type { EngineCandidate, EngineKey, EngineTier } from "./engine-candidate";

/** In bytes; a longer one is not taken by Athena. ClickHouse takes it with a higher `max_query_size`. */
const LARGEST_STATEMENT = 262_144;

/** As `wasServed` has it, for a log that says why calls were refused: others may be a client's second try. */
const SERVED = "(status <> '429' OR errorResponseType = '-')";

/**
 * The statement by which an engine counts what candidate limits would have refused of the calls in a table of access logs: for each
 * candidate and key an `EngineRow`, in their order. It counts as the limiter does, in whole parts of tokens, so the
 * answers are equal. It knows the throttle and the quota of a key's tier; limits of single methods, of stages and of the account are left
 * out. A quota's period begins unused, and buckets begin full.
 *
 * @param table its name; its columns are those of `ACCESS_LOG_FIELDS`, all of them strings
 * @throws Error for a name that is not one, for a key whose tier has no limits, and for more keys than a statement can name
 */
export function replayStatement(engine: Engine, candidates: readonly EngineCandidate[], table: string): string {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(table))
    throw new Error(
      `table: must be a name such as access_log or logs.access_log, got ${show(table)}; create a view with such a name`,
    );
  const dialect = DIALECTS[engine];
  const { keys, limits } = constantsOf(candidates);
  const all = foldedIn(dialect, "times");
  const served = foldedIn(dialect, "served");
  const statement = [
    "WITH by_key AS (",
    `  SELECT apiKeyId, ${dialect.sorted("t")} AS times, ${dialect.sorted("t", SERVED)} AS served`,
    "  FROM (",
    "    -- Each call once, however often its line was delivered.",
    `    SELECT DISTINCT extendedRequestId, apiKeyId, status, errorResponseType, ${dialect.number("requestTimeEpoch")} AS t`,
    `    FROM ${table}`,
    `    WHERE apiKeyId <> '-' AND resourcePath <> '-' AND errorResponseType NOT IN (${[...BEFORE_LIMITS].map(quoted).join(", ")})`,
    "  ) AS distinct_calls",
    "  GROUP BY apiKeyId",
    "), folded AS (",
    "  SELECT position, candidate, l.tier AS tier, subscription, c.apiKeyId AS apiKeyId, times,",
    `    ${served} AS low,`,
    `    ${all} AS high`,
    "  FROM by_key AS c",
    `  JOIN ${dialect.rows("k", KEY_COLUMNS, keys)} ON k.apiKeyId = c.apiKeyId`,
    `  JOIN ${dialect.rows("l", LIMIT_COLUMNS, limits)} ON l.assignment = k.assignment AND l.tier = k.tier`,
    ")",
    `SELECT candidate, tier, subscription, apiKeyId, ${dialect.length("times")} AS calls,`,
    `  ${dialect.field("low", 5)} AS throttledLow, ${dialect.field("low", 6)} AS quotaLow, ${dialect.field("high", 5)} AS throttledHigh, ${dialect.field("high", 6)} AS quotaHigh`,
    "FROM folded",
    "ORDER BY position, tier, subscription, apiKeyId",
  ].join("\n");
  const bytes = Buffer.byteLength(statement);
  if (engine === "athena" && bytes > LARGEST_STATEMENT)
    throw new Error(
      `the statement for ${keys.length.toLocaleString("en-US")} keys on ${limits.length} tiers of candidates has ${bytes.toLocaleString("en-US")} bytes, and Athena takes ` +
        `${LARGEST_STATEMENT.toLocaleString("en-US")}; replay the keys of one tier at a time, or fewer candidates`,
    );
  return statement;
}

const KEY_COLUMNS: readonly Column[] = [
  ["assignment", "number"],
  ["apiKeyId", "text"],
  ["subscription", "text"],
  ["tier", "text"],
];

/** `top`: with more parts missing, no token is left. `filled`: the milliseconds after which a bucket is full in any case. */
const LIMIT_COLUMNS: readonly Column[] = [
  ["position", "number"],
  ["candidate", "text"],
  ["assignment", "number"],
  ["tier", "text"],
  ["pace", "number"],
  ["filled", "number"],
  ["top", "number"],
  ["token", "number"],
  ["period", "text"],
  ["quota", "number"],
];

type Row = readonly (string | bigint)[];

/** Candidates most often differ in limits alone; the keys of those that do have one assignment to tiers. */
function constantsOf(candidates: readonly EngineCandidate[]): { readonly keys: Row[]; readonly limits: Row[] } {
  const assignments = new Map<string, { readonly number: bigint; readonly keys: readonly EngineKey[] }>();
  const limits = candidates.flatMap(({ name, tiers, keys }, position) => {
    for (const { key, tier } of keys)
      if (!tiers.some((each) => each.tier === tier))
        throw new Error(
          `candidate ${show(name)}: key ${show(key)} is on tier ${show(tier)}, which has no limits there; add the tier`,
        );
    const text = JSON.stringify(keys.map(({ key, subscription, tier }) => [key, subscription, tier]));
    const assignment = assignments.get(text) ?? { number: BigInt(assignments.size), keys };
    assignments.set(text, assignment);
    return tiers.map((tier) => [BigInt(position), name, assignment.number, tier.tier, ...limitsOf(tier)]);
  });
  const keys = [...assignments.values()].flatMap(({ number, keys }) =>
    keys.map(({ key, subscription, tier }) => [number, key, subscription, tier]),
  );
  return { keys, limits };
}

const NEVER = 2n ** 63n - 1n;

function limitsOf({ throttle, quota }: EngineTier): Row {
  const counted = quota ? [quota.period, BigInt(quota.limit)] : ["DAY", NEVER];
  if (!throttle) return [0n, 0n, NEVER, 0n, ...counted];
  const { size, partsPerMillisecond } = paceOf(throttle);
  const [pace, parts] = [BigInt(partsPerMillisecond), BigInt(PARTS)];
  const filled = (BigInt(size) * parts + pace - 1n) / pace;
  return [pace, filled, BigInt(size - 1) * parts, parts, ...counted];
}

/**
 * Counts the calls of an array that are refused. The state: parts that are missing to a full bucket, the time of the last call, its
 * period, calls in it, and those that were refused by the throttle and by the quota.
 */
function foldedIn(dialect: Dialect, array: string): string {
  return dialect.fold(array, ["0", "0", "-1", "0", "0", "0"], (state, time) => {
    const field = (index: number) => dialect.field(state, index);
    const day = dialect.divide(time, 86_400_000);
    // 1 January 1970 was a Thursday; weeks begin on Sunday.
    const week = dialect.divide(`(${day} + 4)`, 7);
    const period = `CASE period WHEN 'DAY' THEN ${day} WHEN 'WEEK' THEN ${week} ELSE ${dialect.monthOf(day)} END`;
    // No more time than fills the bucket, so that the product has no more than 63 bits.
    const missing = `greatest(0, ${field(1)} - least(${time} - ${field(2)}, filled) * pace)`;
    const used = `CASE WHEN ${period} = ${field(3)} THEN ${field(4)} ELSE 0 END`;
    const when = (condition: string, value: string) => `CASE WHEN ${condition} THEN ${value} ELSE 0 END`;
    const passes = `${missing} <= top AND ${used} < quota`;
    return [
      `${missing} + ${when(passes, "token")}`,
      time,
      period,
      `${used} + ${when(passes, "1")}`,
      `${field(5)} + ${when(`${missing} > top`, "1")}`,
      `${field(6)} + ${when(`${missing} <= top AND ${used} >= quota`, "1")}`,
    ];
  });
}
