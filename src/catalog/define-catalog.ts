import { isError } from "../text/finding";
import { CatalogError } from "../vocabulary/catalog-error";
import type { Catalog } from "./catalog";
import type { CatalogInput } from "./catalog-input";
import { checkCatalog } from "./checks";
import type { SubscriptionFile } from "./file-entry";
import { joinCatalog } from "./join-catalog";

/** The names in a catalog; what data files hold is known at run time only. */
export interface NamesIn<Stages, Tiers, Cohorts, Subscriptions, Files extends readonly SubscriptionFile[]> {
  readonly stages: { readonly [A in keyof Stages & string]: keyof Stages[A] & string };
  readonly tiers: keyof Tiers & string;
  readonly cohorts: keyof Cohorts & string;
  readonly subscriptions: [SubscriptionFile] extends [Files[number]] ? string : keyof Subscriptions & string;
}

/**
 * Checks a catalog and joins its parts.
 *
 * A tier, API, stage, route, authorizer or cohort that does not exist is a compile error where it is written, and so is a field that
 * is misspelt. At run time the same is checked again, with everything that AWS would refuse, since a catalog may come from
 * data.
 *
 * @throws CatalogError with all errors at once
 */
export function defineCatalog<
  Stages,
  Routes,
  Tiers,
  Cohorts = Readonly<Record<never, unknown>>,
  Subscriptions = Readonly<Record<never, unknown>>,
  Files extends readonly SubscriptionFile[] = readonly [],
  Authorizers = Readonly<Record<never, unknown>>,
>(
  written: CatalogInput<Stages, Routes, Tiers, Cohorts, Subscriptions, Files, Authorizers>,
): Catalog<NamesIn<Stages, Tiers, Cohorts, Subscriptions, Files>> {
  const { catalog, findings, subscriptionPlaces } = joinCatalog(written);
  const all = [...findings, ...checkCatalog(catalog, subscriptionPlaces)];
  const errors = all.filter(isError);
  if (errors.length > 0) throw new CatalogError(errors);
  return { ...catalog, findings: all } as Catalog<NamesIn<Stages, Tiers, Cohorts, Subscriptions, Files>>;
}
