import type { LineKind, NotedLines } from "../logs/line-notes";
import { lostLines } from "../usage/logs/describe-reading";
import type { Traffic } from "./traffic";

/** Lines of the logs that could not be read: calls of anybody may be among them. */
export const lostLinesOf = ({ reading }: Traffic): number =>
  lostLines({ notes: new Map(Object.entries(reading.notes)) as ReadonlyMap<LineKind, NotedLines> });
