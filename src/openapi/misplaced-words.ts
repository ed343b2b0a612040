import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { functionIn } from "../document/open-values";
import { WORDS, type WordLevel } from "../document/words";
import { isObject } from "../vocabulary/objects";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

const OF_AWS = "x-amazon-apigateway-";

/** Parts of a document that are data, or of which it is said as a whole that they are not read. */
const NOT_READ = ["example", "examples", "enum", "const", "default", "value", "callbacks", "webhooks", "pathItems"];
/** Maps whose entries are names of a body's fields. */
const FIELDS = ["properties", "patternProperties"];

const PLACES: readonly (readonly [WordLevel, string])[] = [
  ["root", "at the root"],
  ["server", "at a server"],
  ["components", "among the components"],
  ["tag", "at a tag of the root"],
  ["path", "at a path"],
  ["operation", "at an operation"],
  ["scheme", "at a security scheme"],
];

/** Refuses AWS's words where nothing reads them: its author believes that it protects, or calls, something. */
export function refuseMisplaced(root: DocumentNode, words: WordReader, remarks: Remarks): void {
  const visit = (value: unknown, path: readonly string[], id: string, isFields: boolean): void => {
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) visit(each, [...path, `${index}`], `${id}/${index}`, false);
      return;
    }
    // A function of CloudFormation's without a value is an error of its own.
    if (!isObject(value) || functionIn(value) !== undefined) return;
    const isRead = words.hasRead(id);
    for (const [word, each] of Object.entries(value)) {
      if (!isFields && word.startsWith(OF_AWS) && !isRead) refuse([...path, word]);
      const isPassed = word.startsWith("x-") ? word !== EXTENSIONS.anyMethod : NOT_READ.includes(word);
      if (isFields || !isPassed) visit(each, [...path, word], `${id}/${word}`, !isFields && FIELDS.includes(word));
    }
  };
  const refuse = (path: readonly string[]): void => {
    const node = path.reduce<DocumentNode | undefined>((at, name) => at?.child(name), root);
    const word = path.at(-1) ?? "";
    const places = PLACES.flatMap(([level, place]) => (Object.hasOwn(WORDS[level], word) ? [place] : []));
    const belongs =
      places.length === 0
        ? "is not an extension that API Gateway has; take it out"
        : `is not read here: API Gateway reads it ${places.join(" or ")}; move it there, or take it out`;
    remarks.error(node ?? root, belongs, { kind: `misplaced ${word}` });
  };
  visit(root.value, [], root.id, false);
}
