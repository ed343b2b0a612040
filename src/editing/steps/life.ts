import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { isDay } from "./days";
import { fieldOf, refuse } from "./step";

/** What a subscription says of its life. */
export interface Life {
  /** The tier that was bought. */
  readonly tier: string | undefined;
  readonly enabled: boolean;
  readonly startsOn: string | undefined;
  readonly endsOn: string | undefined;
  readonly trial: { readonly tier: string; readonly until: string } | undefined;
  readonly pendingTier: { readonly tier: string; readonly on: string } | undefined;
}

/** @throws EditProblem where a run of the program alone could tell, and for what is not a day */
export function lifeOf(subscription: WrittenSubscription): Life {
  const field = (name: string) => fieldOf(subscription, name);
  const day = (name: string, value: unknown): string | undefined => {
    if (value === undefined || (typeof value === "string" && isDay(value))) return value as string | undefined;
    return refuse(subscription, `${name} must be a day of the calendar such as 2026-12-01, got ${show(value)}`);
  };
  const tierAndDay = <Name extends string>(field: string, name: Name, value: unknown) => {
    if (value === undefined) return undefined;
    const { tier, [name]: on } = isObject(value) ? value : {};
    if (typeof tier !== "string" || on === undefined)
      return refuse(subscription, `${field} must be { tier, ${name} }, got ${show(value)}`);
    return { tier, [name]: day(`${field}.${name}`, on) } as { readonly tier: string } & Readonly<Record<Name, string>>;
  };
  const tier = field("tier");
  return {
    tier: typeof tier === "string" ? tier : undefined,
    enabled: field("enabled") !== false,
    startsOn: day("startsOn", field("startsOn")),
    endsOn: day("endsOn", field("endsOn")),
    trial: tierAndDay("trial", "until", field("trial")),
    pendingTier: tierAndDay("pendingTier", "on", field("pendingTier")),
  };
}
