import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GatewayAnswer } from "../request";

const FOLDER = join(__dirname, "files");

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript" } as const;

/** By path. Nothing else in the folder is served. */
const FILES: ReadonlyMap<string, string> = new Map([
  ["/_tiers", "index.html"],
  ["/_tiers/page/page.css", "page.css"],
  ["/_tiers/page/page.js", "page.js"],
  ["/_tiers/page/customers.js", "customers.js"],
  ["/_tiers/page/elements.js", "elements.js"],
]);

/** Scripts and styles of our own alone, no forms to elsewhere, in no frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** A file of the page; `undefined` for another path. */
export function pageFile(path: string): GatewayAnswer | undefined {
  const name = FILES.get(path);
  if (name === undefined) return undefined;
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1) as keyof typeof TYPES];
  return {
    status: 200,
    headers: [
      ["Content-Type", `${type}; charset=utf-8`],
      ["Content-Security-Policy", POLICY],
      ["X-Content-Type-Options", "nosniff"],
      ["Referrer-Policy", "no-referrer"],
      ["Cross-Origin-Resource-Policy", "same-origin"],
      ["Cache-Control", "no-store"],
    ],
    body: readFileSync(join(FOLDER, name)),
  };
}
