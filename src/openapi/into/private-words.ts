import { EXTENSIONS } from "../../document/extensions";
import { entriesOf, isObject } from "../../vocabulary/objects";

/** Words of AWS that say to customers how they are asked, and nothing of what is behind. */
const FOR_CUSTOMERS: readonly string[] = [EXTENSIONS.anyMethod, EXTENSIONS.authorizerType, EXTENSIONS.keySource];

/** In these, what looks like a word is a name. */
const MAPS_OF_NAMES = new Set(
  (
    "$defs callbacks content definitions dependentSchemas encoding examples headers links mapping patternProperties paths " +
    "properties requestBodies responses schemas scopes securityDefinitions securitySchemes variables webhooks"
  ).split(" "),
);

/** These hold data of the team. */
const DATA = new Set(["const", "default", "enum", "example", "examples", "value"]);

/** Where a document says what its customers need not know: the paths of AWS extensions. */
export function privateWords(document: unknown): string[][] {
  const found: string[][] = [];
  look(document, [], false);
  return found;

  function look(value: unknown, path: readonly string[], holdsNames: boolean): void {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) look(item, [...path, `${index}`], false);
    for (const [name, each] of entriesOf(value)) {
      const at = [...path, name];
      if (holdsNames) look(each, at, false);
      else if (isPrivate(name)) found.push(at);
      else if (!DATA.has(name)) look(each, at, MAPS_OF_NAMES.has(name) && isObject(each));
    }
  }
}

const isPrivate = (name: string) => name.startsWith("x-amazon-") && !FOR_CUSTOMERS.includes(name);

/** Lines of a text on which an ARN or a word of CloudFormation stands. */
export function linesOfAws(text: string): number[] {
  return text.split("\n").flatMap((line, index) => (OF_AWS.test(line) ? [index + 1] : []));
}

const OF_AWS = /\barn:aws[a-z-]*:|\bFn::\w|\$\{AWS::/;
