import { type Html, html } from "../../../text/html";
import { scroll } from "../../../text/page/html-page";
import { othersText } from "../labels";

/** A cell: a number stands at the right. */
export type Cell = string | { readonly number: string };

export const number = (text: string): Cell => ({ number: text });

/**
 * A table whose first column names its rows. End tags that HTML lets out are left out.
 *
 * @param heading id of the heading that names it
 * @param others rows that are left out
 */
export function table(heading: string, head: readonly string[], rows: readonly (readonly Cell[])[], others = 0): Html {
  const isNumber = head.map((_, index) => rows.some((row) => typeof row[index] === "object"));
  const titles = head.map((title, index) =>
    isNumber[index] ? html`<th scope=col class=r>${title}` : html`<th scope=col>${title}`,
  );
  const body = rows.map(([name = "", ...cells]) => html`<tr><th scope=row>${textOf(name)}${cells.map(cellOf)}`);
  const shown = scroll(heading, html`<table><thead><tr>${titles}<tbody>${body}</table>`, true);
  return others > 0 ? html`${shown}<p class=quiet>${othersText(others)}, see JSON</p>` : shown;
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.number);

const cellOf = (cell: Cell): Html => (typeof cell === "string" ? html`<td>${cell}` : html`<td class=r>${cell.number}`);
