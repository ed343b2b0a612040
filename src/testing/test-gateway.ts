import type { Catalog, CatalogNames } from "../catalog/catalog";
import type { Difference } from "../gateway/differences";
import { Integrations, type IntegrationsOptions } from "../gateway/integrations";
import { LocalGateway } from "../gateway/local-gateway";
import type { Trace } from "../gateway/trace";
import type { LimiterOptions } from "../limiter/limiter";
import type { UsageReport } from "../limiter/usage-report";
import type { GatewayModel, KeyModel } from "../model/model";
import { findNamed } from "../model/names";
import { readGateway } from "../model/read-gateway";
import type { TierStacksProps } from "../terraform/stacks/tier-stacks";
import type { Credit, Invoice } from "../usage/invoice/invoice";
import { invoicesOf, type MonthOfInvoices } from "../usage/invoice/invoices";
import { PretendedIntegrations } from "./pretended-integrations";
import { synthesizedModel } from "./synthesized-model";
import { TestClient } from "./test-client";
import { TestClock } from "./test-clock";
import { UsageLedger } from "./usage-ledger";

export interface TestGatewayOptions {
  /**
   * The instant at which the clock begins.
   * @default "2026-01-01T00:00:00Z"
   */
  readonly start?: string | Date;
  /**
   * Whether functions, backends and authorizers are really called. Otherwise what the limits let through is answered with
   * 200 and `{}`, and customers are who they say they are.
   *
   * @default false
   */
  readonly integrations?: boolean | IntegrationsOptions;
  /**
   * What AWS leaves open about limits, and the limits of the account.
   * @default - see `LimitChoices`
   */
  readonly limits?: LimiterOptions;
  /**
   * Whether what is not as on AWS is an error, so that no test passes by it.
   * @default false
   */
  readonly strict?: boolean;
}

/**
 * What a catalog comes to, running in this process: with a clock of its own, without a socket.
 *
 * It serves the synthesized stacks, so a test finds what would be deployed. AWS enforces limits on a best-effort basis;
 * here they are exact.
 */
export class TestGateway<Names extends CatalogNames = CatalogNames> {
  readonly clock: TestClock;
  private readonly isStrict: boolean;
  private readonly cleanings: (() => void)[];

  private constructor(
    private readonly local: LocalGateway,
    private readonly ledger: UsageLedger,
    { start = "2026-01-01T00:00:00Z", strict = false }: TestGatewayOptions,
    clean: () => void,
  ) {
    this.isStrict = strict;
    this.cleanings = [clean];
    this.clock = new TestClock(start);
    ledger.begin(this.clock.now);
  }

  /** Synthesizes a catalog and serves it. */
  static of<Names extends CatalogNames>(
    catalog: Catalog<Names>,
    options: TestGatewayOptions & { readonly stacks?: TierStacksProps } = {},
  ): TestGateway<Names> {
    const { model, clean } = synthesizedModel(catalog, options.stacks);
    try {
      return TestGateway.serve(model, options, clean);
    } catch (error) {
      clean();
      throw error;
    }
  }

  /**
   * Serves what was synthesized before, or what Terraform shows.
   *
   * @param path cdktf's output folder, or a file that `terraform show -json` printed of a plan or a state
   * @throws Error with `strict`, for what is not as on AWS
   */
  static from(path: string, options: TestGatewayOptions = {}): TestGateway {
    return TestGateway.serve(readGateway(path), options, () => {});
  }

  private static serve<Names extends CatalogNames>(
    model: GatewayModel,
    options: TestGatewayOptions,
    clean: () => void,
  ): TestGateway<Names> {
    const { integrations = false, limits = {} } = options;
    const behind = integrations
      ? new Integrations(integrations === true ? {} : integrations)
      : new PretendedIntegrations();
    let requests = 0;
    const newIds = () => {
      const id = String(++requests).padStart(12, "0");
      return { requestId: `00000000-0000-4000-8000-${id}`, extendedRequestId: `test${id.slice(1)}=` };
    };
    const ledger = new UsageLedger();
    const onAnswer = (trace: Trace) => ledger.answered(trace, local.model);
    const local = new LocalGateway(model, { behind, limits, newIds, seed: "test", onAnswer });
    if (options.strict) refuseDifferences(local.gateway.differences);
    return new TestGateway(local, ledger, options, clean);
  }

  /** What is not as on AWS, and what it concerns. */
  get differences(): readonly Difference[] {
    return this.local.gateway.differences;
  }

  /** What was synthesized. */
  get model(): GatewayModel {
    return this.local.model;
  }

  /**
   * A customer, who sends their own key.
   *
   * @param id the subscription's id; of a key that this project did not create, its name or address
   * @throws Error for what none has or several have, with those that could be meant
   */
  customer(id: Names["subscriptions"]): TestClient<Names> {
    return this.client(this.key(id));
  }

  /** A client without a key. */
  get anyone(): TestClient<Names> {
    return this.client(undefined);
  }

  /**
   * What the keys of a plan have used, in the shape of GetUsage.
   *
   * @param plan the tier's id; of a plan that this project did not create, its name or address
   * @param startDate the first day, in UTC: `2026-01-31`
   * @throws Error for a plan that is not there, or that several could be, RangeError for days that are none or more than 90
   */
  usage(plan: Names["tiers"], startDate: string, endDate: string): UsageReport {
    const { id } = findNamed(plan, this.model.plans, "usage plan", (each) => each.tier);
    const report = this.local.usage(id, startDate, endDate);
    if (!report) throw new Error(`usage plan "${id}" is not served any more`);
    return report;
  }

  /**
   * Sets what a key of a subscription may still use in the running period of a tier's quota, as UpdateUsage does.
   *
   * @param subscription its id; of one of several keys with its name: `acme/ci`
   * @throws Error for what is not there
   * @throws RangeError for a tier without a quota, and for what is not a number of requests
   */
  setRemaining(plan: Names["tiers"], subscription: string, remaining: number): void {
    const found = findNamed(plan, this.model.plans, "usage plan", (each) => each.tier);
    this.local.setRemaining(found, this.key(subscription), remaining, this.clock.now);
  }

  /**
   * Serves another catalog from this instant on, as after `cdktf deploy '*'`: what was used stays counted. A customer who was
   * asked for before sends their calls there too.
   *
   * @throws Error with `strict`, for what is not as on AWS
   */
  deploy(catalog: Catalog<Names>, stacks?: TierStacksProps): void {
    const { model, clean } = synthesizedModel(catalog, stacks);
    this.cleanings.push(clean);
    this.ledger.note(this.local, this.clock.now);
    this.local.replace(model);
    if (this.isStrict) refuseDifferences(this.differences);
  }

  /**
   * The invoice of a subscription, by the prices and tiers of each day until now.
   *
   * @param subscription id of the subscription
   * @param month `2026-11`, in UTC; while it is not over, the invoice is not final
   * @throws RangeError for what is not a month
   * @throws Error where the subscription is charged nothing, or in several currencies
   */
  invoice(subscription: Names["subscriptions"], month: string): Invoice {
    const all = this.invoices(month).invoices.filter((each) => each.subscription === subscription);
    const [invoice, ...others] = all;
    if (!invoice)
      throw new Error(
        `subscription "${subscription}" is charged nothing in ${month}: no tier on which it was has a price`,
      );
    if (others.length > 0)
      throw new Error(
        `subscription "${subscription}" has invoices in ${all.map(({ currency }) => currency).join(" and ")}; take them from invoices("${month}")`,
      );
    return invoice;
  }

  /**
   * The invoices of all subscriptions, and what is on none.
   *
   * @param month `2026-11`, in UTC
   * @throws RangeError for what is not a month
   */
  invoices(month: string): MonthOfInvoices {
    this.ledger.note(this.local, this.clock.now);
    return invoicesOf(month, this.ledger.sources());
  }

  /** Gives something back: a line below 0 on the invoice of a month. */
  credit(credit: Omit<Credit, "subscription"> & { readonly subscription: Names["subscriptions"] }): void {
    this.ledger.credit(credit);
  }

  /** Ends the processes of functions and removes what was synthesized. */
  async close(): Promise<void> {
    await this.local.close();
    for (const clean of this.cleanings) clean();
  }

  private client(key: KeyModel | undefined): TestClient<Names> {
    return new TestClient(
      () => this.local.gateway,
      () => this.model,
      this.clock,
      key && this.local.keyValue(key),
    );
  }

  private key(id: string): KeyModel {
    return findNamed(id, this.model.keys, "subscription", (key) => key.subscription);
  }
}

function refuseDifferences(differences: readonly Difference[]): void {
  if (differences.length === 0) return;
  const lines = [...new Set(differences.map(({ message }) => `  - ${message}`))];
  throw new Error(`not as on AWS, which strict does not accept:\n${lines.join("\n")}`);
}
