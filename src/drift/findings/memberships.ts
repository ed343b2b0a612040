import type { AccountPlan } from "../../aws/account";
import { addresses } from "../../contract/addresses";
import { API_KEY } from "../../contract/api-key";
import { stringOf } from "../../contract/attributes";
import { keyId } from "../../contract/key-id";
import { decodePlanKey, PLAN_KEY } from "../../contract/plan-key";
import { USAGE_PLAN } from "../../contract/usage-plan";
import { onOneLine } from "../../editing/typescript/typescript-text";
import type { UsagePlanModel } from "../../model/model";
import type { TerraformResource } from "../../model/terraform-resource";
import type { Beside } from "../beside";
import type { Gone } from "../differences";
import type { Facts } from "./facts";
import { addressOf, type DriftFinding, deployOf, editOf, type Keep, noEdit } from "./finding";
import { keyBeside } from "./key-beside";
import { importPlanKey, takeOut, terraform } from "./plan-key-commands";

/** Who is in which plan, against what the stacks say. */
export function membershipFindings(gone: readonly Gone[], beside: Beside, facts: Facts): DriftFinding[] {
  const lost = new Set(
    gone
      .filter(({ resource }) => resource.type === API_KEY.type || resource.type === USAGE_PLAN.type)
      .map(({ resource }) => stringOf(resource.attributes.id)),
  );
  const entered = new Map<string, AccountPlan[]>();
  for (const { keyId, plan } of beside.memberships) entered.set(keyId, [...(entered.get(keyId) ?? []), plan]);
  const left = gone.filter(({ resource }) => {
    if (resource.type !== PLAN_KEY.type) return false;
    const { keyId, usagePlanId } = decodePlanKey(resource.attributes);
    // Deleting a key or a plan takes the key out of the plan.
    return !lost.has(keyId) && !lost.has(usagePlanId);
  });
  return [
    ...left.map(({ resource }) => {
      const { keyId } = decodePlanKey(resource.attributes);
      const to = entered.get(keyId)?.shift();
      return to ? moved(resource, to, facts) : takenOut(resource, facts);
    }),
    ...[...entered].flatMap(([keyId, plans]) => plans.map((plan) => putInto(keyId, plan, facts))),
    ...beside.keys.map(({ key, plans }) => keyBeside(key, plans, facts)),
  ];
}

function takenOut(resource: TerraformResource, facts: Facts): DriftFinding {
  const { keyId: awsId, usagePlanId } = decodePlanKey(resource.attributes);
  const plan = facts.planName(usagePlanId);
  const owner = facts.ownerOf(awsId);
  return {
    ...about(awsId, facts),
    kind: "key-taken-out",
    what: `the key was taken out of ${plan} in AWS, so it cannot call what ${plan} opens; the stacks put it there`,
    keep:
      owner && additionalName(resource, facts) !== undefined
        ? {
            path: additionalPath(owner.subscription),
            edit: undefined,
            what: `take the entry of tier ${plan} out`,
            commands: [],
          }
        : noEdit(
            "a subscription of the catalog is always in its tier; suspend it (enabled: false), give it another tier, or take it out",
          ),
    takeBack: { commands: [deployOf(resource)], what: `puts it into ${plan} again` },
    address: addressOf(resource),
  };
}

function moved(resource: TerraformResource, to: AccountPlan, facts: Facts): DriftFinding {
  const { keyId: awsId, usagePlanId } = decodePlanKey(resource.attributes);
  const [from, now] = [facts.planName(usagePlanId), facts.planName(to.id, to.name)];
  return {
    ...about(awsId, facts),
    kind: "key-moved",
    what: `the key is in ${now} in AWS, and no longer in ${from}; the catalog says ${from}`,
    keep: keepMove(resource, to, facts),
    takeBack: {
      commands: [takeOut(to.id, awsId, facts.region), deployOf(resource)],
      what: `takes it out of ${now}, and puts it into ${from} again`,
    },
    address: addressOf(resource),
  };
}

function keepMove(resource: TerraformResource, to: AccountPlan, facts: Facts): Keep {
  const { keyId: awsId, usagePlanId } = decodePlanKey(resource.attributes);
  const [from, target] = [facts.plans.get(usagePlanId), facts.plans.get(to.id)];
  const owner = facts.ownerOf(awsId);
  const refused = refusalOf(to, target, owner, facts);
  if (refused || !target?.tier || !owner) return refused ?? ADOPT;
  const commands = [
    terraform(resource, "state", "rm", resource.address),
    importPlanKey(resource, resource.address, to.id, awsId),
  ];
  if (additionalName(resource, facts) !== undefined)
    return {
      path: additionalPath(owner.subscription),
      edit: undefined,
      what: `write ${JSON.stringify(target.tier)} in the place of tier ${facts.planName(usagePlanId)}`,
      commands,
    };
  if (from?.negotiatedFor === undefined)
    return editOf(["subscriptions", owner.subscription], `tier: ${JSON.stringify(target.tier)}`, commands);
  const other = target.tier === from.tier ? "" : `, and write tier: ${JSON.stringify(target.tier)}`;
  return {
    path: ["subscriptions", owner.subscription, "limits"],
    edit: undefined,
    what: `take it out${other}`,
    commands,
  };
}

const ADOPT = noEdit('the usage plan is not a tier of the catalog; "npx api-tiers adopt" takes it over');

/** Why no edit puts a key of the catalog into a plan; `undefined` where one does. */
function refusalOf(
  { id, name }: AccountPlan,
  target: UsagePlanModel | undefined,
  owner: ReturnType<Facts["ownerOf"]>,
  facts: Facts,
): Keep | undefined {
  if (target?.tier === undefined || owner === undefined)
    return noEdit(`${facts.planName(id, name)} is not a tier of the catalog; "npx api-tiers adopt" takes it over`);
  if (target.negotiatedFor !== undefined)
    return noEdit(
      `${facts.planName(id)} are for the keys of ${target.negotiatedFor} alone; the catalog puts no other key there`,
    );
  return owner.isOneOfMany
    ? noEdit(
        `all keys of ${owner.subscription} have its tiers in the catalog; put the others there as well, or give this key a subscription of its own`,
      )
    : undefined;
}

function putInto(awsId: string, plan: AccountPlan, facts: Facts): DriftFinding {
  const name = facts.planName(plan.id, plan.name);
  const target = facts.plans.get(plan.id);
  const owner = facts.ownerOf(awsId);
  const beside = facts.states.find(
    ({ type, attributes }) => type === PLAN_KEY.type && decodePlanKey(attributes).keyId === awsId,
  );
  const refused = refusalOf(plan, target, owner, facts);
  return {
    ...about(awsId, facts),
    kind: "key-put-into-plan",
    what: `the key was put into ${name} in AWS; no stack says so`,
    keep:
      refused || !target?.tier || !owner || !beside
        ? (refused ?? ADOPT)
        : editOf(
            ["subscriptions", owner.subscription],
            `additionalTiers: ${onOneLine({ [target.tier]: target.tier })}`,
            [importPlanKey(beside, addresses.planKey(keyId(owner), target.tier), plan.id, awsId)],
          ),
    takeBack: {
      commands: [takeOut(plan.id, awsId, facts.region)],
      what: `takes it out of ${name}; no deploy does, because Terraform does not know of it`,
    },
    address: undefined,
  };
}

const about = (awsId: string, facts: Facts) => {
  const name = facts.keys.get(awsId)?.id ?? awsId;
  return { group: "customers" as const, about: name, subject: facts.keySubject(awsId), customers: [name] };
};

const additionalPath = (subscription: string) => ["subscriptions", subscription, "additionalTiers"];

/** The address of a plan key of an additional tier; `undefined` for that of the tier that was bought. */
function additionalName(resource: TerraformResource, facts: Facts): string | undefined {
  const owner = facts.ownerOf(decodePlanKey(resource.attributes).keyId);
  return owner === undefined || resource.address === addresses.planKey(keyId(owner)) ? undefined : resource.address;
}
