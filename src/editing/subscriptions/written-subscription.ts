import type { DataFile } from "../typescript/data-files";

/** A subscription, as far as it is written out where it stands. */
export interface WrittenSubscription {
  readonly id: string;
  /** The file in which it stands, from the folder in which the program runs. */
  readonly file: string;
  readonly line: number;
  /** The fields that are written out. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields that only a run of the program could tell; `"…"` for any. */
  readonly computed: readonly string[];
  /** The data file; `undefined` for an entry of the catalog's own text. */
  readonly data: DataFile | undefined;
}

/** Stands for what is spread into an entry, and may be any field. */
export const ANY_FIELD = "…";

export const placeOf = ({ file, line, id }: WrittenSubscription): string => `${file}:${line}: subscription "${id}"`;
