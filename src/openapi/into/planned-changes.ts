import { isDeepStrictEqual } from "node:util";
import type { DocumentNode } from "../../document/document";
import { type Change, ChangeProblem } from "../../editing/values/change";

/** The changes of a document, by file. */
export class PlannedChanges {
  private readonly files = new Map<string, Change[]>();

  get byFile(): ReadonlyMap<string, readonly Change[]> {
    return this.files;
  }

  /**
   * Sets an entry of a map.
   *
   * @param after names of entries after which a new one is written
   */
  set(map: DocumentNode, name: string, value: unknown, after: readonly string[] = []): void {
    const { file, path } = map.location;
    this.add(file, { kind: "set", path: [...path, name], value, after }, map);
  }

  remove(node: DocumentNode): void {
    const { file, path } = node.location;
    const isGone = this.of(file).some(
      ({ kind, path: other }) => kind === "remove" && other.every((name, index) => name === path[index]),
    );
    if (!isGone) this.add(file, { kind: "remove", path }, node);
  }

  prepend(list: DocumentNode, items: readonly unknown[]): void {
    const { file, path } = list.location;
    this.add(file, { kind: "prepend", path, items }, list);
  }

  private of(file: string): Change[] {
    const changes = this.files.get(file) ?? [];
    this.files.set(file, changes);
    return changes;
  }

  private add(file: string, change: Change, node: DocumentNode): void {
    const changes = this.of(file);
    const same = changes.find(({ kind, path }) => kind === change.kind && isDeepStrictEqual(path, change.path));
    if (!same) changes.push(change);
    else if (!isDeepStrictEqual(same, change))
      throw new ChangeProblem(
        `${node.place}: is used at several places, which the API answers differently; write it out for each`,
      );
  }
}
