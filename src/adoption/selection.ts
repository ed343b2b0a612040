import type { AccountKey, AccountPlan } from "../aws/account";
import type { Tags } from "../vocabulary/tags";

/** What of an account is to be adopted. What is left out chooses all. */
export interface Selection {
  /** Names or ids of REST APIs: their plans, and the keys of these. */
  readonly apis: readonly string[];
  /** Names or ids of usage plans, and their keys. */
  readonly plans: readonly string[];
  /** Tags that a plan carries, with all of its keys; or a key, with its plans. */
  readonly tags: Tags;
  /** Whether APIs are adopted with their routes and stages, instead of being left to their current owner. */
  readonly definitions: boolean;
}

export const EVERYTHING: Selection = { apis: [], plans: [], tags: {}, definitions: false };

interface Named {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

const isAmong = (names: readonly string[], { id = "", name = "" }: Named) =>
  names.length === 0 || names.includes(id) || names.includes(name);

export const choosesApi = ({ apis }: Selection, api: Named): boolean => isAmong(apis, api);

/** Whether a plan is chosen by its name and its APIs; what it says of tags is for `choosesByTag`. */
export function choosesPlan(selection: Selection, plan: AccountPlan, apis: readonly Named[]): boolean {
  if (!isAmong(selection.plans, plan)) return false;
  const named = new Map(apis.map((api) => [api.id, api]));
  return (
    selection.apis.length === 0 ||
    plan.stages.some(({ apiId }) => isAmong(selection.apis, named.get(apiId) ?? { id: apiId }))
  );
}

/** Whether a plan or a key carries all the tags that are asked for. */
export const carriesTags = ({ tags: wanted }: Selection, { tags }: AccountPlan | AccountKey): boolean =>
  Object.entries(wanted).every(([name, value]) => tags[name] === value);

/** Names that were asked for and are not in the account. */
export function missingNames(names: readonly string[], things: readonly Named[]): string[] {
  return names.filter((name) => !things.some((thing) => thing.id === name || thing.name === name));
}
