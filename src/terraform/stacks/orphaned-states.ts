import { App, TerraformStack } from "cdktf";
import { stackNames } from "../../contract/stack-names";
import { localStateFile } from "../../contract/state-names";
import { localStates } from "./local-states";
import { expectedDeployment, stateFolder } from "./state-conflicts";
import { TierStack } from "./tier-stack";
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
export function orphanedStates(stacks: TierStacks, env: NodeJS.ProcessEnv = process.env): OrphanedState[] {
  const own = [...stacks.stacks.values()];
  const [any] = own;
  if (!any) return [];
  const expected = expectedDeployment(any, env);
  const known = new Set(App.of(any).node.findAll().filter(TerraformStack.isStack).map(fileOf));
  return localStates(stateFolder(any)).flatMap((state) => {
    const { file, stack, holdings } = state;
    if (known.has(file) || !state.agreesWith(expected)) return [];
    // Stacks that are still here have a finding of their own.
    if (own.some(({ name }) => name === stack) || holdings?.resources === 0) return [];
    return [{ file, stack, resources: holdings?.resources }];
  });
}

/** File of a stack's local state: ours, or that of a team's own with cdktf's default. */
const fileOf = (stack: TerraformStack) =>
  stack instanceof TierStack ? localStateFile(stack.deployment, stack.name) : localStateFile({}, stack.node.id);

/** What to do about an orphaned state. */
export function describeOrphanedState({ file, stack, resources }: OrphanedState): string {
  const what =
    resources === undefined
      ? "cannot be read, so it may hold resources"
      : `holds ${resources === 1 ? "1 resource" : `${resources} resources`}`;
  if (stack === stackNames.domains)
    return (
      `${file} ${what} of the stack "${stack}", which the app no longer has. They stay in AWS. Write domainNames: {} in the ` +
      "catalog and deploy; then drop it, and delete the file."
    );
  return (
    `${file} ${what} of the stack "${stack}", which the app no longer has. They stay in AWS, and keys among them ` +
    "go on working. Put the entry back into the catalog with retired: true and deploy; then drop it, and delete the file."
  );
}
