import { BrokenReference, type DocumentNode } from "../../document/document";

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
  /** An extension that is not read. */
  | { readonly kind: "extension"; readonly place: string }
  /** A security scheme that API Gateway does not ask for by itself. */
  | { readonly kind: "security-scheme"; readonly place: string }
  /** Security that is required of all operations at once, at the root of the document. */
  | { readonly kind: "root-security" }
  | { readonly kind: "method"; readonly place: string }
  | { readonly kind: "validator"; readonly place: string; readonly name: string };

/** Collects what of a document is not read. */
export class Problems {
  readonly all: BodyProblem[] = [];

  add(problem: BodyProblem): void {
    this.all.push(problem);
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
