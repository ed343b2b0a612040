import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { GatewayModel } from "../model/model";
import { gatewayOf } from "../model/read-gateway";
import { parseShown, type Shown } from "../model/shown";
import { resourcesOfShow } from "../model/shown-resources";
import type { StackFile } from "../model/stack-files";
import { type TerraformResources, withoutKeyValues } from "../model/terraform-resource";
import { stateAsJson } from "../project/state-as-json";
import { hideKeys } from "../text/like-a-key";
import { show } from "../text/show";

/** What states say, and the stacks that have none yet. */
export interface States {
  /** Without the value of any key. */
  readonly resources: TerraformResources;
  readonly gateway: GatewayModel;
  /** Sorted by name. */
  readonly neverDeployed: readonly string[];
}

/**
 * Reads the states of synthesized stacks with Terraform, which knows where they are.
 *
 * @param onStack called before each stack is read
 * @throws Error where Terraform fails
 */
export async function statesOfStacks(stacks: readonly StackFile[], onStack: (stack: string) => void): Promise<States> {
  const read: TerraformResources[] = [];
  const neverDeployed: string[] = [];
  for (const { stack, folder: place } of stacks) {
    onStack(stack);
    const state = await stateAsJson(place);
    if ("failed" in state)
      throw new Error(
        `${stack}: "terraform ${state.failed}" failed in ${place}: ${headingOf(state.run.stderr)}; run it there to see why, ` +
          'or give what "terraform show -json" prints of the state as --state',
      );
    const shown = parseShown(state.json, `the state of ${stack}`);
    if (shown.values === undefined) neverDeployed.push(stack);
    else read.push(resourcesOfShow(shown, place, stack));
  }
  return { ...joined(read), neverDeployed };
}

/** The first heading of an error: what follows it may quote values. */
const headingOf = (stderr: string) => hideKeys(/^\W*Error: (.*)$/m.exec(stderr)?.[1] ?? "no reason given").trim();

/**
 * Reads what `terraform show -json` printed of states, and of plans: of these, the state on which the plan builds.
 *
 * @throws Error for a file that is neither
 */
export function statesInFiles(files: readonly string[]): States {
  const read = files.map((file) => {
    const shown = stateIn(parseShown(textOf(file), file), file);
    // States may have equal addresses; a single one has the addresses that its user knows.
    return resourcesOfShow(shown, dirname(resolve(file)), files.length > 1 ? basename(file, ".json") : undefined);
  });
  return { ...joined(read), neverDeployed: [] };
}

function stateIn(shown: Shown, file: string): Shown {
  if (shown.planned_values === undefined) return shown;
  const prior = shown.prior_state;
  if (typeof prior !== "object" || prior === null)
    throw new Error(
      `${file} is a plan for what does not exist yet, so there is no usage to collect; deploy it, or give another file`,
    );
  return prior as Shown;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${show(file)} cannot be read (${code}); name what "terraform show -json" printed of a state or a plan`,
    );
  }
}

function joined(read: readonly TerraformResources[]): Pick<States, "gateway" | "resources"> {
  const resources = {
    resources: withoutKeyValues(read.flatMap((each) => each.resources)),
    unsupported: read.flatMap(({ unsupported }) => unsupported),
    identities: new Map(read.flatMap(({ identities }) => [...identities])),
  };
  return { resources, gateway: gatewayOf(resources) };
}
