import { byName } from "../../text/order";
import type { Beside } from "../beside";
import type { Comparison } from "../differences";
import type { ActualOf } from "../managed";
import { partsBeside } from "./api-parts-beside";
import { apiFindings } from "./apis";
import type { Facts } from "./facts";
import { DRIFT_KINDS, type DriftFinding, GROUPS } from "./finding";
import { keyFindings } from "./keys";
import { membershipFindings } from "./memberships";
import { planFindings } from "./plans";

/** All differences in words, in the order of a report. */
export function findingsOf(
  { gone, changed }: Comparison,
  beside: Beside,
  facts: Facts,
  actualOf: ActualOf,
): DriftFinding[] {
  return [
    ...keyFindings(gone, changed, facts),
    ...membershipFindings(gone, beside, facts),
    ...planFindings(gone, changed, beside, facts, actualOf),
    ...apiFindings(gone, changed, facts),
    ...partsBeside(beside, facts),
  ];
}

/** Customers first, then tiers, then APIs; one after the other, and of each the worst first. */
export const inOrder = (findings: readonly DriftFinding[]): DriftFinding[] =>
  [...findings].sort(
    (a, b) =>
      GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
      byName(a.subject, b.subject) ||
      DRIFT_KINDS.indexOf(a.kind) - DRIFT_KINDS.indexOf(b.kind) ||
      byName(a.what, b.what),
  );
