/** Lines around a change that are shown with it. */
const CONTEXT = 2;
/** Lines that must be the same for a change to be over. */
const SAME_AGAIN = 3;

/** Lines from `from` that others take the place of, from `to`. */
interface Change {
  readonly from: number;
  readonly gone: number;
  readonly to: number;
  readonly added: number;
}

/**
 * What becomes of a text, as the hunks of a unified diff. It is for edits of few lines: of texts that have little in common, it is not
 * the shortest diff, nor quick.
 */
export function changedLines(before: string, after: string): string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const hunks: Change[][] = [];
  for (const change of changesOf(old, now)) {
    const last = hunks.at(-1)?.at(-1);
    if (last && change.from - (last.from + last.gone) <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks.flatMap((hunk) => hunkLines(hunk, old, now)).map((line) => line.replace(/\r(?=\n|$)/, ""));
}

function hunkLines(changes: readonly Change[], old: readonly string[], now: readonly string[]): string[] {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return [];
  const start = Math.max(0, first.from - CONTEXT);
  const end = Math.min(old.length, last.from + last.gone + CONTEXT);
  const newStart = first.to - (first.from - start);
  const newLength = end - start + changes.reduce((sum, { gone, added }) => sum + added - gone, 0);
  const lines: string[] = [`@@ -${range(start, end - start)} +${range(newStart, newLength)} @@`];
  let at = start;
  const keep = (until: number) => {
    lines.push(...old.slice(at, until).map((line) => ` ${line}`));
    at = until;
  };
  for (const { from, gone, to, added } of changes) {
    keep(from);
    lines.push(...old.slice(from, from + gone).map((line) => `-${line}`));
    lines.push(...now.slice(to, to + added).map((line) => `+${line}`));
    at = from + gone;
  }
  keep(end);
  return lines;
}

/** A hunk without lines is said to be after the line before it. */
const range = (start: number, length: number) => `${length === 0 ? start : start + 1},${length}`;

function changesOf(old: readonly string[], now: readonly string[]): Change[] {
  const changes: Change[] = [];
  let [from, to] = [0, 0];
  while (from < old.length || to < now.length) {
    if (from < old.length && to < now.length && old[from] === now[to]) {
      from += 1;
      to += 1;
      continue;
    }
    const [gone, added] = untilSame(old, now, from, to);
    changes.push({ from, gone, to, added });
    from += gone;
    to += added;
  }
  return changes;
}

/** How many lines go and come until both texts are the same for some lines, or at their ends. */
function untilSame(old: readonly string[], now: readonly string[], from: number, to: number): [number, number] {
  const most = old.length - from + now.length - to;
  for (let distance = 1; distance < most; distance += 1)
    for (let gone = Math.max(0, distance - (now.length - to)); gone <= Math.min(distance, old.length - from); gone += 1)
      if (isSame(old, now, from + gone, to + distance - gone)) return [gone, distance - gone];
  return [old.length - from, now.length - to];
}

function isSame(old: readonly string[], now: readonly string[], from: number, to: number): boolean {
  for (let index = 0; index < SAME_AGAIN; index += 1) {
    const isEnd = from + index >= old.length && to + index >= now.length;
    if (isEnd) return true;
    if (old[from + index] !== now[to + index]) return false;
  }
  return true;
}

/** A last line without a break is another line than one with it. */
function linesOf(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return last === "" ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}
