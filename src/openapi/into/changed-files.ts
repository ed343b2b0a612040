import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { type Change, ChangeProblem, withChanges } from "../../editing/values/change";
import { changedText, isJsonFile, parsed, readText } from "../../editing/values/document-text";
import type { PlannedChanges } from "./planned-changes";
import { linesOfAws, privateWords } from "./private-words";

interface ChangedFile {
  readonly text: string;
  /** What stands in it after the changes; `undefined` for a file that is neither YAML nor JSON. */
  readonly value: unknown;
  readonly isChanged: boolean;
  /** How often it says what is behind the API. */
  readonly privateWords: number;
}

/** The files of a document with what is planned for them, each written once. */
export class ChangedFiles {
  private readonly known = new Map<string, ChangedFile>();

  constructor(
    private readonly changes: PlannedChanges,
    private readonly forCustomers: boolean,
  ) {}

  /** @throws Error for a file that cannot be changed */
  of(file: string): ChangedFile {
    const changed = this.known.get(file) ?? this.written(file);
    this.known.set(file, changed);
    return changed;
  }

  /** What there is to say of texts that customers read. */
  remarks(files: readonly string[]): string[] {
    const words = files.reduce((sum, file) => sum + this.of(file).privateWords, 0);
    if (!this.forCustomers && words > 0)
      return [
        `says what is behind the API, by x-amazon-apigateway-… at ${words === 1 ? "1 place" : `${words} places`}; --for customers leaves that out`,
      ];
    if (!this.forCustomers) return [];
    const places = files.flatMap((file) => linesOfAws(this.of(file).text).map((line) => `${nameOf(file)}:${line}`));
    return places.length > 0
      ? [
          `still has ARNs or words of CloudFormation in other texts, at ${places.slice(0, 20).join(", ")}; check whether customers may read them`,
        ]
      : [];
  }

  private written(file: string): ChangedFile {
    const planned = this.changes.byFile.get(file) ?? [];
    if (!/\.(?:ya?ml|json)$/i.test(file) && planned.length === 0)
      return { text: readFileSync(file, "utf8"), value: undefined, isChanged: false, privateWords: 0 };
    try {
      const text = readText(file);
      const { value } = parsed(text, isJsonFile(file));
      const words = privateWords(value);
      const changes = this.forCustomers ? [...planned, ...removals(words, planned)] : planned;
      return {
        text: changedText(text, isJsonFile(file), changes),
        value: withChanges(value, changes),
        isChanged: changes.length > 0,
        privateWords: words.length,
      };
    } catch (cause) {
      if (cause instanceof ChangeProblem) throw new Error(`${nameOf(file)}: ${cause.message}; nothing is written`);
      throw cause;
    }
  }
}

/** What is removed with something else, or replaced, is not removed by itself. */
function removals(words: readonly string[][], planned: readonly Change[]): Change[] {
  const isWithin = (path: readonly string[]) =>
    planned.some(({ path: other, kind }) => kind !== "prepend" && other.every((name, index) => name === path[index]));
  return words.filter((path) => !isWithin(path)).map((path) => ({ kind: "remove", path }));
}

export const nameOf = (file: string): string => relative(process.cwd(), file).split("\\").join("/");
