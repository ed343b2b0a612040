import type { Finding } from "../text/finding";
import type { ApiInput } from "../vocabulary/api";
import type { DomainNameInput } from "../vocabulary/domain-name";
import type { Imports } from "../vocabulary/imports";
import type { SubscriptionInput } from "../vocabulary/subscription-input";
import type { TierInput } from "../vocabulary/tier";

/** What of a catalog and its imports comes out of an account. */
export interface Adoption {
  /** New APIs by id. */
  readonly apis: Readonly<Record<string, ApiInput>>;
  /** New stages of APIs that the catalog has already, by API. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
  /** New tiers by id. */
  readonly tiers: Readonly<Record<string, TierInput>>;
  /** New subscriptions by id. */
  readonly subscriptions: Readonly<Record<string, SubscriptionInput>>;
  /** New domain names, by name. */
  readonly domainNames: Readonly<Record<string, DomainNameInput>>;
  /** Those that were there, and the new ones. */
  readonly imports: Imports;
  /** What could not be adopted, or not in full, and what to do. */
  readonly findings: readonly Finding[];
}

export interface KnownApi {
  /** Unknown where the catalog defines the API, and did not adopt it. */
  readonly restApiId: string | undefined;
  readonly stages: readonly string[];
  /** `undefined` where somebody else manages the API, or not all routes are written out. */
  readonly routes?: readonly string[] | undefined;
}

/** What a catalog has already, because it is only added to. */
export interface KnownCatalog {
  /** APIs by the catalog's ids. */
  readonly apis: ReadonlyMap<string, KnownApi>;
  readonly tiers: readonly string[];
  readonly subscriptions: readonly string[];
  readonly domainNames: readonly string[];
  readonly imports: Imports;
  /** Ids in AWS of keys that subscriptions name by `existingKeyId`. */
  readonly existingKeys: readonly string[];
  /** What of the catalog could not be read. */
  readonly findings: readonly Finding[];
}

export const NOTHING_KNOWN: KnownCatalog = {
  apis: new Map(),
  tiers: [],
  subscriptions: [],
  domainNames: [],
  imports: {},
  existingKeys: [],
  findings: [],
};
