import type { UsagePlanModel } from "../../model/model";
import { formatCount, formatRate } from "../../text/limits";
import { DEFAULT_LIMITS } from "../../vocabulary/aws-limits";
import { counted, type Finding, type Rule } from "../finding";
import { aboutTier } from "../subjects";

export const unlikelyLimits: Rule = {
  id: "unlikely-limits",
  severity: "reminder",
  title: (count) => counted(count, "tier has limits that look unintended", "tiers have limits that look unintended"),
  holds: "The limits of a tier fit one another, and the account.",
  why: "Customers then get less than the number that they were sold.",
  remedy: "Let the burst be at least the rate of one second, and the rate no more than the account has.",
  find: ({ tiers }) =>
    tiers.flatMap((tier): Finding[] => {
      const problems = tier.after ? problemsOf(tier.after) : [];
      return problems.length > 0 ? [{ ...aboutTier(tier), what: problems.join("; ") }] : [];
    }),
};

function problemsOf({ throttle, quota }: UsagePlanModel): string[] {
  const problems: string[] = [];
  const { accountRateLimit } = DEFAULT_LIMITS;
  if (throttle && throttle.burstLimit > 0 && throttle.burstLimit < throttle.rateLimit)
    problems.push(
      `burst ${formatCount(throttle.burstLimit)} is below the rate of ${formatRate(throttle.rateLimit)}: who calls ` +
        "evenly over many seconds only just reaches the rate",
    );
  if (throttle && throttle.rateLimit > accountRateLimit)
    problems.push(
      `${formatRate(throttle.rateLimit)} is more than all customers of an account have (${formatRate(accountRateLimit)})`,
    );
  if (throttle && quota && quota.period === "DAY" && throttle.rateLimit > 0 && quota.limit / throttle.rateLimit < 1)
    problems.push(`the day's quota of ${formatCount(quota.limit)} is used up in a second`);
  return problems;
}
