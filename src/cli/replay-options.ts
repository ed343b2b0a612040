import type { LogOptions } from "./reading-logs";

export const REPLAY_FORMATS = ["text", "json", "html"] as const;

export interface ReplayCommandOptions extends Omit<LogOptions, "synthesized"> {
  readonly against: readonly string[];
  readonly keys: readonly string[];
  readonly store?: string;
  readonly account: boolean;
  readonly region?: string;
  readonly profile?: string;
  readonly set: readonly string[];
  readonly sweep: readonly string[];
  readonly scenarios?: string;
  /** `false` with `--no-cache`. */
  readonly cache: string | false;
  readonly format: (typeof REPLAY_FORMATS)[number];
  readonly output?: string;
  readonly failOnRefused: boolean;
}
