import { formatCount } from "../text/limits";
import { describeNotes } from "../usage/logs/describe-reading";
import { notedLines } from "./lost-lines";
import type { ReplayNote } from "./replay-report";
import type { Traffic } from "./traffic";

/** @param tiers that it concerns alone */
export const noteOf = (kind: ReplayNote["kind"], text: string, tiers: readonly string[] = []): ReplayNote => ({
  kind,
  text,
  tiers,
});

/** What of the lines is not among the calls, or not as it should be. */
export function readingNotes({ reading }: Traffic): ReplayNote[] {
  const { outOfOrder, wholeSeconds = 0 } = reading;
  const orders = [
    ...(outOfOrder === 1 ? ["1 call stood after a later one in the logs; it was replayed at its time."] : []),
    ...(outOfOrder > 1
      ? [`${formatCount(outOfOrder)} calls stood after later ones in the logs; they were replayed at their times.`]
      : []),
  ];
  return [
    ...describeNotes({ notes: notedLines(reading) }).map((note) => noteOf("lines", `${note}.`)),
    ...orders.map((text) => noteOf("order", text)),
    ...(wholeSeconds > 0
      ? [
          noteOf(
            "whole seconds",
            `The times of ${wholeSeconds >= reading.calls ? "all calls" : `${formatCount(wholeSeconds)} calls`} are whole seconds, as their format has no ` +
              "$context.requestTimeEpoch: the answer for a burst is off by up to the calls of a second; log $context.requestTimeEpoch.",
          ),
        ]
      : []),
  ];
}

/** What to do about lines in another format. */
export function formatAdvice({ reading }: Traffic): ReplayNote[] {
  if (!reading.notes["another format"]) return [];
  return [
    noteOf(
      "format",
      "Lines are read in the formats of the stages of --against, or else in that of accessLog: true; if these are lines of the log, give " +
        "their format with --log-format, in single quotes and as the stage has it.",
    ),
  ];
}

/** Where logs have no line. */
export function noLines({ reading: { sources, lines } }: Traffic): ReplayNote[] {
  if (lines > 0) return [];
  return [
    noteOf(
      "lines",
      sources === 0
        ? "There is no file in the folders that were named: look at their paths."
        : `There is no line in ${sources === 1 ? "the file" : `the ${formatCount(sources)} files`} of the logs: look at the paths.`,
    ),
  ];
}
