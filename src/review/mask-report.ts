import type { KnownValues } from "../masking/known-values";
import type { OtherChange, Report, ReportedFinding, Section } from "./report";

/**
 * A report without secret values. Only what comes from the plans is masked: the verdict, the numbers and the words of rules
 * are ours, and the author of a plan must not be able to change them by declaring one of these words sensitive.
 */
export function maskReport(report: Report, known: KnownValues): Report {
  const mask = (text: string) => known.mask(text);
  const maskEach = (texts: readonly string[]) => texts.map(mask);
  const finding = (each: ReportedFinding): ReportedFinding => ({
    about: mask(each.about),
    subject: mask(each.subject),
    what: mask(each.what),
    customers: maskEach(each.customers),
    tiers: maskEach(each.tiers),
    apis: maskEach(each.apis),
    stages: maskEach(each.stages),
    routes: maskEach(each.routes),
    acceptedBecause: each.acceptedBecause,
  });
  const section = (each: Section): Section => ({ ...each, findings: each.findings.map(finding) });
  const otherChange = (each: OtherChange): OtherChange => ({
    ...each,
    address: mask(each.address),
    attributes: maskEach(each.attributes),
  });
  const { gaining, losing, moving, newKey } = report.customers;
  return {
    ...report,
    customers: {
      ...report.customers,
      gaining: maskEach(gaining),
      losing: maskEach(losing),
      moving: maskEach(moving),
      newKey: maskEach(newKey),
    },
    headRoom: report.headRoom.map((each) => ({ ...each, what: mask(each.what) })),
    sections: report.sections.map(section),
    otherChanges: report.otherChanges.map(otherChange),
    didYouMean: Object.fromEntries(Object.entries(report.didYouMean).map(([name, others]) => [name, maskEach(others)])),
  };
}
