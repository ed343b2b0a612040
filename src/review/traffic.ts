import type { Quota } from "../vocabulary/quota";
import type { CustomerChange } from "./customers";
import type { Finding } from "./finding";

/** What is known of a customer's requests, from wherever it was measured. */
export interface Traffic {
  /** The customer, as a review calls it: the subscription's id, or the key's name. */
  readonly customer: string;
  /**
   * Requests of the quota's current or last period.
   * @default - not known
   */
  readonly used?: number;
  /**
   * Requests that were answered, and that the limits after the change would have refused.
   * @default - not known
   */
  readonly wouldBeRefused?: number;
}

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
 *
 * @throws Error for numbers that are not numbers of requests, and for customers that stand twice
 */
export function trafficOf(
  traffic: readonly Traffic[],
  customers: readonly CustomerChange[],
  findings: readonly Finding[],
): CustomerTraffic[] {
  checkTraffic(traffic);
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

function checkTraffic(traffic: readonly Traffic[]): void {
  const problems = traffic.flatMap(({ customer, used, wouldBeRefused }, index) => [
    ...Object.entries({ used, wouldBeRefused })
      .filter(([, count]) => count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
      .map(([name, count]) => `traffic[${index}].${name} must be a number of requests, got ${count}; count them again`),
    ...(traffic.findIndex((each) => each.customer === customer) < index
      ? [`traffic[${index}] is of a customer that stands there twice; give each customer once`]
      : []),
  ]);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}
