import type { Bar } from "../../../text/page/charts";
import { percentOf } from "../labels";
import type { SubscriptionUse } from "../summary";

const GROUPS: readonly (Omit<Bar, "value"> & { readonly holds: (use: SubscriptionUse) => boolean })[] = [
  ...[0, 20, 40, 60].map((from) => ({
    label: `${from} to ${from + 19} %`,
    look: "plain" as const,
    holds: ({ state, share }: SubscriptionUse) =>
      state === "fine" && share !== null && percentOf(share) >= from && percentOf(share) < from + 20,
  })),
  { label: "80 to 99 %", look: "near", holds: ({ state }) => state === "near" },
  { label: "100 % and more", look: "full", holds: ({ state }) => state === "used up" },
  { label: "not known", look: "unknown", holds: ({ state }) => state === "unknown" },
  { label: "no quota", look: "unknown", holds: ({ state }) => state === "unlimited" },
];

/** How many subscriptions used which share of their quota; those that left their tier are in none. */
export const shareGroups = (uses: readonly SubscriptionUse[]): Bar[] =>
  GROUPS.map(({ holds, ...group }) => ({ ...group, value: uses.filter(holds).length }));
