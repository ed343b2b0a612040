/** A cell, and where it stands in its file: with its quotes, without blanks around it. */
export interface CellSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A row of a file. */
export interface RowSpan {
  readonly start: number;
  /** Before its line break. */
  readonly end: number;
  /** After it. */
  readonly next: number;
  /** Counted from 1, as the line on which the row begins. */
  readonly line: number;
  readonly cells: readonly CellSpan[];
}

/**
 * Where the cells of a CSV file stand. The parser that reads the file does not say, so what is found here must be compared with
 * what it reads.
 *
 * @param separator one character
 */
export function rowsOf(text: string, separator: string): RowSpan[] {
  const rows: RowSpan[] = [];
  let at = /^\uFEFF?(?:sep=[,;\t](?:\r\n|\n|\r))?/.exec(text)?.[0].length ?? 0;
  let line = 1 + breaksIn(text.slice(0, at));
  while (at < text.length) {
    const start = at;
    const cells: CellSpan[] = [];
    for (;;) {
      const cell = cellAt(text, at, separator);
      cells.push(cell);
      at = endOfCell(text, cell.end, separator);
      if (text[at] !== separator) break;
      at += 1;
    }
    const next = text.startsWith("\r\n", at) ? at + 2 : Math.min(at + 1, text.length);
    rows.push({ start, end: at, next, line, cells });
    line += breaksIn(text.slice(start, next));
    at = next;
  }
  return rows;
}

const breaksIn = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0;

function cellAt(text: string, from: number, separator: string): CellSpan {
  let start = from;
  while (isBlank(text[start], separator)) start += 1;
  if (text[start] === '"') {
    const [quoted = '"'] = /^"(?:[^"]|"")*"?/.exec(text.slice(start)) ?? [];
    const end = start + quoted.length;
    const content = quoted.slice(1, -1).replaceAll('""', '"');
    return { start, end, text: content.replace(/\r\n?/g, "\n").trim(), isQuoted: true };
  }
  const end = endOfCell(text, start, separator);
  const content = text.slice(start, end).trimEnd();
  return content === ""
    ? { start: from, end: from, text: "", isQuoted: false }
    : { start, end: start + content.length, text: content, isQuoted: false };
}

function endOfCell(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

const isBlank = (character: string | undefined, separator: string) =>
  (character === " " || character === "\t") && character !== separator;

/** A text as a cell, in quotes where it needs them or had them. */
export function cellText(text: string, separator: string, isQuoted = false): string {
  const needed = /["\r\n]|^\s|\s$/.test(text) || text.includes(separator);
  return needed || (isQuoted && text !== "") ? `"${text.replaceAll('"', '""')}"` : text;
}
