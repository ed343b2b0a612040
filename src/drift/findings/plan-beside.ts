import type { AccountPlan } from "../../aws/account";
import { formatCount, formatLimits } from "../../text/limits";
import { show } from "../../text/show";
import type { Beside } from "../beside";
import type { Facts } from "./facts";
import { type DriftFinding, noEdit } from "./finding";
import { throttleOf } from "./plan-words";

/** A plan of nobody that is known, by which keys can call the stages of the stacks. */
export function planBeside({ plan, stages, keys }: Beside["plans"][number], facts: Facts): DriftFinding {
  const limits = formatLimits({
    throttle: throttleOf({ rate_limit: plan.throttle?.rateLimit, burst_limit: plan.throttle?.burstLimit }),
    quota: quotaOfPlan(plan),
  });
  const who =
    keys === undefined
      ? "who is in it could not be read"
      : `${formatCount(keys.length)} ${keys.length === 1 ? "key" : "keys"} in it`;
  return {
    kind: "plan-beside",
    group: "tiers",
    about: plan.id,
    subject: `usage plan ${show(plan.name)}`,
    what:
      `covers ${stages.map(({ apiId, stage }) => `${facts.apiName(apiId)}/${stage}`).join(", ")} in AWS, and is in no stack: ` +
      `${limits}; ${who}; id ${plan.id}`,
    customers: [],
    keep: { ...noEdit("takes it over, with its keys"), commands: [`npx api-tiers adopt --plan ${plan.id}`] },
    takeBack: {
      commands: stages.map(
        ({ apiId, stage }) =>
          `aws apigateway update-usage-plan --usage-plan-id ${plan.id} --patch-operations op=remove,path=/apiStages,value=${apiId}:${stage}` +
          (facts.region === undefined ? "" : ` --region ${facts.region}`),
      ),
      what: "takes the stages out of it; no deploy does, because Terraform does not know of it",
    },
    address: undefined,
  };
}

function quotaOfPlan({ quota }: AccountPlan) {
  const { limit, period } = quota ?? {};
  return limit === undefined || period === undefined ? undefined : { limit, period };
}
