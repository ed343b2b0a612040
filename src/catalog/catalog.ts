import type { Finding } from "../text/finding";
import type { Api, ExistingApi, OwnApi } from "../vocabulary/api";
import type { Cohort } from "../vocabulary/cohort";
import type { KeyStore } from "../vocabulary/key-store";
import type { Subscription } from "../vocabulary/subscription";
import type { Tier } from "../vocabulary/tier";

/**
 * A catalog that was checked and joined: every name in it exists, every default is filled in, and every list is sorted,
 * so that equal catalogs are equal whatever the order in which they were written. Made by `defineCatalog`.
 */
export interface Catalog {
  readonly apis: readonly Api[];
  readonly tiers: readonly Tier[];
  readonly cohorts: readonly Cohort[];
  readonly subscriptions: readonly Subscription[];
  readonly keyStore: KeyStore;
  /** Warnings and notices; errors are thrown by `defineCatalog`. */
  readonly findings: readonly Finding[];
}

export const isOwnApi = (api: Api): api is OwnApi => api.kind === "own";
export const isExistingApi = (api: Api): api is ExistingApi => api.kind === "existing";
