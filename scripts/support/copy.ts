import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { runStep } from "./steps";

/** Folders that copies of the project do not need: another project's, and what runs these scripts. */
const NOT_COPIED = /^(bench|\.ci)\//;

/** Lays a copy of a project into a folder: what git has of it, and would take. */
export function copyProject(project: string, folder: string): void {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = runStep("list of files", "git", list, { folder: project, silent: true }).split("\0");
  for (const file of files.filter((each) => each !== "" && !NOT_COPIED.test(each))) {
    // A file that was deleted, and not yet committed, is still in git's list.
    if (!existsSync(join(project, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(project, file), join(folder, file));
  }
}
