import { writeFileSync } from "node:fs";
import { show } from "../text/show";

/**
 * Writes a text to the file of `--output`.
 *
 * @returns what is left to print: without a file, the text
 */
export function writtenTo(file: string | undefined, text: string): string | undefined {
  if (file === undefined) return text;
  try {
    writeFileSync(file, text.endsWith("\n") ? text : `${text}\n`);
  } catch (error) {
    throw new Error(
      `--output ${show(file)} cannot be written (${(error as NodeJS.ErrnoException).code}); check its path, and create its folder`,
    );
  }
  return undefined;
}
