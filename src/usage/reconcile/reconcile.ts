import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import { distinctDays } from "../invoice/statement";
import type { RouteDay } from "../route-day";
import type { UsageDay } from "../usage-day";

/**
 * Why the access logs and GetUsage differ, in the order in which the reasons are looked for:
 *
 * - `no-logs`: of that day there are no lines of the key, though AWS counted calls.
 * - `other-stages`: lines of stages that the key's usage plans do not cover.
 * - `no-plan`: lines of a key that was in no usage plan on that day.
 * - `throttled`: lines with the answer 429, which AWS seems not to count.
 * - `forbidden`: lines with the answer 403, likewise.
 * - `not-final`: the day's figure may still grow: AWS is 30 to 40 minutes late, and logs come later too.
 * - `unknown`: nothing that is known explains it.
 */
export type DifferenceReason =
  | "no-logs"
  | "other-stages"
  | "no-plan"
  | "throttled"
  | "forbidden"
  | "not-final"
  | "unknown";

/** One key on one day, whose lines in the access logs are not as many as the calls that AWS counted. */
export interface UsageDifference {
  readonly day: string;
  /** Id of the key in AWS. */
  readonly key: string;
  /** `null` for a key of no subscription. */
  readonly subscription: string | null;
  readonly customer: string | null;
  /** Calls by GetUsage, in all usage plans. */
  readonly counted: number;
  /** Lines in the access logs. */
  readonly logged: number;
  /** What explains how many of the calls by which the two differ; they add up to the difference. */
  readonly reasons: readonly { readonly reason: DifferenceReason; readonly requests: number }[];
}

export interface Reconciliation {
  /** Keys and days with calls of which both say the same. */
  readonly equal: number;
  /** By day, then subscription, then key. */
  readonly differences: readonly UsageDifference[];
}

/** Sets the access logs against GetUsage, by key and day. */
export function reconcile(usage: Iterable<UsageDay>, routes: Iterable<RouteDay>): Reconciliation {
  const counted = groupedBy(distinctDays(usage), placeOf);
  const logged = groupedBy(routes, placeOf);
  const differences: UsageDifference[] = [];
  let equal = 0;
  for (const place of new Set([...counted.keys(), ...logged.keys()])) {
    const days = counted.get(place) ?? [];
    const lines = logged.get(place) ?? [];
    const calls = days.reduce((sum, { used }) => sum + used, 0);
    const count = lines.reduce((sum, { requests }) => sum + requests, 0);
    if (calls !== count) differences.push(difference(days, lines, calls, count));
    else if (calls > 0) equal++;
  }
  const order = (a: UsageDifference, b: UsageDifference) =>
    byName(a.day, b.day) || byName(a.subscription ?? "", b.subscription ?? "") || byName(a.key, b.key);
  return { equal, differences: differences.sort(order) };
}

/** Whether something is left that nothing explains. */
export const isUnexplained = ({ reasons }: UsageDifference): boolean =>
  reasons.some(({ reason }) => reason === "unknown" || reason === "no-logs");

const placeOf = ({ day, key }: { readonly day: string; readonly key: string }) => `${day}/${key}`;

function difference(
  days: readonly UsageDay[],
  lines: readonly RouteDay[],
  counted: number,
  logged: number,
): UsageDifference {
  const { day, key } = (days[0] ?? lines[0]) as UsageDay | RouteDay;
  const holder = days.find(({ subscription }) => subscription !== null);
  const reasons: { reason: DifferenceReason; requests: number }[] = [];
  let left = Math.abs(logged - counted);
  const explain = (reason: DifferenceReason, most: number) => {
    const requests = Math.min(left, most);
    if (requests > 0) reasons.push({ reason, requests });
    left -= requests;
  };
  const count = (chosen: (line: RouteDay) => boolean) =>
    lines.filter(chosen).reduce((sum, { requests }) => sum + requests, 0);
  if (logged > counted) {
    if (days.length === 0) explain("no-plan", left);
    explain(
      "other-stages",
      count(({ plan }) => plan === null),
    );
    explain(
      "throttled",
      count(({ plan, status }) => plan !== null && status === 429),
    );
    explain(
      "forbidden",
      count(({ plan, status }) => plan !== null && status === 403),
    );
  }
  if (days.some(({ final }) => !final)) explain("not-final", left);
  if (logged === 0) explain("no-logs", left);
  explain("unknown", left);
  return {
    day,
    key,
    subscription: holder?.subscription ?? null,
    customer: holder?.customer ?? null,
    counted,
    logged,
    reasons,
  };
}
