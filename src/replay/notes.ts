import { DEFAULT_CHOICES, type LimitChoices } from "../limiter/choices";
import { DAY_LENGTH, dateOf, dayOf } from "../limiter/day-number";
import type { LanesOptions } from "../limiter/lanes";
import { windowOf } from "../limiter/quota-window";
import { formatCount } from "../text/limits";
import { QUOTA_PERIODS, type Quota } from "../vocabulary/quota";
import { tierOf } from "./answers/fits";
import { spanOf } from "./answers/intervals";
import { NEAR, wholePeriods } from "./answers/whole-periods";
import type { Candidate } from "./candidates/candidate";
import type { EarlierUse } from "./earlier-use";
import { formatAdvice, noLines, noteOf, readingNotes } from "./reading-notes";
import type { ReplayNote } from "./replay-report";
import type { Resolution } from "./resolve";
import { wasServed } from "./simulate";
import type { Traffic } from "./traffic";
import { UNKNOWN_CALLS } from "./unknown-calls";

/** A candidate, with what the calls are in it. */
interface ResolvedCandidate extends Candidate {
  readonly resolution: Resolution;
}

/**
 * What is not known, or not complete, of a replay.
 *
 * @param limits by which periods of quotas begin, and usage plans
 */
export function replayNotes(
  traffic: Traffic,
  candidates: readonly ResolvedCandidate[],
  earlier: EarlierUse | undefined,
  limits: LanesOptions = {},
): ReplayNote[] {
  const span = spanOf(traffic);
  if (!span) return [...readingNotes(traffic), ...formatAdvice(traffic), ...noLines(traffic)];
  const ofAll = (of: (candidate: ResolvedCandidate) => readonly ReplayNote[]) => [
    ...new Map(candidates.flatMap(of).map((note) => [note.text, note])).values(),
  ];
  return [
    ...readingNotes(traffic),
    ...formatAdvice(traffic),
    ...ofAll(({ resolution }) => adviceFor(resolution)),
    ...refusedThen(traffic),
    ...silences(traffic),
    ...ofAll(({ resolution }) =>
      resolution.assumedApis.map((api) =>
        noteOf(
          "assumed API",
          `The API ${api} of the logs is taken for the only one of the stacks; give --state to be sure that it is the one.`,
        ),
      ),
    ),
    ...ofAll(({ resolution }) => severalKeys(resolution)),
    ...ofAll(({ model, resolution }) => unknownLimits(model, resolution)),
    ...ofAll(({ resolution }) => startedQuotas(traffic, resolution, earlier, limits)),
    ...(limits.plansBegan === "with the first request" ? [] : ofAll(({ resolution }) => offsets(resolution))),
    ...partialPeriods(traffic, limits),
  ];
}

function adviceFor({ reasonOf }: Resolution): ReplayNote[] {
  const reasons = new Set(reasonOf.values());
  return [...UNKNOWN_CALLS].flatMap(([reason, advice]) =>
    reasons.has(reason) ? [noteOf("unknown calls", advice)] : [],
  );
}

/** Customers whose calls came with several keys, of which AWS limits each by itself. */
function severalKeys({ clients }: Resolution): ReplayNote[] {
  const several = clients.filter(({ logged }) => logged.size > 1);
  if (several.length === 0) return [];
  const named = several.slice(0, MOST_NAMED).map(({ subscription, logged }) => `${subscription} (${logged.size} keys)`);
  const more = several.length > named.length ? ` and ${formatCount(several.length - named.length)} others` : "";
  return [
    noteOf(
      "several keys",
      `Calls with several keys are tried as calls with one key, which the stacks have for the subscription: ${named.join(", ")}${more}. ` +
        "AWS limits each key by itself, so fewer may be refused while there are several.",
    ),
  ];
}

const MOST_NAMED = 5;

function refusedThen({ kinds }: Traffic): ReplayNote[] {
  if (kinds.every(wasServed)) return [];
  return [
    noteOf(
      "refused then",
      "Some calls were answered 429 then, or 403 without a reason that the log says: whether the client would have called again is not known, " +
        "so counts have two bounds: without these calls, and with all as they came.",
    ),
  ];
}

/** How many calls of the mean come in a silence that is worth a note. */
const MISSED = 200;
const HOUR = 3_600_000;
const MOST_SILENCES = 3;

/** Times without any call in which many would be expected: part of the logs may be missing. */
function silences(traffic: Traffic): ReplayNote[] {
  const span = spanOf(traffic);
  if (!span || traffic.reading.calls < MISSED) return [];
  const mean = (span.last - span.first) / traffic.reading.calls;
  const found: { readonly from: number; readonly to: number }[] = [];
  let before = span.first;
  for (const { day, times } of traffic.days)
    for (const time of times) {
      const at = day * DAY_LENGTH + time;
      if (at - before >= HOUR && at - before > mean * MISSED) found.push({ from: before, to: at });
      before = at;
    }
  const instant = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const longest = [...found].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_SILENCES);
  if (longest.length === 0) return [];
  const more = found.length > longest.length ? `, and ${formatCount(found.length - longest.length)} shorter ones` : "";
  const times = longest.sort((a, b) => a.from - b.from).map(({ from, to }) => `${instant(from)} to ${instant(to)}`);
  return [
    noteOf(
      "silence",
      `There is no call from ${times.join(", from ")}${more}: if logs of that time are missing, more may be refused than is shown.`,
    ),
  ];
}

function unknownLimits({ plans }: Candidate["model"], { clients }: Resolution): ReplayNote[] {
  const called = new Set(clients.map(({ plan }) => plan.id));
  return plans
    .filter(({ id, unknownLimits }) => called.has(id) && unknownLimits.length > 0)
    .map((plan) => {
      const [is, refuses] = plan.unknownLimits.length === 1 ? ["is", "it refuses"] : ["are", "they refuse"];
      const text = `The ${plan.unknownLimits.join(" and the ")} of ${tierOf(plan)} ${is} known only after a deploy, so ${refuses} nothing here.`;
      return noteOf("unknown limits", text, [tierOf(plan)]);
    });
}

/** Periods of quotas of which the logs have no whole one. */
function partialPeriods(traffic: Traffic, choices: Partial<LimitChoices>): ReplayNote[] {
  const span = spanOf(traffic);
  const whole = span ? wholePeriods(span, choices) : new Set<Quota["period"]>();
  const partial = QUOTA_PERIODS.filter((period) => !whole.has(period)).map((period) => period.toLowerCase());
  if (partial.length === 0) return [];
  return [
    noteOf(
      "partial period",
      `The logs have no whole ${partial.join(", nor a whole ")}: the smallest safe quota of one is at least what is shown, and a tier with such a ` +
        "quota may fit a customer (?) or not.",
    ),
  ];
}

/** Quotas of which AWS subtracts something in the period in which the usage plan begins. */
function offsets({ clients }: Resolution): ReplayNote[] {
  const tiers = new Set(clients.flatMap(({ plan }) => ((plan.quota?.offset ?? 0) > 0 ? [tierOf(plan)] : [])));
  if (tiers.size === 0) return [];
  return [
    noteOf(
      "offset",
      `The offset of the quota of ${[...tiers].join(", ")} is not subtracted: the usage plans are taken to have begun in an earlier period.`,
      [...tiers],
    ),
  ];
}

/** A log whose first call comes as late in a period as that many calls of the mean begins with the period. */
const FIRST_CALLS = 20;

/** Quotas of a period that had begun before the log. */
function startedQuotas(
  traffic: Traffic,
  { clients }: Resolution,
  earlier: EarlierUse | undefined,
  choices: Partial<LimitChoices>,
): ReplayNote[] {
  const { first, last } = spanOf(traffic) ?? { first: 0, last: 0 };
  const day = dayOf(first);
  const pause = Math.min(NEAR, FIRST_CALLS * ((last - first) / Math.max(1, traffic.reading.calls)));
  const begun = new Map(
    clients.flatMap(({ plan }) => {
      if (!plan.quota) return [];
      const begins = windowOf(plan.quota, day, { ...DEFAULT_CHOICES, ...choices }).first;
      const isKnown = Array.from({ length: day - begins + 1 }, (_, index) => begins + index).every((each) =>
        earlier?.days.has(each),
      );
      return begins * DAY_LENGTH + pause < first && !isKnown ? [[tierOf(plan), dateOf(begins)] as const] : [];
    }),
  );
  if (begun.size === 0) return [];
  const tiers = [...begun].map(([tier, since]) => `${tier} (since ${since})`).join(", ");
  const remedy = earlier ? "the usage store does not have all of these days" : "give --store to know it";
  return [
    noteOf(
      "begun quota",
      `The log begins at ${new Date(first).toISOString()}, within the period of the quota of ${tiers}: what was used of it before is ` +
        `not known, and counts as nothing, so more may be refused than is shown; ${remedy}.`,
      [...begun.keys()],
    ),
  ];
}
