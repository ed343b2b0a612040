import type { ApiInput, ExistingApiInput, OwnApiInput } from "./api";
import type { Catalog } from "./catalog";
import { CatalogError } from "./catalog-error";
import { checkCatalog } from "./checks";
import type { CohortInput } from "./cohort";
import { joinCatalog } from "./join-catalog";
import type { RouteInput, RouteKey } from "./route";
import type { StageInput } from "./stage";
import type { SubscriptionInput } from "./subscription";
import type { SubscriptionFile } from "./subscription-file";
import type { TierInput } from "./tier";

/** Refuses fields that `Allowed` does not have, at the place where they are written. */
type NothingElse<Written, Allowed> = { readonly [F in Exclude<keyof Written, keyof Allowed>]: never };

/** What an API may say, given what was written: routes with a known method, no unknown field. */
type Checked<A> = A extends { readonly restApiId: unknown }
  ? ExistingApiInput & NothingElse<A, ExistingApiInput>
  : Omit<OwnApiInput, "routes" | "stages"> &
      NothingElse<A, OwnApiInput> & {
        readonly stages: A extends { readonly stages: infer Stages }
          ? { readonly [S in keyof Stages]: StageInput }
          : never;
        readonly routes?: A extends { readonly routes: infer Routes }
          ? { readonly [R in keyof Routes]: R extends RouteKey ? RouteInput : 'write a route as "METHOD /path"' }
          : OwnApiInput["routes"];
      };

type SubscriptionSource<TierId extends string, CohortId extends string> =
  | Readonly<Record<string, SubscriptionInput<TierId, CohortId>>>
  | SubscriptionFile;

/** A catalog as it is written. */
export interface CatalogInput<
  Apis extends Readonly<Record<string, ApiInput>>,
  TierId extends string,
  CohortId extends string,
> {
  /** The APIs that are sold, by id. */
  readonly apis: Apis & { readonly [A in keyof Apis]: Checked<Apis[A]> };
  /** The tiers that are sold, by id. */
  readonly tiers: Readonly<Record<TierId, TierInput<Apis>>>;
  /**
   * Groups of customers whose keys stand in a state of their own.
   * @default - none
   */
  readonly cohorts?: Readonly<Record<CohortId, CohortInput>>;
  /**
   * The customers, by subscription id: written here, read with `subscriptionsFromFile`, or a list of both.
   * @default - none
   */
  readonly subscriptions?:
    | SubscriptionSource<NoInfer<TierId>, NoInfer<CohortId>>
    | readonly SubscriptionSource<NoInfer<TierId>, NoInfer<CohortId>>[];
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
  const Apis extends Readonly<Record<string, ApiInput>>,
  TierId extends string,
  CohortId extends string = never,
>(written: CatalogInput<Apis, TierId, CohortId>): Catalog {
  const { catalog, findings, subscriptionPlaces } = joinCatalog(written);
  const all = [...findings, ...checkCatalog(catalog, subscriptionPlaces)];
  const errors = all.filter((finding) => finding.severity === "error");
  if (errors.length > 0) throw new CatalogError(errors);
  return { ...catalog, findings: all };
}
