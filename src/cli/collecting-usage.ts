import { API_KEY } from "../contract/api-key";
import { PLAN_KEY } from "../contract/plan-key";
import { USAGE_PLAN } from "../contract/usage-plan";
import { withRuntimeKeys } from "../model/runtime-keys";
import { readStackFiles, type StackFile } from "../model/stack-files";
import { type States, statesInFiles, statesOfStacks } from "../states/read-states";
import { isPlanGone, usageOfAws } from "../usage/collect/aws-usage";
import { collectUsage } from "../usage/collect/collect";
import { meteredIn } from "../usage/collect/metered-plans";
import { collectionAsText } from "../usage/collect/render-collection";
import { openUsageStore } from "../usage/store/usage-store";
import { Progress } from "./progress";
import { selfServiceIn } from "./self-service-file";

export interface CollectUsageOptions {
  readonly store: string;
  readonly state: readonly string[];
  readonly plan: readonly string[];
  readonly selfServiceExport?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly now?: number;
  readonly unpaced: boolean;
  readonly format: "text" | "json";
}

/** Collects what AWS tells into the store, and prints what was done. */
export async function collectIntoStore(folder: string, options: CollectUsageOptions): Promise<void> {
  const store = await openUsageStore(options.store);
  const progress = new Progress();
  try {
    const { gateway, neverDeployed } = await statesOf(folder, options, progress);
    const metered = meteredIn(withRuntimeKeys(gateway, selfServiceIn(options.selfServiceExport), { retired: true }));
    const ask = usageOfAws(options.profile, options.unpaced);
    const collection = await collectUsage({
      store,
      metered,
      getUsageIn: (region) => ask(region ?? options.region),
      isGone: isPlanGone,
      now: options.now ?? Date.now(),
      onPlan: (done, all) => progress.tell("usage plans", done, all),
    });
    progress.end();
    console.log(
      options.format === "json"
        ? JSON.stringify({ store: options.store, ...collection, neverDeployed }, null, 2)
        : collectionAsText(collection, store.address, neverDeployed),
    );
  } finally {
    progress.end();
  }
}

async function statesOf(folder: string, { state, plan }: CollectUsageOptions, progress: Progress): Promise<States> {
  const files = [...state, ...plan];
  if (files.length > 0) return statesInFiles(files);
  const metered = readStackFiles(folder).filter(holdsUsagePlans);
  if (metered.length === 0)
    throw new Error(`${folder} has no stack with usage plans or keys; name another folder, or give --state or --plan`);
  let stacks = 0;
  return statesOfStacks(metered, () => progress.tell("states of stacks", ++stacks, undefined));
}

const METERED = [API_KEY.type, PLAN_KEY.type, USAGE_PLAN.type];

const holdsUsagePlans = ({ json }: StackFile) =>
  METERED.some((type) => Object.keys(json.resource?.[type] ?? {}).length > 0);
