/** A text of the store, with the version that a write names as the one that it replaces. */
export interface StoredText {
  readonly text: string;
  /** Equal for equal texts at one place. */
  readonly version: string;
}

export interface NameRange {
  /** The first name. */
  readonly from?: string;
  /** The first name that comes too late. */
  readonly below?: string;
}

/**
 * The files of a store, wherever they are. Names are relative, with `/` between their parts. A file is written whole or not at
 * all, and only in place of the version that the writer has seen: of two that write at once, one has to read again.
 */
export interface StoreFiles {
  /** `undefined` where there is none. */
  read(name: string): Promise<StoredText | undefined>;
  /**
   * @param expected the version that it replaces; `undefined` where there must be none
   * @returns whether it was written; if not, somebody else has written since
   */
  write(name: string, text: string, expected: string | undefined): Promise<boolean>;
  /** The names that begin with a prefix, in the order of their bytes. */
  list(prefix: string, range?: NameRange): AsyncIterable<string>;
}

/** Whether a file can have this name in every kind of store. */
export const isStoreName = (name: string): boolean =>
  name.split("/").every((part) => /^[A-Za-z0-9_][A-Za-z0-9._=-]*$/.test(part)) && name.length <= 500;
