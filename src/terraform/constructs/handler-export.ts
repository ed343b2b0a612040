import { join, resolve } from "node:path";
import type { BuildFailure, Message } from "esbuild";
import { error, type Finding } from "../../text/finding";

/** The export that Lambda calls: the functions say `index.handler`. */
const EXPORT = "handler";
const IMPORTING = "<imports of all handlers>";

/**
 * Handlers, of those that compile, whose file exports no `handler`: Lambda would answer each request with
 * `Runtime.HandlerNotFound`. What a CommonJS file exports is known only when it runs, so nothing is found of one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function withoutHandler(folder: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const lines = new Set(
    problemsOfImports(folder, names)
      .filter(({ id, location }) => location?.file === IMPORTING && (id === "" || id === "import-is-undefined"))
      .map(({ location }) => location?.line),
  );
  return names.filter((_, index) => lines.has(index + 1));
}

export const noHandlerExported = (folder: string, name: string): Finding =>
  error(
    join(folder, `${name}.ts`),
    `exports no "${EXPORT}", which is the function that Lambda calls; write export const ${EXPORT} = async (event) => …`,
  );

/** What esbuild says to a file that imports `handler` of each, one a line. It follows what they export each time. */
function problemsOfImports(folder: string, names: readonly string[]): readonly Message[] {
  const lines = names.map((name, index) => `export { ${EXPORT} as handler${index} } from "./${name}.ts";`);
  try {
    const { buildSync } = require("esbuild") as typeof import("esbuild");
    return buildSync({
      absWorkingDir: resolve(folder),
      stdin: { contents: lines.join("\n"), resolveDir: resolve(folder), sourcefile: IMPORTING },
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      // A package's exports are its own affair.
      packages: "external",
      logLevel: "silent",
      logLimit: 0,
    }).warnings;
  } catch (failure) {
    const { errors, warnings } = failure as BuildFailure;
    if (!errors) throw failure;
    return [...errors, ...warnings];
  }
}
