import type { ExistingApiInput, OwnApiInput } from "../vocabulary/api";
import { CatalogError } from "../vocabulary/catalog-error";
import type { CohortInput } from "../vocabulary/cohort";
import type { GatewayResponseInput, GatewayResponseType } from "../vocabulary/gateway-response";
import type { KeyStoreInput } from "../vocabulary/key-store";
import type { RouteInput, RouteKey } from "../vocabulary/route";
import type { StageInput } from "../vocabulary/stage";
import type { SubscriptionInput } from "../vocabulary/subscription";
import type { TierInput } from "../vocabulary/tier";
import type { Catalog } from "./catalog";
import { checkCatalog } from "./checks";
import { joinCatalog } from "./join-catalog";
import type { SubscriptionFile } from "./subscription-file";

/** Refuses fields that `Allowed` does not have, at the place where they are written. */
type NothingElse<Written, Allowed> = {
  readonly [F in Exclude<keyof Written, keyof Allowed>]: "there is no such field";
};

/** What an API may say, given what was written: routes with a known method, no unknown field. */
type CheckedApi<A> = A extends { readonly restApiId: unknown }
  ? ExistingApiInput & NothingElse<A, ExistingApiInput>
  : Omit<OwnApiInput, "gatewayResponses" | "routes" | "stages"> &
      NothingElse<A, OwnApiInput> & {
        readonly stages: A extends { readonly stages: infer Stages }
          ? { readonly [S in keyof Stages]: StageInput }
          : OwnApiInput["stages"];
        readonly gatewayResponses?: A extends { readonly gatewayResponses: infer Responses }
          ? {
              readonly [T in keyof Responses]: T extends GatewayResponseType
                ? GatewayResponseInput
                : "no type of gateway response";
            }
          : OwnApiInput["gatewayResponses"];
        readonly routes?: A extends { readonly routes: infer Routes }
          ? { readonly [R in keyof Routes]: R extends RouteKey ? RouteInput : 'write a route as "METHOD /path"' }
          : OwnApiInput["routes"];
      };

/** The APIs of a catalog. They are checked against themselves, so that a mistake is shown where it stands. */
export type CheckedApis<Apis> = { readonly [A in keyof Apis]: CheckedApi<Apis[A]> };

/** A catalog as it is written. */
export interface CatalogInput<Apis, TierId extends string, CohortId extends string> {
  /** The APIs that are sold, by id. */
  readonly apis: Apis;
  /** The tiers that are sold, by id. */
  readonly tiers: Readonly<Record<TierId, TierInput<Apis>>>;
  /**
   * Groups of customers whose keys stand in a state of their own.
   * @default - none
   */
  readonly cohorts?: Readonly<Record<CohortId, CohortInput>>;
  /**
   * The customers, by subscription id.
   * @default - none but those of `subscriptionFiles`
   */
  readonly subscriptions?: Readonly<Record<string, SubscriptionInput<NoInfer<TierId>, NoInfer<CohortId>>>>;
  /**
   * Data files with customers, read with `subscriptionsFromFile`.
   * @default - none
   */
  readonly subscriptionFiles?: readonly SubscriptionFile[];
  /**
   * Where keys are handed over, written so that the state holds no second copy; needs Terraform 1.11 or OpenTofu 1.11.
   * @default - only those of subscriptions that say `handOver`
   */
  readonly keyStore?: KeyStoreInput;
}

/**
 * Checks a catalog and joins its parts.
 *
 * A tier, API, stage, route or cohort that does not exist is a compile error where it is written. At run time the same
 * is checked again, with everything that AWS would refuse, since a catalog may come from data.
 *
 * @throws CatalogError with all errors at once
 */
export function defineCatalog<
  const Apis extends CheckedApis<Apis>,
  TierId extends string,
  CohortId extends string = never,
>(written: CatalogInput<Apis, TierId, CohortId>): Catalog {
  const { catalog, findings, subscriptionPlaces } = joinCatalog(written);
  const all = [...findings, ...checkCatalog(catalog, subscriptionPlaces)];
  const errors = all.filter((finding) => finding.severity === "error");
  if (errors.length > 0) throw new CatalogError(errors);
  return { ...catalog, findings: all };
}
