import { readdirSync, readFileSync } from "node:fs";

const HAS_GROUPS = process.platform !== "win32";
/** A program that starts others while it is ended needs another look. */
const LOOKS = 3;

/**
 * Ends a process with all programs that it has started: its group, and those that have left the group (daemons), which are
 * known by a variable of their environment. Linux alone shows the environments of others; a program that clears its own is
 * not found.
 *
 * @param variable one that no other process has: `NAME=value`
 */
export function endPrograms(leader: number, variable: string | undefined): void {
  if (!HAS_GROUPS) return;
  kill(-leader);
  if (variable === undefined || process.platform !== "linux") return;
  for (let look = 0; look < LOOKS; look++) {
    const found = processesWith(variable);
    for (const id of found) kill(id);
    if (found.length === 0) return;
  }
}

function processesWith(variable: string): number[] {
  return readdirSync("/proc").flatMap((name) => {
    const id = Number(name);
    if (!Number.isInteger(id) || id === process.pid) return [];
    try {
      return readFileSync(`/proc/${id}/environ`, "latin1").split("\0").includes(variable) ? [id] : [];
    } catch {
      // It has ended, or belongs to somebody else.
      return [];
    }
  });
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // None is left.
  }
}
