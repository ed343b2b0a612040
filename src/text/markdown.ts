import { oneLine } from "./one-line";

const LONGEST_TEXT = 400;
export const shortened = (text: string, most = LONGEST_TEXT) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** A name in Markdown, as code: so nobody is mentioned, nothing is linked, and no format begins in a name. */
export function code(text: string, most = LONGEST_TEXT): string {
  const plain = shortened(oneLine(text), most);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/**
 * A sentence that may hold names: nothing in it is a link, a mention, markup or a formula. A character without width keeps
 * `@name`, `#1`, `GH-1`, URLs and hashes of commits from becoming links.
 */
export const escapeText = (text: string) =>
  oneLine(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~$]/g, "\\$&")
    .replace(/([@#])(?=\w)/g, `$1${NO_WIDTH}`)
    .replace(/(:)(?=\/\/)/g, `$1${NO_WIDTH}`)
    .replace(/\b(www|mailto|xmpp)(?=[.:])/gi, `$1${NO_WIDTH}`)
    .replace(/\b(GH)(?=-\d)/gi, `$1${NO_WIDTH}`)
    .replace(/\b(?=[0-9]*[a-f])([0-9a-f]{6})(?=[0-9a-f]{1,58}\b)/g, `$1${NO_WIDTH}`);

const NO_WIDTH = "\u200b";
