import type { Finding } from "../text/finding";
import type { Api, OwnApi } from "../vocabulary/api";
import type { Cohort } from "../vocabulary/cohort";
import type { DomainName } from "../vocabulary/domain-name";
import type { ExistingApi } from "../vocabulary/existing-api";
import type { KeyStore } from "../vocabulary/key-store";
import type { SelfService } from "../vocabulary/self-service";
import type { Subscription } from "../vocabulary/subscription";
import type { NegotiatedTier, Tier } from "../vocabulary/tier";

/** The names in a catalog, as the compiler knows them: `string` where they are known at run time only. */
export interface CatalogNames {
  /** Names of stages, by API. */
  readonly stages: Readonly<Record<string, string>>;
  readonly tiers: string;
  readonly cohorts: string;
  readonly subscriptions: string;
}

/** The ids of a catalog's APIs. */
export type ApiId<Names extends CatalogNames> = keyof Names["stages"] & string;

declare const names: unique symbol;

/**
 * A catalog that was checked and joined: every name in it exists, every default is filled in, and every list is sorted,
 * so that equal catalogs are equal whatever the order in which they were written. Made by `defineCatalog`.
 *
 * @typeParam Names the names in it, so that one that is not there does not compile where it is used
 */
export interface Catalog<Names extends CatalogNames = CatalogNames> {
  readonly apis: readonly Api[];
  readonly tiers: readonly Tier[];
  readonly cohorts: readonly Cohort[];
  readonly subscriptions: readonly Subscription[];
  /** Usage plans of subscriptions that have limits of their own. */
  readonly negotiatedTiers: readonly NegotiatedTier[];
  readonly keyStore: KeyStore;
  /** Sorted by name; `undefined` where the catalog has no such part, and so no stack for them. */
  readonly domainNames: readonly DomainName[] | undefined;
  /** `undefined` where the catalog has no such part, and so no stack for it. */
  readonly selfService: SelfService | undefined;
  /** Warnings and notices; errors are thrown by `defineCatalog`. */
  readonly findings: readonly Finding[];
  /** For the compiler alone; never there. */
  readonly [names]?: Names;
}

export const isOwnApi = (api: Api): api is OwnApi => api.kind === "own";
export const isExistingApi = (api: Api): api is ExistingApi => api.kind === "existing";
