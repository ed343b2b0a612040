import type { GatewayModel, UsagePlanModel } from "../model/model";
import { tierOf, tiersOf } from "../replay/answers/fits";
import type { LogIdentities } from "../replay/log-identities";
import { replay } from "../replay/replay";
import type { CandidateReport, Refused, ReplayReport } from "../replay/replay-report";
import { bySubscription, type CustomerSum } from "../replay/report/compare";
import { boundText, shareText } from "../replay/report/labels";
import type { Traffic } from "../replay/traffic";
import { formatCount } from "../text/limits";
import type { CustomerChange } from "./customers";
import { counted, listed } from "./finding";
import type { Plans } from "./plans";
import { hasUnknownLimits, leftCallsText, replayDoubts } from "./replay-doubts";
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

/** A customer's calls after the change, with what is refused of them more than before. */
interface More {
  readonly calls: CustomerSum;
  readonly more: Refused;
}

const UNKNOWN_LIMITS = "limits after this change are known only after a deploy, and so is what they would have refused";

/** What the limits before and after a change refuse of calls that were logged. */
export class ReplayedCalls implements Replayed {
  private readonly report: ReplayReport;
  private readonly traffic: Traffic;
  private readonly models: readonly GatewayModel[];

  constructor({ before, after }: Pick<Plans, "before" | "after">, { traffic, identities }: LoggedCalls) {
    this.models = [before.gateway, after.gateway];
    this.traffic = traffic;
    this.report = replay({
      traffic,
      candidates: [
        { name: "before", model: before.gateway },
        { name: "after", model: after.gateway },
      ],
      identities: identities ?? { keys: new Map(), apis: new Map() },
    });
  }

  /** What a tier's limits after the change would have refused more of its customers' calls. */
  ofTier(plan: UsagePlanModel): string {
    const doubts = replayDoubts(this.report, this.traffic, [tierOf(plan), plan.id]);
    if (plan.unknownLimits.length > 0) return `its ${UNKNOWN_LIMITS}`;
    const customers = this.moreOnTier(plan);
    const called = counted(customers.length, "customer", "customers");
    if (customers.length === 0) return `none of its customers called ${this.when}${andDoubts(doubts)}`;
    const refused = customers.filter(({ more }) => more.high > 0);
    if (refused.length === 0)
      return `${called} called ${this.when}: nobody would have been refused more${this.ofKnownCalls(doubts)}`;
    const shown = [...refused]
      .sort((a, b) => b.more.high / b.calls.calls - a.more.high / a.calls.calls)
      .map((each) => `${each.subscription} (${detailsOf(each)})`);
    return `${formatCount(refused.length)} of ${called} would have been refused ${this.when}: ${listed(shown)}${andDoubts(doubts)}`;
  }

  /** What the limits after the change would have refused more of a customer's calls. */
  ofCustomer({ after, name }: CustomerChange): string {
    const id = after?.key.subscription ?? after?.key.id ?? name;
    const tiers = tiersWith(this.after, id);
    const doubts = replayDoubts(this.report, this.traffic, [...tiersWith(this.before, id), ...tiers]);
    if (hasUnknownLimits(this.after, tiers)) return `its ${UNKNOWN_LIMITS}`;
    const [was, is] = [this.before, this.after].map((candidate) => bySubscription(candidate?.tiers ?? []).get(id));
    if (!is)
      return was
        ? `none of its ${formatCount(was.calls)} calls ${this.when} meets limits after this change${andDoubts(doubts)}`
        : `it did not call ${this.when}${andDoubts(doubts)}`;
    const each = { calls: is, more: moreThan(was, is) };
    return each.more.high === 0
      ? `none of its ${formatCount(is.calls)} calls ${this.when} would have been refused more${andDoubts(doubts)}`
      : `${boundText(each.more)} of its calls would have been refused ${this.when} (${detailsOf(each)})${andDoubts(doubts)}`;
  }

  /** One who comes from another tier is compared by all tiers: a key of plain Terraform may be in several usage plans. */
  private moreOnTier(plan: UsagePlanModel): (More & { readonly subscription: string })[] {
    const [then, now] = this.models.map((model, index) => {
      const tiers = this.report.candidates[index]?.tiers ?? [];
      const name = tiersOf(model).find(({ plans }) => plans.some(({ id }) => id === plan.id))?.id;
      return { name, ofTier: bySubscription(tiers.filter(({ tier }) => tier === name)), ofAll: bySubscription(tiers) };
    });
    return [...(now?.ofTier ?? [])].map(([subscription, own]) => {
      const stayed = then?.name === now?.name ? then?.ofTier.get(subscription) : undefined;
      const [was, is] = stayed ? [stayed, own] : [then?.ofAll.get(subscription), now?.ofAll.get(subscription) ?? own];
      return { subscription, calls: is, more: moreThan(was, is) };
    });
  }

  private get before(): CandidateReport | undefined {
    return this.report.candidates[0];
  }

  private get after(): CandidateReport | undefined {
    return this.report.candidates[1];
  }

  /** Of which time the calls are, and of how many nothing is said. */
  private get when(): string {
    const { span } = this.report;
    if (!span) return "in the logs, which have no call";
    const left = leftCallsText(this.report);
    const without = left.length > 0 ? ` (without ${listed(left)})` : "";
    return `from ${span.from.slice(0, 10)} to ${span.to.slice(0, 10)}${without}`;
  }

  /** What follows `nobody would have been refused more`, where that is not said of all calls. */
  private ofKnownCalls(doubts: readonly string[]): string {
    if (doubts.length > 0) return ` of the calls that are known: ${listed(doubts)}`;
    return leftCallsText(this.report).length > 0 ? " of the calls that are known" : "";
  }
}

const andDoubts = (doubts: readonly string[]): string =>
  doubts.length > 0 ? `; that is not sure: ${listed(doubts)}` : "";

const tiersWith = (candidate: CandidateReport | undefined, id: string): string[] =>
  (candidate?.tiers ?? [])
    .filter(({ customers }) => customers.some(({ subscription }) => subscription === id))
    .map(({ tier }) => tier);

/** Where the bounds differ, the difference of the lower ones can be the larger one. */
function moreThan(was: Refused | undefined, is: Refused): Refused {
  const low = Math.max(0, is.low - (was?.low ?? 0));
  const high = Math.max(0, is.high - (was?.high ?? 0));
  return { low: Math.min(low, high), high: Math.max(low, high) };
}

function detailsOf({ calls: { calls, days }, more }: More): string {
  const when = days === null ? "" : `, on ${counted(days, "day", "days")}`;
  return `${shareText(more, calls)} of its calls${when}`;
}
