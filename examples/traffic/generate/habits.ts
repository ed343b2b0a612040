import type { Subscription } from "../../../src";
import { type Random, randomOf } from "./random";

/** How a customer uses the API: people open pages, each of which makes some calls at once. */
export interface Habits {
  readonly subscription: Subscription;
  /** Calls on a workday, on average. */
  readonly calls: number;
  /** The share of that which a day of the weekend has. */
  readonly weekend: number;
  /** How much a day differs from that: 0.3 is up to 30 % more or less. */
  readonly spread: number;
  /** Calls at the end of the log, as a multiple of those at its beginning. */
  readonly growth: number;
  /** How far the customer's clock is ahead of UTC, in hours. */
  readonly hoursAhead: number;
  /** The fewest and the most calls of a page. */
  readonly page: readonly [number, number];
  /** Groups of fourteen entries, three seconds apart, that a program of theirs writes each night. */
  readonly imports: number;
}

/**
 * The habits of customers, by tier. Of bronze, some open pages that need more than the burst, and one has outgrown its quota; of
 * silver, two use more than half of the quota, and the others much less.
 */
export function habitsOf(subscriptions: readonly Subscription[], seed: string): Habits[] {
  const numbers = new Map<string, number>();
  return subscriptions
    .filter(({ enabled }) => enabled)
    .map((subscription) => {
      const number = numbers.get(subscription.tier) ?? 0;
      numbers.set(subscription.tier, number + 1);
      const random = randomOf(seed, "habits", subscription.id);
      return {
        subscription,
        weekend: random.between(0.1, 0.6),
        hoursAhead: random.whole(-8, 9),
        growth: 1,
        imports: 0,
        spread: 0.3,
        ...(TIER_HABITS[subscription.tier] ?? ordinary)(number, random),
      };
    });
}

type OfTier = Pick<Habits, "calls" | "page"> & Partial<Habits>;

const ordinary = (_number: number, random: Random): OfTier => ({ calls: random.between(120, 420), page: [1, 6] });

const TIER_HABITS: Readonly<Record<string, (number: number, random: Random) => OfTier>> = {
  bronze: (number, random) => {
    if (number === 5) return { calls: 480, page: [1, 6], growth: 2.4, weekend: 0.4 };
    if (number % 8 === 2) return { calls: random.between(200, 300), page: [4, 34] };
    return ordinary(number, random);
  },
  silver: (number, random) =>
    number < 2
      ? { calls: random.between(2_900, 3_200), page: [1, 16], spread: 0.25 }
      : { calls: random.between(400, 1_100), page: [1, 16] },
  gold: (number, random) => ({
    calls: random.between(1_500, 4_500),
    page: [1, 40],
    imports: number % 2 === 0 ? 30 : 0,
  }),
};
