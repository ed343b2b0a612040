import { isObject } from "../../vocabulary/objects";
import { changedFields, EditProblem, type SubscriptionEdit } from "../field-change";
import { type Change, ChangeProblem } from "../values/change";
import { changedText, parsed } from "../values/document-text";

const yaml = () => require("yaml") as typeof import("yaml");

/**
 * The text of a YAML or JSON file after edits of different subscriptions; all else stays as it is written.
 *
 * @param place of the subscriptions, for messages
 * @throws EditProblem for a text that does not let them through
 */
export function editedValues(text: string, isJson: boolean, edits: readonly SubscriptionEdit[], place: string): string {
  try {
    const [first] = edits;
    if (!isJson && first?.kind === "add" && isEmpty(text)) return text + separator(text) + firstEntry(text, first);
    const { value } = parsed(text, isJson);
    if (!isObject(value)) throw new ChangeProblem("is not an object from subscription ids to subscriptions");
    const names = isJson ? undefined : namesOf(text);
    const changes = edits.flatMap((edit) => {
      const name = names?.get(edit.id) ?? edit.id;
      return changesOf(edit, name, isObject(value[name]) ? value[name] : {});
    });
    return changedText(text, isJson, changes);
  } catch (problem) {
    if (problem instanceof ChangeProblem)
      throw new EditProblem(`${place}: ${problem.message}; nothing is written, so edit it by hand`);
    throw problem;
  }
}

function changesOf(edit: SubscriptionEdit, name: string, fields: Readonly<Record<string, unknown>>): Change[] {
  switch (edit.kind) {
    case "add":
      return [{ kind: "set", path: [edit.id], value: edit.fields }];
    case "remove":
      return [{ kind: "remove", path: [name], keepsHeadings: true }];
    case "change":
      return fieldChanges(edit.changes, name, fields);
    case "rename":
      return [...fieldChanges(edit.changes, name, fields), { kind: "rename", path: [name], name: edit.to }];
  }
}

/** A change of what is missing, or of what was written as one word (`ci: true`), is one of the whole that it belongs to. */
function fieldChanges(
  changes: Extract<SubscriptionEdit, { readonly kind: "change" }>["changes"],
  name: string,
  fields: Readonly<Record<string, unknown>>,
): Change[] {
  const intended = changedFields(fields, changes);
  return changes.flatMap((change): Change[] => {
    let path: readonly string[] = [];
    let at: unknown = fields;
    for (const each of change.path) {
      if (!isObject(at)) break;
      path = [...path, each];
      at = at[each];
    }
    const value = path.reduce<unknown>((inner, each) => (isObject(inner) ? inner[each] : undefined), intended);
    if (value === undefined)
      return at === undefined ? [] : [{ kind: "remove", path: [name, ...path], keepsHeadings: true }];
    return [{ kind: "set", path: [name, ...path], value }];
  });
}

/** What the parser calls each id: `007` is the number 7 to it. */
function namesOf(text: string): ReadonlyMap<string, string> {
  const { isMap, isScalar, parseDocument } = yaml();
  const { contents } = parseDocument(text, { uniqueKeys: false });
  const items = isMap(contents) ? contents.items : [];
  return new Map(
    items.flatMap(({ key }) => (isScalar(key) ? [[String(key.source ?? key.value), String(key.value)] as const] : [])),
  );
}

const isEmpty = (text: string): boolean => yaml().parseDocument(text).contents === null;

const separator = (text: string) => (text === "" || /[\r\n]$/.test(text) ? "" : eolOf(text));
const eolOf = (text: string) => (/\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n");

function firstEntry(text: string, edit: Extract<SubscriptionEdit, { readonly kind: "add" }>): string {
  const entry = yaml().stringify({ [edit.id]: edit.fields }, { lineWidth: 0 });
  return entry.replaceAll("\n", eolOf(text));
}
