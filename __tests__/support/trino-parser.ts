import { buildSync } from "esbuild";

interface TrinoParser {
  validate(sql: string): readonly { readonly message: string }[];
}

/** Its modules import folders, which Node does not resolve. */
function loadParser(): TrinoParser {
  const { outputFiles } = buildSync({
    stdin: {
      contents: 'export { TrinoSQL } from "dt-sql-parser/dist/parser/trino/index.js"',
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  const module = { exports: {} as { readonly TrinoSQL: new () => TrinoParser } };
  new Function("module", "exports", "require", outputFiles[0]?.text ?? "")(module, module.exports, require);
  return new module.exports.TrinoSQL();
}

let parser: TrinoParser | undefined;

/** What Trino's grammar does not take in a statement. Athena's queries are Trino's. */
export function trinoProblems(sql: string): readonly string[] {
  parser ??= loadParser();
  return parser.validate(sql).map(({ message }) => message);
}
