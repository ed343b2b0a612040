import type { DayNumber } from "../../limiter/day-number";
import { nearestTo } from "../../text/nearest";
import { show } from "../../text/show";
import type { Holder, KeySeries, PlanRecord, UseRecord } from "./use-record";

/** What one subscription used on one tier, or a key of no subscription. */
export interface UseRow {
  readonly tier: string | null;
  readonly subscription: string | null;
  /** As it was last. */
  customer: string | null;
  requests: number;
  lastCall: DayNumber | undefined;
  /** Requests of each day. */
  readonly perDay: Float64Array;
  /** Days on which it was not observed who was on which tier. */
  readonly assumed: Set<DayNumber>;
  readonly keys: RowKey[];
}

/** A key of a row, in one plan. */
export interface RowKey {
  readonly plan: PlanRecord;
  readonly series: KeySeries;
  requests: number;
  readonly first: DayNumber;
  last: DayNumber;
  /** When its latest figure was read. */
  read: number;
  enabled: boolean;
  /** Whether it was still in the plan, as the row has it, when the plan was last collected. */
  isCurrent: boolean;
}

export interface RowFilter {
  readonly customer?: string;
  readonly tier?: string;
}

export interface UseRows {
  readonly rows: readonly UseRow[];
  /** Days of which AWS may still change a figure. */
  readonly open: ReadonlySet<DayNumber>;
}

/**
 * The rows of some days.
 *
 * @throws Error for a customer or a tier that is not in the record
 */
export function rowsOf(record: UseRecord, from: DayNumber, until: DayNumber, filter: RowFilter): UseRows {
  const rows = new Map<string, UseRow>();
  const open = new Set<DayNumber>();
  const names = { tiers: new Set<string>(), customers: new Set<string>() };
  for (const plan of record.plans.values()) {
    const lastCollected = plan.lastUntil(until);
    for (const series of plan.keys.values()) {
      for (let day = from; day <= until; day++) {
        const line = series.at(day);
        if (line === undefined) continue;
        const { holder } = line;
        if (holder.tier !== null) names.tiers.add(holder.tier);
        for (const name of [holder.subscription, holder.customer]) if (name !== null) names.customers.add(name);
        if (!isAskedFor(holder, filter)) continue;
        const row = rowIn(rows, holder, series.key, until - from + 1);
        const key = keyIn(row, plan, series, day);
        row.requests += line.used;
        row.perDay[day - from] = (row.perDay[day - from] as number) + line.used;
        row.customer = holder.customer;
        if (line.used > 0) row.lastCall = Math.max(row.lastCall ?? day, day);
        if (holder.membership === "assumed") row.assumed.add(day);
        if (!line.final) open.add(day);
        key.requests += line.used;
        key.last = day;
        key.read = Math.max(key.read, line.read);
        key.enabled = holder.enabled;
        key.isCurrent = day === lastCollected && !plan.isGone;
      }
    }
  }
  requireKnown("customer", filter.customer, names.customers);
  requireKnown("tier", filter.tier, names.tiers);
  return { rows: [...rows.values()], open };
}

const isAskedFor = ({ tier, subscription, customer }: Holder, filter: RowFilter): boolean =>
  (filter.tier === undefined || tier === filter.tier) &&
  (filter.customer === undefined || subscription === filter.customer || customer === filter.customer);

function rowIn(rows: Map<string, UseRow>, holder: Holder, key: string, days: number): UseRow {
  const { tier, subscription, customer } = holder;
  const id = JSON.stringify([tier, subscription, subscription === null ? key : null]);
  const row = rows.get(id) ?? {
    ...{ tier, subscription, customer, requests: 0, lastCall: undefined, keys: [] },
    ...{ perDay: new Float64Array(days), assumed: new Set<DayNumber>() },
  };
  rows.set(id, row);
  return row;
}

function keyIn(row: UseRow, plan: PlanRecord, series: KeySeries, day: DayNumber): RowKey {
  // Lines come key by key, so that it is the last one.
  const last = row.keys.at(-1);
  if (last?.plan === plan && last.series === series) return last;
  const key = { plan, series, requests: 0, first: day, last: day, read: 0, enabled: true, isCurrent: false };
  row.keys.push(key);
  return key;
}

function requireKnown(what: "customer" | "tier", name: string | undefined, known: ReadonlySet<string>): void {
  if (name === undefined || known.has(name)) return;
  const nearest = nearestTo(name, [...known]);
  const remedy = nearest === undefined ? "check the name, and the days" : `did you mean ${show(nearest)}?`;
  throw new Error(`${what} ${show(name)} is not in the usage store on these days; ${remedy}`);
}
