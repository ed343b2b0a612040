import type { Report } from "./report";
import { review } from "./review";
import { stackPending } from "./rules/stack-pending";

/**
 * What only a Terraform plan knows, of a change that was reviewed without one.
 *
 * A review of synthesized stacks takes those from before the change as deployed.
 */
export const ONLY_A_PLAN_KNOWS =
  "what is deployed, what was changed there by hand, and the values of variables and data sources";

/**
 * Says what a change of synthesized stacks means to customers, as if those from before were deployed: what AWS would be asked to
 * create, change and delete, and so who gains, loses and moves. `ONLY_A_PLAN_KNOWS` the rest.
 *
 * @param before cdktf's output folder before the change
 * @param after cdktf's output folder after it
 * @throws Error for a folder that holds no synthesized stack
 */
export function reviewSynthesized(before: string, after: string): Report {
  const report = review([], { base: before, synthesized: after });
  // That no stack has a plan is how this review is meant.
  return { ...report, sections: report.sections.filter(({ rule }) => rule !== stackPending.id) };
}
