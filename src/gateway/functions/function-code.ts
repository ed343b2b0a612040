import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Unzipped, unzipSync } from "fflate";
import type { FunctionModel } from "../../model/model";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_UNPACKED_BYTES = 262_144_000;

/** A function's zip file, read but not yet unpacked. */
export interface FunctionCode {
  readonly zip: Uint8Array;
  /** SHA-256 of the zip file. */
  readonly hash: string;
}

/** Something about a function's code that keeps it from running; the message names function and file. */
export class FunctionCodeError extends Error {
  constructor({ name, zip }: FunctionModel, problem: string) {
    super(`function "${name}": ${zip} ${problem}`);
  }
}

/** @throws FunctionCodeError for a file that is not there */
export function readCode(synthesized: FunctionModel): FunctionCode {
  try {
    const zip = readFileSync(synthesized.zip);
    return { zip, hash: createHash("sha256").update(zip).digest("hex") };
  } catch (error) {
    throw new FunctionCodeError(
      synthesized,
      `cannot be read (${(error as NodeJS.ErrnoException).code}); synthesize again to write it, or fix the path`,
    );
  }
}

/**
 * Writes what is in a zip file into a folder.
 *
 * @throws FunctionCodeError for what is not a zip file, is too large for Lambda, or has files that would leave the folder
 */
export function unpackCode(synthesized: FunctionModel, { zip }: FunctionCode, folder: string): void {
  const files = Object.entries(unzip(synthesized, zip));
  const astray = files.find(([name]) => leavesFolder(name));
  if (astray)
    throw new FunctionCodeError(synthesized, `has a file that leaves its folder, "${astray[0]}"; create it again`);
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, contents] of files) {
      const path = join(folder, name);
      mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
      if (!name.endsWith("/")) writeFileSync(path, contents);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new FunctionCodeError(
      synthesized,
      `cannot be unpacked (${(error as NodeJS.ErrnoException).code}); synthesize again`,
    );
  }
}

function unzip(synthesized: FunctionModel, zip: Uint8Array): Unzipped {
  let bytes = 0;
  try {
    return unzipSync(zip, {
      filter: ({ originalSize }) => {
        bytes += originalSize;
        if (bytes > MAX_UNPACKED_BYTES) throw new Error(`it unpacks to more than Lambda's ${MAX_UNPACKED_BYTES} bytes`);
        return true;
      },
    });
  } catch (error) {
    throw new FunctionCodeError(synthesized, `cannot be unpacked (${(error as Error).message}); synthesize again`);
  }
}

/** Windows reads `\` and `C:` in a path too. */
const leavesFolder = (name: string) => /^[/\\]|^[A-Za-z]:|\0/.test(name) || name.split(/[/\\]/).includes("..");
