import type { Command } from "../machine/command";
import type { SelfServiceSettings } from "../machine/settings";
import type { KeyInAws, Step } from "../machine/subscription";
import type { Ports, StoredSubscription, Table } from "./ports";

type FormerTiers = NonNullable<SelfServiceSettings["formerTiers"]>;

/** A tier's id today. */
const renamed = (tier: string, former: FormerTiers): string =>
  Object.hasOwn(former, tier) ? (former[tier] ?? tier) : tier;

/** A command that may still name a tier by its former id, such as a webhook's that was set up before the tier was renamed. */
export function ofTiersToday(command: Command, { formerTiers = {} }: SelfServiceSettings): Command {
  return "tier" in command ? { ...command, tier: renamed(command.tier, formerTiers) } : command;
}

/** A stored subscription with the ids that its tiers have today; the same object where none of them was renamed. */
export function withTiersOfToday(
  stored: StoredSubscription,
  { formerTiers = {} }: Pick<SelfServiceSettings, "formerTiers">,
): StoredSubscription {
  const { subscription, acting } = stored;
  const today = (tier: string) => renamed(tier, formerTiers);
  const { tiers, pendingTier, keys } = subscription;
  const named = [
    ...tiers.map(({ tier }) => tier),
    ...(pendingTier === undefined ? [] : [pendingTier.tier]),
    ...keys.flatMap(({ aws }) => [...(aws.tier === undefined ? [] : [aws.tier]), ...(aws.alsoIn ?? [])]),
    ...(acting !== undefined && "tier" in acting ? [acting.tier] : []),
  ];
  if (!named.some((tier) => Object.hasOwn(formerTiers, tier))) return stored;
  const inAws = (aws: KeyInAws): KeyInAws => ({
    ...aws,
    ...(aws.tier === undefined ? {} : { tier: today(aws.tier) }),
    ...(aws.alsoIn === undefined ? {} : { alsoIn: aws.alsoIn.map(today) }),
  });
  const step = (each: Step): Step => ("tier" in each ? { ...each, tier: today(each.tier) } : each);
  return {
    ...stored,
    ...(acting === undefined ? {} : { acting: step(acting) }),
    subscription: {
      ...subscription,
      tiers: tiers.map((period) => ({ ...period, tier: today(period.tier) })),
      ...(pendingTier === undefined ? {} : { pendingTier: { ...pendingTier, tier: today(pendingTier.tier) } }),
      keys: keys.map((key) => ({ ...key, aws: inAws(key.aws) })),
    },
  };
}

/** Ports whose table gives subscriptions with the ids that their tiers have today. What is saved has them from then on. */
export function portsOfTiersToday(ports: Ports, settings: SelfServiceSettings): Ports {
  if (settings.formerTiers === undefined) return ports;
  const { table } = ports;
  const today: Table = {
    load: async (id) => {
      const stored = await table.load(id);
      return stored && withTiersOfToday(stored, settings);
    },
    request: (id) => table.request(id),
    save: (stored, unfinished, request) => table.save(stored, unfinished, request),
    async *all() {
      for await (const stored of table.all()) yield withTiersOfToday(stored, settings);
    },
    unfinished: () => table.unfinished(),
  };
  return { ...ports, table: today };
}
