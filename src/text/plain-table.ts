import Table from "cli-table3";

/**
 * Rows in columns, without lines.
 *
 * @param aligns of the columns
 * @param head titles of the columns; none by default
 */
export function plainTable(
  rows: readonly (readonly string[])[],
  aligns: readonly ("left" | "right")[],
  head: readonly string[] = [],
): string {
  const none = { top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "" };
  const sides = { "bottom-left": "", "bottom-right": "", left: "  ", "left-mid": "", mid: "", "mid-mid": "" };
  const table = new Table({
    chars: { ...none, ...sides, right: "", "right-mid": "", middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: [...aligns],
    ...(head.length > 0 ? { head: [...head] } : {}),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
