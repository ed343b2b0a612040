import { type Attributes, listOfStrings, stringOf } from "../contract/attributes";
import { Module } from "../model/configuration";
import type { ResourceChange } from "../model/resource-changes";
import { isObject } from "../vocabulary/objects";
import type { PlanFile } from "./plan-file";

/** An output of a root module, and whether it holds the value of a key before and after. */
export interface KeyOutput {
  readonly stack: string;
  readonly name: string;
  readonly before: boolean;
  readonly after: boolean;
}

/** The outputs that hold the value of a key, before or after; a value that is known only later, by what it refers to. */
export function keyOutputs(files: readonly PlanFile[], changes: readonly ResourceChange[]): KeyOutput[] {
  const keys = new Set(
    changes
      .filter(({ type }) => type === "aws_api_gateway_api_key")
      .flatMap(({ before, after }) => [stringOf(before?.value), stringOf(after?.value)])
      .filter((value) => value !== ""),
  );
  return files.flatMap(({ stack, json }) =>
    Object.entries(objectOf(json.output_changes)).flatMap(([name, each]): KeyOutput[] => {
      const change = objectOf(each);
      const isLater = change.after_unknown !== undefined && change.after_unknown !== false;
      const before = holds(change.before, keys);
      const after =
        holds(change.after, keys) || (isLater && refersToValue(json, name, isMarked(change.after_sensitive)));
      return before || after ? [{ stack, name, before, after }] : [];
    }),
  );
}

/** Words of a text, as a key's value is one. */
const holds = (value: unknown, keys: ReadonlySet<string>): boolean =>
  keys.size > 0 && (JSON.stringify(value ?? null).match(/[A-Za-z0-9_.-]{20,}/g) ?? []).some((word) => keys.has(word));

/** Whether an output is made of the value of a key; through the outputs of modules, too. */
function refersToValue(json: Attributes, name: string, isSensitive: boolean): boolean {
  const root = new Module(objectOf(json.configuration).root_module, "", undefined);
  return leadsToValue(root, root.output(name), isSensitive);
}

function leadsToValue(module: Module, expression: unknown, isSensitive: boolean): boolean {
  return listOfStrings(objectOf(expression).references).some((each) => {
    if (/^aws_api_gateway_(api_key|usage_plan_key)\..+\.value$/.test(each)) return true;
    // A plan does not show what a local value is made of, only that it is sensitive.
    if (each.startsWith("local.")) return isSensitive;
    const [, call = "", output = ""] = /^module\.([\w-]+)(?:\[[^\]]*\])?\.([\w-]+)/.exec(each) ?? [];
    const child = module.child(call);
    return child !== undefined && leadsToValue(child, child.output(output), isSensitive);
  });
}

const isMarked = (marks: unknown): boolean =>
  marks === true || (typeof marks === "object" && JSON.stringify(marks).includes("true"));

const objectOf = (value: unknown): Attributes => (isObject(value) ? value : {});
