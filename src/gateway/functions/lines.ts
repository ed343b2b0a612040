import type { Readable } from "node:stream";

/** CloudWatch cuts an event here too; and a text without an end must not fill our memory. */
const MAX_LINE_LENGTH = 262_144;

/**
 * Calls for each line that a stream brings, the last one too if nothing ends it. This is not `node:readline`, which keeps a
 * line in memory until it ends, however long it is.
 */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  const flush = () => {
    if (rest !== "") onLine(rest);
    rest = "";
  };
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (rest.length > MAX_LINE_LENGTH) flush();
  });
  stream.on("error", flush);
  stream.on("close", flush);
}
