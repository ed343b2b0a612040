import type { AccountKey, AccountPlan } from "../../aws/account";
import { addresses } from "../../contract/addresses";
import { keyId } from "../../contract/key-id";
import { USAGE_PLAN } from "../../contract/usage-plan";
import { onOneLine, propertyName } from "../../editing/typescript/typescript-text";
import { looksLikeAKey } from "../../text/like-a-key";
import { show } from "../../text/show";
import { MAIN_KEY } from "../../vocabulary/main-key";
import { subscriptionIdOf, UniqueIds } from "../../vocabulary/unique-ids";
import type { Facts } from "./facts";
import { type DriftFinding, editOf, type Keep, noEdit } from "./finding";
import { importPlanKey, takeOut } from "./plan-key-commands";

/** A key of nobody that is known, in plans of the stacks. */
export function keyBeside(key: AccountKey, plans: readonly AccountPlan[], facts: Facts): DriftFinding {
  const names = plans.map(({ id, name }) => facts.planName(id, name)).join(" and ");
  const since = new Date(key.createdAt).toISOString().slice(0, 10);
  const whose = key.description === "" ? "" : `, ${show(key.description)}`;
  return {
    group: "customers",
    about: key.id,
    subject: `key ${show(key.name === "" ? key.id : key.name)}`,
    customers: [],
    kind: "key-beside",
    what: `is in ${names} in AWS, and in no stack: ${key.enabled ? "enabled" : "disabled"}, created ${since}${whose}, id ${key.id}`,
    keep: keepKey(key, plans, facts),
    takeBack: {
      commands: plans.map(({ id }) => takeOut(id, key.id, facts.region)),
      what: `takes it out of ${names}; no deploy does, because Terraform does not know of it`,
    },
    address: undefined,
  };
}

/** A subscription that puts the key where it is; in a plan with limits of its own, another key of that subscription. */
function keepKey(key: AccountKey, plans: readonly AccountPlan[], facts: Facts): Keep {
  const known = plans.flatMap(({ id }) => facts.plans.get(id) ?? []);
  const tiers = known.flatMap(({ tier }) => tier ?? []);
  const [plan] = known;
  const holder = facts.states.find(({ type, attributes }) => type === USAGE_PLAN.type && attributes.id === plan?.awsId);
  if (!plan || !holder || tiers.length < plans.length) return noEdit('"npx api-tiers adopt" takes it over');
  const name = looksLikeAKey(key.name) ? `key-${key.id}` : subscriptionIdOf(key.name, key.id);
  const owner = known.find(({ negotiatedFor }) => negotiatedFor !== undefined)?.negotiatedFor;
  if (owner !== undefined && plans.length === 1) return keepAsKeyOf(owner, name, key, plans, facts);
  if (owner !== undefined) return noEdit("the catalog puts no other key into the plan of a subscription's own limits");
  const id = new UniqueIds([...facts.keys.values()].flatMap(({ subscription }) => subscription ?? [])).give(name);
  const [tier, ...others] = tiers;
  const entry = {
    tier,
    ...(others.length > 0 && { additionalTiers: Object.fromEntries(others.map((each) => [each, each])) }),
    existingKeyId: key.id,
  };
  const imports = plans.map((each, at) =>
    importPlanKey(holder, addresses.planKey(id, at === 0 ? undefined : tiers[at]), each.id, key.id),
  );
  return editOf(["subscriptions"], `${propertyName(id)}: ${onOneLine(entry)}`, imports);
}

function keepAsKeyOf(
  subscription: string,
  name: string,
  { id }: AccountKey,
  [plan]: readonly AccountPlan[],
  facts: Facts,
): Keep {
  const own = [...facts.keys.values()].filter((each) => each.subscription === subscription);
  const taken = own.flatMap(({ key }) => key ?? []);
  const key = new UniqueIds([...taken, MAIN_KEY]).give(name);
  const holder = facts.states.find(({ type, attributes }) => type === USAGE_PLAN.type && attributes.id === plan?.id);
  const entry = { [key]: { existingKeyId: id } };
  const imports =
    holder && plan ? [importPlanKey(holder, addresses.planKey(keyId({ subscription, key })), plan.id, id)] : [];
  const isOnly = taken.length === 1 && taken[0] === MAIN_KEY;
  return isOnly
    ? editOf(["subscriptions", subscription], `keys: ${onOneLine({ [MAIN_KEY]: {}, ...entry })}`, imports)
    : editOf(["subscriptions", subscription, "keys"], onOneLine(entry).slice(2, -2), imports);
}
