import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Lays a copy of the project into a folder, as a clone would, with the modules that are installed here. */
export function copyProject(folder: string, catalog?: string): void {
  for (const name of [
    "src",
    "handlers",
    "examples",
    "schemas",
    "main.ts",
    "catalog.ts",
    "cdktf.json",
    "tsconfig.json",
    "package.json",
  ])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  if (catalog !== undefined) writeFileSync(join(folder, "catalog.ts"), catalog);
}

/** The text of every synthesized file of a folder's `cdktf.out`, and the SHA-256 of every zip, by name. */
export function synthesizedFiles(folder: string): Record<string, string> {
  const out = join(folder, "cdktf.out");
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      const bytes = readFileSync(path);
      const text = file.name.endsWith(".zip") ? createHash("sha256").update(bytes).digest("hex") : bytes.toString();
      return [path.slice(out.length + 1), text];
    }),
  );
}
