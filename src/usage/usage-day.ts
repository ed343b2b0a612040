/**
 * What one key used under one usage plan on one day, and whose it was on that day: one line of the usage store, and one row
 * of the table that an engine such as Athena, ClickHouse or DuckDB reads from it.
 *
 * There is a line for each member of a plan on a day, also for one that did not call: the fees of a month need the days on
 * which a subscription was on a tier, not those on which it called.
 */
export interface UsageDay {
  /** In UTC: `2026-11-03`. The store's first partition; it stands in the path of the line's file alone. */
  readonly day: string;
  /** Id of the usage plan in AWS. The store's second partition; it stands in the path of the line's file alone. */
  readonly plan: string;
  /** Id of the API key in AWS; never its value. */
  readonly key: string;
  /** The subscription's id in the catalog on that day; `null` for a key of no subscription. */
  readonly subscription: string | null;
  /** The customer's name in the catalog on that day; `null` where the catalog has none. */
  readonly customer: string | null;
  /** The tier's id in the catalog on that day; `null` for a usage plan of no tier. */
  readonly tier: string | null;
  /** Whether the key was enabled: a suspended subscription stays on its tier. */
  readonly enabled: boolean;
  /** Fingerprint of the tier's price on that day; `null` for a tier without one. */
  readonly price: string | null;
  /**
   * How it is known who was on which tier on that day: `observed` on a day on which it was read from Terraform's states;
   * `carried` where it was read before and after and was the same; `assumed` where the readings around the day do not agree, or
   * there is one alone.
   */
  readonly membership: Membership;
  /** When the states were read that say so: `2026-11-04T00:40:00.000Z`. */
  readonly membershipRead: string;
  /** Requests that GetUsage counted on that day. */
  readonly used: number;
  /** What GetUsage said to remain of the quota; `null` where it did not say. */
  readonly remaining: number | null;
  /** Whether GetUsage had a figure for the day. It leaves out days without calls: then `used` is 0. */
  readonly reported: boolean;
  /** When the figure was asked for: `2026-11-04T00:40:00.000Z`. It is not older than this. */
  readonly read: string;
  /** Whether the day was over long enough, when it was read, that AWS's figure is not expected to change any more. */
  readonly final: boolean;
  /** When a final figure was read for the first time; `null` for a day that is not final. */
  readonly finalSince: string | null;
  /** The first final figure, where AWS corrected it later; `null` where it did not. */
  readonly correctedFrom: number | null;
}

export type Membership = "observed" | "carried" | "assumed";

/** Which of two lines of a key and day knows better who had it. */
export const MEMBERSHIP_RANKS: Readonly<Record<Membership, number>> = { observed: 2, carried: 1, assumed: 0 };
