import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type RunResult, run, runOrFail } from "./run";
import type { Json } from "./synthesize";

/** A change that a plan announces, without those that change nothing. */
export interface PlannedChange {
  readonly address: string;
  /** `["update"]`, `["delete", "create"]`, … */
  readonly actions: readonly string[];
  readonly before: Json;
  readonly after: Json;
}

export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** Moves of addresses, as `from → to`. */
  readonly moves: readonly string[];
}

/** Terraform in the folder of one synthesized stack. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  init(...args: string[]): void {
    this.runOrFail("init", "-input=false", "-no-color", ...args);
  }

  validate(): Json {
    return JSON.parse(this.run("validate", "-json").stdout);
  }

  /** Plans, and keeps the plan for `apply`. */
  plan(...args: string[]): Plan {
    const { code, stdout, stderr } = this.run(
      "plan",
      "-input=false",
      "-no-color",
      "-out=plan",
      "-detailed-exitcode",
      ...args,
    );
    if (code === 0) return { changes: [], moves: [] };
    if (code !== 2) throw new Error(`terraform plan ended with ${code}:\n${stdout}\n${stderr}`);
    const plan: Json = JSON.parse(this.runOrFail("show", "-json", "plan").stdout);
    const all: Json[] = plan.resource_changes ?? [];
    return {
      changes: all
        .filter(({ change }) => change.actions.join() !== "no-op")
        .map(({ address, change }) => ({
          address,
          actions: change.actions,
          before: change.before,
          after: change.after,
        })),
      moves: all.filter((each) => each.previous_address).map((each) => `${each.previous_address} → ${each.address}`),
    };
  }

  /** Applies the last plan; gives the log. */
  apply(): string {
    return this.runOrFail("apply", "-input=false", "-no-color", "plan").stdout;
  }

  /** Applies without a look at the plan; gives the log. */
  deploy(): string {
    return this.runOrFail("apply", "-auto-approve", "-input=false", "-no-color").stdout;
  }

  /** What `terraform show -json` prints of a refresh-only plan. */
  refreshOnly(): string {
    this.runOrFail("plan", "-refresh-only", "-input=false", "-no-color", "-out=drift");
    return this.runOrFail("show", "-json", "drift").stdout;
  }

  /** What the local state holds, by address. */
  state(): Record<string, Json> {
    const { terraform }: Json = JSON.parse(readFileSync(join(this.folder, "cdk.tf.json"), "utf8"));
    const state: Json = JSON.parse(readFileSync(join(this.folder, terraform.backend.local.path), "utf8"));
    const managed: Json[] = state.resources.filter(({ mode }: Json) => mode === "managed");
    return Object.fromEntries(managed.map(({ type, name, instances }) => [`${type}.${name}`, instances[0].attributes]));
  }

  run(...args: string[]): RunResult {
    return run("terraform", args, { cwd: this.folder, env: this.env });
  }

  private runOrFail(...args: string[]): RunResult {
    return runOrFail("terraform", args, { cwd: this.folder, env: this.env });
  }
}

/** The folder in which Terraform runs for a stack of a project. */
export const stackFolder = (project: string, stack: string): string => join(project, "cdktf.out", "stacks", stack);

/** `update aws_x.y`, for tests that ask what a plan does and nothing more. */
export const actionsOf = (plan: Plan): string[] =>
  plan.changes.map(({ actions, address }) => `${actions.join("+")} ${address}`).sort();

/** Attributes that an update changes, with what they were and become; what is known only after the apply is left out. */
export function updatesOf({ before, after }: PlannedChange): Record<string, [Json, Json]> {
  const names = Object.keys(after ?? {}).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(names.map((name) => [name, [before[name], after[name]]]));
}
