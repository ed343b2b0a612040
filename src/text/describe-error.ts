import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Set to 1, it adds the stack trace to an error. */
export const DEBUG_VARIABLE = "API_TIERS_DEBUG";

/** The folder of this library's own code, whose frames say nothing to its users. */
const LIBRARY = resolve(__dirname, "..");

/**
 * An error for the person who runs a program: where in their files, what, and what to do; without a stack trace, unless
 * the environment variable `API_TIERS_DEBUG` is 1.
 */
export function describeError(error: unknown): string {
  const description = describe(error);
  const stack = process.env[DEBUG_VARIABLE] === "1" && error instanceof Error ? error.stack : undefined;
  return stack === undefined ? description : `${description}\n${stack}`;
}

function describe(error: unknown): string {
  if (!isError(error)) return `the program threw ${String(error)}, which is not an Error; throw new Error("…") instead`;
  // The list of all problems, each with its place. A second copy of this library has a class of its own.
  if (error.name === "CatalogError") return error.message;
  const place = placeOf(error);
  const missing = missingModule(error);
  if (missing !== undefined) return `${place ?? missing.from}${missing.message}`;
  if (place === undefined) return error.message;
  return `${place}: ${error.message}; fix it there, or set ${DEBUG_VARIABLE}=1 to see the stack trace`;
}

// Modules of a test runner's sandbox have another Error.
const isError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === "object" && error !== null && "message" in error && typeof error.message === "string";

/** The first stack frame in a file of the user's: not in a package, not in Node, not in this library. */
function placeOf({ stack = "" }: Error): string | undefined {
  for (const [, location = "", line] of stack.matchAll(/^\s+at (?:.*\()?(.+?):(\d+):(\d+)\)?$/gm)) {
    const path = location.startsWith("file:") ? fileURLToPath(location) : location;
    if (isAbsolute(path) && isUsers(path)) return `${shortPath(path)}:${line}`;
  }
  return undefined;
}

const isUsers = (file: string): boolean =>
  !file.split(sep).includes("node_modules") && !(file.startsWith(`${LIBRARY}${sep}`) && !file.endsWith(".test.ts"));

function shortPath(file: string): string {
  const path = relative(process.cwd(), file);
  return (path.startsWith("..") ? file : path).split(sep).join("/");
}

/** What Node says of a module that is not there, with the file that wants it. */
function missingModule(error: NodeJS.ErrnoException): { readonly from: string; readonly message: string } | undefined {
  if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const name = /Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  const [wanting] = (error as { requireStack?: readonly string[] }).requireStack ?? [];
  const from = wanting === undefined ? "" : shortPath(wanting);
  if (/^[./]|^[A-Za-z]:/.test(name))
    return { from, message: `: the file ${shortPath(resolve(name))} does not exist; write it, or correct its name` };
  const [scope = "", rest = ""] = name.split("/");
  const packageName = scope.startsWith("@") ? `${scope}/${rest}` : scope;
  return { from, message: `: the package "${packageName}" is not installed; run "npm install ${packageName}"` };
}
