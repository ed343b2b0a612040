import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { splitKeyFile } from "../catalog/aws-key-file";
import { csvOf } from "../catalog/csv-text";
import { writeFiles } from "../project/write-files";
import { describeFindings } from "../text/finding";
import { shellWord } from "../text/shell-word";

export interface SplitKeysOptions {
  readonly plan: Readonly<Record<string, string>>;
  readonly tier?: string;
  readonly data: string;
  readonly values: string;
}

/**
 * Writes both parts of a file of keys, or none.
 *
 * @returns what was written, and what to do next; never a value
 * @throws Error for a file that is wrong, with all of its mistakes, and for files that are there already
 */
export function splitKeys(file: string, { plan, tier, data, values }: SplitKeysOptions): string {
  const found = splitKeyFile(readText(file), file, { tiersOfPlans: new Map(Object.entries(plan)), tier });
  if (found.findings.length > 0)
    throw new Error(
      `nothing was written:\n${describeFindings(found.findings)
        .map((line) => `  - ${line}`)
        .join("\n")}`,
    );
  const count = Object.keys(found.subscriptions).length;
  if (count === 0) throw new Error(`${file} holds no key; nothing was written`);
  for (const each of [data, values])
    if (existsSync(each)) throw new Error(`${each} already exists; move it away, or name another file`);
  const ignored = ignore([values, file]);
  // Readable by its owner alone from the first byte on.
  writeFileSync(values, `${JSON.stringify(found.values, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  try {
    writeFiles(new Map([[data, csvOf(found.subscriptions)], ...ignored]));
  } catch (error) {
    rmSync(values);
    throw error;
  }
  const noun = count === 1 ? "key" : "keys";
  return [
    `Written: ${data}, ${count} ${noun} without values; ${values}, their values, for your eyes only${ignored.size > 0 ? ", and in .gitignore" : ""}.`,
    "Next:",
    `  1. Add subscriptionsFromFile(${JSON.stringify(data)}) to subscriptionFiles of the catalog.`,
    `  2. npx cdktf deploy access --var-file "$PWD"/${shellWord(values)}`,
    `  3. Drop the column keyValue.variable of ${data}, and delete ${values} and ${file}: a key that exists keeps its value.`,
  ].join("\n");
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); look at its name`);
  }
}

/** The `.gitignore` with the files of this folder that hold values. */
function ignore(files: readonly string[]): ReadonlyMap<string, string> {
  const before = existsSync(".gitignore") ? readFileSync(".gitignore", "utf8") : "";
  const lines = before.split(/\r?\n/).map((line) => line.trim().replace(/^\//, ""));
  const added = files
    .map((file) => relative("", file).split(sep).join("/"))
    .filter((name) => !name.startsWith("../") && !lines.includes(name));
  if (added.length === 0) return new Map();
  const start = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  return new Map([[".gitignore", `${start}${added.map((name) => `/${name}`).join("\n")}\n`]]);
}
