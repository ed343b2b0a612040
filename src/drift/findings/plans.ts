import { stringOf } from "../../contract/attributes";
import { USAGE_PLAN } from "../../contract/usage-plan";
import type { UsagePlanModel } from "../../model/model";
import type { TerraformResource } from "../../model/terraform-resource";
import { formatCount } from "../../text/limits";
import type { Beside } from "../beside";
import type { Changed, Gone } from "../differences";
import type { ActualOf } from "../managed";
import type { Facts } from "./facts";
import { addressOf, type DriftFinding, deployOf, type Keep, noEdit } from "./finding";
import { planBeside } from "./plan-beside";
import { editOfStages, keepPlan } from "./plan-edits";
import { planWords } from "./plan-words";

/** What became of usage plans, and plans beside them. */
export function planFindings(
  gone: readonly Gone[],
  changed: readonly Changed[],
  beside: Beside,
  facts: Facts,
  actualOf: ActualOf,
): DriftFinding[] {
  return [
    ...gone.filter(({ resource }) => resource.type === USAGE_PLAN.type).map(({ resource }) => deleted(resource, facts)),
    ...changed
      .filter(({ resource }) => resource.type === USAGE_PLAN.type)
      .map((each) => changedPlan(each, facts, actualOf)),
    ...beside.plans.map((each) => planBeside(each, facts)),
  ];
}

function deleted(resource: TerraformResource, facts: Facts): DriftFinding {
  const { plan, customers } = planOf(resource, facts);
  return {
    ...about(resource, facts),
    kind: "plan-deleted",
    what: `the usage plan was deleted in AWS, so ${keysOf(customers)} can call nothing by it`,
    keep: withoutPlan(resource, plan),
    takeBack: {
      commands: [deployOf(resource)],
      what: "creates it again with the same keys; quotas count from 0",
    },
  };
}

function withoutPlan(resource: TerraformResource, plan: UsagePlanModel | undefined): Keep {
  if (plan?.tier === undefined) return noEdit(`take ${addressOf(resource)} out of the configuration`);
  return plan.negotiatedFor === undefined
    ? {
        path: ["tiers", plan.tier],
        edit: undefined,
        what: "take the tier out, and give its subscriptions another",
        commands: [],
      }
    : {
        path: ["subscriptions", plan.negotiatedFor, "limits"],
        edit: undefined,
        what: `take it out; its keys are then on tier ${plan.tier}`,
        commands: [],
      };
}

function changedPlan(change: Changed, facts: Facts, actualOf: ActualOf): DriftFinding {
  const { resource } = change;
  const { plan, customers } = planOf(resource, facts);
  const words = planWords(change, facts);
  const edit = words.edit ?? editOfStages(change, facts, actualOf);
  const whom = customers.length === 0 ? "" : `; it is for ${keysOf(customers)}`;
  return {
    ...about(resource, facts),
    kind: words.kind,
    what: `${words.what}${words.kind === "plan-changed" ? "" : whom}`,
    keep: keepPlan(resource, plan, edit),
    takeBack: { commands: [deployOf(resource)], what: words.back },
  };
}

function planOf(resource: TerraformResource, facts: Facts) {
  const awsId = stringOf(resource.attributes.id);
  return { plan: facts.plans.get(awsId), customers: facts.customersOf(awsId) };
}

const keysOf = (customers: readonly string[]) =>
  customers.length === 0
    ? "nobody"
    : customers.length <= 3
      ? customers.join(", ")
      : `${customers.slice(0, 2).join(", ")} and ${formatCount(customers.length - 2)} more`;

function about(resource: TerraformResource, facts: Facts) {
  const awsId = stringOf(resource.attributes.id);
  const plan = facts.plans.get(awsId);
  const name = facts.planName(awsId);
  const isOfTier = plan?.tier !== undefined && plan.negotiatedFor === undefined;
  return {
    // Limits of one subscription are that customer's.
    group: plan?.negotiatedFor === undefined ? ("tiers" as const) : ("customers" as const),
    about: plan?.id ?? resource.address,
    subject: isOfTier ? `tier ${name}` : name,
    customers: facts.customersOf(awsId),
    address: addressOf(resource),
  };
}
