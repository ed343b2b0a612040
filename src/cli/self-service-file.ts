import { readFileSync } from "node:fs";
import { Option } from "commander";
import { type ExportedSubscription, readSelfServiceExport } from "../contract/self-service-export";
import { show } from "../text/show";

/** Where customers stand who signed up by themselves, for all commands that know them beside those of the catalog. */
export const selfServiceOption = (): Option =>
  new Option(
    "--self-service-export <file>",
    'what "api-tiers self-service export" wrote: customers who signed up by themselves, whom no file of Terraform has',
  );

/**
 * The customers of a file.
 *
 * @param file `undefined` for none
 * @throws Error for a file that cannot be read
 */
export function selfServiceIn(file: string | undefined): ExportedSubscription[] {
  if (file === undefined) return [];
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    throw new Error(
      `--self-service-export ${show(file)}: ${reason}; write it with "api-tiers self-service export --output <file>"`,
    );
  }
  return readSelfServiceExport(text, file);
}
