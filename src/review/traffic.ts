import type { Quota } from "../vocabulary/quota";
import type { CustomerChange } from "./customers";
import type { Facts, Finding } from "./finding";

/** A fact of traffic, with the quota after the change beside it. */
export interface CustomerTraffic {
  readonly customer: string;
  readonly used: number | null;
  /** The quota after the change; `null` where there is none, or more than one. */
  readonly quota: { readonly limit: number; readonly period: Quota["period"] } | null;
  readonly wouldBeRefused: number | null;
}

/**
 * The traffic of the customers whom findings concern, by name or by tier: those who would be refused most are first, then
 * those who use most of their quota.
 */
export function trafficOf(
  { traffic, customers }: Pick<Facts, "customers" | "traffic">,
  findings: readonly Finding[],
): CustomerTraffic[] {
  const named = new Set(findings.flatMap(({ customers: names = [] }) => names));
  const tiers = new Set(findings.flatMap(({ tiers: names = [] }) => names));
  const known = new Map(traffic.map((each) => [each.customer, each]));
  const isConcerned = ({ name, before, after }: CustomerChange) =>
    named.has(name) || [before, after].some((each) => each?.plans.some(({ id }) => tiers.has(id)));
  return customers
    .filter(isConcerned)
    .flatMap((customer): CustomerTraffic[] => {
      const { used, wouldBeRefused } = known.get(customer.name) ?? {};
      if (used === undefined && wouldBeRefused === undefined) return [];
      const quota = quotaOf(customer);
      return [
        { customer: customer.name, used: used ?? null, quota: quota ?? null, wouldBeRefused: wouldBeRefused ?? null },
      ];
    })
    .sort((a, b) => (b.wouldBeRefused ?? 0) - (a.wouldBeRefused ?? 0) || shareOf(b) - shareOf(a));
}

function quotaOf({ after }: CustomerChange): CustomerTraffic["quota"] | undefined {
  const quotas = (after?.plans ?? []).flatMap((plan) => ("quota" in plan && plan.quota ? [plan.quota] : []));
  const [quota] = quotas;
  return quota && quotas.length === 1 ? { limit: quota.limit, period: quota.period } : undefined;
}

const shareOf = ({ used, quota }: CustomerTraffic) => (quota ? (used ?? 0) / quota.limit : 0);
