import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";

/** What a deploy makes of two tiers, "free" and "startup": it may rename the first, close one, or drop one from the self-service. */
export interface Shop {
  /** Whether "free" is called "basic". */
  readonly renamed: boolean;
  readonly closed?: "free" | "startup";
  readonly withdrawn?: "free" | "startup";
}

/** The id of the usage plan that a tier has, whatever the tier is called. */
export const planOf = (tier: string): string => (tier === "basic" ? "free" : tier);

/** The settings of the function once a shop is deployed. */
export function settingsOf(settings: SelfServiceSettings, { renamed, closed, withdrawn }: Shop): SelfServiceSettings {
  const named = (tier: string) => (renamed && tier === "free" ? "basic" : tier);
  const listed = ["free", "startup"].filter((tier) => tier !== withdrawn);
  const former: Record<string, string> = renamed ? { free: "basic" } : { basic: "free" };
  return {
    ...settings,
    tiers: listed.map(named),
    ...(closed === undefined || closed === withdrawn ? {} : { closedTiers: [named(closed)] }),
    // Terraform writes those of listed tiers alone.
    ...(withdrawn === "free" ? {} : { formerTiers: former }),
  };
}
