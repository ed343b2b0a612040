import { dateOf, dayOfDate } from "../../../src/limiter/day-number";
import { type Collection, collectUsage } from "../../../src/usage/collect/collect";
import type { Metered, MeteredKey, MeteredPlan } from "../../../src/usage/collect/metered-plans";
import type { GetUsage } from "../../../src/usage/collect/read-usage";
import type { NameRange, StoredText, StoreFiles } from "../../../src/usage/store/store-files";
import { UsageStore } from "../../../src/usage/store/usage-store";
import type { UsageDay } from "../../../src/usage/usage-day";

/** Files in memory, of which each operation may do something first: wait, or fail. */
export class MemoryFiles implements StoreFiles {
  constructor(
    readonly texts = new Map<string, string>(),
    private readonly before: (operation: "read" | "write" | "written", name: string) => Promise<void> = async () => {},
  ) {}

  async read(name: string): Promise<StoredText | undefined> {
    await this.before("read", name);
    const text = this.texts.get(name);
    return text === undefined ? undefined : { text, version: text };
  }

  async write(name: string, text: string, expected: string | undefined): Promise<boolean> {
    await this.before("write", name);
    if (this.texts.get(name) !== expected) return false;
    this.texts.set(name, text);
    await this.before("written", name);
    return true;
  }

  async *list(prefix: string, { from = "", below }: NameRange = {}): AsyncGenerator<string> {
    for (const name of [...this.texts.keys()].sort())
      if (name.startsWith(prefix) && name >= from && (below === undefined || name < below)) yield name;
  }

  /** The same texts, for another program. */
  seenBy(before: (operation: "read" | "write" | "written", name: string) => Promise<void>): MemoryFiles {
    return new MemoryFiles(this.texts, before);
  }
}

/** Calls by plan, key and date. */
export type Calls = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

export interface Answering {
  /** Keys of a page. */
  readonly page?: number;
  /** What is left out of days without calls. */
  readonly leavesOut?: "nothing" | "keys" | "days";
  readonly quota?: number;
  readonly onRequest?: () => void;
}

/** What AWS answers of these calls. */
export function answering(
  calls: Calls,
  { page = 500, leavesOut = "nothing", quota = 1_000, onRequest }: Answering = {},
): GetUsage {
  return async ({ usagePlanId = "", startDate = "", endDate = "", keyId, position = "0" }) => {
    onRequest?.();
    const plan = calls[usagePlanId];
    if (!plan) throw new PlanIsGone();
    const [first, last] = [dayOfDate(startDate), dayOfDate(endDate)];
    if (last - first >= 90) throw new Error("the range is too long");
    const dates = Array.from({ length: last - first + 1 }, (_, index) => dateOf(first + index));
    const items = Object.entries(plan)
      .filter(([key]) => keyId === undefined || keyId === key)
      .map(([key, days]) => {
        const told = leavesOut === "days" ? dates.filter((date) => days[date]) : dates;
        return [key, told.map((date) => [days[date] ?? 0, quota - (days[date] ?? 0)])] as const;
      })
      .filter(([, figures]) => leavesOut === "nothing" || figures.some(([used]) => used));
    const start = Number(position);
    const more = start + page < items.length ? { position: String(start + page) } : {};
    return {
      usagePlanId,
      startDate,
      endDate,
      items: Object.fromEntries(items.slice(start, start + page)) as never,
      ...more,
    };
  };
}

export class PlanIsGone extends Error {}

/** A key of a subscription. */
export const key = (id: string, fields: Partial<MeteredKey> = {}): MeteredKey => ({
  id,
  subscription: `subscription-of-${id}`,
  customer: undefined,
  enabled: true,
  createdAt: undefined,
  ...fields,
});

/** Plans by id, with their keys; each is the plan of a tier of its name. */
export function metered(
  plans: Readonly<Record<string, readonly MeteredKey[]>>,
  fields: Partial<MeteredPlan> = {},
): Metered {
  return {
    plans: Object.entries(plans).map(([id, members]) => ({
      id,
      name: id,
      region: undefined,
      tier: id,
      price: undefined,
      members,
      ...fields,
    })),
    keys: new Set(Object.values(plans).flatMap((members) => members.map(({ id }) => id))),
    withoutId: [],
  };
}

/** Collects at a time such as `2026-11-04T06:00Z`. */
export function collectAt(now: string, files: StoreFiles, what: Metered, getUsage: GetUsage): Promise<Collection> {
  return collectUsage({
    store: new UsageStore("store", files),
    metered: what,
    getUsageIn: () => getUsage,
    isGone: (error) => error instanceof PlanIsGone,
    now: Date.parse(now),
  });
}

/** Lines of some days, each as `2026-11-03 gold joe: 12 carried`, where the plan has the name of its tier. */
export async function linesOf(files: StoreFiles, from: string, to: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of new UsageStore("store", files).days({ from, to })) lines.push(lineText(line));
  return lines;
}

const lineText = ({ day, plan, key: id, used, membership, enabled, final, correctedFrom }: UsageDay) =>
  [
    `${day} ${plan} ${id}: ${used}`,
    membership,
    ...(enabled ? [] : ["suspended"]),
    ...(final ? ["final"] : []),
    ...(correctedFrom === null ? [] : [`was ${correctedFrom}`]),
  ].join(" ");
