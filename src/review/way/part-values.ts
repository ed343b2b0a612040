import { type Attributes, blockOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { show } from "../../text/show";
import type { Explained, Facts } from "../finding";
import { placeOf } from "../gateway-state";
import { nameOf } from "../place-names";
import { changedParts } from "./changed-parts";

/** A change, and which of the parts that are looked for change in it. */
export interface ChangedParts {
  readonly change: ResourceChange;
  readonly parts: readonly string[];
}

/** Changes of existing resources of some types in which one of these parts changes: attributes, or `settings.…`. */
export function changesOf(
  { changes }: Pick<Facts, "changes">,
  types: readonly string[],
  isWanted: (part: string) => boolean,
): ChangedParts[] {
  return changes
    .filter(({ type }) => types.includes(type))
    .map((change) => ({ change, parts: changedParts(change).filter(isWanted) }))
    .filter(({ parts }) => parts.length > 0);
}

/** `identity_source "a" → "b"`, for each; what is known only after the apply is said so. */
export const describeParts = ({ change: { before, after }, parts }: ChangedParts): string =>
  parts.map((part) => `${part} ${shown(valueAt(before, part) ?? null)} → ${shown(valueAt(after, part))}`).join("; ");

export const explainsParts = ({ change, parts }: ChangedParts): Explained[] => [{ change, attributes: parts }];

function shown(value: unknown): string {
  if (value === undefined) return "(known after apply)";
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "none";
  return show(value);
}

export function valueAt(attributes: Attributes | undefined, part: string): unknown {
  const [name = "", inner] = part.split(".");
  return inner === undefined ? attributes?.[name] : blockOf(attributes?.[name])[inner];
}

/** An API, or the one to which a part belongs, as people call it; the resource's own name where the API is not known. */
export function apiNameOf(change: ResourceChange, facts: Facts): string {
  const { before, after } = facts;
  const own = [after, before].flatMap(({ gateway }) => gateway.apis.filter((api) => placeOf(api) === placeOf(change)));
  return (own[0] ?? after.apiOf(change) ?? before.apiOf(change))?.id ?? nameOf(change, facts);
}
