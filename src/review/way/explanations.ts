import type { ResourceChange } from "../../model/resource-changes";
import type { Finding } from "../finding";
import { covers } from "./changed-parts";

/** What findings have put into words. */
export class Explanations {
  private readonly whole = new Set<ResourceChange>();
  private readonly inPart = new Map<ResourceChange, Set<string>>();

  constructor(findings: readonly Finding[]) {
    for (const { explains = [] } of findings)
      for (const { change, attributes } of explains) {
        if (attributes === undefined) this.whole.add(change);
        else this.inPart.set(change, new Set([...(this.inPart.get(change) ?? []), ...attributes]));
      }
  }

  /** Whether findings speak of all that happens to a resource. */
  areOf(change: ResourceChange): boolean {
    return this.whole.has(change);
  }

  /** Whether a finding speaks of the resource, if only of a part. */
  mention(change: ResourceChange): boolean {
    return this.whole.has(change) || this.inPart.has(change);
  }

  /** Whether a finding speaks of an attribute, or of the block in which a part stands. */
  cover(change: ResourceChange, part: string): boolean {
    return this.whole.has(change) || covers(this.inPart.get(change) ?? new Set(), part);
  }
}
