import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isTrafficFile, type KeptTraffic, writeTraffic } from "./traffic-file";

/** How many logs are remembered: those that were asked for last. */
const MOST_KEPT = 20;

/** After this time nobody writes to it: the program that did was ended. */
const STALE_MS = 86_400_000;

/** Names of the files of the cache. The folder is the user's, and what else is in it is not touched. */
const OWN_NAME = /^[0-9a-f]{64}$/;
const STAGED_NAME = /^[0-9a-f]{64}\.[0-9a-f-]{36}\.new$/;

/** It says who calls what: nobody else on the machine reads it. */
const OWN_MODE = 0o600;

/**
 * Writes a file of the cache, beside it first, so that no other program reads half of it, and forgets those that were not asked for in
 * a long time.
 *
 * @returns `false` where the folder cannot be written to
 */
export async function isWritten(path: string, traffic: KeptTraffic): Promise<boolean> {
  const folder = dirname(path);
  const staged = `${path}.${randomUUID()}.new`;
  try {
    await mkdir(folder, { recursive: true });
    await ignoreInGit(folder);
    const file = await open(staged, "wx", OWN_MODE);
    try {
      await writeTraffic(file, traffic);
    } finally {
      await file.close();
    }
    await rename(staged, path);
    await forgetOldest(folder).catch(() => undefined);
    return true;
  } catch {
    await rm(staged, { force: true }).catch(() => undefined);
    return false;
  }
}

/** For the choice of what is forgotten; a folder that cannot be written to forgets nothing. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

/** The cache belongs to this machine: the logs are elsewhere. An existing file stays as it is. */
async function ignoreInGit(folder: string): Promise<void> {
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  const own: { readonly path: string; readonly usedAt: number }[] = [];
  for (const path of names.filter((name) => OWN_NAME.test(name)).map((name) => join(folder, name)))
    if (await isTrafficFile(path)) own.push({ path, usedAt: (await stat(path)).mtimeMs });
  const oldest = own.sort((a, b) => b.usedAt - a.usedAt).slice(MOST_KEPT);
  for (const { path } of oldest) await rm(path, { force: true });
  for (const path of names.filter((name) => STAGED_NAME.test(name)).map((name) => join(folder, name)))
    if (Date.now() - (await stat(path)).mtimeMs > STALE_MS) await rm(path, { force: true });
}
