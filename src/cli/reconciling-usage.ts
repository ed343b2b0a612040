import { isUnexplained } from "../usage/reconcile/reconcile";
import { reconcileStore } from "../usage/reconcile/reconcile-store";
import { reconciliationText } from "../usage/reconcile/reconciliation-text";
import type { WrittenRange } from "../usage/report/report-range";
import { openUsageStore } from "../usage/store/usage-store";

export interface ReconcileOptions extends WrittenRange {
  readonly store: string;
  readonly format: "text" | "json";
}

/** @returns what to print, and whether everything is explained */
export async function reconcileUsage(
  options: ReconcileOptions,
): Promise<{ readonly text: string; readonly isExplained: boolean }> {
  const made = await reconcileStore(await openUsageStore(options.store), options);
  return {
    text: options.format === "json" ? JSON.stringify(made, undefined, 2) : reconciliationText(made, made.from, made.to),
    isExplained: !made.differences.some(isUnexplained),
  };
}
