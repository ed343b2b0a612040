import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeInvoices } from "../../src/cli/invoicing";
import { reportUsage } from "../../src/cli/reporting-usage";
import { dateOf, dayOf, dayOfDate } from "../../src/limiter/calendar-day";
import { collectUsage } from "../../src/usage/collect/collect";
import type { GetUsage } from "../../src/usage/collect/read-usage";
import { OPEN_KINDS } from "../../src/usage/invoice/invoice";
import { openUsageStore } from "../../src/usage/store/usage-store";
import { toPrice } from "../../src/vocabulary/price";
import { machine } from "../machine";

const [PLANS, KEYS] = [20, 10_000];
const NOW = Date.parse("2026-11-28T06:00:00Z");
const today = dayOf(NOW);

process.once("SIGINT", () => process.exit(130));

const PRICE = toPrice({
  currency: "EUR",
  base: { amount: "49.00", each: "MONTH" },
  included: 10_000,
  requests: { pricing: "GRADUATED", bands: [{ upTo: 10_000, unitPrice: "0.001" }, { unitPrice: "0.0005" }] },
});
const plans = Array.from({ length: PLANS }, (_, plan) => ({
  id: `plan${plan}`,
  name: `tier-${plan}`,
  region: undefined,
  tier: `tier-${plan}`,
  price: PRICE,
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

  const reported = performance.now();
  const range = { from: dateOf(today - 89), to: dateOf(today), now: new Date(NOW).toISOString() };
  const { text = "" } = await reportUsage(undefined, { store: folder, ...range, maxAge: 3, format: "csv" });
  told("reported", performance.now() - reported, `${text.split("\n").length.toLocaleString("en")} lines of CSV`);

  const invoiced = performance.now();
  const invoices = await makeInvoices({
    month: "2026-10",
    store: folder,
    format: "csv",
    close: true,
    accept: OPEN_KINDS,
  });
  told(
    "invoiced",
    performance.now() - invoiced,
    `${invoices.text.split("\n").length.toLocaleString("en")} lines of CSV`,
  );
}

function told(title: string, milliseconds: number, what: string): void {
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${title.padEnd(17)} ${(milliseconds / 1000).toFixed(1).padStart(5)} s  ${what}; peak memory so far ${memory} MB`,
  );
}

main().finally(() => rmSync(folder, { recursive: true }));
