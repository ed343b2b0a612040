import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";
import { type Change, parseChange } from "./change";

/** Changes that are tried together, with a name. */
export interface Scenario {
  readonly name: string;
  readonly changes: readonly Change[];
}

const EXAMPLE = 'write each as "name of the scenario: [gold.rateLimit=50, gold.quota.limit=10000]"';

/**
 * Scenarios of a file of YAML or JSON: lists of changes, by name.
 *
 * @param file what to call it in messages
 * @throws Error that names all that is wrong with it
 */
export async function readScenarios(text: string, file: string): Promise<Scenario[]> {
  const { load } = await import("js-yaml");
  let value: unknown;
  try {
    value = load(text, { filename: file });
  } catch (error) {
    throw new Error(`${show(file)}: is not valid YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  if (!isObject(value)) throw new Error(`${show(file)}: must have scenarios by name, got ${shown(value)}; ${EXAMPLE}`);
  const problems: string[] = [];
  const scenarios = Object.entries(value).map(([name, changes]): Scenario => {
    if (!Array.isArray(changes) || changes.length === 0 || changes.some((each) => typeof each !== "string")) {
      problems.push(`${show(name)}: must be a list of changes, got ${shown(changes)}`);
      return { name, changes: [] };
    }
    return { name, changes: changes.flatMap((each: string) => parsed(each, name)) };
  });
  if (problems.length > 0)
    throw new Error([...problems.map((problem) => `${show(file)}: ${problem}`), EXAMPLE].join("\n"));
  return scenarios;

  function parsed(written: string, name: string): Change[] {
    try {
      return [parseChange(written)];
    } catch (error) {
      problems.push(`${show(name)}: ${(error as Error).message}`);
      return [];
    }
  }
}

/** What came in place of texts, without what is in it: aliases of YAML make much of a small file. */
function shown(value: unknown): string {
  if (!Array.isArray(value)) return isObject(value) ? "an object" : show(value);
  const other = value.findIndex((each) => typeof each !== "string");
  const entry: unknown = value[other];
  if (other === -1) return value.length === 0 ? "an empty list" : "a list";
  return `a list whose entry ${other + 1} is ${Array.isArray(entry) ? "a list" : shown(entry)}`;
}
