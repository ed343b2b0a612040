import type { Account, AccountApi, AccountKey, AccountPlan } from "../aws/account";
import { stringOf } from "../contract/attributes";
import { type Finding, notice, warning } from "../text/finding";
import { byName } from "../text/order";
import type { ApiInput } from "../vocabulary/api";
import type { ImportedApi, ImportedSubscription, ImportedTier } from "../vocabulary/imports";
import { ownEntry } from "../vocabulary/objects";
import type { SubscriptionInput } from "../vocabulary/subscription-input";
import type { TierInput } from "../vocabulary/tier";
import { nameIdOf, subscriptionIdOf, UniqueIds } from "../vocabulary/unique-ids";
import { adoptApi } from "./adopt-api";
import { type AdoptedDomainNames, adoptDomainNames, withDomains } from "./adopt-domain-names";
import { adoptSubscription } from "./adopt-subscription";
import { adoptTier, tierNameOf } from "./adopt-tier";
import type { Adoption, KnownCatalog } from "./adoption";
import { byAge, chosenKeys, chosenPlans } from "./chosen-resources";
import { problemsOf, refuseMissing } from "./problems";
import type { Selection } from "./selection";

/**
 * What of an account is chosen, as entries of a catalog that has these already: only what is new comes out.
 *
 * Ids come from names, and of those that share a name the oldest has it alone; so they are the same whenever the same
 * account is read.
 *
 * @throws Error for an API or a plan that was asked for and is not there
 */
export function adoptAccount(account: Account, selection: Selection, known: KnownCatalog): Adoption {
  refuseMissing(account, selection);
  const adoption = new Adopter(account, selection, known).adopt();
  // What was there is not for us to judge, and without it the rest is not a catalog.
  const isNew = known.apis.size + known.tiers.length + known.subscriptions.length === 0;
  return isNew ? { ...adoption, findings: [...adoption.findings, ...problemsOf(adoption)] } : adoption;
}

class Adopter {
  private readonly findings: Finding[] = [];
  private readonly apis: Record<string, ApiInput> = {};
  private readonly stages: Record<string, readonly string[]> = {};
  private readonly tiers: Record<string, TierInput> = {};
  private readonly subscriptions: Record<string, SubscriptionInput> = {};
  private readonly importedApis: Record<string, ImportedApi> = {};
  private readonly importedTiers: Record<string, ImportedTier> = {};
  private readonly importedSubscriptions: Record<string, ImportedSubscription> = {};
  /** Routes of the APIs that the catalog defines, as far as they are known, by the catalog's ids. */
  private readonly routes = new Map<string, ReadonlySet<string>>();
  /** Ids of the catalog by those of AWS. */
  private readonly apiIds = new Map<string, string>();
  private readonly tierIds = new Map<string, string>();

  constructor(
    private readonly account: Account,
    private readonly selection: Selection,
    private readonly known: KnownCatalog,
  ) {}

  adopt(): Adoption {
    const { imports } = this.known;
    const keys = chosenKeys(this.account, this.selection);
    const plans = chosenPlans(this.account, this.selection, keys);
    this.adoptApis(plans);
    const names = this.adoptNames();
    this.adoptPlans(plans);
    this.adoptKeys(keys, plans);
    return {
      apis: this.apis,
      stages: this.stages,
      tiers: this.tiers,
      subscriptions: this.subscriptions,
      domainNames: names.domainNames,
      imports: {
        apis: { ...imports.apis, ...this.importedApis },
        tiers: { ...imports.tiers, ...this.importedTiers },
        subscriptions: { ...imports.subscriptions, ...this.importedSubscriptions },
        domainNames: { ...imports.domainNames, ...names.imported },
      },
      findings: [...this.known.findings, ...this.findings],
    };
  }

  private adoptApis(plans: readonly AccountPlan[]): void {
    const covered = new Set(plans.flatMap(({ stages }) => stages.map(({ apiId }) => apiId)));
    const ids = new UniqueIds(this.known.apis.keys());
    const byRestApi = new Map([...this.known.apis].map(([id, { restApiId }]) => [restApiId, id]));
    for (const api of byAge(this.account.apis).filter(({ id, definition }) => definition || covered.has(id))) {
      const wanted = nameIdOf("api", api.name, api.id);
      const own = this.known.apis.get(wanted);
      const id = byRestApi.get(api.id) ?? (own && own.restApiId === undefined ? wanted : undefined);
      if (id === undefined) this.addApi(ids.give(wanted), api);
      else this.addStages(id, api);
      if (id !== undefined && api.definition && !this.known.imports.apis?.[id]) {
        const message = `is in the catalog as "${id}" already, so its definition is left where it is; drop that entry to adopt it whole`;
        this.findings.push(notice(`API "${api.name}" (${api.id})`, message));
      }
    }
  }

  private addApi(id: string, api: AccountApi): void {
    this.apiIds.set(api.id, id);
    const own = api.definition && adoptApi(id, api.definition);
    this.findings.push(...(own?.findings ?? []));
    if (own?.adopted) {
      this.apis[id] = own.adopted.api;
      this.importedApis[id] = own.adopted.imported;
      this.routes.set(id, new Set(Object.keys(own.adopted.api.routes ?? {})));
      return;
    }
    this.apis[id] = {
      restApiId: api.id,
      stages: Object.fromEntries([...api.stages].sort(byName).map((stage) => [stage, {}])),
    };
  }

  private addStages(id: string, api: AccountApi): void {
    this.apiIds.set(api.id, id);
    const { stages: there = [], routes } = this.known.apis.get(id) ?? {};
    if (routes) this.routes.set(id, new Set(routes));
    const added = api.stages.filter((stage) => !there.includes(stage)).sort(byName);
    if (added.length === 0) return;
    if (this.known.imports.apis?.[id] === undefined && this.known.apis.get(id)?.restApiId !== undefined) {
      this.stages[id] = added;
      return;
    }
    const message = `has the stages ${added.join(", ")} beside those of api "${id}", which the catalog defines; they are left alone`;
    this.findings.push(notice(`API "${api.name}" (${api.id})`, message));
  }

  private adoptNames(): Pick<AdoptedDomainNames, "domainNames" | "imported"> {
    const known = new Set(this.known.domainNames);
    const names = (this.account.domainNames ?? []).filter(
      ({ attributes }) => !known.has(stringOf(attributes.domain_name)),
    );
    const adopted = adoptDomainNames(names, (restApiId, stage) => {
      const api = this.apiIds.get(restApiId);
      return api !== undefined && ownEntry(this.importedApis[api]?.stages ?? {}, stage) ? api : undefined;
    });
    for (const [id, api] of Object.entries(this.apis)) this.apis[id] = withDomains(id, api, adopted.ofStages);
    this.findings.push(...adopted.findings);
    return adopted;
  }

  private adoptPlans(plans: readonly AccountPlan[]): void {
    const imported = Object.entries(this.known.imports.tiers ?? {});
    const known = new Map(imported.map(([id, { usagePlanId }]) => [usagePlanId, id]));
    const free = new Set(this.known.tiers.filter((id) => !this.known.imports.tiers?.[id]));
    const ids = new UniqueIds([...this.known.tiers, ...imported.map(([id]) => id)]);
    for (const plan of plans) {
      const wanted = nameIdOf("tier", tierNameOf(plan), plan.id);
      const place = `usage plan "${plan.name}" (${plan.id})`;
      const there = known.get(plan.id);
      if (there !== undefined) {
        this.tierIds.set(plan.id, there);
        if (!this.known.tiers.includes(there)) this.noteTakenOut(place, "tier", there);
      } else if (free.has(wanted)) {
        this.tierIds.set(plan.id, wanted);
        this.noteNotImported(place, "tier", wanted);
      } else {
        const id = ids.give(wanted);
        this.tierIds.set(plan.id, id);
        const { tier, imported, findings } = adoptTier(id, plan, this.apiIds, this.routes);
        this.tiers[id] = tier;
        this.importedTiers[id] = imported;
        this.findings.push(...findings);
      }
    }
  }

  private adoptKeys(keys: readonly AccountKey[], plans: readonly AccountPlan[]): void {
    const chosen = new Map(plans.map((plan) => [plan.id, plan]));
    const imported = this.known.imports.subscriptions ?? {};
    const there = new Set(this.known.subscriptions);
    const ids = new UniqueIds([...there, ...Object.keys(imported)]);
    const existing = new Set(this.known.existingKeys);
    for (const key of keys.filter(({ id }) => !existing.has(id))) {
      const wanted = subscriptionIdOf(key.name, key.id);
      const place = `key "${key.name}" (${key.id})`;
      const all = this.account.plansOfKeys.get(key.id) ?? [];
      if (all.length === 0) {
        this.findings.push(
          warning(place, "is in no usage plan, so it opens nothing and is left alone; put it in a plan, or delete it"),
        );
        continue;
      }
      if (there.has(wanted) && !imported[wanted]) {
        this.noteNotImported(place, "subscription", wanted);
        continue;
      }
      this.addSubscription(ids.give(wanted), key, this.plansOfKey(place, all, chosen));
    }
  }

  /** The plans of a key that are adopted, the one that it is sold by first. */
  private plansOfKey(place: string, all: readonly string[], chosen: ReadonlyMap<string, AccountPlan>): AccountPlan[] {
    const others = all.filter((id) => !chosen.has(id));
    if (others.length > 0)
      this.findings.push(
        notice(place, `is also in the plans ${others.join(", ")}, which were not chosen; there it stays as it is`),
      );
    const sorted = all
      .flatMap((id) => chosen.get(id) ?? [])
      .sort((a, b) => byName(this.tierIds.get(a.id) ?? "", this.tierIds.get(b.id) ?? ""));
    const taken = new Set<string>();
    return sorted.filter((plan) => {
      const stages = plan.stages.map(({ apiId, stage }) => `${apiId}/${stage}`);
      const twice = stages.filter((stage) => taken.has(stage));
      for (const stage of stages) taken.add(stage);
      if (twice.length === 0) return true;
      this.findings.push(
        warning(
          place,
          `is in plan "${plan.name}" for the stage ${twice[0]}, which another of its plans covers already, and AWS takes one; ` +
            "its place in this plan is left alone: take it out of one of the plans",
        ),
      );
      return false;
    });
  }

  private addSubscription(id: string, key: AccountKey, plans: readonly AccountPlan[]): void {
    const [first, ...others] = plans;
    if (!first) return;
    const ofKey = (plan: AccountPlan) => ({ tier: this.tierIds.get(plan.id) ?? plan.id, usagePlanId: plan.id });
    const adopted = adoptSubscription(id, key, ofKey(first), others.map(ofKey));
    this.subscriptions[id] = adopted.subscription;
    this.importedSubscriptions[id] = adopted.imported;
    this.findings.push(...adopted.findings);
  }

  private noteTakenOut(place: string, kind: string, id: string): void {
    this.findings.push(
      notice(
        place,
        `is imported as ${kind} "${id}", which the catalog does not have, so it was taken out; to have it again, drop its import and adopt again`,
      ),
    );
  }

  private noteNotImported(place: string, kind: string, id: string): void {
    this.findings.push(
      notice(
        place,
        `is taken for the ${kind} "${id}" that the catalog has already, without an import; rename one if it is another`,
      ),
    );
  }
}
