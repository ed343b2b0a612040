import { type Command, InvalidArgumentError, Option } from "commander";
import { dayOption } from "./day-option";
import type { DueOptions } from "./editing-dues";

/** Something is due, and was not written. */
const DUE = 2;

/** @param answer gets the exit code if it is not 0 */
export function addDueCommand(program: Command, answer: (code: number) => void): void {
  program
    .command("due")
    .description(
      "Does what subscriptions have agreed on for a day: begin, end a trial, move, end. Edits the files in which they stand, and " +
        "says what it means. Exits with 0 if nothing is due, or all of it is written; with 2 if something is due and --dry-run " +
        "leaves it; with 1 if it cannot be written.",
    )
    .addOption(dayOption("--on <day>", "the day, in UTC"))
    .addOption(new Option("--ahead <days>", "also list what comes in so many days after it").argParser(days).default(0))
    .option("--catalog <file>", "the file that calls defineCatalog", "catalog.ts")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--dry-run", "list what is due and print the edits, and write nothing", false)
    .action(async (options: DueOptions) => {
      const { applyDues } = await import("./editing-dues");
      if (applyDues(options)) answer(DUE);
    });
}

const MOST_DAYS = 3_660;

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > MOST_DAYS)
    throw new InvalidArgumentError(`It must be a number of days up to ${MOST_DAYS}.`);
  return number;
}
