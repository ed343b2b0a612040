import { createReadStream, realpathSync, type Stats, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { byName } from "../text/order";
import { show } from "../text/show";
import type { LogSource } from "./log-reader";
import { s3LogSources } from "./s3-log-sources";

/** What CloudWatch writes beside its exports, to see whether it may. */
const NOT_A_LOG = /^\.|^aws-logs-write-test$/;

/**
 * The files of logs, those of folders in the order of their names. A file or a folder that is reached in several ways, such as by a
 * symbolic link, comes once.
 *
 * @param addresses files, folders, and `s3://bucket/prefix`
 * @throws Error for one that is not there
 */
export async function* logSources(addresses: readonly string[]): AsyncGenerator<LogSource> {
  const seen = new Set<string>();
  for (const address of addresses)
    if (address.startsWith("s3://")) yield* s3LogSources(address);
    else yield* filesAt(address, seen);
}

/** @param seen real paths of what came before */
async function* filesAt(path: string, seen: Set<string>): AsyncGenerator<LogSource> {
  const stats = statOf(path);
  const isFile = stats.isFile();
  const isFolder = stats.isDirectory();
  if (isFile || isFolder) {
    const real = realpathSync(path);
    if (seen.has(real)) return;
    seen.add(real);
  }
  if (!isFolder) {
    yield {
      name: path,
      ...(!isFile && { isReadOnce: true }),
      bytes: () => createReadStream(path, { highWaterMark: 1 << 18 }),
    };
    return;
  }
  const names = (await readdir(path)).filter((name) => !NOT_A_LOG.test(name)).sort(byName);
  for (const name of names) yield* filesAt(join(path, name), seen);
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${show(path)} cannot be read (${code}); name files of access logs, folders, or s3://bucket/prefix`,
    );
  }
}
