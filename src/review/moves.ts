import type { UsagePlanModel } from "../model/model";
import { formatCount, formatRate } from "../text/limits";
import { byName } from "../text/order";
import type { Throttle } from "../vocabulary/throttle";
import type { CustomerChange } from "./customers";
import { type Facts, listed } from "./finding";
import type { AnyPlan } from "./gateway-state";
import { describeLimits } from "./tier-limits";
import { type LimitChange, limitChange, throttlesOf, tierLimits } from "./tiers";

/** A customer who goes from one tier into another and keeps the key. */
export interface TierMove {
  readonly customer: CustomerChange;
  /** `from bronze (10/s, burst 20) to gold (100/s, burst 200)`. */
  readonly what: string;
  /** What it means where the old plan goes with another stack than the key moves with; `undefined` where it does not. */
  readonly gap: string | undefined;
  /** Whether a limit becomes lower, or may: limits that the plans do not have cannot be compared. */
  readonly isLess: boolean;
}

const known = new WeakMap<Facts, readonly TierMove[]>();

/** Two rules ask for them. */
export function movesOf(facts: Facts): readonly TierMove[] {
  const moves = known.get(facts) ?? readMoves(facts);
  known.set(facts, moves);
  return moves;
}

function readMoves(facts: Facts): TierMove[] {
  return facts.customers
    .filter(({ moves, replacedFor }) => moves.length > 0 && replacedFor === undefined)
    .map((customer) => ({
      customer,
      what: customer.moves
        .map(
          ({ from, to }) => `from ${nameOf(from)} (${describeLimits(from)}) to ${nameOf(to)} (${describeLimits(to)})`,
        )
        .join("; "),
      gap: gapOf(customer, facts),
      isLess:
        customer.moves.some(({ from, to }) => "external" in from || "external" in to) ||
        lossesOf(customer, facts).length > 0,
    }));
}

/** Terraform cannot delete the old plan after the move where they stand in two stacks, which are applied one after another. */
function gapOf({ moves }: CustomerChange, { after }: Facts): string | undefined {
  const gaps = moves.flatMap(({ from, planKeys }) => {
    if ("external" in from || after.holds(from)) return [];
    const movers = [...new Set(planKeys.map(({ stack }) => stack))]
      .filter((stack) => stack !== from.stack)
      .sort(byName);
    if (movers.length === 0) return [];
    const puts = movers.length === 1 ? `stack ${listed(movers)} puts` : `stacks ${listed(movers)} put`;
    return [
      `its old usage plan is deleted by stack ${from.stack} before ${puts} the key into the new one: between the two applies, ` +
        "calls get 403",
    ];
  });
  return gaps.length === 0 ? undefined : [...new Set(gaps)].join("; ");
}

/** The tier; of negotiated limits, whose they are the reader knows. */
const nameOf = (plan: AnyPlan) =>
  "negotiatedFor" in plan && plan.negotiatedFor !== undefined ? "limits of its own" : plan.id;

/** The limits that become lower for a customer who moves. */
export const lossesOf = ({ moves }: CustomerChange, facts: Facts): LimitChange[] =>
  moves
    .flatMap(({ from, to }) =>
      "external" in from || "external" in to ? [] : [...tierLimits(from, to), ...methodLosses(from, to, facts)],
    )
    .filter(({ direction }) => direction === "less");

/** Methods with a throttle of their own in one of both plans, by what holds a customer back in the end. */
function methodLosses(
  from: UsagePlanModel,
  to: UsagePlanModel,
  { before, after, renamedStages }: Facts,
): LimitChange[] {
  const then = throttlesOf(from, before, renamedStages);
  return [...throttlesOf(to, after)].flatMap(([stage, { name, throttles }]) => {
    const old = then.get(stage);
    if (!old) return [];
    return [...new Set([...old.throttles.keys(), ...throttles.keys()])].sort().flatMap((method) => {
      const [was, is] = [lower(old.throttles.get(method), from.throttle), lower(throttles.get(method), to.throttle)];
      const of = (limit: string) => `${limit} of ${method} on ${name}`;
      return [
        ...limitChange(of("rateLimit"), "method", was?.rateLimit, is?.rateLimit, formatRate),
        ...limitChange(of("burstLimit"), "method", was?.burstLimit, is?.burstLimit, formatCount),
      ];
    });
  });
}

/** A call passes the throttle of its method and that of the plan. */
function lower(one: Throttle | undefined, other: Throttle | undefined): Throttle | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    rateLimit: Math.min(one.rateLimit, other.rateLimit),
    burstLimit: Math.min(one.burstLimit, other.burstLimit),
  };
}
