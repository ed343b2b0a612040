import type { DocumentVersion } from "../document/api-document";
import type { DocumentNode } from "../document/document";
import { type WordLevel, wordsAt } from "../document/words";
import type { Remarks } from "./remarks";

/** Says of each word of a document that is not simply taken what becomes of it. */
export class WordReader {
  private readonly places = new Set<string>();

  constructor(
    private readonly version: DocumentVersion,
    private readonly remarks: Remarks,
  ) {}

  read(node: DocumentNode | undefined, level: WordLevel): void {
    if (!node) return;
    this.places.add(node.id);
    for (const { kind, node: at, message } of wordsAt(node, level, this.version))
      if (kind === "told") this.remarks.warning(at, message);
      else this.remarks.error(at, message);
  }

  /** Whether words were read at a node, by its id. */
  hasRead(id: string): boolean {
    return this.places.has(id);
  }
}
