import type { CustomerChange } from "./customers";
import type { Finding } from "./finding";
import type { AnyApi, AnyPlan } from "./gateway-state";
import type { Reach } from "./holdings";
import type { RouteChange } from "./routes";
import type { StageChange } from "./stages";
import type { TierChange } from "./tiers";

/** How findings call those whom they concern. */

const stageName = ({ id }: AnyApi, stage: string) => `${id}/${stage}`;

/** `pets/prod`, for each; `the stages of plan1` for a plan of which nobody knows from here what it opens. */
export const reachNames = (reach: readonly Reach[]): string[] =>
  reach.map((each) => ("plan" in each ? `the stages of ${each.plan.id}` : stageName(each.api, each.stage))).sort();

export function aboutCustomer(
  customer: CustomerChange,
): Pick<Finding, "about" | "subject" | "customers" | "subscription" | "tiers"> {
  const { name, description, before, after } = customer;
  return {
    about: name,
    subject: description === "" ? name : `${name} (${description})`,
    customers: [name],
    subscription: after?.key.subscription ?? before?.key.subscription,
    tiers: tiersOf(customer),
  };
}

/** The tiers that a customer had or will have. */
const tiersOf = ({ before, after }: CustomerChange): string[] =>
  [...new Set([...(before?.plans ?? []), ...(after?.plans ?? [])].map(({ id }) => id))].sort();

/** `tier gold`, or `the limits of acme` for a usage plan of its own. */
export const planName = (plan: AnyPlan): string =>
  "negotiatedFor" in plan && plan.negotiatedFor !== undefined
    ? `the limits of ${plan.negotiatedFor}`
    : `tier ${plan.id}`;

export function aboutTier(tier: TierChange): Pick<Finding, "about" | "subject" | "tiers"> {
  const plan = tier.after ?? tier.before;
  return { about: tier.name, subject: plan ? planName(plan) : `tier ${tier.name}`, tiers: [tier.name] };
}

export function aboutRoute({ api, key }: RouteChange): Pick<Finding, "about" | "subject" | "apis" | "routes"> {
  const name = `${key} of ${api.id}`;
  return { about: name, subject: name, apis: [api.id], routes: [name] };
}

export function aboutStage({ api, name }: StageChange): Pick<Finding, "about" | "subject" | "apis" | "stages"> {
  const stage = stageName(api, name);
  return { about: stage, subject: `stage ${stage}`, apis: [api.id], stages: [stage] };
}
