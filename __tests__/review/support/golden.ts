import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Compares a text with the one that is kept for reading in `__tests__/review/golden`; `UPDATE_GOLDEN=1` writes it again, to be
 * read before it is committed.
 */
export function expectGolden(name: string, text: string): void {
  const file = resolve(__dirname, "../golden", name);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect({ name, text: existsSync(file) ? readFileSync(file, "utf8") : undefined }).toEqual({ name, text });
}
