import { createHash } from "node:crypto";
import { Html, html } from "../html";
import { STYLE as SHARED } from "./style";

interface PageParts {
  readonly title: string;
  /** Stands under the title. */
  readonly intro: Html;
  readonly main: Html;
  /** What the page looks like beside others; ours, never foreign text. */
  readonly style?: string;
}

/** One file of HTML, which needs nothing else and is read without scripts. */
export function htmlPage({ title, intro, main, style = "" }: PageParts): string {
  const whole = `${SHARED}\n${style}`.trim();
  return html`<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta http-equiv=Content-Security-Policy content="${policyOf(whole)}">
<meta name=viewport content="width=device-width, initial-scale=1">
<meta name=color-scheme content="light dark">
<meta name=referrer content=no-referrer>
<title>${title}</title>
<link rel=icon href="data:,">
<style>${new Html(whole)}</style>
<body>
<header><h1>${title}</h1><p>${intro}</p></header>
<main>
${main}
</main>
</body>
</html>
`.text;
}

/** Nothing but the page's own style: no script, no request, no form. */
const policyOf = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** A table that scrolls by itself, also by keyboard. */
export const scroll = (title: string, table: Html, isShort = false): Html =>
  html`<section class="scroll${isShort ? " short" : ""}" aria-labelledby=${title} tabindex=0>${table}</section>`;
