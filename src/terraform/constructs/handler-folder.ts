import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { error, type Finding } from "../../text/finding";
import { CatalogError } from "../../vocabulary/catalog-error";
import { unknownName } from "../../vocabulary/identifier";
import { bundleFile, type HandlerBundle } from "./handler-bundle";
import { noHandlerExported, withoutHandler } from "./handler-export";

/** The folder whose handler is in a zip, by the path of the zip: one app may use several folders. */
const owners = new Map<string, string>();

/** The handler that this package has ready-made. */
const SHIPPED = "key-authorizer";

/** A folder with one handler a file. Each is bundled once, however many APIs use it. */
export class HandlerFolder {
  private readonly bundles = new Map<string, HandlerBundle>();

  /** @param path relative to the folder in which the program runs */
  constructor(readonly path: string = "handlers") {}

  /** Names of the handlers that are there. */
  names(): string[] {
    try {
      return readdirSync(this.path, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /^[^.]+\.ts$/.test(entry.name))
        .map((entry) => entry.name.slice(0, -".ts".length))
        .sort();
    } catch {
      return [];
    }
  }

  /**
   * Bundles handlers.
   * @throws CatalogError with all that are not there, do not compile, or export no `handler`
   */
  bundle(names: readonly string[]): ReadonlyMap<string, HandlerBundle> {
    const findings = this.problemsOf(names);
    if (findings.length > 0) throw new CatalogError(findings);
    return this.bundles;
  }

  /** Bundles handlers, and gives all that are not there, do not compile, or export no `handler`. */
  problemsOf(names: readonly string[]): Finding[] {
    const findings: Finding[] = [];
    const known = this.names();
    const added: string[] = [];
    for (const name of names) {
      if (this.bundles.has(name)) continue;
      if (!known.includes(name)) {
        const problem = unknownName(name, "handler", known);
        findings.push(
          error(`folder "${this.path}"`, name === SHIPPED ? `${problem}; ${this.howToUseShipped()}` : problem),
        );
        continue;
      }
      const bundled = bundleFile(this.path, `${name}.ts`);
      if ("findings" in bundled) findings.push(...bundled.findings);
      else {
        this.bundles.set(name, bundled);
        added.push(name);
      }
    }
    for (const name of withoutHandler(this.path, added)) {
      this.bundles.delete(name);
      findings.push(noHandlerExported(this.path, name));
    }
    return findings;
  }

  private howToUseShipped(): string {
    const file = join(this.path, `${SHIPPED}.ts`);
    return `to use the ready-made one, write ${file}: export { handler } from "cdktf-api-tiers/${SHIPPED}";`;
  }

  /**
   * Writes a handler's bundle, and gives the path by which Terraform finds it from a stack's folder.
   * @throws CatalogError where a handler of that name, but of another folder, was written there
   */
  write(name: string, outdir: string): string {
    const bundle = this.bundle([name]).get(name) as HandlerBundle;
    const file = join(outdir, "handlers", `${name}.zip`);
    this.claim(name, file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bundle.zip);
    return relative(join(outdir, "stacks", "any"), file)
      .split("\\")
      .join("/");
  }

  private claim(name: string, file: string): void {
    const folder = resolve(this.path);
    const owner = owners.get(resolve(file)) ?? folder;
    owners.set(resolve(file), owner);
    if (owner === folder) return;
    const problem = `has a handler "${name}", as "${relative("", owner)}" has, and both would be in ${file}; rename one`;
    throw new CatalogError([error(`folder "${this.path}"`, problem)]);
  }
}
