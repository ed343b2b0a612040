import type { UsagePlanModel } from "../model/model";
import { tierOf } from "../replay/answers/fits";
import { identitiesIn, joinedIdentities, type LogIdentities } from "../replay/log-identities";
import { replay } from "../replay/replay";
import type { CandidateReport, CustomerReport, ReplayReport } from "../replay/replay-report";
import { boundText, shareText } from "../replay/report/labels";
import { REFUSED_ANYWAY } from "../replay/resolve";
import type { Traffic } from "../replay/traffic";
import { formatCount } from "../text/limits";
import type { CustomerChange } from "./customers";
import { counted, listed } from "./finding";
import type { Plans } from "./plans";
import type { Replayed } from "./replayed";

/** Calls of access logs, by which a review says what changed limits would have done. */
export interface LoggedCalls {
  readonly traffic: Traffic;
  /**
   * Whose the keys in the logs are, where the plans do not say it.
   * @default - what the plans say
   */
  readonly identities?: LogIdentities;
}

/** What the limits before and after a change refuse of calls that were logged. */
export class ReplayedCalls implements Replayed {
  private readonly report: ReplayReport;

  constructor({ before, after }: Pick<Plans, "before" | "after">, { traffic, identities }: LoggedCalls) {
    const known = [before.gateway, after.gateway].map(identitiesIn);
    this.report = replay({
      traffic,
      candidates: [
        { name: "before", model: before.gateway },
        { name: "after", model: after.gateway },
      ],
      identities: joinedIdentities([...known, ...(identities ? [identities] : [])]),
    });
  }

  /** What a tier's limits after the change would have refused more of its customers' calls. */
  ofTier(plan: UsagePlanModel): string {
    const customers = this.after?.tiers.find(({ tier }) => tier === tierOf(plan))?.customers ?? [];
    if (customers.length === 0) return `none of its customers called ${this.when}`;
    const refused = customers.map((customer) => this.more(customer)).filter(({ more }) => more.high > 0);
    if (refused.length === 0)
      return `${counted(customers.length, "customer", "customers")} called ${this.when}: nobody would have been refused more`;
    const shown = [...refused]
      .sort((a, b) => b.more.high / b.customer.calls - a.more.high / a.customer.calls)
      .map(({ customer, more }) => `${customer.subscription} (${detailsOf(customer, more)})`);
    return `${formatCount(refused.length)} of ${counted(customers.length, "customer", "customers")} would have been refused ${this.when}: ${listed(shown)}`;
  }

  /** What the limits after the change would have refused more of a customer's calls. */
  ofCustomer({ after, name }: CustomerChange): string {
    const id = after?.key.subscription ?? after?.key.id ?? name;
    const customer = this.customersIn(this.after).get(id);
    if (!customer) return `it did not call ${this.when}`;
    const { more } = this.more(customer);
    return more.high === 0
      ? `none of its ${formatCount(customer.calls)} calls ${this.when} would have been refused more`
      : `${boundText(more)} of its calls would have been refused ${this.when} (${detailsOf(customer, more)})`;
  }

  private more(customer: CustomerReport) {
    const then = this.customersIn(this.report.candidates[0]).get(customer.subscription)?.refused ?? { low: 0, high: 0 };
    const { low, high } = customer.refused;
    return { customer, more: { low: Math.max(0, low - then.low), high: Math.max(0, high - then.high) } };
  }

  private get after(): CandidateReport | undefined {
    return this.report.candidates[1];
  }

  private customersIn(candidate: CandidateReport | undefined): ReadonlyMap<string, CustomerReport> {
    const all = (candidate?.tiers ?? []).flatMap(({ customers }) => customers);
    return new Map(all.map((each) => [each.subscription, each]));
  }

  /** Of which time the calls are, and how many of them are nobody's. */
  private get when(): string {
    const { span, left } = this.report;
    if (!span) return "in the logs, which have no call";
    const unknown = left.filter(({ reason }) => !REFUSED_ANYWAY.has(reason)).reduce((sum, { calls }) => sum + calls, 0);
    const nobodys =
      unknown > 0 ? ` (without ${counted(unknown, "call", "calls")} that fit nothing in these plans)` : "";
    return `from ${span.from.slice(0, 10)} to ${span.to.slice(0, 10)}${nobodys}`;
  }
}

const detailsOf = ({ calls, days }: CustomerReport, more: CustomerReport["refused"]): string =>
  `${shareText(more, calls)} of its calls, on ${counted(days, "day", "days")}`;
