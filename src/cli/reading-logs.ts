import { existsSync } from "node:fs";
import { LogFormat } from "../logs/log-format";
import { LogReader } from "../logs/log-reader";
import { readGateway } from "../model/read-gateway";
import { statesInFiles } from "../states/read-states";
import type { LogContext } from "../usage/logs/count-routes";
import { contextIn, formatsIn } from "../usage/logs/log-context";

export interface LogOptions {
  readonly logFormat: readonly string[];
  readonly synthesized?: string;
  readonly state: readonly string[];
  readonly api?: string;
  readonly stage?: string;
}

const SYNTHESIZED = "cdktf.out";

/** The reader of logs that options describe, and what the ids in them mean. */
export function openLogReader({ logFormat, synthesized, state, api, stage }: LogOptions): {
  readonly reader: LogReader;
  readonly context: LogContext;
} {
  const folder = synthesized ?? (existsSync(SYNTHESIZED) ? SYNTHESIZED : undefined);
  const formats =
    logFormat.length > 0
      ? logFormat.map((format) => new LogFormat(format))
      : formatsIn(folder === undefined ? undefined : readGateway(folder));
  const context = contextIn(state.length > 0 ? statesInFiles(state).gateway : undefined);
  return { reader: new LogReader(formats, { api, stage }), context };
}
