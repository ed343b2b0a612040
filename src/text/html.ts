/** Markup that may stand in a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * A template of HTML. Values are text wherever they come from, so that none of them can be markup; only what another template
 * made goes in as it is. A value in an attribute stands in quotes, unless it is a number or a word of our own.
 */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return new Html(strings.reduce((text, part, index) => text + markupOf(values[index - 1] ?? "") + part));
}

function markupOf(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
  return typeof value === "number" ? String(value) : value.map(({ text }) => text).join("");
}
