import { existsSync, readFileSync } from "node:fs";
import { dirname, normalize, relative } from "node:path";
import { stringify } from "yaml";
import type { CsvOptions } from "../catalog/csv-options";
import type { FileEntry, SubscriptionFile } from "../catalog/file-entry";
import { subscriptionsFromCsv, subscriptionsFromFile } from "../catalog/subscription-file";
import { CatalogText, newCatalogText } from "../editing/typescript/catalog-text";
import { libraryAt, planProjectFiles } from "../project/project-files";
import { type Finding, notice } from "../text/finding";
import type { Imports } from "../vocabulary/imports";
import { importsFromFile } from "../vocabulary/imports";
import { isObject } from "../vocabulary/objects";
import type { Adoption, KnownCatalog } from "./adoption";

/** The files of a project that adoption reads and adds to; relative to the folder in which the program runs. */
export interface ProjectFiles {
  readonly catalog: string;
  readonly imports: string;
  /** Where subscriptions go that are too many for the catalog. */
  readonly data: string;
  /** The program that synthesizes, written only where there is none, with the other files that a project needs. */
  readonly main: string;
}

/** Subscriptions that a person would still write into the catalog itself. */
const FEW = 20;

/**
 * What the files have already.
 *
 * @throws Error for a file that cannot be read or added to
 */
export function readKnown(files: ProjectFiles): KnownCatalog {
  const imports: Imports = existsSync(files.imports) ? importsFromFile(files.imports) : {};
  const catalog = readCatalog(files.catalog);
  if (!/\.ya?ml$/.test(files.data))
    throw new Error(`${files.data}: subscriptions are written as YAML; name a .yaml file`);
  const { read, findings } = customersIn(files, catalog);
  const inline = catalog?.names(["subscriptions"]) ?? [];
  const inData = read.flatMap(entriesIn);
  const apiIds = catalog?.names(["apis"]) ?? [];
  const apis = apiIds.map((id) => {
    const written = textIn(catalog?.value(["apis", id, "restApiId"]));
    const restApiId = written ?? imports.apis?.[id]?.restApiId;
    const stages = catalog?.names(["apis", id, "stages"]) ?? [];
    return [id, { restApiId, stages, routes: catalog?.allNames(["apis", id, "routes"]) }] as const;
  });
  return {
    apis: new Map(apis),
    tiers: catalog?.names(["tiers"]) ?? [],
    subscriptions: [...inline, ...inData.map(({ id }) => id)],
    existingKeys: [
      ...inline.flatMap((id) => textIn(catalog?.value(["subscriptions", id, "existingKeyId"])) ?? []),
      ...inData.flatMap(({ written }) => (isObject(written) ? String(written.existingKeyId ?? "") : "") || []),
    ],
    domainNames: catalog?.names(["domainNames"]) ?? [],
    imports,
    findings,
  };
}

/** An id that is written out. */
const textIn = (literal: string | undefined) => /^["']([a-z0-9]+)["']$/.exec(literal ?? "")?.[1];

function readCatalog(file: string): CatalogText | undefined {
  if (!existsSync(file)) return undefined;
  return inFile(file, () => CatalogText.of(readFileSync(file, "utf8")));
}

/** The data files of customers, and those of which only a run of the program could tell what they are. */
function customersIn(
  files: ProjectFiles,
  catalog: CatalogText | undefined,
): { readonly read: readonly SubscriptionFile[]; readonly findings: readonly Finding[] } {
  const read = new Map<string, SubscriptionFile>();
  const findings: Finding[] = [];
  const add = (path: string, file: () => SubscriptionFile) => {
    const name = normalize(path);
    if (existsSync(name) && !read.has(name)) read.set(name, file());
  };
  add(files.data, () => subscriptionsFromFile(files.data));
  for (const { text, path, options, isCsv } of catalog?.customerFiles ?? [])
    if (typeof path === "string" && (!isCsv || options !== undefined))
      add(path, () => (isCsv ? subscriptionsFromCsv(path, options as CsvOptions) : subscriptionsFromFile(path)));
    else
      findings.push(
        notice(
          files.catalog,
          `does not write out which customers ${text.split("\n")[0]} reads, so keys of theirs may be adopted again as others; ` +
            "the next synthesis refuses an id that is there twice: drop what was added for it, here and in the imports",
        ),
      );
  return { read: [...read.values()], findings };
}

function entriesIn({ entries, findings }: SubscriptionFile): readonly FileEntry[] {
  const [problem] = findings.filter(({ severity }) => severity === "error");
  if (problem) throw new Error(`${problem.place}: ${problem.message}; then adopt again`);
  return entries;
}

/** The texts of the files that an adoption changes, by name; nothing is written yet. */
export function changedFiles(files: ProjectFiles, adoption: Adoption): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  const { subscriptions } = adoption;
  const count = Object.keys(subscriptions).length;
  const before = readCatalog(files.catalog);
  const isMany = existsSync(files.data) || count + (before?.names(["subscriptions"]).length ?? 0) > FEW;
  const inline = isMany ? {} : subscriptions;
  const data = isMany && count > 0 ? files.data : undefined;
  const dataName = relative(dirname(files.main), files.data).split("\\").join("/");

  // The imports first: what they have and the catalog has not is warned of, the other way round keys would be made.
  const isNew = Object.keys(adoption.tiers).length + count + Object.keys(adoption.apis).length > 0;
  if (isNew || !existsSync(files.imports)) changed.set(files.imports, importsText(adoption.imports));
  if (data !== undefined) changed.set(data, dataText(data, subscriptions));
  const catalog = before
    ? inFile(files.catalog, () => extended(before, adoption, inline, data === undefined ? undefined : dataName)).text
    : newCatalogText(
        libraryAt(dirname(files.catalog)),
        {
          apis: adoption.apis,
          tiers: adoption.tiers,
          ...(isMany ? {} : { subscriptions: inline }),
          ...(Object.keys(adoption.domainNames).length > 0 && { domainNames: adoption.domainNames }),
        },
        data === undefined ? undefined : dataName,
      );
  if (catalog !== before?.text) changed.set(files.catalog, catalog);
  if (existsSync(files.main)) return changed;
  const { main, imports } = files;
  for (const [file, text] of planProjectFiles({ root: ".", main, catalog: files.catalog, imports }).write)
    changed.set(file, text);
  return changed;
}

function extended(
  before: CatalogText,
  { apis, stages, tiers, domainNames }: Adoption,
  subscriptions: Adoption["subscriptions"],
  dataFile: string | undefined,
): CatalogText {
  let text = before.add(["apis"], apis);
  for (const [api, names] of Object.entries(stages))
    text = text.add(["apis", api, "stages"], Object.fromEntries(names.map((name) => [name, {}])));
  text = text.add(["tiers"], tiers).add(["subscriptions"], subscriptions).add(["domainNames"], domainNames);
  return dataFile === undefined ? text : text.addDataFile(dataFile);
}

/** A line for each tier and each key, of which there may be thousands; an API as JSON is mostly written. */
export function importsText({ apis = {}, tiers = {}, subscriptions = {}, domainNames = {} }: Imports): string {
  const map = (part: string, entries: Readonly<Record<string, unknown>>, text: (entry: unknown) => string) => {
    const lines = Object.entries(entries).map(([id, entry]) => `    ${JSON.stringify(id)}: ${text(entry)}`);
    return lines.length === 0 ? [] : [`  ${JSON.stringify(part)}: {\n${lines.join(",\n")}\n  }`];
  };
  const onOneLine = (entry: unknown) => JSON.stringify(entry);
  const onLines = (entry: unknown) => JSON.stringify(entry, null, 2).replaceAll("\n", "\n    ");
  const parts = [
    ...map("apis", apis, onLines),
    ...map("tiers", tiers, onOneLine),
    ...map("subscriptions", subscriptions, onOneLine),
    ...map("domainNames", domainNames, onOneLine),
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}

function dataText(file: string, subscriptions: Adoption["subscriptions"]): string {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "# Customers, by the id of their subscription.\n";
  const text = Object.keys(subscriptions).length === 0 ? "" : stringify(subscriptions, { lineWidth: 0 });
  return `${before}${before.endsWith("\n") ? "" : "\n"}${text}`;
}

function inFile<Result>(file: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
