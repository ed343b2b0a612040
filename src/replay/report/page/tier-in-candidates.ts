import type { CandidateReport, TierReport } from "../../replay-report";

/** A tier with what each candidate does to it; a candidate may be without it. */
export interface TierInCandidates {
  readonly tier: string;
  readonly candidates: readonly TierOfCandidate[];
}

export interface TierOfCandidate {
  /** Its place among the candidates, from 1 on. */
  readonly number: number;
  readonly candidate: CandidateReport;
  readonly report: TierReport;
}
