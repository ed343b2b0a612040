import type { Readable } from "node:stream";

/** CloudWatch cuts an event here too; and a text without an end must not fill our memory. */
const MAX_LINE_LENGTH = 262_144;

export interface LineBounds {
  /** @default - where CloudWatch cuts an event */
  readonly longest?: number;
  /** Takes the beginning of a line that is longer. @default - it is taken for a line */
  readonly onTooLong?: (beginning: string) => void;
}

/**
 * Calls for each line that a stream brings, the last one too if nothing ends it. This is not `node:readline`, which keeps a
 * line in memory until it ends, however long it is.
 */
export function eachLine(
  stream: Readable,
  onLine: (line: string) => void,
  { longest = MAX_LINE_LENGTH, onTooLong = onLine }: LineBounds = {},
): void {
  // The line that has begun, in the parts in which it came: each character is looked at once, however long the line becomes.
  let parts: string[] = [];
  let length = 0;
  const add = (part: string) => {
    if (part !== "") parts.push(part);
    length += part.length;
  };
  const taken = (): string => {
    const line = parts.join("");
    parts = [];
    length = 0;
    return line;
  };
  const flush = () => {
    if (length > 0) onLine(taken());
  };
  const end = (part: string) => {
    let line = part;
    if (length > 0) {
      add(part);
      line = taken();
    }
    onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    let start = 0;
    for (let next = text.indexOf("\n"); next >= 0; next = text.indexOf("\n", start)) {
      end(text.slice(start, next));
      start = next + 1;
    }
    add(text.slice(start));
    if (length > longest) onTooLong(taken());
  });
  stream.on("error", flush);
  stream.on("close", flush);
}
