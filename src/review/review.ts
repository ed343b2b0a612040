import type { Action } from "../model/resource-changes";
import { byName } from "../text/order";
import type { MonthOfUsage } from "../usage/invoice/charges";
import { type Acceptance, reasonFor } from "./acceptance";
import { applySeconds } from "./apply-duration";
import { customerChanges } from "./customers";
import { distinctFindings, distinctMasked } from "./distinct-findings";
import type { Facts, Finding, Rule } from "./finding";
import { checkTraffic, type Traffic } from "./given-traffic";
import { headRoom } from "./head-room";
import { maskReport } from "./mask-report";
import { nearAcceptances } from "./near-acceptances";
import { partsNotEvaluated } from "./not-evaluated";
import { otherChanges } from "./other-changes";
import { keysThatStay } from "./other-keys";
import type { PlanFile } from "./plan-file";
import { readPlans, type Synthesized } from "./plans";
import { type LoggedCalls, ReplayedCalls } from "./replayed-calls";
import type { Report, Section } from "./report";
import { routeChanges } from "./routes";
import { RULES } from "./rules";
import { notJudged } from "./rules/not-judged";
import { stageChanges } from "./stages";
import { tierChanges } from "./tiers";
import { type CustomerTraffic, trafficOf } from "./traffic";
import { Explanations } from "./way/explanations";

export interface ReviewOptions extends Synthesized {
  /**
   * Findings that somebody wants.
   * @default - none
   */
  readonly accepted?: readonly Acceptance[];
  /**
   * What is known of the requests of customers, beside the plans. A customer who is in none of them is reported as
   * `traffic-unknown`.
   * @default - nothing
   */
  readonly traffic?: readonly Traffic[];
  /**
   * What was used in a month, as the usage store has it: by it, the report says by how much a changed price concerns customers.
   * @default - nothing
   */
  readonly usage?: MonthOfUsage | undefined;
  /**
   * Calls of access logs: by them, the report says whom lowered limits would have refused.
   * @default - nothing
   */
  readonly logged?: LoggedCalls | undefined;
}

/**
 * Says what the plans of a change mean to customers. The report holds no key, and nothing that Terraform marks as sensitive.
 *
 * @throws Error for a plan that cannot be read, and for traffic that is not a number of requests
 */
export function review(
  files: readonly PlanFile[],
  { accepted = [], traffic = [], usage, logged, ...around }: ReviewOptions = {},
): Report {
  checkTraffic(traffic);
  const plans = readPlans(files, around);
  const compared = {
    ...plans,
    customers: customerChanges(plans),
    tiers: tierChanges(plans),
    routes: routeChanges(plans),
    stages: stageChanges(plans),
    traffic,
    usage,
    replayed: logged && new ReplayedCalls(plans, logged),
  };
  const facts: Facts = { ...compared, notEvaluated: partsNotEvaluated(compared) };
  const unmasked: Finding[] = [];
  const distinct = (findings: readonly Finding[]) => {
    unmasked.push(...findings);
    return distinctMasked(distinctFindings(findings), plans.secrets);
  };
  const own = new Map(RULES.filter((rule) => rule !== notJudged).map((rule) => [rule, distinct(rule.find(facts))]));
  const others = [...own.values()].flat();
  const found = RULES.map((rule) => [rule, own.get(rule) ?? distinct(rule.find(facts, others))] as const).filter(
    ([, findings]) => findings.length > 0,
  );
  const sections = found.map(([rule, findings]) => section(rule, findings, accepted));
  const report = reportOf(facts, sections, new Explanations(others), accepted, trafficOf(facts, unmasked));
  return maskReport(report, plans.secrets);
}

function section(rule: Rule, findings: readonly Finding[], accepted: readonly Acceptance[]): Section {
  const { id, severity, holds, why, remedy } = rule;
  return {
    rule: id,
    severity,
    title: rule.title(rule.countsCustomers ? customersIn(findings) : findings.length),
    holds,
    why,
    remedy,
    findings: findings.map(
      ({ about, subject, what, customers = [], tiers = [], apis = [], stages = [], routes = [] }) => ({
        about,
        subject,
        what,
        customers: [...customers],
        tiers: [...tiers],
        apis: [...apis],
        stages: [...stages],
        routes: [...routes],
        acceptedBecause: reasonFor(id, about, accepted)?.because ?? null,
      }),
    ),
  };
}

const customersIn = (findings: readonly Finding[]): number =>
  new Set(
    findings.map(({ subscription, about }) => (subscription === undefined ? `key ${about}` : `of ${subscription}`)),
  ).size;

function reportOf(
  facts: Facts,
  sections: readonly Section[],
  explained: Explanations,
  accepted: readonly Acceptance[],
  traffic: readonly CustomerTraffic[],
): Report {
  const { customers, changes, planned, pending, dropped } = facts;
  const deciding = sections.filter(({ severity }) => severity === "decision").flatMap((each) => each.findings);
  const open = deciding.filter(({ acceptedBecause }) => acceptedBecause === null).length;
  const namesOf = (chosen: (customer: Facts["customers"][number]) => boolean) =>
    customers.filter(chosen).map(({ name }) => name);
  // Terraform does not manage what the body of an API describes as resources.
  const resources = changes.filter(({ bodyOf }) => bodyOf === undefined);
  const count = (action: Action) => resources.filter((change) => change.action === action).length;
  return {
    formatVersion: "1.0",
    verdict: open > 0 ? "decision-needed" : "no-decision-needed",
    decisions: open,
    accepted: deciding.length - open,
    stacks: { planned: [...planned], pending: [...pending], dropped: [...dropped] },
    customers: {
      gaining: namesOf(({ gained }) => gained.length > 0),
      losing: namesOf((customer) => customer.lost.length > 0 && keysThatStay(customer, customers).length === 0),
      moving: namesOf(({ moves }) => moves.length > 0),
      newKey: namesOf(({ replacedFor }) => replacedFor !== undefined),
      before: facts.before.gateway.keys.length,
      after: facts.after.gateway.keys.length,
    },
    changes: {
      create: count("create"),
      update: count("update"),
      replace: count("replace"),
      delete: count("delete"),
      forget: count("forget"),
      import: resources.filter(({ imported }) => imported).length,
    },
    applySeconds: applySeconds(resources),
    traffic: [...traffic],
    headRoom: headRoom(facts),
    sections: [...sections],
    otherChanges: otherChanges(changes, explained),
    unusedAcceptances: unused(accepted, sections).map(nameOfAcceptance).sort(byName),
    didYouMean: Object.fromEntries(
      unused(accepted, sections)
        .map((each) => [nameOfAcceptance(each), nearAcceptances(each, sections)] as const)
        .filter(([, names]) => names.length > 0),
    ),
  };
}

/** What was accepted once and is not there any more should be taken out, or it accepts something else one day. */
function unused(accepted: readonly Acceptance[], sections: readonly Section[]): readonly Acceptance[] {
  const isFound = ({ rule, about }: Acceptance) =>
    sections.some((each) => each.rule === rule && each.findings.some((found) => found.about === about));
  return accepted.filter((each) => !isFound(each));
}

const nameOfAcceptance = ({ rule, about }: Acceptance) => `${rule}:${about}`;
