import type { Finding } from "../text/finding";
import type { Place } from "../vocabulary/read-entry";

/** A subscription as it stands in a data file, not yet checked. */
export interface FileEntry {
  readonly id: string;
  readonly written: unknown;
  readonly place: Place;
}

/** Subscriptions that were read from a data file. Give it to `defineCatalog`, which checks and reports them. */
export class SubscriptionFile {
  constructor(
    /** The file's name, as messages show it. */
    readonly file: string,
    readonly entries: readonly FileEntry[],
    /** What kept entries, or the whole file, from being read. */
    readonly findings: readonly Finding[],
  ) {}
}

export const subscriptionAt = (file: string, line: number, id: string) => `${file}:${line}: subscription "${id}"`;
