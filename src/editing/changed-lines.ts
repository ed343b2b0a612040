/** Lines around a change that are shown with it. */
const CONTEXT = 2;

/**
 * What an edit changes in a text, as the hunk of a unified diff. All that changes is between the first and the last line that
 * differ.
 */
export function changedLines(before: string, after: string): string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const from = Math.max(0, start - CONTEXT);
  const behind = old.slice(old.length - end, old.length - end + CONTEXT);
  const [gone, added] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const above = old.slice(from, start);
  const count = (lines: readonly string[]) => above.length + lines.length + behind.length;
  return [
    `@@ -${from + 1},${count(gone)} +${from + 1},${count(added)} @@`,
    ...above.map((line) => ` ${line}`),
    ...gone.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...behind.map((line) => ` ${line}`),
  ].map((line) => line.replace(/\r$/, ""));
}

/** A last line without a break is another line than one with it. */
function linesOf(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return last === "" ? lines : [...lines, `${last}${NO_BREAK}`];
}

const NO_BREAK = "\n\\ No newline at end of file";
