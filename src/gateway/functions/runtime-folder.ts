import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** What Lambda's Node runtimes have beside the function's own code. */
const SCOPES_OF_THE_SDK = ["@aws-sdk", "@smithy"];

/**
 * A temporary folder for the code of functions. The AWS SDK stands beside the code, as in Lambda's runtime, and comes
 * from the project; nothing else of the project's is found there, for on AWS it would be missing too.
 */
export class RuntimeFolder {
  readonly path: string;
  private count = 0;

  /** @param project folder from which on upwards the AWS SDK is looked for, as Node does */
  constructor(project: string) {
    this.path = mkdtempSync(join(tmpdir(), "api-tiers-functions-"));
    // Whatever stands above of us says nothing of the functions' modules.
    writeFileSync(join(this.path, "package.json"), "{}");
    mkdirSync(join(this.path, "node_modules"));
    for (const scope of SCOPES_OF_THE_SDK) {
      const found = findModules(resolve(project), scope);
      // Windows lets everybody make junctions.
      if (found !== undefined) symlinkSync(found, join(this.path, "node_modules", scope), "junction");
    }
  }

  /** Path of a new folder for one function's code. */
  next(): string {
    return join(this.path, String(this.count++));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function findModules(folder: string, name: string): string | undefined {
  const path = join(folder, "node_modules", name);
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : findModules(dirname(folder), name);
}
