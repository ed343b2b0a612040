// Lets a program that a test starts load TypeScript: `node -r …/load-typescript.cjs src/cli/main.ts`. What ts-node does with
// swc takes each process most of a second, in which it loads a compiler and compiles the same files again. Here a text is
// compiled once, and its code is kept by what it was made from, for all tests and all runs. With tsx, which keeps code too,
// a program takes twice the time of a processor.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const ROOT = resolve(__dirname, "../..");
const KEPT = join(ROOT, "node_modules/.cache/load-typescript");
/** As `tsconfig.json` has it. */
const OPTIONS = {
  swcrc: false,
  sourceMaps: false,
  module: { type: "commonjs" },
  jsc: { parser: { syntax: "typescript" }, target: "es2022" },
};
const MADE_WITH = JSON.stringify([OPTIONS, require("@swc/core/package.json").version]);

require.extensions[".ts"] = (module, file) => module._compile(codeOf(readFileSync(file, "utf8"), file), file);

function codeOf(text, file) {
  const kept = join(KEPT, createHash("sha256").update(MADE_WITH).update(text).digest("hex"));
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code } = require("@swc/core").transformSync(text, { ...OPTIONS, filename: file });
    mkdirSync(KEPT, { recursive: true });
    // Another process may be at the same file: what stands under the name is whole at any time.
    const written = `${kept}.${process.pid}`;
    writeFileSync(written, code);
    renameSync(written, kept);
    return code;
  }
}
