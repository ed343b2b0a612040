import { dateOf } from "../../limiter/day-number";
import { routeDays } from "../logs/route-days";
import { reportRange, type WrittenRange } from "../report/report-range";
import type { RouteDay } from "../route-day";
import type { UsageStore } from "../store/usage-store";
import type { UsageDay } from "../usage-day";
import { type Reconciliation, reconcile } from "./reconcile";

export interface StoreReconciliation extends Reconciliation {
  /** The first day: `2026-11-01`. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
}

/**
 * Sets the access logs in a store against the usage in it.
 *
 * @throws Error for a range that is none, and where the store has no usage or no logs of it
 */
export async function reconcileStore(store: UsageStore, written: WrittenRange): Promise<StoreReconciliation> {
  const range = reportRange(written);
  const [from, to] = [dateOf(range.from), dateOf(range.to)];
  const usage: UsageDay[] = [];
  for await (const day of store.days({ from, to })) usage.push(day);
  const routes: RouteDay[] = [];
  for await (const route of routeDays(store, { from, to })) routes.push(route);
  const missing = (what: string, command: string) =>
    new Error(`${store.address}: holds no ${what} of ${from} to ${to}; ${command}, or name other days`);
  if (usage.length === 0) throw missing("usage", 'run "api-tiers usage collect"');
  if (routes.length === 0) throw missing("access logs", 'read them with "api-tiers usage logs"');
  return { from, to, ...reconcile(usage, routes) };
}
