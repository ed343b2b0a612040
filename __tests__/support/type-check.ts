import { join } from "node:path";
import ts from "typescript";

/** Where the files would be: beside tests, two folders below the root. */
const FOLDER = join(__dirname, "..", "types", "virtual");
const pathOf = (name: string) => join(FOLDER, `${name}.ts`);

/** A program of files by name, none of which is on the disk: it is the start of a program that takes time. */
export function programOf(texts: ReadonlyMap<string, string>): ts.Program {
  const files = new Map([...texts].map(([name, text]) => [pathOf(name), text]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  return ts.createProgram({ rootNames: [...files.keys()], options, host });
}

/** What the compiler says of a file, as an editor shows it: the words under the red line, and the message. */
export function errorsIn(program: ts.Program, name: string): { readonly at: string; readonly message: string }[] {
  const file = program.getSourceFile(pathOf(name)) as ts.SourceFile;
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start = 0, length = 0, messageText }) => ({
      at: file.text.slice(start, start + length),
      message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    }),
  );
}
