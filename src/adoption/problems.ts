import type { Account } from "../aws/account";
import { defineCatalog } from "../catalog/define-catalog";
import type { Finding } from "../text/finding";
import { CatalogError } from "../vocabulary/catalog-error";
import type { Adoption } from "./adoption";
import { missingNames, type Selection } from "./selection";

/** @throws Error for an API or a plan that was asked for and is not there */
export function refuseMissing(account: Account, selection: Selection): void {
  const missing = [
    ...missingNames(selection.apis, account.apis).map(
      (name) => `API "${name}"${selection.definitions ? "" : " that a usage plan covers"}`,
    ),
    ...missingNames(selection.plans, account.plans).map((name) => `usage plan "${name}"`),
  ];
  if (missing.length > 0)
    throw new Error(
      `there is no ${missing.join(", no ")} in this account and Region; look at the name, or at --region`,
    );
}

/** What the catalog would refuse of this, so that it is reported now and not only when it is synthesized. */
export function problemsOf({ apis, tiers, subscriptions, domainNames }: Adoption): readonly Finding[] {
  try {
    defineCatalog({ apis, tiers, subscriptions, domainNames } as never);
    return [];
  } catch (error) {
    if (error instanceof CatalogError) return error.findings;
    throw error;
  }
}
