import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeInvoices } from "../../src/cli/invoicing";
import { reportUsage } from "../../src/cli/reporting-usage";
import { dateOf, dayOf, dayOfDate } from "../../src/limiter/day-number";
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

const range = { from: dateOf(today - 89), to: dateOf(today) };
const collect = async (folder: string, now: number) => {
  const metered = { plans, keys, withoutId: [] };
  const store = await openUsageStore(folder);
  const { plans: done } = await collectUsage({ store, metered, getUsageIn: () => getUsage, isGone: () => false, now });
  const files = done.reduce((sum, { filesWritten }) => sum + filesWritten, 0);
  return `${requests} requests, ${files.toLocaleString("en")} files written`;
};
const invoice = async (folder: string, month: string, close: boolean) => {
  const { text } = await makeInvoices({ month, store: folder, format: "csv", close, accept: close ? OPEN_KINDS : [] });
  return `${lineCount(text)} lines of CSV`;
};
const lineCount = (text: string) => text.split("\n").length.toLocaleString("en");

/** Each is a command of its own, so each is measured in a process of its own. */
const STEPS: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  "first collection": (folder) => collect(folder, NOW),
  "a day later": (folder) => collect(folder, NOW + 86_400_000),
  "all lines read": async (folder) => {
    let lines = 0;
    for await (const _ of (await openUsageStore(folder)).days(range)) lines++;
    return `${lines.toLocaleString("en")} lines`;
  },
  reported: async (folder) => {
    const asked = { store: folder, ...range, now: new Date(NOW).toISOString(), maxAge: 3, format: "csv" as const };
    return `${lineCount((await reportUsage(undefined, asked)).text ?? "")} lines of CSV`;
  },
  "September closed": (folder) => invoice(folder, "2026-09", true),
  "October closed": (folder) => invoice(folder, "2026-10", true),
  "November invoiced": (folder) => invoice(folder, "2026-11", false),
};

async function measure(step: string, folder: string): Promise<void> {
  const started = performance.now();
  const what = (await STEPS[step]?.(folder)) ?? "";
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${step.padEnd(17)} ${seconds.padStart(5)} s  ${what}; peak memory ${memory} MB`);
}

function measureAll(): void {
  console.log(`${machine()}; ${KEYS.toLocaleString("en")} keys in ${PLANS} usage plans, 90 days`);
  const folder = mkdtempSync(join(tmpdir(), "cdktf-api-tiers-bench-"));
  try {
    for (const step of Object.keys(STEPS)) {
      const args = [...process.execArgv, process.argv[1] as string, "usage", step, folder];
      const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
      if (status !== 0) throw new Error(`${step} ended with ${status}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [, step, folder] = process.argv.slice(2);
if (step === undefined || folder === undefined) measureAll();
else void measure(step, folder);
