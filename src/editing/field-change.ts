import { hideKeys } from "../text/like-a-key";
import { printable } from "../text/printable";

/** A change of one field of a subscription; all else of it stays as it is written. */
export type FieldChange = SetField | RemoveField;

export interface SetField {
  readonly kind: "set";
  /** Such as `["tier"]`, or `["keys", "ci", "enabled"]`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface RemoveField {
  readonly kind: "remove";
  readonly path: readonly string[];
  /**
   * The value that means the same as none, for a file in which the field cannot be left out.
   * @default - it is always left out
   */
  readonly sameAs?: boolean;
}

/** What becomes of one subscription of a file. */
export type SubscriptionEdit =
  | { readonly kind: "change"; readonly id: string; readonly changes: readonly FieldChange[] }
  | { readonly kind: "rename"; readonly id: string; readonly to: string; readonly changes: readonly FieldChange[] }
  | { readonly kind: "remove"; readonly id: string }
  | { readonly kind: "add"; readonly id: string; readonly fields: Readonly<Record<string, unknown>> };

export const set = (path: readonly string[], value: unknown): SetField => ({ kind: "set", path, value });
export const remove = (...path: string[]): RemoveField => ({ kind: "remove", path });

/** Why an edit cannot be made, with what to do by hand. Its message names what stands in files, so it is made safe to print. */
export class EditProblem extends Error {
  constructor(message: string) {
    super(printable(hideKeys(message), LONGEST_MESSAGE));
  }
}

/** Characters, which are enough for the places of many entries. */
const LONGEST_MESSAGE = 2_000;

/** The fields of a subscription after changes. A map of which nothing is left stays, as `{}`. */
export function changedFields(
  fields: Readonly<Record<string, unknown>>,
  changes: readonly FieldChange[],
): Record<string, unknown> {
  return changes.reduce<Record<string, unknown>>(
    (changed, change) => changedAt(changed, change.path, change.kind === "set" ? change.value : undefined),
    { ...fields },
  );
}

function changedAt(
  fields: Readonly<Record<string, unknown>>,
  [name = "", ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const { [name]: old, ...others } = fields;
  const inside = isFields(old) ? old : {};
  const changed = rest.length === 0 ? value : changedAt(inside, rest, value);
  if (changed === undefined) return others;
  return Object.hasOwn(fields, name) ? { ...fields, [name]: changed } : { ...others, [name]: changed };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
