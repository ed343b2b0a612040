import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import type { GatewayModel } from "../model/model";
import { type OpenApiInto, openApiInto } from "../openapi/openapi-into";
import { writeFiles } from "../project/write-files";

export interface WriteIntoOptions {
  /** The document's root file. */
  readonly into: string;
  readonly format?: "yaml" | "json";
  readonly output?: string;
  readonly outputFolder?: string;
  readonly for?: "customers";
  readonly server: Readonly<Record<string, string>>;
}

/** Writes an API into a document of the team, and says on stderr what a person should know of it. */
export function writeInto(model: GatewayModel, api: string, options: WriteIntoOptions): void {
  refuseContradictions(options);
  const { into, output, outputFolder, server } = options;
  const written = openApiInto(model, api, into, { servers: server, forCustomers: options.for === "customers" });
  const root = resolve(into);
  if (outputFolder !== undefined) write(inFolder(written, outputFolder), written, options);
  else if (output === undefined || !isSame(output, root)) {
    refuseSeveralFiles(written, root, output);
    const text = written.files.get(root) ?? "";
    if (output === undefined) process.stdout.write(text);
    else write(new Map([[output, text]]), written, options);
  } else write(new Map(written.changed.map((file) => [file, written.files.get(file) ?? ""])), written, options);
  for (const remark of written.remarks) console.error(remark);
}

function refuseContradictions({ into, format, output, outputFolder }: WriteIntoOptions): void {
  if (format !== undefined) throw new Error("--format is not for --into: the document stays in the format that it has");
  if (output !== undefined && outputFolder !== undefined)
    throw new Error("--output and --output-folder are two places; give one of them");
  if (output !== undefined && isJson(output) !== isJson(into))
    throw new Error(
      `${output} is not named like ${into}, whose format it will have; name it with ${extname(into) || "the same ending"}`,
    );
}

const isJson = (file: string) => extname(file).toLowerCase() === ".json";
const isSame = (a: string, b: string) => realOf(a) === realOf(b);
const realOf = (file: string) => (existsSync(file) ? realpathSync(file) : resolve(file));

/** One file would refer to files that are not beside it, or that say what the API does not do. */
function refuseSeveralFiles({ files, changed }: OpenApiInto, root: string, output: string | undefined): void {
  const others = changed.filter((file) => file !== root);
  if (others.length > 0)
    throw new Error(
      `${namesOf(others)} would change too, because operations stand there; give --output-folder, or the document itself as --output`,
    );
  const staysThere = output === undefined || dirname(resolve(output)) === dirname(root);
  if (!staysThere && files.size > 1)
    throw new Error(
      `the document refers to ${namesOf([...files.keys()].filter((file) => file !== root))}, which would not be found from ${output}; give --output-folder`,
    );
}

const nameOf = (file: string) => relative(process.cwd(), resolve(file));

function namesOf(files: readonly string[]): string {
  const names = files.slice(0, 5).map(nameOf);
  return names.join(", ") + (files.length > 5 ? ` and ${files.length - 5} more files` : "");
}

/** All files of the document, as they lie to each other. */
function inFolder({ files }: OpenApiInto, folder: string): ReadonlyMap<string, string> {
  const common = [...files.keys()].map((file) => dirname(file).split(sep)).reduce(commonStart);
  const base = common.join(sep) || sep;
  return new Map([...files].map(([file, text]) => [join(folder, relative(base, file)), text]));
}

function commonStart(a: readonly string[], b: readonly string[]): string[] {
  const different = a.findIndex((part, index) => part !== b[index]);
  return a.slice(0, different === -1 ? a.length : different);
}

function write(files: ReadonlyMap<string, string>, { files: sources }: OpenApiInto, options: WriteIntoOptions): void {
  const originals = new Set([...sources.keys()].map(realOf));
  for (const file of files.keys()) {
    if (options.for === "customers" && originals.has(realOf(file)))
      throw new Error(
        `${nameOf(file)}: is the document itself, and --for customers takes parts of it away; give another file as --output`,
      );
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile() && (found.mode & 0o222) === 0)
      throw new Error(`${nameOf(file)}: is read-only, so nothing is written; change its mode, or name another file`);
  }
  writeFiles(files);
}
