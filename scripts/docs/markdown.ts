/** Says which program wrote a page, so that nobody edits it by hand. */
export const HEAD = "<!-- Written by `npm run docs` from the sources: change these, not this page. -->\n";

/** A cell of a table: on one line, with its pipes escaped. */
export const cell = (text: string): string => text.replaceAll(/\s+/g, " ").trim().replaceAll("|", "\\|");

/** Code in a cell or a sentence; longer quotes where the code has some. */
export const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A table, or nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |\n`;
  return `${line(head)}${line(head.map(() => "---"))}${rows.map(line).join("")}`;
}
