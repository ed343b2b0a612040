import type { BrowserContextOptions, Page } from "playwright-core";
import { usagePage } from "../../../src/usage/report/page/usage-page";
import type { KeyUse, SubscriptionUse, UsageSummary } from "../../../src/usage/report/summary";
import { violations } from "../../support/axe";
import { PagesInBrowser, rowsIn } from "../../support/pages-in-browser";
import { describeWith } from "../../support/requirements";
import { onTier } from "../support/usage-days";
import { readAtNoon, summaryOf, withQuota } from "./support";

jest.setTimeout(120_000);

const november = ["2026-11-01", "2026-11-26"] as const;
const HOSTILE = `</style><img src=x onerror=alert(1)>"'&amp;\u202e`;
const today = (used: number, before: number) => (day: string) => (day === "2026-11-26" ? used : before);
const bronze = (name: string, used: number, before: number, customer: string | null = null) =>
  withQuota(onTier(name, "bronze", november, today(used, before), { customer }), 1_000, "DAY");

const SUMMARY = summaryOf(
  readAtNoon([
    ...bronze("joe-black", 820, 400, "Joe Black"),
    ...bronze("eve", 1_000, 10, HOSTILE),
    ...bronze("ann", 0, 0),
    ...withQuota(onTier("globex", "gold", november, 3_000), 100_000, "MONTH"),
    ...withQuota(onTier("globex", "gold", november, 1_000, { key: "second", enabled: false }), 100_000, "MONTH"),
    ...onTier("left", "gold", ["2026-11-01", "2026-11-09"], 100),
    ...onTier(null, null, november, 5, { plan: "other" }),
  ]).filter(({ day }) => day !== "2026-11-04"),
  { failAt: 80 },
);

describeWith(["chromium"], "the page of usage, in a browser", () => {
  const pages = new PagesInBrowser();
  const open = (summary: UsageSummary, options: BrowserContextOptions): Promise<Page> =>
    pages.open(usagePage(summary), options);

  const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));

  test("its numbers are those of the JSON, without scripts", async () => {
    const page = await open(SUMMARY, { javaScriptEnabled: false });
    const json = JSON.parse(JSON.stringify(SUMMARY)) as UsageSummary;
    expect((await rowsIn(page, "days")).map(([day, requests, state]) => [day, requests, state])).toEqual(
      json.days.map(({ day, requests, state }) => [
        day,
        state === "not collected" ? "?" : requests.toLocaleString("en"),
        state,
      ]),
    );
    expect(
      (await rowsIn(page, "tiers")).map(([tier, requests, members]) => [tier, number(requests), number(members)]),
    ).toEqual(
      json.tiers.map(({ tier, requests, subscriptions }) => [
        tier ?? "no tier",
        requests,
        subscriptions.filter(({ isCurrent, subscription }) => isCurrent && subscription !== null).length,
      ]),
    );
    for (const [index, { subscriptions }] of json.tiers.entries()) {
      const shown = (await rowsIn(page, `tier-${index + 1}`)).map(([, requests, , share, used, , usedUp]) => [
        number(requests),
        share,
        used,
        usedUp,
      ]);
      expect(shown).toEqual(subscriptions.flatMap(cellsOf));
    }
    const shares = await rowsIn(page, "shares");
    const members = json.tiers.flatMap(({ subscriptions }) => subscriptions).filter(({ state }) => state !== "left");
    expect(shares.reduce((sum, [, count]) => sum + number(count), 0)).toBe(members.length);
    await page.close();
  });

  test("each chart has its values in the table under it, and as many bars", async () => {
    const page = await open(SUMMARY, { javaScriptEnabled: false });
    const charts = await page.locator("svg[role=img]").all();
    expect(charts).toHaveLength(3);
    for (const chart of charts) {
      const below = chart.locator("xpath=following::table[1]");
      const bars = (await chart.locator("rect").count()) + (await chart.locator("text.unknown").count());
      expect(bars).toBe(await below.locator("tbody tr").count());
    }
    await page.close();
  });

  test("a hostile name is text, and says so", async () => {
    const page = await open(SUMMARY, {});
    expect(await page.locator("th", { hasText: "eve" }).innerText()).toBe(
      `eve (</style><img src=x onerror=alert(1)>"'&amp;\\u202e)`,
    );
    expect(await page.locator("img, script, iframe, [onerror], [onload], [style]").count()).toBe(0);
    await page.close();
  });

  test("its policy runs no script and loads nothing", async () => {
    const page = await open(SUMMARY, {});
    const ran = await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: Record<string, (name: string) => never> & { body: { append(element: unknown): void } };
      };
      const script = document.createElement?.("script") as unknown as { textContent: string };
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      return "ran" in globalThis;
    });
    expect(ran).toBe(false);
    expect(pages.takeProblems().join("\n")).toMatch(/violates the following Content Security Policy directive/);
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, in %s", async (colorScheme) => {
    const page = await open(SUMMARY, { colorScheme });
    expect(await violations(page)).toEqual([]);
    if (process.env.PAGE_PICTURES)
      await page.screenshot({ path: `${process.env.PAGE_PICTURES}/usage-${colorScheme}.png`, fullPage: true });
    await page.close();
  });

  test("axe finds nothing in a page of 1,000 customers and 90 days either", async () => {
    const page = await open(largeSummary(), { colorScheme: "dark" });
    expect(await page.locator("section[aria-labelledby^=tier-] tbody tr").count()).toBe(1_000);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});

test("the page of 1,000 customers and 90 days is smaller than 300 kB", () => {
  const summary = largeSummary();
  expect(summary.days).toHaveLength(90);
  expect(Buffer.byteLength(usagePage(summary))).toBeLessThan(300_000);
});

/** What the columns of a subscription show besides its name. */
function cellsOf({ requests, keys, share, state }: SubscriptionUse): unknown[][] {
  const telling = keys.find(({ period, ...key }) => (share === null ? key.state === state : period?.share === share));
  const cells = ({ period, outlook, ...key }: KeyUse) => [
    period === null ? { unknown: "not known", left: "left the tier" }[key.state as string] : percent(period),
    period === null
      ? ""
      : `${Math.max(period.used, period.allowed - period.remaining).toLocaleString("en")} of ${period.allowed.toLocaleString("en")}`,
    outlook === null
      ? ""
      : (outlook.at?.slice(0, 16).replace("T", " ") ??
        { "used up": "now", unknown: "not known" }[outlook.kind as string] ??
        outlook.kind),
  ];
  const several = keys.length > 1 ? keys : [];
  return [[requests, ...cells(telling as KeyUse)], ...several.map((key) => [key.requests, ...cells(key)])];
}

const percent = ({ share, isAtLeast }: { readonly share: number; readonly isAtLeast: boolean }): string =>
  `${isAtLeast ? "at least " : ""}${Math.floor(share * 100)} %`;

let large: UsageSummary | undefined;
function largeSummary(): UsageSummary {
  if (large) return large;
  const days = ["2026-08-01", "2026-11-26"] as const;
  const lines = Array.from({ length: 1_000 }, (_, index) => {
    const name = `customer-${String(index).padStart(4, "0")}`;
    const customer = `Customer ${index} & Sons International Ltd.`;
    return withQuota(onTier(name, index % 2 ? "gold" : "bronze", days, index * 7, { customer }), 200_000, "MONTH");
  });
  large = summaryOf(readAtNoon(lines.flat()), { from: "2026-08-29", to: "2026-11-26" });
  return large;
}
