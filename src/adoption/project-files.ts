import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, relative } from "node:path";
import { stringify } from "yaml";
import { subscriptionsFromFile } from "../catalog/subscription-file";
import type { Imports } from "../vocabulary/imports";
import { importsFromFile } from "../vocabulary/imports";
import type { Adoption, KnownCatalog } from "./adoption";
import { CatalogText, newCatalogText } from "./catalog-text";

/** The files of a project that adoption reads and adds to; relative to the folder in which the program runs. */
export interface ProjectFiles {
  readonly catalog: string;
  readonly imports: string;
  /** Where subscriptions go that are too many for the catalog. */
  readonly data: string;
  /** The composition root, written only where there is none, with `cdktf.json` and `tsconfig.json` beside it. */
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
  const dataFiles = new Set([files.data, ...(catalog?.dataFiles ?? [])].map((file) => normalize(file)));
  const apiIds = catalog?.names(["apis"]) ?? [];
  const apis = apiIds.map((id) => {
    const written = /^["']([a-z0-9]+)["']$/.exec(catalog?.value(["apis", id, "restApiId"]) ?? "")?.[1];
    const restApiId = written ?? imports.apis?.[id]?.restApiId;
    return [id, { restApiId, stages: catalog?.names(["apis", id, "stages"]) ?? [] }] as const;
  });
  return {
    apis: new Map(apis),
    tiers: catalog?.names(["tiers"]) ?? [],
    subscriptions: [...(catalog?.names(["subscriptions"]) ?? []), ...[...dataFiles].flatMap(idsInData)],
    imports,
  };
}

function readCatalog(file: string): CatalogText | undefined {
  if (!existsSync(file)) return undefined;
  return inFile(file, () => CatalogText.of(readFileSync(file, "utf8")));
}

function idsInData(file: string): string[] {
  if (!existsSync(file)) return [];
  const { entries, findings } = subscriptionsFromFile(file);
  const [problem] = findings.filter(({ severity }) => severity === "error");
  if (problem) throw new Error(`${problem.place}: ${problem.message}; then adopt again`);
  return entries.map(({ id }) => id);
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
        { apis: adoption.apis, tiers: adoption.tiers, ...(isMany ? {} : { subscriptions: inline }) },
        data === undefined ? undefined : dataName,
      );
  if (catalog !== before?.text) changed.set(files.catalog, catalog);
  if (existsSync(files.main)) return changed;
  changed.set(files.main, mainText(files));
  for (const [name, settings] of Object.entries(settingsOf(files))) {
    const file = join(dirname(files.main), name);
    if (!existsSync(file)) changed.set(file, `${JSON.stringify(settings, null, 2)}\n`);
  }
  return changed;
}

function extended(
  before: CatalogText,
  { apis, stages, tiers }: Adoption,
  subscriptions: Adoption["subscriptions"],
  dataFile: string | undefined,
): CatalogText {
  let text = before.add(["apis"], apis);
  for (const [api, names] of Object.entries(stages))
    text = text.add(["apis", api, "stages"], Object.fromEntries(names.map((name) => [name, {}])));
  text = text.add(["tiers"], tiers).add(["subscriptions"], subscriptions);
  return dataFile === undefined ? text : text.addDataFile(dataFile);
}

/** A line for each tier and each key, of which there may be thousands; an API as JSON is mostly written. */
export function importsText({ apis = {}, tiers = {}, subscriptions = {} }: Imports): string {
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
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}

function dataText(file: string, subscriptions: Adoption["subscriptions"]): string {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "# Customers, by the id of their subscription.\n";
  const text = Object.keys(subscriptions).length === 0 ? "" : stringify(subscriptions, { lineWidth: 0 });
  return `${before}${before.endsWith("\n") ? "" : "\n"}${text}`;
}

/** What cdktf and TypeScript are told of a project that has nothing yet, as `cdktf init` would. */
const settingsOf = ({ main }: ProjectFiles) => ({
  "cdktf.json": { language: "typescript", app: `npx ts-node ${basename(main)}`, sendCrashReports: "false" },
  "tsconfig.json": {
    compilerOptions: {
      target: "ES2022",
      module: "CommonJS",
      moduleResolution: "node",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
    },
    include: ["*.ts"],
  },
});

function mainText({ catalog, imports, main }: ProjectFiles): string {
  const folder = dirname(main);
  const from = (file: string) => `./${relative(folder, file).split("\\").join("/")}`;
  return `import { App } from "cdktf";
import { exitOnCatalogError, importsFromFile, printSynthesis, TierStacks } from "${libraryAt(folder)}";

exitOnCatalogError(async () => {
  const { catalog } = await import("${from(catalog).replace(/\.ts$/, "")}");
  const app = new App();
  const stacks = new TierStacks(app, catalog, { imports: importsFromFile("${from(imports).slice(2)}") });
  app.synth();
  printSynthesis(stacks);
});
`;
}

/** Where this library is found from a folder: in a clone of this project it is beside. */
function libraryAt(folder: string): string {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return LIBRARY;
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly name?: string };
  return name === LIBRARY ? "./src" : LIBRARY;
}

const LIBRARY = "cdktf-api-tiers";

function inFile<Result>(file: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
