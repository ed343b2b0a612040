import { createHash, randomBytes } from "node:crypto";
import { type Dirent, renameSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { byName } from "../../text/order";
import { lockFile } from "./file-lock";
import type { NameRange, StoredText, StoreFiles } from "./store-files";

/** Beside a file: the lock of its writer, and a text that is not complete yet. Neither is a file of the store. */
const LOCK = ".lock";
const STAGED = ".new";

/** A store in a folder, which several programs may use at once. */
export class FolderFiles implements StoreFiles {
  constructor(private readonly folder: string) {}

  async read(name: string): Promise<StoredText | undefined> {
    const text = await textAt(join(this.folder, name));
    return text === undefined ? undefined : { text, version: versionOf(text) };
  }

  async write(name: string, text: string, expected: string | undefined): Promise<boolean> {
    const file = join(this.folder, name);
    await mkdir(dirname(file), { recursive: true });
    const staged = `${file}.${process.pid}.${randomBytes(4).toString("hex")}${STAGED}`;
    try {
      await writeToDisk(staged, text);
      const lock = await lockFile(`${file}${LOCK}`);
      try {
        const there = await textAt(file);
        if ((there === undefined ? undefined : versionOf(there)) !== expected) return false;
        // At once: nothing comes between the look at the lock and the move.
        if (!lock.isHeld()) return false;
        renameSync(staged, file);
      } finally {
        lock.release();
      }
      await syncFolder(dirname(file));
      return true;
    } finally {
      await rm(staged, { force: true });
    }
  }

  list(prefix: string, range: NameRange = {}): AsyncIterable<string> {
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    return this.namesIn(folder, prefix, range);
  }

  private async *namesIn(folder: string, prefix: string, range: NameRange): AsyncGenerator<string> {
    const { from = "", below } = range;
    const found = (await entriesOf(join(this.folder, folder))).map((entry) => ({
      name: `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`,
      isFolder: entry.isDirectory(),
    }));
    for (const { name, isFolder } of found.sort((a, b) => byName(a.name, b.name))) {
      const isIn = isFolder ? name.startsWith(prefix) || prefix.startsWith(name) : name.startsWith(prefix);
      if (!isIn || (below !== undefined && name >= below)) continue;
      if (isFolder ? `${name}\uffff` < from : name < from) continue;
      if (isFolder) yield* this.namesIn(name, prefix, range);
      else if (!name.endsWith(LOCK) && !name.endsWith(STAGED) && !/\.lock\./.test(name)) yield name;
    }
  }
}

const versionOf = (text: string) => createHash("sha256").update(text).digest("hex");

async function textAt(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function writeToDisk(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the name is on disk, too; not every system can do that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
