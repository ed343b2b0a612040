/** Names by file; `json-parse` is the floor. */
export const CONTESTANTS = { "this-project": "this project", "json-parse": "JSON.parse" } as const;

export type Contestant = keyof typeof CONTESTANTS;

export interface Measurement {
  /** Changes that were read. */
  readonly changes: number;
  /** Bytes of the comment for a pull request; 0 for none. */
  readonly comment: number;
  readonly seconds: number;
  /** Most bytes that the process held at once. */
  readonly peakMemory: number;
}
