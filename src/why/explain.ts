import type { GatewayError } from "../gateway/gateway-responses";
import { singleSlash } from "../gateway/routed-request";
import type { Layer } from "../limiter/verdict";
import type { UsagePlanModel } from "../model/model";
import { refusedAnswer } from "./answers";
import { ask } from "./ask";
import { bestCall, circumstancesOf } from "./circumstances";
import type { CallVerdict, Explanation, WrittenAt } from "./explanation";
import { explainExternal } from "./external-api";
import { limitsOf } from "./limits";
import type { ExplainOptions } from "./options";
import { otherKeysOf } from "./other-keys";
import { addressOf, NOWHERE } from "./places";
import { reasonsFor } from "./reasons";
import { type Calls, type Question, type Target, targetOf } from "./target";
import { type Unknowns, unknownsOf } from "./unknowns";

/**
 * Why a call is let in or refused: by the gateway's and the limiter's own decisions.
 *
 * @throws Error for a subscription, an API or a stage that is not there, or that several could be
 */
export function explain(calls: Calls, question: Question, options: ExplainOptions): Explanation {
  const target = targetOf(calls, question);
  const unknowns = unknownsOf(target, options.differsInAws !== undefined);
  const { served } = target;
  return served ? explainServed({ ...target, served }, unknowns, options) : explainExternal(target, unknowns, options);
}

function explainServed(
  target: Target & { readonly served: NonNullable<Target["served"]> },
  unknowns: Unknowns,
  options: ExplainOptions,
): Explanation {
  const { served, key } = target;
  const { at, places = NOWHERE } = options;
  const best = bestCall(target, at);
  const asked = ask(best);
  const matched = served.router.match(target.method, singleSlash(target.path))?.route;
  const refusal = "type" in asked ? asked : undefined;
  const met = "type" in asked ? undefined : asked;
  const route = met?.way.route ?? matched;
  const admission = met?.identified?.admission;
  const circumstances = circumstancesOf(target, best, route).filter((each) => each.refusal.reason !== refusal?.reason);
  const others = circumstances.filter(({ by }) => by === "others");

  const written = (layer: Layer): WrittenAt => places.limit(layer, { target, plan: admission?.plan, route });
  const known =
    met &&
    limitsOf({
      request: served.limited(met.way.route, admission),
      at,
      options: options.limits ?? {},
      counted: admission && options.counted?.(admission.plan),
      written,
    });
  const doubts = doubtsOf(refusal, route?.key, unknowns);
  const verdict: CallVerdict =
    doubts.length > 0 ? "not-known" : refusal ? "refused" : others.length > 0 ? "depends" : "let-in";
  const limits = known?.limits ?? [];
  const servedRoute = met && served.routeOf(met.way.route);
  const plan = admission?.plan;
  return {
    subscription: key?.id,
    request: `${target.method} ${target.path}`,
    api: served.api.id,
    stage: served.stage.name,
    at: new Date(at).toISOString(),
    verdict,
    answer: answerOf(verdict, refusal, plan, route?.apiKeyRequired),
    refusal: refusal && refusedAnswer(refusal, served.api),
    route: route && { key: route.key, apiKeyRequired: route.apiKeyRequired, written: places.route(served.api, route) },
    plan: plan && {
      id: plan.id,
      tier: plan.tier,
      written: places.plan(plan),
      member: key ? places.subscription(key, plan) : addressOf(undefined),
    },
    otherKeys: otherKeysOf(key, plan),
    decidedByOthers: others.map(({ because }) => because),
    notKnown: [...doubts, ...(met ? unknowns.limits : [])],
    differsInAws: options.differsInAws ?? [],
    limits,
    governs: unknowns.limits.length > 0 ? undefined : known?.governs,
    reasons:
      options.status === undefined
        ? undefined
        : reasonsFor(options.status, {
            api: served.api,
            certain: doubts.length > 0 ? undefined : refusal,
            circumstances:
              refusal && doubts.length > 0
                ? [{ by: "others", refusal, because: refusal.reason, next: "see what is not known" }, ...circumstances]
                : circumstances,
            limits,
            governs: known?.governs,
            afterLimits: [servedRoute?.fault ?? []].flat(),
          }),
  };
}

/** What is not known and could make another verdict. */
function doubtsOf(refusal: GatewayError | undefined, route: string | undefined, unknowns: Unknowns): readonly string[] {
  if (refusal?.type === "MISSING_AUTHENTICATION_TOKEN") return unknowns.routes;
  // A route that is not known may be closer to the path than one that takes many paths.
  const others = route !== undefined && /^ANY |\{/.test(route) ? unknowns.routes : [];
  if (refusal?.type === "INVALID_API_KEY")
    return [...others, ...(/is in no plan/.test(refusal.reason) ? unknowns.plans : [])];
  return refusal ? others : [...others, ...unknowns.key];
}

function answerOf(
  verdict: CallVerdict,
  refusal: GatewayError | undefined,
  plan: UsagePlanModel | undefined,
  needsKey: boolean | undefined,
): string {
  const byPlan = plan ? `by usage plan "${plan.id}"` : needsKey === false ? "because the route asks for no key" : "";
  switch (verdict) {
    case "refused":
      return `Refused: ${refusal?.reason}.`;
    case "not-known":
      return refusal
        ? `Not known. By what is in these files it is refused: ${refusal.reason}.`
        : `Not known. By what is in these files it is let in, ${byPlan}.`;
    case "depends":
      return `Let in ${byPlan}, if others let it pass, which the tier does not decide.`;
    case "let-in":
      return `Let in, ${byPlan}.`;
  }
}
