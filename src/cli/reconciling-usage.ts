import { dateOf } from "../limiter/calendar-day";
import { routeDays } from "../usage/logs/route-days";
import { isUnexplained, reconcile } from "../usage/reconcile/reconcile";
import { reconciliationText } from "../usage/reconcile/reconciliation-text";
import { reportRange, type WrittenRange } from "../usage/report/report-range";
import type { RouteDay } from "../usage/route-day";
import { openUsageStore } from "../usage/store/usage-store";
import type { UsageDay } from "../usage/usage-day";

export interface ReconcileOptions extends WrittenRange {
  readonly store: string;
  readonly format: "text" | "json";
}

/**
 * @returns what to print, and whether everything is explained
 * @throws Error for a store without usage or without logs of these days
 */
export async function reconcileUsage(options: ReconcileOptions): Promise<{ text: string; isExplained: boolean }> {
  const range = reportRange(options);
  const [from, to] = [dateOf(range.from), dateOf(range.to)];
  const store = await openUsageStore(options.store);
  const usage: UsageDay[] = [];
  for await (const day of store.days({ from, to })) usage.push(day);
  const routes: RouteDay[] = [];
  for await (const route of routeDays(store, { from, to })) routes.push(route);
  if (usage.length === 0)
    throw new Error(
      `${options.store}: holds no usage of ${from} to ${to}; run "api-tiers usage collect", or name other days`,
    );
  if (routes.length === 0)
    throw new Error(
      `${options.store}: holds no access logs of ${from} to ${to}; read them with "api-tiers usage logs", or name other days`,
    );
  const made = reconcile(usage, routes);
  return {
    text: options.format === "json" ? JSON.stringify(made, undefined, 2) : reconciliationText(made, from, to),
    isExplained: !made.differences.some(isUnexplained),
  };
}
