import type { LocalGateway } from "../gateway/local-gateway";
import type { Trace } from "../gateway/trace";
import { type DayNumber, dateOf, dayOf } from "../limiter/day-number";
import { LONGEST_REPORT, type UsageReport } from "../limiter/usage-report";
import type { GatewayModel, KeyModel, UsagePlanModel } from "../model/model";
import type { Credit } from "../usage/invoice/invoice";
import type { InvoiceSources } from "../usage/invoice/invoices";
import { priceId, UNKNOWN_PRICE } from "../usage/price-records";
import type { RouteDay } from "../usage/route-day";
import type { UsageDay } from "../usage/usage-day";
import type { Price } from "../vocabulary/price";

/** What a gateway's customers used, and on which tier they were: what the usage store holds of a deployed API, at once. */
export class UsageLedger {
  private readonly lines = new Map<string, UsageDay>();
  private readonly routes = new Map<string, { readonly row: Omit<RouteDay, "requests">; requests: number }>();
  private readonly prices = new Map<string, Price>();
  private readonly credits: Credit[] = [];
  private since: DayNumber = Number.NaN;

  /** @param at milliseconds since the epoch */
  begin(at: number): void {
    this.since = dayOf(at);
  }

  credit(credit: Credit): void {
    this.credits.push(credit);
  }

  /** Counts an answer, as a stage's access log has it. */
  answered({ at, key, plan, route, status, request }: Trace, model: GatewayModel): void {
    if (key === undefined || plan === undefined || route === undefined) return;
    const api = model.apis.find(({ slug }) => slug === request.api);
    const row = {
      day: dateOf(dayOf(at)),
      key,
      plan,
      api: api?.api ?? request.api,
      isNamed: api?.api !== undefined,
      stage: request.stage,
      route,
      status,
    };
    const id = JSON.stringify(row);
    const counted = this.routes.get(id) ?? { row, requests: 0 };
    counted.requests++;
    this.routes.set(id, counted);
  }

  /**
   * Takes down who is on which tier, from the day on which it was taken down last to the one at which the clock stands.
   *
   * @throws Error where the gateway may have forgotten days since then
   */
  note(local: LocalGateway, at: number): void {
    const today = dayOf(at);
    if (today - this.since >= LONGEST_REPORT)
      throw new Error(
        `more than ${LONGEST_REPORT} days have passed since ${dateOf(this.since)}, and use is remembered for that long, as on AWS; ` +
          "take invoices() of a month before the clock goes on",
      );
    for (const plan of local.model.plans) {
      const report = local.usage(plan.id, dateOf(this.since), dateOf(today));
      for (const key of plan.keys) this.noteKey(plan, key, report, today, new Date(at).toISOString());
    }
    this.since = today;
  }

  sources(): InvoiceSources {
    return {
      usage: [...this.lines.values()].map((line) => ({ ...line, final: line.day < dateOf(this.since) })),
      routes: [...this.routes.values()].map(({ row, requests }) => ({ ...row, requests })),
      prices: this.prices,
      credits: this.credits,
    };
  }

  private noteKey(
    plan: UsagePlanModel,
    key: KeyModel,
    report: UsageReport | undefined,
    today: DayNumber,
    read: string,
  ): void {
    const uses = report?.values[key.id];
    const price = this.priceOf(plan);
    for (let day = this.since; day <= today; day++) {
      const line: UsageDay = {
        day: dateOf(day),
        plan: plan.id,
        key: key.id,
        subscription: key.subscription ?? null,
        customer: key.description || null,
        tier: plan.tier ?? null,
        enabled: key.enabled,
        price,
        membership: "observed",
        membershipRead: read,
        used: uses?.[day - this.since]?.[0] ?? 0,
        remaining: uses?.[day - this.since]?.[1] ?? null,
        reported: true,
        read,
        final: false,
        finalSince: null,
        correctedFrom: null,
      };
      this.lines.set(`${line.day}/${line.plan}/${line.key}`, line);
    }
  }

  private priceOf({ price }: UsagePlanModel): string | null {
    if (price === undefined) return null;
    if (price === "unknown") return UNKNOWN_PRICE;
    const id = priceId(price);
    this.prices.set(id, price);
    return id;
  }
}
