import { Module, SourceMap } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { type BuildFailure, buildSync, type OutputFile } from "esbuild";

/**
 * Compiles a program in memory, with all files of the project that it imports, and gives what runs it. Packages are loaded
 * from the project's `node_modules` once it runs; the stack of an error then shows where the code was written.
 *
 * esbuild is here for the handlers in any case, so that a project needs no loader for TypeScript of its own, and its
 * modules may be CommonJS or ES modules.
 *
 * @throws Error that lists all places at which it does not compile
 */
export function compileProgram(main: string): () => void {
  const file = resolve(main);
  const { code, map } = compile(file);
  return () => {
    const module = new Module(file);
    module.filename = file;
    module.paths = nodeModulePaths(dirname(file));
    process.argv[1] = file;
    showOriginalPositions(file, map);
    (module as unknown as CompilingModule)._compile(code, file);
  };
}

/** What Node's loaders use, and its types leave out. */
interface CompilingModule {
  _compile(code: string, file: string): void;
}

const nodeModulePaths = (folder: string): string[] =>
  (Module as unknown as { _nodeModulePaths(folder: string): string[] })._nodeModulePaths(folder);

function compile(file: string): { readonly code: string; readonly map: SourceMap } {
  try {
    const { outputFiles } = buildSync({
      entryPoints: [file],
      // It is written nowhere; the paths in the source map are relative to it.
      outfile: resolve(dirname(file), "program.js"),
      bundle: true,
      packages: "external",
      platform: "node",
      format: "cjs",
      target: `node${process.versions.node}`,
      sourcemap: "external",
      sourcesContent: false,
      write: false,
      logLevel: "silent",
    });
    const [map, code] = outputFiles as [OutputFile, OutputFile];
    return { code: code.text, map: new SourceMap(JSON.parse(map.text)) };
  } catch (failure) {
    const { errors } = failure as BuildFailure;
    if (!errors) throw failure;
    const places = errors.map(({ text, location }) => {
      const place = location ? `${relative("", resolve(location.file))}:${location.line}: ` : "";
      return `${place}${text}; fix it there`;
    });
    throw new Error(places.join("\n"));
  }
}

/** Node can do this too, but looks up every line of every stack, and cdktf takes a stack for each token. */
function showOriginalPositions(file: string, map: SourceMap): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) =>
      frame.getFileName() === file
        ? `${frame.getFunctionName() ?? "<anonymous>"} (${originalOf(map, file, frame)})`
        : String(frame),
    );
    return [String(error), ...lines.map((line) => `    at ${line}`)].join("\n");
  };
}

function originalOf(map: SourceMap, file: string, frame: NodeJS.CallSite): string {
  const [line, column] = [frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1];
  const entry = map.findEntry(line - 1, column - 1);
  if (!("originalSource" in entry) || !entry.originalSource) return `${file}:${line}:${column}`;
  return `${resolve(dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
