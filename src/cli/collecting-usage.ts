import { withRuntimeKeys } from "../model/runtime-keys";
import { isPlanGone, usageOfAws } from "../usage/collect/aws-usage";
import { collectUsage } from "../usage/collect/collect";
import { meteredIn } from "../usage/collect/metered-plans";
import { collectionAsText } from "../usage/collect/render-collection";
import { openUsageStore } from "../usage/store/usage-store";
import { Progress } from "./progress";
import { meteredStates } from "./reading-states";
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
    let stacks = 0;
    const files = [...options.state, ...options.plan];
    const { gateway, neverDeployed } = await meteredStates(folder, files, "--state or --plan", () =>
      progress.tell("states of stacks", ++stacks, undefined),
    );
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
