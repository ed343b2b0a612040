import type { KnownValues } from "../masking/known-values";
import type { Finding } from "./finding";
import type { OtherChange, Report } from "./report";

/** A finding without secret values. */
export function maskFinding(finding: Finding, known: KnownValues): Finding {
  const { about, subject, what, customers = [], tiers = [], apis = [], stages = [], routes = [] } = finding;
  const [mask, maskEach] = masksOf(known);
  return {
    ...finding,
    about: mask(about),
    subject: mask(subject),
    what: mask(what),
    customers: maskEach(customers),
    tiers: maskEach(tiers),
    apis: maskEach(apis),
    stages: maskEach(stages),
    routes: maskEach(routes),
  };
}

function masksOf(known: KnownValues) {
  const mask = (text: string) => known.mask(text);
  return [mask, (texts: readonly string[]) => texts.map(mask)] as const;
}

/**
 * The rest of a report without secret values; its findings are masked already. Only what comes from the plans is masked: the verdict, the numbers and the words of rules
 * are ours, and the author of a plan must not be able to change them by declaring one of these words sensitive.
 */
export function maskReport(report: Report, known: KnownValues): Report {
  const [mask, maskEach] = masksOf(known);
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
    traffic: report.traffic.map((each) => ({ ...each, customer: mask(each.customer) })),
    headRoom: report.headRoom.map((each) => ({ ...each, what: mask(each.what) })),
    otherChanges: report.otherChanges.map(otherChange),
    didYouMean: Object.fromEntries(Object.entries(report.didYouMean).map(([name, others]) => [name, maskEach(others)])),
  };
}
