import type { LineKind } from "../../logs/line-notes";
import type { LogReader } from "../../logs/log-reader";

/** Kinds of lines that make a count too low. */
const LOST = [
  "another format",
  "more than one reading",
  "not a call",
  "too long",
  "key value",
] as const satisfies readonly LineKind[];

const SAID: Readonly<Record<LineKind, readonly [one: string, many: string]>> = {
  "another format": ["line is not in the format of the log", "lines are not in the format of the log"],
  "more than one reading": [
    "line can be read in more than one way, because a value holds what separates values",
    "lines can be read in more than one way, because a value holds what separates values",
  ],
  "not a call": [
    "line does not say its time, status, API, stage or method",
    "lines do not say their time, status, API, stage or method",
  ],
  "too long": ["line is longer than any line of an access log", "lines are longer than any line of an access log"],
  duplicate: ["call came twice, and counts once", "calls came twice, and count once"],
  "no id": [
    "call has no extendedRequestId: whether it came twice is not known",
    "calls have no extendedRequestId: whether they came twice is not known",
  ],
  "no key": ["call came without a key, and is nobody's", "calls came without a key, and are nobody's"],
  "key value": [
    "call has something in the place of the key's id that may be a key's value; it is not kept",
    "calls have something in the place of the key's id that may be a key's value; it is not kept",
  ],
  "no route": ["call with a key found no route", "calls with a key found no route"],
};

/** Lines of which nobody knows whose calls they are. */
export const lostLines = ({ notes }: Pick<LogReader, "notes">): number =>
  LOST.reduce((sum, kind) => sum + (notes.get(kind)?.count ?? 0), 0);

/** Whether there are lines of which nobody knows whose calls they are. */
export const hasLostLines = (reader: Pick<LogReader, "notes">): boolean => lostLines(reader) > 0;

/** What was noted of lines, each kind with its first places. */
export function describeNotes({ notes }: Pick<LogReader, "notes">): string[] {
  return (Object.keys(SAID) as LineKind[]).flatMap((kind) => {
    const noted = notes.get(kind);
    if (!noted) return [];
    const { count, places } = noted;
    const more = count > places.length ? ", …" : "";
    const at = places.length > 0 ? ` (${places.join(", ")}${more})` : "";
    return [`${count.toLocaleString("en-US")} ${SAID[kind][count === 1 ? 0 : 1]}${at}`];
  });
}
