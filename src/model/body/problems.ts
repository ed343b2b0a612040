import type { DocumentVersion } from "../../document/api-document";
import { BrokenReference, type DocumentNode } from "../../document/document";
import { type WordLevel, wordsAt } from "../../document/words";

/** What of a body is not read, or means something that AWS does not say. `place` is where it stands: `paths./pets.get`. */
export type BodyProblem =
  /** Known only after the apply. */
  | { readonly kind: "unknown"; readonly value: string }
  /** Not a document that can be read; `why` completes "it …". */
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "version"; readonly version: string }
  /** The base path of the document's servers is taken up in a way that is not read. */
  | { readonly kind: "base-path"; readonly mode: string }
  | { readonly kind: "broken-reference"; readonly place: string; readonly why: string }
  /** A word that is not read, or that stands twice. */
  | { readonly kind: "extension"; readonly place: string }
  /** A security scheme that API Gateway does not ask for by itself. */
  | { readonly kind: "security-scheme"; readonly place: string }
  | { readonly kind: "validator"; readonly place: string; readonly name: string };

/** Collects what of a document is not read. */
export class Problems {
  constructor(private readonly version: DocumentVersion) {}

  readonly all: BodyProblem[] = [];

  add(problem: BodyProblem): void {
    this.all.push(problem);
  }

  /** Adds the words at some places that are not read. */
  addWords(nodes: readonly DocumentNode[], level: WordLevel): void {
    for (const node of nodes)
      for (const { kind, node: at } of wordsAt(node, level, this.version))
        if (kind !== "told") this.add({ kind: "extension", place: placeIn(at) });
  }

  /** Reads what may refer to something that is not there; `undefined` where it does. */
  reading<Value>(read: () => Value): Value | undefined {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof BrokenReference)) throw cause;
      this.add({ kind: "broken-reference", place: placeIn(cause.at), why: cause.message });
      return undefined;
    }
  }
}

/** Where a part of a document stands, without its file. */
export const placeIn = ({ place }: DocumentNode): string => place.replace(/^[^:]*:\d+: /, "");
