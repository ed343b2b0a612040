/** What the team decided about subscriptions that customers start by themselves. */
export interface SelfServiceSettings {
  /** Ids of tiers, the lowest first: a move to a later one is an upgrade. */
  readonly tiers: readonly string[];
  /** Those of them that take no new customers; who is on one stays, and can leave it. Missing where all take some. */
  readonly closedTiers?: readonly string[];
  /** Ids that tiers had before, with those of today: what was stored under them goes on. Missing where no tier was renamed. */
  readonly formerTiers?: Readonly<Record<string, string>>;
  /** Whether a subscription waits for `verify` before it has a key. */
  readonly verification: boolean;
  /** @unit milliseconds */
  readonly verifyWithin: number;
  /**
   * How long a replaced key works beside the new one.
   * @unit milliseconds
   */
  readonly rotationGrace: number;
  /**
   * How long a subscription works after a failed payment.
   * @unit milliseconds
   */
  readonly paymentGrace: number;
  /**
   * How long a retired key stays in AWS, disabled, so that its usage can be read.
   * @unit milliseconds
   */
  readonly keepRetiredKeys: number;
  /** Where values are handed over: in the answer, once, or in the key store. */
  readonly handOver: "answer" | "store";
}
