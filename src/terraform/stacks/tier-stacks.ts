import type { App } from "cdktf";
import { type ApiId, type Catalog, type CatalogNames, isExistingApi, isOwnApi } from "../../catalog/catalog";
import { outputNames } from "../../contract/output-names";
import { stackNames } from "../../contract/stack-names";
import { error, type Finding } from "../../text/finding";
import { show } from "../../text/show";
import { CatalogError } from "../../vocabulary/catalog-error";
import type { Imports } from "../../vocabulary/imports";
import type { ApiDefinition } from "../constructs/api-definition";
import { ApiGatewayAccountLogging } from "../constructs/api-gateway-account-logging";
import type { ApiRelease } from "../constructs/api-release";
import type { DomainNames } from "../constructs/domain-names";
import { HandlerFolder } from "../constructs/handler-folder";
import { IdentityOutput } from "../constructs/identity-output";
import type { ImportedResource } from "../constructs/import-blocks";
import { KeyHandover } from "../constructs/key-handover";
import type { SelfServiceFunction } from "../constructs/self-service-function";
import { SubscriptionKeys } from "../constructs/subscription-keys";
import { TierPlans } from "../constructs/tier-plans";
import { type AddStack, ApiStacks } from "./api-stacks";
import { addDomainNames, formerAddresses } from "./domain-stack";
import { forgottenImports } from "./forgotten-imports";
import { importedKeys, importedPlanIds, importedPlans } from "./imported-access";
import { namesInOtherStates } from "./names-in-other-states";
import { addSelfService } from "./self-service-stack";
import { sharedNames } from "./shared-names";
import { stateConflicts } from "./state-conflicts";
import { TierStack, type TierStackProps } from "./tier-stack";
import { usedHandlers } from "./used-handlers";

export interface TierStacksProps extends TierStackProps {
  /**
   * Folder with the handlers, one function a file, relative to the folder in which the program runs.
   * @default "handlers"
   */
  readonly handlersFolder?: string;
  /**
   * Whether a stack `account` gives API Gateway the role by which it writes logs, which `accessLog` and `logLevel` of a
   * stage need. There is one for each account and Region: leave it out where something else sets it, and have it in one
   * catalog only. To take it away, say `"retired"` and deploy before leaving it out.
   *
   * @default - something else sets it, or nothing is logged
   */
  readonly accountLogging?: true | "retired";
  /**
   * What of the catalog is in the account already, read with `importsFromFile`: it is imported instead of created again.
   * `{}` for nothing, which a file of imports beside the program needs: left out, it is taken for forgotten.
   * @default - nothing: all of it is made
   */
  readonly imports?: Imports;
}

/**
 * All stacks of a catalog: for each API its definition and a release for each stage, then `access` with the plans and
 * keys, one stack for each cohort, and `domains` with the domain names; before them `account`, where it is asked for. Each has
 * a state of its own, for each changes at its own pace.
 *
 * What is retired keeps its stack, empty, and in the order in which AWS lets go: cohorts before `access`, `access` before
 * the stages, the stages before their definition.
 *
 * @typeParam Names the names in the catalog, so that one that it does not have does not compile
 */
export class TierStacks<Names extends CatalogNames = CatalogNames> {
  /** Stacks by name, in the order in which they are deployed. */
  readonly stacks: ReadonlyMap<string, TierStack>;
  readonly plans: TierPlans;
  /** Only with `domainNames`. */
  readonly domains: DomainNames | undefined;
  /** Only with `selfService`. */
  readonly selfService: SelfServiceFunction | undefined;
  private readonly apis: ApiStacks;
  /** The keys of `access`, then those of each cohort. */
  private readonly keyGroups: SubscriptionKeys[] = [];
  /** What of the catalog is in the account already. */
  readonly imports: Imports;

  /**
   * @param app whose stacks these are; it can hold several, each with an environment, or a Region in it, of its own
   * @throws CatalogError for a catalog that is none, for handlers that do not exist or do not compile, for a Region, an
   *   account or a role that AWS would not know, for local states of another Region or account, for those that have
   *   to be moved first, and for a file of imports that is beside the program and not used
   */
  constructor(
    private readonly app: App,
    readonly catalog: Catalog<Names>,
    private readonly props: TierStacksProps = {},
  ) {
    // JavaScript, and TypeScript whose types nobody has checked, come this far with a misspelled export.
    if (catalog === undefined || !Array.isArray(catalog.apis))
      throw new CatalogError([
        error(
          "catalog",
          `must be what defineCatalog returns, got ${show(catalog)}; export it from its file: export const catalog = defineCatalog({ … })`,
        ),
      ]);
    this.imports = props.imports ?? {};
    const ownApis = catalog.apis.filter(isOwnApi);
    const handlers = new HandlerFolder(props.handlersFolder);
    // First, so that all their problems are reported at once.
    const unusable = [
      ...this.accountClashes(),
      ...handlers.problemsOf(usedHandlers(ownApis)),
      ...(props.imports === undefined ? forgottenImports(catalog) : []),
    ];
    if (unusable.length > 0) throw new CatalogError(unusable);
    const account = props.accountLogging === true ? [this.addAccount([])] : [];
    const addStack: AddStack = (name, after) => this.addStack(name, after);
    this.apis = new ApiStacks(addStack, { catalog, handlers, imports: this.imports, account });
    const { definitions, releases } = this.apis;
    const retiredCohorts = catalog.cohorts
      .filter((cohort) => cohort.retired)
      .map((cohort) => this.addRetired(stackNames.cohort(cohort.id), []));

    // A plan covers only a stage that exists, and knows it by name: no reference says so, this order does.
    const access = this.addStack(stackNames.access, [...definitions, ...releases, ...retiredCohorts]);
    const { tiers, negotiatedTiers } = catalog;
    this.plans = new TierPlans(access, "plans", { tiers, negotiatedTiers, restApiIds: this.restApiIds() });
    for (const { id, restApiId } of catalog.apis.filter(isExistingApi))
      IdentityOutput.of(access).addExistingApi(id, restApiId);
    const keys = this.addKeys(access, undefined, this.plans.ids);
    access.import([...importedPlans(catalog.tiers, this.plans, this.imports), ...keys]);
    const liveCohorts = catalog.cohorts.filter((cohort) => !cohort.retired);
    for (const { id } of catalog.tiers)
      access.share(outputNames.usagePlanId(id), this.plans.plan(id), "id", `Usage plan of tier ${id}.`);
    const cohorts = liveCohorts.map((cohort) => {
      const stack = this.addStack(stackNames.cohort(cohort.id), [access]);
      // What is imported is known before the first deploy of `access`, by which a stack finds the others.
      stack.import(
        this.addKeys(stack, cohort.id, { ...this.plans.ids, ...importedPlanIds(catalog.tiers, this.imports) }),
      );
      return stack;
    });

    // A name leads to a stage once the plans cover it, and a stage goes once no name leads to it.
    const domains = catalog.domainNames ? [this.addStack(stackNames.domains, [access])] : [];
    for (const stack of domains) this.domains = addDomainNames(stack, catalog, this.imports, this.restApiIds());
    const retired = ownApis.flatMap((api) => {
      const stages = api.stages
        .filter((stage) => stage.retired)
        .map((stage) => {
          const stack = this.addRetired(stackNames.release(api.id, stage.name), [access, ...domains]);
          stack.forget(formerAddresses(catalog.domainNames ?? [], api.id, stage));
          return stack;
        });
      if (!api.retired) return stages;
      return [...stages, this.addRetired(stackNames.definition(api.id), [access, ...domains, ...stages])];
    });
    const service = addSelfService((...stack) => this.addStack(...stack), catalog, this.plans.ids, access);
    this.selfService = service.selfService;
    const retiredAccount = props.accountLogging === "retired" ? [this.addAccount([...releases, ...retired])] : [];
    this.stacks = new Map(
      [
        ...account,
        ...definitions,
        ...releases,
        ...retiredCohorts,
        access,
        ...cohorts,
        ...domains,
        ...service.stacks,
        ...retired,
        ...retiredAccount,
      ].map((stack) => [stack.node.id, stack]),
    );
    const all = [...this.stacks.values()];
    const problems = [...sharedNames(all), ...stateConflicts(all), ...namesInOtherStates(catalog, all)];
    if (problems.length > 0) throw new CatalogError(problems);
  }

  /** Whether a stack gives API Gateway the role by which it writes logs, as it was given. */
  get accountLogging(): TierStacksProps["accountLogging"] {
    return this.props.accountLogging;
  }

  /** @throws Error for an API that the catalog does not define, or that is retired */
  definition(api: ApiId<Names>): ApiDefinition {
    return this.apis.definition(api);
  }

  /** @throws Error for a stage that is not there, or that is retired */
  release<Api extends ApiId<Names>>(api: Api, stage: Names["stages"][Api]): ApiRelease {
    return this.apis.release(api, stage);
  }

  /** @throws Error for a tier that is not there */
  plan(tier: Names["tiers"]): ReturnType<TierPlans["plan"]> {
    return this.plans.plan(tier);
  }

  /**
   * @param name of the key among several
   * @throws Error for a subscription or a key that is not there
   */
  key(subscription: Names["subscriptions"], name?: string): ReturnType<SubscriptionKeys["key"]> {
    const group = this.keyGroups.find((keys) => keys.has(subscription));
    if (!group) throw new Error(`there is no subscription "${subscription}"`);
    return group.key(subscription, name);
  }

  private addStack(name: string, after: readonly TierStack[], retired = false): TierStack {
    const stack = new TierStack(this.app, name, this.props, retired);
    for (const each of after) stack.addDependency(each);
    return stack;
  }

  /** An empty stack, which makes Terraform destroy what its state still holds. */
  private addRetired(name: string, after: readonly TierStack[]): TierStack {
    return this.addStack(name, after, true);
  }

  private addAccount(after: readonly TierStack[]): TierStack {
    if (this.props.accountLogging === "retired") return this.addRetired(stackNames.account, after);
    const stack = this.addStack(stackNames.account, after);
    new ApiGatewayAccountLogging(stack, "api-gateway-logging");
    return stack;
  }

  private accountClashes(): Finding[] {
    if (this.props.accountLogging === undefined) return [];
    return this.catalog.apis
      .filter((api) => isOwnApi(api) && api.id.toLowerCase() === stackNames.account)
      .map(({ id }) =>
        error(
          `api "${id}"`,
          `would stand in the stack "${stackNames.account}", as does accountLogging; rename the API, or set the account's ` +
            "role elsewhere",
        ),
      );
  }

  /** Gives those that are to be imported. */
  private addKeys(
    stack: TierStack,
    cohort: string | undefined,
    planIds: Readonly<Record<string, string>>,
  ): ImportedResource[] {
    const subscriptions = this.catalog.subscriptions.filter((subscription) => subscription.cohort === cohort);
    const keys = new SubscriptionKeys(stack, "keys", { subscriptions, planIds });
    this.keyGroups.push(keys);
    new KeyHandover(stack, "handed-over-keys", { subscriptions, keys, keyStore: this.catalog.keyStore });
    return importedKeys(subscriptions, keys, this.imports);
  }

  private restApiIds(): Record<string, string> {
    const existing = this.catalog.apis.filter(isExistingApi).map((api) => [api.id, api.restApiId] as const);
    return Object.fromEntries([...existing, ...this.apis.restApiIds]);
  }
}
