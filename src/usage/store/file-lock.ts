import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock is held for some milliseconds. One that is older is of a program that was stopped, or on a machine that is gone. */
const OLDEST = 30_000;

/** How long to wait between two tries; somewhat different each time, so that two do not go on meeting. */
const PAUSE = { shortest: 2, longest: 20 } as const;

/** A file beside the one that it locks, which says who holds it. */
export interface FileLock {
  /** Whether it was not taken away: that happens to a program that slept while it held the lock. */
  isHeld(): boolean;
  release(): void;
}

/** Waits until nobody else has the lock, and takes it. */
export async function lockFile(file: string): Promise<FileLock> {
  const token = JSON.stringify({ pid: process.pid, host: hostname(), token: randomBytes(8).toString("hex") });
  for (;;) {
    if (created(file, token)) {
      const isHeld = () => contentOf(file) === token;
      return { isHeld, release: () => isHeld() && rmSync(file, { force: true }) };
    }
    takeAwayIfDead(file);
    await sleep(PAUSE.shortest + Math.random() * (PAUSE.longest - PAUSE.shortest));
  }
}

function created(file: string, token: string): boolean {
  // Linked, not opened: so it never stands there without its content.
  const own = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(own, token, { flag: "wx" });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of several that try, one renames it. If that one has renamed a lock that was created in the meantime, it puts it back. */
function takeAwayIfDead(file: string): void {
  const content = contentOf(file);
  if (content === undefined || !isDead(file, content)) return;
  const aside = `${file}.${randomBytes(4).toString("hex")}.old`;
  try {
    renameSync(file, aside);
    if (contentOf(aside) !== content) linkSync(aside, file);
  } catch {
    // Another one was first.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isDead(file: string, content: string): boolean {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > OLDEST) return true;
  try {
    const { pid, host } = JSON.parse(content) as { readonly pid: number; readonly host: string };
    return host === hostname() && !isAlive(pid);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
