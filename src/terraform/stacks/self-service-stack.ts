import type { Catalog } from "../../catalog/catalog";
import { stackNames } from "../../contract/stack-names";
import type { SelfService } from "../../vocabulary/self-service";
import { SelfServiceFunction } from "../constructs/self-service-function";
import type { TierStack } from "./tier-stack";

/** Adds a stack, after others. */
type AddStack = (name: string, after: readonly TierStack[], retired?: boolean) => TierStack;

/** The stack of customers who sign up by themselves, after that of the plans; none where the catalog has no such part. */
export function addSelfService(
  addStack: AddStack,
  { selfService, keyStore, tiers }: Catalog,
  planIds: Readonly<Record<string, string>>,
  access: TierStack,
): { readonly stacks: TierStack[]; readonly selfService: SelfServiceFunction | undefined } {
  if (selfService === undefined) return { stacks: [], selfService: undefined };
  // Retired, it lets go before the plans do.
  if (selfService.retired) return { stacks: [addStack(stackNames.selfService, [], true)], selfService: undefined };
  const stack = addStack(stackNames.selfService, [access]);
  return {
    stacks: [stack],
    selfService: new SelfServiceFunction(stack, "self-service", {
      settings: selfService,
      keyStore,
      planIds,
      ...closedTiersOf(selfService, tiers),
      ...formerTiersOf(selfService, tiers),
    }),
  };
}

function closedTiersOf(selfService: SelfService, tiers: Catalog["tiers"]) {
  const closed = tiers.flatMap(({ id, closed }) => (closed && selfService.tiers.includes(id) ? [id] : []));
  return closed.length === 0 ? {} : { closedTiers: closed };
}

function formerTiersOf(selfService: SelfService, tiers: Catalog["tiers"]) {
  const renamed = tiers.flatMap(({ id, formerId }) =>
    formerId === undefined || !selfService.tiers.includes(id) ? [] : [[formerId, id] as const],
  );
  return renamed.length === 0 ? {} : { formerTiers: Object.fromEntries(renamed) };
}
