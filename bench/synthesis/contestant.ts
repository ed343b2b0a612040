import type { Workload } from "./workload";

/** What a contestant gets to work with. */
export interface Task {
  readonly workload: Workload;
  /** An empty folder that takes the output. */
  readonly outdir: string;
  /**
   * The folder with what this project has synthesized for the same workload.
   * @default - there is none yet
   */
  readonly reference?: string;
}

/** The timed steps of a contestant. */
export interface Run {
  /** From plain data to a tree of constructs. */
  build(): void;
  /** From there to files. */
  synth(): void;
}

/** What each file in `contestants` exports as `prepare`. It may get things ready that are not to be timed. */
export type Prepare = (task: Task) => Run;

/** Who is measured: the files in `contestants`, in the order of the table. */
export const CONTESTANTS = {
  "this-project": "this project",
  "aws-cdk": "AWS CDK",
  "aws-cdk-lean": "AWS CDK, lean",
  "plain-cdktf": "plain cdktf",
  "json-stringify": "JSON.stringify",
} as const;

export type Contestant = keyof typeof CONTESTANTS;
