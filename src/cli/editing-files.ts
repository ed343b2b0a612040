import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedLines } from "../editing/changed-lines";
import { nameOf, type Subscriptions } from "../editing/subscriptions/subscriptions";
import { synthesize } from "../project/synthesize";
import { writeFiles } from "../project/write-files";
import { renderText } from "../review/render/text";
import { ONLY_A_PLAN_KNOWS, reviewSynthesized } from "../review/review-synthesized";
import { hideKeys } from "../text/like-a-key";
import { printable } from "../text/printable";

export interface EditingOptions {
  /** Whether nothing is written. */
  readonly dryRun: boolean;
}

/** What becomes of each file, as a diff. */
export function describeChanges({ texts }: Subscriptions): string[] {
  return [...texts.changes()].flatMap(([path, { before, after }]) => [
    nameOf(path),
    ...changedLines(before, after).map(shownLine),
  ]);
}

/** A line of a file, in which only tabs and line breaks do what they do. */
const shownLine = (line: string): string =>
  hideKeys(line)
    .split(/([\t\n])/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part, Number.POSITIVE_INFINITY)))
    .join("");

/** What an edit comes to. */
export interface Checked {
  /** What it means to customers, for a person. */
  readonly review: string;
  /** Of the project, which it did not have before. */
  readonly warnings: readonly string[];
}

/**
 * Writes the files, and checks what they come to: the project is synthesized before and after, into folders that are gone
 * afterwards. If it does not synthesize any more, the files are put back.
 *
 * @throws Error for a project that does not synthesize before the edit, or after it
 */
export function writeChecked(subscriptions: Subscriptions): Checked {
  const changes = subscriptions.texts.changes();
  const isStill = (which: "before" | "after") =>
    [...changes].every(([path, each]) => readFileSync(path, "utf8") === each[which]);
  const textsOf = (which: "before" | "after") => new Map([...changes].map(([path, each]) => [path, each[which]]));
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-edit-"));
  const [base, head] = [join(folder, "before"), join(folder, "after")];
  // Interrupted, it puts the files back before it ends.
  const wait = () => {};
  process.on("SIGINT", wait).on("SIGTERM", wait);
  try {
    const known = new Set(
      attempt(base, "the project does not synthesize as it is, so nothing was written").map(withoutLine),
    );
    if (!isStill("before"))
      throw new Error("a file has changed in the meantime, so nothing was written; run this again");
    writeFiles(textsOf("after"));
    let warnings: string[];
    try {
      warnings = attempt(head, "after the edit, the project does not synthesize, so the files were put back");
    } catch (error) {
      if (isStill("after")) writeFiles(textsOf("before"));
      throw error;
    }
    const review = renderText(reviewSynthesized(base, head), {
      color: process.stdout.isTTY === true && !process.env.NO_COLOR,
      width: (process.stdout.isTTY && process.stdout.columns) || 100,
    });
    return { review, warnings: warnings.filter((each) => !known.has(withoutLine(each))) };
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", wait);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines of a file move when it is edited. */
const withoutLine = (warning: string): string => warning.replace(/:\d+(?=[:,])/, "");

/** Prints the warnings on standard error, which keeps standard output for what was asked for. */
export function warn(warnings: readonly string[]): void {
  for (const each of warnings) console.error(`warning: ${printable(hideKeys(each), Number.POSITIVE_INFINITY)}`);
}

function attempt(output: string, otherwise: string): string[] {
  try {
    return synthesize(output);
  } catch (error) {
    throw new Error(`${otherwise}:\n${hideKeys((error as Error).message).trim()}`);
  }
}

/** Prints the edits, and unless it is a trial, writes them and prints what they mean. */
export function finish(after: Subscriptions, notes: readonly string[], { dryRun }: EditingOptions): void {
  const say = (lines: readonly string[]) => console.log(lines.join("\n"));
  say([...describeChanges(after), ""]);
  if (dryRun) {
    say([...notes, "Nothing is written, because of --dry-run."]);
    return;
  }
  const { review, warnings } = writeChecked(after);
  const files = [...after.texts.changes().keys()].map(nameOf);
  say([
    `Written: ${files.join(", ")}.`,
    ...notes,
    "",
    `What it means, by what is synthesized before and after. Only "api-tiers plan" knows ${ONLY_A_PLAN_KNOWS}.`,
    "",
  ]);
  process.stdout.write(review);
  warn(warnings);
}
