import { API_KEY } from "../contract/api-key";
import { PLAN_KEY } from "../contract/plan-key";
import { USAGE_PLAN } from "../contract/usage-plan";
import { readStackFiles, type StackFile } from "../model/stack-files";
import { type States, statesInFiles, statesOfStacks } from "../states/read-states";

const METERED = [API_KEY.type, PLAN_KEY.type, USAGE_PLAN.type];

/**
 * The states of the stacks that hold usage plans or keys.
 *
 * @param files what `terraform show -json` printed; they are read in place of the folder
 * @param options that name such files, for the message of an error
 * @param onStack called before each stack is read
 * @throws Error for a folder without usage plans and keys, and where Terraform fails
 */
export async function meteredStates(
  folder: string,
  files: readonly string[],
  options: string,
  onStack: () => void = () => {},
): Promise<States> {
  if (files.length > 0) return statesInFiles(files);
  const metered = readStackFiles(folder).filter(holdsUsagePlans);
  if (metered.length === 0)
    throw new Error(`${folder} has no stack with usage plans or keys; name another folder, or give ${options}`);
  return statesOfStacks(metered, onStack);
}

const holdsUsagePlans = ({ json }: StackFile) =>
  METERED.some((type) => Object.keys(json.resource?.[type] ?? {}).length > 0);
