import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedLines } from "../editing/changed-lines";
import { nameOf, type Subscriptions } from "../editing/subscriptions/subscriptions";
import { synthesize } from "../project/synthesize";
import { writeFiles } from "../project/write-files";
import { renderText } from "../review/render/text";
import { ONLY_A_PLAN_KNOWS, reviewSynthesized } from "../review/review-synthesized";
import { hideKeys } from "../text/like-a-key";

export interface EditingOptions {
  /** Whether nothing is written. */
  readonly dryRun: boolean;
}

/** An edit, and the subscriptions as it leaves them. */
export interface Edited {
  /** What it does, for the heading of its change. */
  readonly heading: string;
  readonly after: Subscriptions;
}

/** The changes of some edits, each as the lines that it changes. */
export function describeEdits(before: Subscriptions, edits: readonly Edited[]): string[] {
  let texts = before.texts;
  return edits.flatMap(({ heading, after }) => {
    const from = texts;
    texts = after.texts;
    const files = [...after.texts.changes()].flatMap(([path, { after: text }]) => {
      const old = from.of(path);
      return old === text ? [] : [`${nameOf(path)}`, ...changedLines(old, text).map((line) => hideKeys(line))];
    });
    return [heading, ...files, ""];
  });
}

/**
 * Writes the files, and checks what they come to: the project is synthesized before and after, into folders that are gone
 * afterwards. If it does not synthesize any more, the files are put back.
 *
 * @throws Error for a project that does not synthesize before the edit, or after it
 */
export function writeChecked(subscriptions: Subscriptions): string {
  const changes = subscriptions.texts.changes();
  const textsOf = (which: "before" | "after") => new Map([...changes].map(([path, each]) => [path, each[which]]));
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-edit-"));
  const [base, head] = [join(folder, "before"), join(folder, "after")];
  // Interrupted, it puts the files back before it ends.
  const wait = () => {};
  process.on("SIGINT", wait).on("SIGTERM", wait);
  try {
    attempt(base, "the project does not synthesize as it is, so nothing was written");
    writeFiles(textsOf("after"));
    try {
      attempt(head, "after the edit, the project does not synthesize, so the files were put back");
    } catch (error) {
      writeFiles(textsOf("before"));
      throw error;
    }
    return renderText(reviewSynthesized(base, head), {
      color: process.stdout.isTTY === true && !process.env.NO_COLOR,
      width: (process.stdout.isTTY && process.stdout.columns) || 100,
    });
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", wait);
    rmSync(folder, { recursive: true, force: true });
  }
}

function attempt(output: string, otherwise: string): void {
  try {
    synthesize(output);
  } catch (error) {
    throw new Error(`${otherwise}:\n${hideKeys((error as Error).message).trim()}`);
  }
}

/** Prints the edits, and unless it is a trial, writes them and prints what they mean. */
export function finish(
  before: Subscriptions,
  edits: readonly Edited[],
  notes: readonly string[],
  options: EditingOptions,
): void {
  for (const line of describeEdits(before, edits)) console.log(line);
  const after = edits.at(-1)?.after ?? before;
  const files = [...after.texts.changes().keys()].map(nameOf);
  if (options.dryRun) {
    for (const note of notes) console.log(note);
    console.log("Nothing is written, because of --dry-run.");
    return;
  }
  const review = writeChecked(after);
  console.log(`Written: ${files.join(", ")}.`);
  for (const note of notes) console.log(note);
  console.log(
    `\nWhat it means, by what is synthesized before and after. Only "api-tiers plan" knows ${ONLY_A_PLAN_KNOWS}.\n`,
  );
  process.stdout.write(review);
}
