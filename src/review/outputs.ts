import type { Attributes } from "../contract/attributes";
import type { KnownValues } from "../masking/known-values";
import { isObject } from "../vocabulary/objects";
import type { Holds, KeySources } from "./key-sources";
import type { PlanFile } from "./plan-file";

/** An output of a root module, and whether it holds the value of a key before and after. */
export interface KeyOutput {
  readonly stack: string;
  readonly name: string;
  readonly before: boolean;
  readonly after: Holds;
}

/** The outputs that hold the value of a key, before or after; a value that is known only later, by what it is made of. */
export function keyOutputs(
  files: readonly PlanFile[],
  sources: ReadonlyMap<string, KeySources>,
  keys: KnownValues,
): KeyOutput[] {
  return files.flatMap(({ stack, json }) =>
    Object.entries(objectOf(json.output_changes)).flatMap(([name, each]): KeyOutput[] => {
      const change = objectOf(each);
      const before = holds(change.before, keys);
      const after = holds(change.after, keys)
        ? "certainly"
        : (laterOf(change.after_unknown, change.after_sensitive, (isMarked) =>
            sources.get(stack)?.output(name, isMarked),
          ) ?? "not");
      return before || after !== "not" ? [{ stack, name, before, after }] : [];
    }),
  );
}

function laterOf(unknown: unknown, marks: unknown, of: (isMarked: boolean) => Holds | undefined): Holds | undefined {
  if (!isAnywhere(unknown)) return undefined;
  return of(isMarkedWhere(unknown, marks));
}

const holds = (value: unknown, keys: KnownValues): boolean => keys.isIn(JSON.stringify(value ?? null));

const isAnywhere = (marks: unknown): boolean =>
  marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(isAnywhere));

/** Whether something that is not known yet is marked as sensitive. */
function isMarkedWhere(unknown: unknown, marks: unknown): boolean {
  if (unknown === true) return isAnywhere(marks);
  if (typeof unknown !== "object" || unknown === null) return false;
  if (marks === true) return isAnywhere(unknown);
  return Object.entries(unknown).some(([name, each]) => isMarkedWhere(each, objectOf(marks)[name]));
}

const objectOf = (value: unknown): Attributes => (isObject(value) || Array.isArray(value) ? (value as Attributes) : {});
