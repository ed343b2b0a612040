import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TierStacksProps } from "../../src";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { defineUnchecked } from "./catalogs";
import { Emulator } from "./emulator";
import { copyProject } from "./project";
import { type RunResult, run, runOrFail, TYPESCRIPT } from "./run";
import { type Json, withoutStackTraces } from "./synthesize";
import { stackFolder, Terraform } from "./terraform";

export interface WorkspaceOptions {
  /** Whose account it has; by default an emulator of its own, which ends with the workspace. */
  readonly emulator?: Emulator;
  /**
   * Each Region of an emulator is an account of its own.
   *
   * @default "us-east-1"
   */
  readonly region?: string;
  /** Variables of the environment of all programs that run in it. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder with an account on the emulator: what a suite needs to synthesize, deploy and look. */
export class Workspace {
  /** Every line that the project or Terraform printed, of those that were run with `noted`. */
  readonly printed: string[] = [];
  env: Readonly<Record<string, string>>;

  static async open({ emulator, ...options }: WorkspaceOptions = {}): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), "api-tiers-workspace-"));
    // From here, paths to the code of functions are those of any stack.
    const stack = stackFolder(folder, "any");
    mkdirSync(stack, { recursive: true });
    return new Workspace(
      folder,
      emulator ?? (await Emulator.startWithProvider(stack)),
      emulator === undefined,
      options,
    );
  }

  private constructor(
    readonly folder: string,
    readonly emulator: Emulator,
    private readonly ownsEmulator: boolean,
    { region = "us-east-1", env }: WorkspaceOptions,
  ) {
    this.env = {
      ...emulator.envIn(region),
      AWS_DEFAULT_REGION: region,
      AWS_PAGER: "",
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      ...env,
    };
  }

  async close(): Promise<void> {
    if (this.ownsEmulator) await this.emulator.stop();
    rmSync(this.folder, { recursive: true });
  }

  path = (...names: string[]): string => join(this.folder, ...names);
  text = (name: string): string => readFileSync(this.path(name), "utf8");
  write = (name: string, text: string): void => writeFileSync(this.path(name), text);

  /** Lays a copy of the project into the folder, as a clone would, for what runs there as a program. */
  copyProject(): void {
    copyProject(this.folder);
  }

  /** Makes the copy of the project one without a catalog and a main job. */
  copyProjectWithoutCatalog(): void {
    copyProject(this.folder);
    for (const name of ["catalog.ts", "main.ts"]) rmSync(this.path(name));
  }

  /** Writes a catalog that is no more than data into `catalog.ts`. */
  writeCatalog(written: unknown): void {
    const text = JSON.stringify(written);
    this.write(
      "catalog.ts",
      `import { defineCatalog } from "./src";\nexport const catalog = defineCatalog(${text} as never);\n`,
    );
  }

  /** Synthesizes a catalog in this process, to the same bytes as `npm start` in a fraction of the time. */
  synthesize(written: unknown, props?: TierStacksProps): void {
    withoutStackTraces(() => synthesizeCatalog(defineUnchecked(written), this.path("cdktf.out"), props));
  }

  /** Runs the main job of the copy of the project, as `npm start` does. */
  start(): RunResult {
    return this.noted(this.program("main.ts"));
  }

  /** Runs `api-tiers` of the copy of the project. */
  cli = (...args: string[]): RunResult =>
    run("node", [...TYPESCRIPT, "src/cli/main.ts", ...args], { cwd: this.folder, env: this.env });

  terraform = (stack: string, env: Readonly<Record<string, string>> = {}): Terraform =>
    new Terraform(stackFolder(this.folder, stack), { ...this.env, ...env });

  /** The account itself, as the AWS CLI shows it. */
  aws = (...args: string[]): Json =>
    JSON.parse(runOrFail("aws", [...args, "--output", "json"], { env: this.env }).stdout || "{}");

  noted(result: RunResult): RunResult {
    this.printed.push(result.stdout, result.stderr);
    return result;
  }

  private program(file: string): RunResult {
    return runOrFail("node", [...TYPESCRIPT, file], { cwd: this.folder, env: this.env });
  }
}
