import { cpus } from "node:os";

/** What it was measured on, for the figures mean nothing without it. */
export function machine(): string {
  return `Node ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model}`;
}
