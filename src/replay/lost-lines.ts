import type { LineKind, NotedLines } from "../logs/line-notes";
import { lostLines } from "../usage/logs/describe-reading";
import type { Traffic } from "./traffic";

/** What was noted of lines, by kind. */
export const notedLines = ({ notes }: Traffic["reading"]): ReadonlyMap<LineKind, NotedLines> =>
  new Map(Object.entries(notes) as [LineKind, NotedLines][]);

/** Lines of the logs that could not be read: calls of anybody may be among them. */
export const lostLinesOf = ({ reading }: Traffic): number => lostLines({ notes: notedLines(reading) });
