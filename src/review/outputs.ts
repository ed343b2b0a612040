import { type Attributes, listOfStrings, stringOf } from "../contract/attributes";
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
      const after = holds(change.after, keys) || (isLater && refersToValue(json, name));
      return before || after ? [{ stack, name, before, after }] : [];
    }),
  );
}

/** Words of a text, as a key's value is one. */
const holds = (value: unknown, keys: ReadonlySet<string>): boolean =>
  keys.size > 0 && (JSON.stringify(value ?? null).match(/[A-Za-z0-9_.-]{20,}/g) ?? []).some((word) => keys.has(word));

function refersToValue(json: Attributes, name: string): boolean {
  const outputs = objectOf(objectOf(objectOf(json.configuration).root_module).outputs);
  const references = listOfStrings(objectOf(objectOf(outputs[name]).expression).references);
  return references.some((each) => /^aws_api_gateway_api_key\..+\.value$/.test(each));
}

const objectOf = (value: unknown): Attributes => (isObject(value) ? value : {});
