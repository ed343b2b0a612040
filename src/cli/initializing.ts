import { chmodSync, statSync } from "node:fs";
import { relative, sep } from "node:path";
import { planNewProject } from "../project/new-project";
import { writeFiles } from "../project/write-files";

/** Options of `api-tiers init`, as commander reads them. */
export interface InitOptions {
  /** The program that synthesizes. */
  readonly main: string;
  readonly dryRun: boolean;
}

/**
 * Writes the files of a project that are missing, and prints what was written, added and kept.
 *
 * @throws Error for a folder that is none, and for a `package.json` that cannot be read; nothing is written then
 */
export function init(folder: string, { main, dryRun }: InitOptions): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile())
    throw new Error(`${folder}: is a file, not a folder; name another folder`);
  const { write, added, kept } = planNewProject(folder, main);
  if (!dryRun) {
    writeFiles(write);
    for (const file of write.keys()) if (file.endsWith(".sh")) chmodSync(file, 0o755);
  }
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${title}\n${lines.map((line) => `  ${line}`).join("\n")}`];
  const merged = new Set(added.map((line) => line.split(":")[0]));
  const created = [...write.keys()].filter((file) => !merged.has(file));
  console.log(
    [
      ...list(dryRun ? "Would write:" : "Written:", created),
      ...list(dryRun ? "Would add:" : "Added:", added),
      ...list("Kept:", kept),
      write.size === 0 ? "The project has all of its files." : nextStep(folder),
    ].join("\n"),
  );
}

function nextStep(folder: string): string {
  const path = relative("", folder).split(sep).join("/");
  const change = path === "" ? "" : `cd ${path} && `;
  return `Next: ${change}npm install && npm start && npm test`;
}
