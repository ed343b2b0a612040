import type { Engine } from "../usage/store/engine-statements";
import type { LogOptions } from "./reading-logs";

export const REPLAY_FORMATS = ["text", "json", "html"] as const;

/** What only an engine needs. */
export interface EngineOptions {
  /** The table of access logs. */
  readonly table?: string;
  /** Of ClickHouse. */
  readonly engineUrl?: string;
  /** Of Athena, as `results`. */
  readonly workgroup?: string;
  readonly results?: string;
  readonly printStatement: boolean;
}

export const ENGINE_OPTIONS = [
  ["table", "--table"],
  ["engineUrl", "--engine-url"],
  ["workgroup", "--workgroup"],
  ["results", "--results"],
  ["printStatement", "--print-statement"],
] as const satisfies readonly (readonly [keyof EngineOptions, string])[];

export interface ReplayCommandOptions extends Omit<LogOptions, "synthesized">, EngineOptions {
  readonly engine?: Engine;
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
