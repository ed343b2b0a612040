import type { UsagePlanModel } from "../../model/model";
import { show } from "../../text/show";
import { tierOf } from "../answers/fits";
import type { Candidate } from "../candidates/candidate";
import type { LogIdentities } from "../log-identities";
import type { EngineCandidate, EngineKey } from "./engine-candidate";

/**
 * A candidate, as engines try it. Keys that no id in AWS is known for are left out, and so are those that are disabled.
 *
 * @throws Error for a key in several usage plans, because an engine does not know which of them a call belongs to
 */
export function engineCandidateOf({ name, model }: Candidate, identities: LogIdentities): EngineCandidate {
  const nameOf = (plan: UsagePlanModel) =>
    model.plans.some((other) => other !== plan && tierOf(other) === tierOf(plan)) ? plan.id : tierOf(plan);
  const idsOf = new Map<string, string[]>();
  for (const [id, subscription] of identities.keys) idsOf.set(subscription, [...(idsOf.get(subscription) ?? []), id]);
  const plansOf = new Map<string, string>();
  const keys = model.plans.flatMap((plan) =>
    [...plan.keys, ...plan.externalKeys].flatMap((key): EngineKey[] => {
      const subscription = key.subscription ?? key.id;
      if ("enabled" in key && !key.enabled) return [];
      const ids = new Set([...(key.awsId === undefined ? [] : [key.awsId]), ...(idsOf.get(subscription) ?? [])]);
      for (const id of ids) {
        const other = plansOf.get(id);
        if (other !== undefined)
          throw new Error(
            `candidate ${show(name)}: the key of ${show(subscription)} is in the usage plans ${show(other)} and ${show(nameOf(plan))}, ` +
              "and an engine does not know which of them a call belongs to; replay it without --engine",
          );
        plansOf.set(id, nameOf(plan));
      }
      return [...ids].map((id) => ({ key: id, subscription, tier: nameOf(plan) }));
    }),
  );
  const tiers = model.plans.map((plan) => ({ tier: nameOf(plan), throttle: plan.throttle, quota: plan.quota }));
  return { name, tiers, keys };
}

/** What an engine leaves out of a candidate, in sentences. */
export function leftOutByEngines({ model }: Candidate): string[] {
  const limited = model.plans.filter(({ stages }) => stages.some(({ methodThrottles }) => methodThrottles.size > 0));
  const isStageLimited = model.apis.some(({ stages }) =>
    stages.some(({ methodThrottles }) => methodThrottles.size > 0),
  );
  return [
    ...(limited.length === 0
      ? []
      : [
          `the limits of single routes in ${limited.map((plan) => show(tierOf(plan))).join(", ")} are not counted by an engine`,
        ]),
    ...(isStageLimited ? ["the limits of stages are not counted by an engine"] : []),
  ];
}
