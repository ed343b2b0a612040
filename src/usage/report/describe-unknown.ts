import { printable } from "../../text/printable";
import { describeDays } from "../invoice/describe-problem";
import { countOf, instantText, listOf } from "./labels";
import type { UnknownQuotaReason, UnknownUse } from "./summary";

const QUOTAS: Readonly<Record<UnknownQuotaReason, string>> = {
  "not written": "it is known only after an apply; name the state with --stacks",
  "no figures": "AWS has not said what remains; name the stacks with --stacks cdktf.out",
  several: "the figures agree with more than one; name the stacks with --stacks cdktf.out",
  none: "the figures agree with no one quota, because it was changed or requests were granted; name the stacks with --stacks cdktf.out",
};

/** What is not known, for a person, and what to do. */
export function describeUnknown(unknown: UnknownUse): string {
  const { kind, plan, subscription, count, detail } = unknown;
  const days = describeDays(unknown.days);
  const ofPlan = plan === null ? "" : `usage plan ${printable(plan)}: `;
  switch (kind) {
    case "no-figures":
      return `the store holds nothing of ${days}; run "api-tiers usage collect", or check --store`;
    case "not-collected":
      return `${ofPlan}the store holds nothing of ${days}; run "api-tiers usage collect", which can read the last 90 days`;
    case "lost":
      return `${ofPlan}what was used on ${days} was not collected in time, and AWS does not report it any more; collect every day`;
    case "too-old":
      return `${ofPlan}figures of ${countOf(count, "key")} are of ${instantText(detail ?? "")} UTC, which is older than --max-age; run "api-tiers usage collect"`;
    case "unknown-quota":
      return `${ofPlan}the quota of ${countOf(count, "key")} is not known: ${QUOTAS[detail as UnknownQuotaReason]}`;
    case "other-allowance":
      return `${ofPlan}AWS allows ${countOf(count, "key")} another number of requests than the quota: it was changed, granted, or is in its first period`;
    case "no-subscription":
      return `key ${printable(unknown.key ?? "")}: made ${countOf(count, "request")} and belongs to no subscription; give it one, or take it out of the plan`;
    case "assumed-tier":
      return `${subscription === null ? countOf(count, "subscription") : printable(subscription)}: nobody saw who was on which tier on ${days}, before the first collection; the requests are right, the tier may be another`;
  }
}

/** Lines of a list: of kinds that concern many, the first of each and how many more there are. */
export function describeAllUnknown(unknown: readonly UnknownUse[]): string[] {
  const kinds = [...new Set(unknown.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const own = unknown.filter((each) => each.kind === kind);
    const more = own.slice(MOST).map(({ plan, key }) => printable(plan ?? key ?? ""));
    return [
      ...own.slice(0, MOST).map(describeUnknown),
      ...(more.length > 0 ? [`the same of ${listOf(more, MOST)}`] : []),
    ];
  });
}

const MOST = 5;
