import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import type ts from "typescript";
import { shortTypes } from "./short-types";

/** What TypeScript finds in a program, each problem in one line: `catalog.ts:7:12: Type '"silver"' is not …`. */
export interface TypeProblems {
  readonly lines: readonly string[];
  /** Whether the program cannot run: it is not TypeScript, or imports what does not exist. */
  readonly stopsProgram: boolean;
}

/** As `tsconfig.json` of a new project has it, for a project that has none. */
const STRICT = { strict: true, target: "ES2022", module: "Preserve" };

/** "Cannot find module" and "Could not find a declaration file for module". */
const UNRESOLVED = [2307, 7016];

/**
 * Checks the types of a program, of all that it imports, and of the handlers, with the project's own TypeScript and
 * `tsconfig.json`. The files of packages and of this library are not checked.
 *
 * @param main the program
 * @param handlers folder of the handlers, which need not exist
 */
export function checkTypes(main: string, handlers = "handlers"): TypeProblems {
  const typescript = createRequire(resolve(main))("typescript") as typeof ts;
  const { options, errors } = settings(typescript, dirname(resolve(main)));
  const program = typescript.createProgram({
    rootNames: [resolve(main), ...sourcesIn(handlers)],
    options: { ...options, noEmit: true, skipLibCheck: true, composite: false, incremental: false, declaration: false },
  });
  const own = program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file))
    .filter(({ fileName }) => !resolve(fileName).startsWith(`${LIBRARY_SOURCES}${sep}`));
  const syntax = own.flatMap((file) => program.getSyntacticDiagnostics(file));
  const types = syntax.length > 0 ? [] : own.flatMap((file) => program.getSemanticDiagnostics(file));
  const problems = [...errors, ...program.getOptionsDiagnostics(), ...syntax, ...types];
  return {
    lines: [...new Set(problems.map((problem) => describe(typescript, problem)))],
    stopsProgram: syntax.length > 0 || types.some(({ code }) => UNRESOLVED.includes(code)),
  };
}

/** In a clone of this project they stand beside the program. */
const LIBRARY_SOURCES = resolve(__dirname, "..");

function settings(
  typescript: typeof ts,
  folder: string,
): { readonly options: ts.CompilerOptions; readonly errors: readonly ts.Diagnostic[] } {
  const file = typescript.findConfigFile(folder, typescript.sys.fileExists);
  if (file === undefined) return typescript.convertCompilerOptionsFromJson(STRICT, folder);
  const errors: ts.Diagnostic[] = [];
  const host = { ...typescript.sys, onUnRecoverableConfigFileDiagnostic: (each: ts.Diagnostic) => errors.push(each) };
  const parsed = typescript.getParsedCommandLineOfConfigFile(file, {}, host);
  // That its include matches no file is not a problem: the program is checked, whatever it is.
  const others = parsed?.errors.filter(({ code }) => code !== 18003) ?? [];
  return { options: parsed?.options ?? {}, errors: [...errors, ...others] };
}

function sourcesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.filter(({ name }) => name.endsWith(".ts")).map(({ name }) => resolve(join(folder, name)));
  } catch {
    return [];
  }
}

function describe(typescript: typeof ts, { file, start, messageText, code }: ts.Diagnostic): string {
  const chain = typescript.flattenDiagnosticMessageText(messageText, "\n").split("\n");
  // The first says what is wrong, the last says why; what is between them repeats the types.
  const message = [...new Set([chain[0], chain.at(-1)])].map((line) => shortTypes(line?.trim() ?? "")).join(" ");
  return `${placeOf(typescript, file, start)}${message} (TS${code})`;
}

function placeOf(typescript: typeof ts, file: ts.SourceFile | undefined, start = 0): string {
  if (file === undefined) return "";
  const { line, character } = typescript.getLineAndCharacterOfPosition(file, start);
  return `${relative(process.cwd(), file.fileName).split(sep).join("/")}:${line + 1}:${character + 1}: `;
}
