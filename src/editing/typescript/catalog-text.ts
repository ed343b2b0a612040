import { CatalogSyntax } from "./catalog-syntax";
import { withEntries } from "./object-text";
import { entriesText, propertyName } from "./typescript-text";

/**
 * The text of a `catalog.ts`, to which entries are added where a person would. What is written there stays as it is:
 * it is not printed again, so comments, order and whatever else somebody has done are kept.
 */
export class CatalogText {
  private readonly syntax: CatalogSyntax;

  private constructor(readonly text: string) {
    this.syntax = new CatalogSyntax(text);
  }

  /** @throws Error for a text that is not TypeScript, or in which not exactly one `defineCatalog({ … })` is found */
  static of(text: string): CatalogText {
    const catalog = new CatalogText(text);
    catalog.syntax.objectAt([]);
    return catalog;
  }

  /** Names in the object at a path, such as `["apis", "pets", "stages"]`; none where there is no such object. */
  names(path: readonly string[]): string[] {
    try {
      return this.syntax.objectAt(path).entries.flatMap(({ name }) => name ?? []);
    } catch {
      return [];
    }
  }

  /** The same where all of them are written out; `undefined` where some are computed, or there is no such object. */
  allNames(path: readonly string[]): string[] | undefined {
    try {
      const { entries } = this.syntax.objectAt(path);
      const names = entries.flatMap(({ name }) => name ?? []);
      return names.length === entries.length ? names : undefined;
    } catch {
      return undefined;
    }
  }

  /** The data files that it names, as they are written. */
  get dataFiles(): string[] {
    return this.syntax.argumentsOf("subscriptionsFromFile");
  }

  /** Customers in files: what reads them, with the arguments as far as they are written out. */
  get customerFiles(): {
    readonly text: string;
    readonly path: unknown;
    readonly options: unknown;
    readonly isCsv: boolean;
  }[] {
    const calls = (name: string, isCsv: boolean) =>
      this.syntax.dataOfCalls(name).map(({ text, values: [path, options] }) => ({ text, path, options, isCsv }));
    return [...calls("subscriptionsFromFile", false), ...calls("subscriptionsFromCsv", true)];
  }

  /** The text of a value, such as `"a1b2c3d4e5"` with its quotes; `undefined` where there is none. */
  value(path: readonly string[]): string | undefined {
    const name = path.at(-1);
    try {
      const { entries } = this.syntax.objectAt(path.slice(0, -1));
      return entries.find((each) => each.name === name)?.value?.getText();
    } catch {
      return undefined;
    }
  }

  /**
   * Adds entries at the end of the object at a path, which is written where it is missing.
   *
   * @throws Error where something else than an object literal stands in its place
   */
  add(path: readonly string[], entries: Readonly<Record<string, unknown>>): CatalogText {
    if (Object.keys(entries).length === 0) return this;
    const parent = path.slice(0, -1);
    const name = path.at(-1);
    if (name !== undefined && !this.names(parent).includes(name)) return this.add(parent, { [name]: entries });
    return new CatalogText(withEntries(this.text, this.syntax.objectAt(path), entries));
  }

  /** Adds a call to the list of data files, and the import that it needs. */
  addDataFile(file: string): CatalogText {
    if (this.dataFiles.includes(file)) return this;
    const { callee, addAt } = this.syntax.importOf("subscriptionsFromFile");
    const catalog = addAt === undefined ? this : this.insert(addAt, `, ${callee}`);
    const call = `${callee}(${JSON.stringify(file)})`;
    const list = catalog.syntax.listAt("subscriptionFiles");
    if (list) return catalog.insert(list.open + 1, list.length > 0 ? `${call}, ` : call);
    if (this.names([]).includes("subscriptionFiles"))
      throw new Error(`its subscriptionFiles is not a list; add ${call} to it by hand, and adopt again`);
    return catalog.add([], { subscriptionFiles: MARK }).replaceText(JSON.stringify(MARK), `[${call}]`);
  }

  private insert(position: number, text: string): CatalogText {
    return this.replace(position, position, text);
  }

  private replace(start: number, end: number, text: string): CatalogText {
    return new CatalogText(this.text.slice(0, start) + text + this.text.slice(end));
  }

  private replaceText(old: string, text: string): CatalogText {
    return new CatalogText(this.text.replace(old, () => text));
  }
}

const MARK = "the list of data files";

/** A new catalog, as a person would write it. */
export function newCatalogText(from: string, parts: Readonly<Record<string, object>>, dataFile?: string): string {
  const imported = dataFile === undefined ? "defineCatalog" : "defineCatalog, subscriptionsFromFile";
  const maps = Object.entries(parts).map(([name, entries]) => {
    const text = entriesText(entries as Record<string, unknown>, "    ");
    return `  ${propertyName(name)}: ${text === "" ? "{}" : `{\n${text}  }`},\n`;
  });
  const files =
    dataFile === undefined ? "" : `  subscriptionFiles: [subscriptionsFromFile(${JSON.stringify(dataFile)})],\n`;
  return `import { ${imported} } from "${from}";\n\nexport const catalog = defineCatalog({\n${maps.join("")}${files}});\n`;
}
