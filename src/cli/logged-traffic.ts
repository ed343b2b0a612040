import { readFileSync } from "node:fs";
import { LogFormat } from "../logs/log-format";
import { logSources } from "../logs/log-sources";
import type { CallDefaults } from "../logs/logged-call";
import type { GatewayModel } from "../model/model";
import { readKeyFile } from "../replay/key-file";
import type { LogIdentities } from "../replay/log-identities";
import { readTraffic } from "../replay/read-traffic";
import type { Traffic } from "../replay/traffic";
import { cachedTraffic, keptTraffic } from "../replay/traffic-cache";
import { show } from "../text/show";
import { formatsIn } from "../usage/logs/log-context";
import { Progress } from "./progress";

export interface LoggedTrafficOptions {
  /** Files, folders and `s3://bucket/prefix`. */
  readonly logs: readonly string[];
  /** None for what the stages of the model write. */
  readonly formats: readonly string[];
  readonly model: GatewayModel | undefined;
  readonly defaults: CallDefaults;
  /** The folder of the cache; `false` for none. */
  readonly cache: string | false;
}

/** Reads the calls of access logs, or of a file of the cache that is named in their place, and says on standard error how far it is. */
export async function loggedTraffic({ logs, formats, model, defaults, cache }: LoggedTrafficOptions): Promise<Traffic> {
  const [only = "", ...others] = logs;
  const kept = others.length === 0 ? await keptTraffic(only) : undefined;
  if (kept) return kept;
  const progress = new Progress();
  const options = {
    sources: logSources(logs),
    formats: formats.length > 0 ? formats.map((format) => new LogFormat(format)) : formatsIn(model),
    defaults,
    onSource: (done: number) => progress.tell("logs", done, undefined),
  };
  try {
    return cache === false ? await readTraffic(options) : (await cachedTraffic({ ...options, folder: cache })).traffic;
  } finally {
    progress.end();
  }
}

/**
 * Whose the keys are by some files.
 *
 * @param option by which they were given, for messages
 */
export const keysInFiles = (files: readonly string[], option: string): LogIdentities[] =>
  files.map((file) => readKeyFile(textOfFile(file, option), file));

/** @throws Error that names the option by which a file was given */
export function textOfFile(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(
      `${option} ${show(file)} cannot be read (${(error as NodeJS.ErrnoException).code}); check its path`,
    );
  }
}
