import type { LanesOptions } from "../limiter/lanes";
import type { GatewayModel } from "../model/model";
import { tiersOf } from "./answers/fits";
import { spanOf } from "./answers/intervals";
import { leftCalls } from "./answers/left-calls";
import { CandidateReports } from "./candidate-reports";
import type { Candidate } from "./candidates/candidate";
import type { EarlierUse } from "./earlier-use";
import { identitiesIn, joinedIdentities, type LogIdentities } from "./log-identities";
import { replayNotes } from "./notes";
import type { CandidateReport, ReplayReport } from "./replay-report";
import { comparedWith, type Resolution, resolve } from "./resolve";
import { callsByKind, type Traffic } from "./traffic";

export interface ReplayOptions {
  readonly traffic: Traffic;
  /** The first one is what the others are compared with. */
  readonly candidates: readonly Candidate[];
  readonly identities: LogIdentities;
  /** @default - what `LimiterOptions` say */
  readonly limits?: LanesOptions;
  /**
   * What keys used before the log began.
   * @default - nothing is known
   */
  readonly earlier?: EarlierUse;
}

/** What candidate limits would have done to the calls of logs. */
export function replay({ traffic, candidates, identities, limits = {}, earlier }: ReplayOptions): ReplayReport {
  const span = spanOf(traffic);
  const counts = callsByKind(traffic);
  const reports = span && new CandidateReports({ traffic, span, limits, earlier, rates: ratesOf(candidates) });
  // A state or a plan says ids of AWS, by which the calls are found in the synthesized stacks, too.
  const known = joinedIdentities([...candidates.map(({ model }) => identitiesIn(model)), identities]);
  const resolve = resolverOf(traffic.kinds, known, candidates[0]);
  const [first] = candidates;
  const main = first && resolve(first.model);
  const isLimited = (kind: number) => main !== undefined && main.laneOf[kind] !== -1;
  const reported = candidates.map((candidate) => {
    const own = resolve(candidate.model);
    const leftOut = own === main ? [] : leftCalls(traffic.kinds, counts, own, isLimited);
    return reports?.of(candidate, own, leftOut) ?? nothingOf(candidate);
  });
  return {
    span: span ? { from: new Date(span.first).toISOString(), to: new Date(span.last).toISOString() } : null,
    calls: traffic.reading.calls,
    replayed: sumWhere(counts, isLimited),
    refusedThen: sumWhere(counts, (kind) => traffic.kinds[kind]?.status === 429),
    notes: replayNotes(
      traffic,
      candidates.map((candidate) => ({ ...candidate, resolution: resolve(candidate.model) })),
      earlier,
      limits,
    ),
    left: main ? leftCalls(traffic.kinds, counts, main) : [],
    candidates: reported,
  };
}

/** What the calls are in models, each found once. */
function resolverOf(
  kinds: Traffic["kinds"],
  identities: LogIdentities,
  candidate: Candidate | undefined,
): (model: GatewayModel) => Resolution {
  const first = candidate && resolve(kinds, candidate.model, identities);
  const known = new Map(first && [[candidate.model, first]]);
  return (model) => {
    const found = known.get(model);
    if (found) return found;
    const own = resolve(kinds, model, identities);
    const resolution = first ? comparedWith(first, kinds, own) : own;
    known.set(model, resolution);
    return resolution;
  };
}

const nothingOf = ({ name }: Candidate): CandidateReport => ({
  name,
  refused: { low: 0, high: 0 },
  tiers: [],
  openRoutesRefused: { low: 0, high: 0 },
  leftOut: [],
});

const sumWhere = (counts: Uint32Array, isIn: (kind: number) => boolean): number =>
  counts.reduce((sum, count, kind) => (isIn(kind) ? sum + count : sum), 0);

/** The rates of each tier in all candidates, at which the smallest bursts are of interest. */
function ratesOf(candidates: readonly Candidate[]): ReadonlyMap<string, number[]> {
  const rates = new Map<string, number[]>();
  for (const { model } of candidates)
    for (const { id, plans } of tiersOf(model))
      for (const { throttle } of plans) if (throttle) rates.set(id, [...(rates.get(id) ?? []), throttle.rateLimit]);
  return rates;
}
