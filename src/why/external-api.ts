import type { Explanation } from "./explanation";
import { limitsOf } from "./limits";
import type { ExplainOptions } from "./options";
import { otherKeysOf } from "./other-keys";
import { addressOf, NOWHERE } from "./places";
import { reasonsFor } from "./reasons";
import type { Target } from "./target";
import type { Unknowns } from "./unknowns";

/** A call of an API that is managed elsewhere: of it only the limits of the customer's plan are known. */
export function explainExternal(target: Target, unknowns: Unknowns, options: ExplainOptions): Explanation {
  const { key, plans, api, stage } = target;
  const { at, places = NOWHERE } = options;
  const request = `${target.method} ${target.path}`;
  const covering = plans.flatMap((plan) => {
    const planStage = plan.stages.find((each) => each.api === api && each.stage === stage);
    return planStage ? [{ plan, planStage }] : [];
  });
  const [admission] = key?.enabled === true ? covering : [];
  const methodThrottle = admission?.planStage.methodThrottles.get(request);
  const known =
    key &&
    admission &&
    limitsOf({
      request: {
        client: { key: key.id, plan: admission.plan, ...(methodThrottle && { methodThrottle }) },
        method: `${api}/${stage}/${request}`,
      },
      at,
      options: options.limits ?? {},
      counted: options.counted?.(admission.plan),
      written: (layer) => places.limit(layer, { target, plan: admission.plan, route: undefined }),
    });
  const limits = known?.limits ?? [];
  const byPlan = admission
    ? `usage plan "${admission.plan.id}" covers ${api}/${stage}`
    : whyNot(target, covering.length);
  return {
    subscription: key?.id,
    request,
    api,
    stage,
    at: new Date(at).toISOString(),
    verdict: "not-known",
    answer: `Not known. The API is managed elsewhere; ${byPlan}.`,
    refusal: undefined,
    route: undefined,
    plan: admission && {
      id: admission.plan.id,
      tier: admission.plan.tier,
      written: places.plan(admission.plan),
      member: key ? places.subscription(key, admission.plan) : addressOf(undefined),
    },
    decidedByOthers: [],
    notKnown: [
      `the API ${api} is managed elsewhere: its routes, whether they ask for a key, and the throttles of its stages are not in these files`,
      ...unknowns.key,
      ...unknowns.plans,
      ...unknowns.limits,
    ],
    differsInAws: options.differsInAws ?? [],
    limits,
    otherKeys: otherKeysOf(key, admission?.plan),
    governs: undefined,
    reasons:
      options.status === undefined
        ? undefined
        : reasonsFor(options.status, {
            api: undefined,
            certain: undefined,
            circumstances: [],
            limits,
            governs: known?.governs,
            afterLimits: [],
          }),
  };
}

function whyNot({ key, api, stage }: Target, covering: number): string {
  if (key === undefined) return "no key was named";
  return covering === 0
    ? `no usage plan of the key "${key.id}" covers ${api}/${stage}`
    : `the key "${key.id}" is disabled`;
}
