import type { CalendarDay } from "./calendar-day";
import type { KeyStoreType } from "./key-store";
import type { KeyValueInput } from "./key-value";
import type { NegotiatedLimitsInput } from "./negotiated-limits";
import type { PendingTierInput, TrialInput } from "./subscription-dates";
import type { SubscriptionKeysInput } from "./subscription-key";
import type { Tags } from "./tags";

/** A customer on a tier. It becomes one API key or several, and for each a plan key for each tier. */
export interface SubscriptionInput<TierId extends string = string, CohortId extends string = string> {
  /** The tier that was bought; the one in effect, unless there is a `trial`. */
  readonly tier: TierId;
  /**
   * Further tiers for the same key, each under a name that stays when its tier changes, such as
   * `{ sandbox: "bronze-test" }`. AWS wants a key in one plan only for each stage, so their stages must not overlap.
   * @default - none
   */
  readonly additionalTiers?: Readonly<Record<string, TierId>>;
  /**
   * Who the customer is; the key's description.
   * @default - none
   */
  readonly customer?: string;
  /**
   * Name of the key in AWS, which need not be unique there. A change keeps the key.
   * @default - the subscription's id
   */
  readonly keyName?: string;
  /**
   * Whether the keys work. Switch it off to suspend the customer, and on again, with no other change.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The customer's id in AWS Marketplace.
   * @default - none
   */
  readonly marketplaceCustomerId?: string;
  /**
   * A key value that the customer has already, as the name of a Terraform variable. A new value replaces the key.
   * AWS takes a value once: a key that moves to another state is deleted there first, in a deploy of its own.
   * @default - AWS generates the value
   */
  readonly keyValue?: KeyValueInput;
  /**
   * The id in AWS of a key that is managed elsewhere, or was made by hand: `a1b2c3d4e5`, never its value. The subscription only
   * puts that key into its plans. Its name, value, state, tags and hand-over are not the catalog's, so the fields that say
   * these cannot stand beside it.
   * @default - a key of its own
   */
  readonly existingKeyId?: string;
  /**
   * The id that this subscription had before, so that its key is kept through the renaming.
   * @default - none
   */
  readonly formerId?: string;
  /**
   * The declared cohort in whose state the key stands. Another cohort is another state: a change deletes the key there
   * and makes a new one here, with another value, and `formerId` does not help.
   * @default - the `access` stack
   */
  readonly cohort?: CohortId;
  /**
   * Where the key is handed over, under the prefix of the catalog's `keyStore`; `false` for nowhere.
   * @default - the type of the catalog's `keyStore`; nowhere without one
   */
  readonly handOver?: KeyStoreType | false;
  /**
   * AWS tags of the keys.
   * @default - none
   */
  readonly tags?: Tags;
  /**
   * Several keys by name, such as `{ main: {}, ci: {} }`: each has an address, a value and a state of its own, and AWS gives
   * each the tier's whole limits. `main` is the key that the subscription has without this field, and keeps its value. A name
   * that is dropped deletes its key.
   *
   * @default - one key, `main`
   */
  readonly keys?: SubscriptionKeysInput;
  /**
   * Limits that were agreed on with this customer. They make a usage plan of the subscription's own, which follows its tier in
   * all that is not written here.
   *
   * @default - the limits of the tier
   */
  readonly limits?: NegotiatedLimitsInput;
  /**
   * The first day, in UTC, on which the keys work: `"2026-12-01"`. They are disabled as long as this stands in the catalog;
   * `api-tiers due` takes it out on the day.
   *
   * @default - they work as soon as they are deployed
   */
  readonly startsOn?: CalendarDay;
  /**
   * The first day, in UTC, on which the keys no longer work. `api-tiers due` writes `enabled: false` on the day.
   * @default - open-ended
   */
  readonly endsOn?: CalendarDay;
  /**
   * A tier to try before the one that was bought. `api-tiers due` takes it out on the day.
   * @default - none
   */
  readonly trial?: TrialInput<TierId>;
  /**
   * A tier to which the customer moves on a day. `api-tiers due` writes it as `tier` on the day.
   * @default - none
   */
  readonly pendingTier?: PendingTierInput<TierId>;
}
