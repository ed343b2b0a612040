import type { ApiModel } from "../model/model";
import type { CustomerChange, Reach } from "./customers";
import type { Finding } from "./finding";
import type { RouteChange } from "./routes";
import type { StageChange } from "./stages";
import type { TierChange } from "./tiers";

/** How findings call those whom they concern. */

const stageName = (api: ApiModel, stage: string) => `${api.id}/${stage}`;

/** `pets/prod`, for each. */
export const reachNames = (reach: readonly Reach[]): string[] =>
  reach.map(({ api, stage }) => stageName(api, stage)).sort();

export function aboutCustomer(customer: CustomerChange): Pick<Finding, "about" | "subject" | "customers" | "tiers"> {
  const { name, description } = customer;
  return {
    about: name,
    subject: description === "" ? name : `${name} (${description})`,
    customers: [name],
    tiers: tiersOf(customer),
  };
}

/** The tiers that a customer had or will have. */
const tiersOf = ({ before, after }: CustomerChange): string[] =>
  [...new Set([...(before?.plans ?? []), ...(after?.plans ?? [])].map(({ id }) => id))].sort();

export function aboutTier(tier: TierChange): Pick<Finding, "about" | "subject" | "tiers"> {
  return { about: tier.name, subject: `tier ${tier.name}`, tiers: [tier.name] };
}

export function aboutRoute({ api, key }: RouteChange): Pick<Finding, "about" | "subject" | "apis" | "routes"> {
  const name = `${key} of ${api.id}`;
  return { about: name, subject: name, apis: [api.id], routes: [name] };
}

export function aboutStage({ api, name }: StageChange): Pick<Finding, "about" | "subject" | "apis" | "stages"> {
  const stage = stageName(api, name);
  return { about: stage, subject: `stage ${stage}`, apis: [api.id], stages: [stage] };
}
