import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dateOf, dayOf, dayOfDate } from "../../src/limiter/calendar-day";
import { collectUsage } from "../../src/usage/collect/collect";
import type { GetUsage } from "../../src/usage/collect/read-usage";
import { openUsageStore } from "../../src/usage/store/usage-store";
import { machine } from "../machine";

const [PLANS, KEYS] = [20, 10_000];
const NOW = Date.parse("2026-11-28T06:00:00Z");
const today = dayOf(NOW);

process.once("SIGINT", () => process.exit(130));

const plans = Array.from({ length: PLANS }, (_, plan) => ({
  id: `plan${plan}`,
  name: `tier-${plan}`,
  region: undefined,
  tier: `tier-${plan}`,
  price: undefined,
  members: Array.from({ length: KEYS / PLANS }, (_, index) => {
    const number = plan * (KEYS / PLANS) + index;
    return {
      id: `key${number}`,
      subscription: `subscription-${number}`,
      customer: `Customer ${number}`,
      enabled: true,
      createdAt: "2026-01-01T00:00:00Z",
    };
  }),
}));
const keys = new Set(plans.flatMap(({ members }) => members.map(({ id }) => id)));
let requests = 0;
/** What AWS would answer, without its pace. */
const getUsage: GetUsage = async ({ usagePlanId, startDate = "", endDate = "" }) => {
  requests++;
  const first = dayOfDate(startDate);
  const days = dayOfDate(endDate) - first + 1;
  const members = plans.find(({ id }) => id === usagePlanId)?.members ?? [];
  const items = members.map(({ id }, index) => [
    id,
    Array.from({ length: days }, (_, day) => [
      (index * (first + day)) % 977,
      100_000 - ((index * (first + day)) % 977),
    ]),
  ]);
  return { usagePlanId, items: Object.fromEntries(items) };
};

const folder = mkdtempSync(join(tmpdir(), "cdktf-api-tiers-bench-"));
async function main(): Promise<void> {
  console.log(`${machine()}; ${KEYS.toLocaleString("en")} keys in ${PLANS} usage plans, 90 days`);
  const collect = async (title: string, now: number) => {
    const store = await openUsageStore(folder);
    const [started, before] = [performance.now(), requests];
    const metered = { plans, keys, withoutId: [] };
    const { plans: done } = await collectUsage({
      store,
      metered,
      getUsageIn: () => getUsage,
      isGone: () => false,
      now,
    });
    const files = done.reduce((sum, { filesWritten }) => sum + filesWritten, 0);
    told(
      title,
      performance.now() - started,
      `${requests - before} requests, ${files.toLocaleString("en")} files written`,
    );
  };
  await collect("first collection", NOW);
  await collect("a day later", NOW + 86_400_000);
  const started = performance.now();
  let lines = 0;
  for await (const _ of (await openUsageStore(folder)).days({ from: dateOf(today - 89), to: dateOf(today) })) lines++;
  told("all lines read", performance.now() - started, `${lines.toLocaleString("en")} lines`);
}

function told(title: string, milliseconds: number, what: string): void {
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${title.padEnd(17)} ${(milliseconds / 1000).toFixed(1).padStart(5)} s  ${what}; peak memory so far ${memory} MB`,
  );
}

main().finally(() => rmSync(folder, { recursive: true }));
