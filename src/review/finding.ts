import type { ResourceChange } from "../model/resource-changes";
import type { MonthOfUsage } from "../usage/invoice/charges";
import type { CustomerChange } from "./customers";
import type { Traffic } from "./given-traffic";
import type { Plans } from "./plans";
import type { Replayed } from "./replayed";
import type { RouteChange } from "./routes";
import type { StageChange } from "./stages";
import type { TierChange } from "./tiers";

/**
 * - `decision`: somebody must want this before it is merged.
 * - `notice`: a change that is worth knowing.
 * - `reminder`: so it is after the change, and perhaps was before; worth fixing.
 */
export type Severity = "decision" | "notice" | "reminder";

/** All that rules look at. */
export interface Facts extends Plans {
  readonly customers: readonly CustomerChange[];
  readonly tiers: readonly TierChange[];
  readonly routes: readonly RouteChange[];
  readonly stages: readonly StageChange[];
  /** What the model leaves out. */
  readonly notEvaluated: readonly NotEvaluated[];
  /** What is known of the requests of customers, as it was given. */
  readonly traffic: readonly Traffic[];
  /** What was used in the last month, as it was given; `undefined` where it was not. */
  readonly usage: MonthOfUsage | undefined;
  /** What the limits before and after refuse of logged calls; `undefined` where no logs were given. */
  readonly replayed: Replayed | undefined;
}

/** A change of the plans, or some attributes of it, that a finding has put into words. */
export interface Explained {
  readonly change: ResourceChange;
  /** @default - all of it */
  readonly attributes?: readonly string[];
}

/** One thing that a rule has to say. */
export interface Finding {
  /** By which it is accepted: the customer, tier, stage or route; unique within the rule. */
  readonly about: string;
  /** The same, as a person calls it: `joe-black (Joe Black)`. */
  readonly subject: string;
  /** What happens to it. Findings that say the same are shown together. */
  readonly what: string;
  readonly customers?: readonly string[];
  /**
   * Id of the subscription that it concerns.
   * @default - that of none
   */
  readonly subscription?: string | undefined;
  readonly tiers?: readonly string[];
  readonly apis?: readonly string[];
  /** `pets/prod`. */
  readonly stages?: readonly string[];
  /** `GET /pets of pets`. */
  readonly routes?: readonly string[];
  /** @default - none */
  readonly explains?: readonly Explained[];
}

/** A resource of which the model holds nothing, or only a part. */
export interface NotEvaluated extends Finding {
  /** Whether these plans change it. */
  readonly isChanged: boolean;
}

/** One thing to look for in a change. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /**
   * A heading: `3 customers lose access`.
   *
   * @param count of findings; with `countsCustomers`, those of one subscription count once
   */
  title(count: number): string;
  /** @default - each finding counts, whosever it is */
  readonly countsCustomers?: true;
  /** What should be true. */
  readonly holds: string;
  /** What it means to customers if it is not. */
  readonly why: string;
  /** What to do next. */
  readonly remedy: string;
  /** @param others what the other rules have found; only the rule that looks for what is left asks for it */
  find(facts: Facts, others?: readonly Finding[]): Finding[];
}

/** `1 customer loses`, `3 customers lose`. */
export const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString("en")} ${many}`;

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(names: readonly string[], most = 5): string {
  if (names.length > most) return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  const [last = "", ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}
