import { error, type Finding } from "../../text/finding";
import type { Catalog } from "../catalog";
import { repeated } from "./repeated";

interface Renamed {
  readonly id: string;
  readonly formerId: string | undefined;
}

/** A `moved` block needs an address that nothing else has or had. */
export function checkFormerIds({ tiers, subscriptions }: Catalog, placeOfSubscription: (id: string) => string) {
  return [
    ...formerIdsAreFree(tiers, "tier", "usage plan", (id) => `tier "${id}"`),
    ...formerIdsAreFree(subscriptions, "subscription", "key", placeOfSubscription),
  ];
}

function formerIdsAreFree(
  entries: readonly Renamed[],
  kind: string,
  kept: string,
  placeOf: (id: string) => string,
): Finding[] {
  const ids = new Set(entries.map(({ id }) => id));
  return [
    ...entries
      .filter(({ formerId }) => formerId !== undefined && ids.has(formerId))
      .map(({ id, formerId }) =>
        error(
          placeOf(id),
          `formerId "${formerId}" is the id of a ${kind} that is still there; drop that one, or leave formerId out`,
        ),
      ),
    ...repeated(entries, ({ formerId }) => formerId).map(({ again, first, value }) =>
      error(
        placeOf(again.id),
        `formerId "${value}" is claimed by ${kind} "${first.id}" too, but one ${kept} has one owner; keep it at one of them`,
      ),
    ),
  ];
}
