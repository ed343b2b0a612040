import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import type { TierStacks } from "./tier-stacks";

/** A local state that still holds resources, while the app no longer has its stack. */
export interface OrphanedState {
  readonly file: string;
  readonly stack: string;
  /** How many resources stay in AWS unless the stack comes back; `undefined` where the file cannot be read. */
  readonly resources: number | undefined;
}

/**
 * Local states beside the output folder whose stacks the app no longer has. `cdktf deploy` does not see them: what they
 * hold stays live, and its keys go on working.
 */
export function orphanedStates(stacks: TierStacks): OrphanedState[] {
  const app = App.of(stacks.plans);
  const known = new Set(
    app.node
      .findAll()
      .filter(TerraformStack.isStack)
      .map((stack) => stack.node.id),
  );
  const folder = dirname(resolve(app.outdir));
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const stack = /^terraform\.(.+)\.tfstate$/.exec(file)?.[1];
      if (stack === undefined || known.has(stack)) return [];
      const resources = countResources(join(folder, file));
      return resources === 0 ? [] : [{ file, stack, resources }];
    });
}

/** What to do about an orphaned state. */
export function describeOrphanedState({ file, stack, resources }: OrphanedState): string {
  const what =
    resources === undefined
      ? "cannot be read, so it may hold resources"
      : `holds ${resources === 1 ? "1 resource" : `${resources} resources`}`;
  return (
    `${file} ${what} of the stack "${stack}", which the app no longer has. They stay in AWS, and keys among them ` +
    "go on working. Put the entry back into the catalog with retired: true and deploy; then drop it, and delete the file."
  );
}

function countResources(path: string): number | undefined {
  try {
    const state = JSON.parse(readFileSync(path, "utf8")) as {
      readonly resources?: readonly { readonly mode?: string }[];
    };
    return (state.resources ?? []).filter((resource) => resource.mode === "managed").length;
  } catch {
    return undefined;
  }
}
