import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

export interface WriteFilesOptions {
  /**
   * Whether a file that already exists is replaced. If not, it is an error, and none of the files is written.
   *
   * @default true
   */
  readonly overwrite?: boolean;
}

interface StagedFile {
  /** Where the complete text is, until it is moved. */
  readonly staged: string;
  readonly target: string;
}

/**
 * Writes all of the files or none: each is complete on disk beside its target before the first is moved there. A file
 * that is replaced keeps its mode, and a symbolic link keeps pointing to the file that is written.
 *
 * This is not `write-file-atomic`: that package replaces one file at a time, so a disk that is full at the second file
 * would leave the first one changed.
 *
 * @param files texts by file name; missing folders are created
 * @throws Error for a target that is a folder, that exists although `overwrite` is false, or that cannot be written
 */
export function writeFiles(files: ReadonlyMap<string, string>, { overwrite = true }: WriteFilesOptions = {}): void {
  const problems = [...files.keys()].flatMap((file) => problemOf(file, overwrite));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const written: StagedFile[] = [];
  try {
    for (const [file, text] of files) written.push(stage(file, text));
    for (const { staged, target } of written) {
      // A link fails if somebody else has created the file since; a rename would replace it.
      if (overwrite) renameSync(staged, target);
      else linkSync(staged, target);
    }
  } finally {
    for (const { staged } of written) rmSync(staged, { force: true });
  }
}

function problemOf(file: string, overwrite: boolean): string[] {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isFile()) return [`${file}: is not a file; move it away, or name another file`];
  return overwrite ? [] : [`${file}: already exists; move it away, or name another file`];
}

function stage(file: string, text: string): StagedFile {
  mkdirSync(dirname(file), { recursive: true });
  const target = existsSync(file) ? realpathSync(file) : file;
  const staged = `${target}.${process.pid}.new`;
  const mode = statSync(target, { throwIfNoEntry: false })?.mode;
  const open = openSync(staged, "wx", mode);
  try {
    writeFileSync(open, text);
    fsyncSync(open);
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  } finally {
    closeSync(open);
  }
  return { staged, target };
}
