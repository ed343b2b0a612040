import type { BrowserContextOptions, Page } from "playwright-core";
import type { CustomerReport, Refused, ReplayReport, Series } from "../../../src/replay/replay-report";
import { replayPage } from "../../../src/replay/report/page/replay-page";
import { violations } from "../../support/axe";
import { PagesInBrowser, rowsIn } from "../../support/pages-in-browser";
import { describeWith } from "../../support/requirements";
import { customer, exactly, REPORT } from "./support";

jest.setTimeout(120_000);

describeWith(["chromium"], "the page of a replay, in a browser", () => {
  const pages = new PagesInBrowser();
  const open = (report: ReplayReport, options: BrowserContextOptions): Promise<Page> =>
    pages.open(replayPage(report), options);

  test("its numbers are those of the JSON, without scripts", async () => {
    const page = await open(REPORT, { javaScriptEnabled: false });
    const { candidates, left } = JSON.parse(JSON.stringify(REPORT)) as ReplayReport;
    expect((await rowsIn(page, "candidates")).map((cells) => [cells[0], cells[1], cells[4]])).toEqual(
      candidates.map(({ name, refused, openRoutesRefused }, index) => [
        `${index + 1}. ${name}`,
        bound(refused),
        bound(openRoutesRefused),
      ]),
    );
    expect((await rowsIn(page, "by-tier")).map((cells) => [cells[1], cells[3]])).toEqual(
      candidates.flatMap(({ tiers }) => tiers.map(({ tier, refused }) => [tier, bound(refused)])),
    );
    for (const [index, tier] of (candidates[0]?.tiers ?? []).entries()) {
      const id = `tier-${index + 1}`;
      expect(await seriesIn(page, `${id}-demand`, tier.series)).toEqual([tier.series.calls, tier.series.refused]);
      const refused = tier.customers.filter((each) => each.refused.high > 0);
      expect((await rowsIn(page, `${id}-refused`)).map((cells) => cells.slice(1, 5))).toEqual(refused.map(cellsOf));
      expect((await rowsIn(page, `${id}-limits`)).map((cells) => [cells[1], cells[2], cells[4]])).toEqual(
        tier.limits.map(({ written, verdict, customers }) => [written, verdict, String(customers)]),
      );
      expect((await rowsIn(page, `${id}-quotas`)).map((cells) => cells.slice(1, 3))).toEqual(
        (tier.safe?.quotas ?? []).map(({ limit, subscription }) => [count(limit), subscription]),
      );
    }
    expect((await rowsIn(page, "left")).map(([, calls]) => calls)).toEqual(left.map(({ calls }) => count(calls)));
    await page.close();
  });

  test("customers stand beside each other, candidate by candidate", async () => {
    const page = await open(REPORT, { javaScriptEnabled: false });
    expect(await rowsIn(page, "tier-1-compared")).toEqual([
      ["joe-black", "120 to 340", "1,324 to 1,544"],
      ["ann", "4", "0"],
    ]);
    await page.close();
  });

  test("the curve of safe limits has the points of its table, with those of the candidates", async () => {
    const page = await open(REPORT, { javaScriptEnabled: false });
    expect(await rowsIn(page, "tier-1-burst")).toEqual([
      ["candidate 1", "10/s", "20", "300"],
      ["candidate 2", "10/s", "20", "1,544"],
      ["smallest safe", "5/s", "1,204", "0"],
      ["smallest safe", "10/s", "55", "0"],
      ["smallest safe", "20/s", "12", "0"],
    ]);
    const chart = page.locator("#tier-1-burst + svg");
    expect([await chart.locator(".mark").count(), await chart.locator("circle").count()]).toEqual([1, 3]);
    await page.close();
  });

  test("a customer's rate is a line where it is within the scale, and words where it is not", async () => {
    const slow = withSeries({ rateLimit: 0.25, burstLimit: 5 });
    const page = await open(slow, { javaScriptEnabled: false });
    expect(await page.locator("path.limit").count()).toBe(1);
    expect(await page.locator("body").innerText()).toContain("0.25/s, which is 900 an hour: the dashed line");
    await page.close();
    const fast = await open(withSeries({ rateLimit: 10, burstLimit: 5 }), { javaScriptEnabled: false });
    expect(await fast.locator("path.limit").count()).toBe(0);
    expect(await fast.locator("body").innerText()).toContain(
      "10/s, which is 36,000 an hour, which is above this scale",
    );
    await fast.close();
  });

  test("a hostile name is text, and says so", async () => {
    const page = await open(REPORT, {});
    expect(await page.locator("#left ~ section td").last().innerText()).toContain(
      String.raw`</style><img src=x onerror=alert(1)>"'&amp;\u202e\x1b[31m`,
    );
    expect(await page.locator("img, script, iframe, [onerror], [onload], [style]").count()).toBe(0);
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, in %s", async (colorScheme) => {
    const page = await open(REPORT, { colorScheme });
    expect(await violations(page)).toEqual([]);
    if (process.env.PAGE_PICTURES)
      await page.screenshot({ path: `${process.env.PAGE_PICTURES}/replay-${colorScheme}.png`, fullPage: true });
    await page.close();
  });

  test("axe finds nothing in a page of 1,000 customers and 20 candidates either", async () => {
    const page = await open(largeReport(), { colorScheme: "dark" });
    expect(await page.locator("[aria-labelledby=candidates] tbody tr").count()).toBe(20);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  /** Calls and refused ones of a series, as its table has them. */
  async function seriesIn(page: Page, id: string, { interval, calls }: Series): Promise<number[][]> {
    const found = await rowsIn(page, id);
    if (interval === "day") return [1, 2].map((column) => found.map((cells) => number(cells[column])));
    const isRefused = ([name = ""]: readonly string[]) => name.endsWith("refused");
    const days = found.filter((cells) => !isRefused(cells));
    const refusedOn = new Map(found.filter(isRefused).map(([name = "", ...cells]) => [name.slice(0, 10), cells]));
    const ofHours = (cells: readonly string[]) => cells.filter((cell) => cell !== "").map(number);
    const hours = days.flatMap(([, ...cells]) => ofHours(cells));
    expect(hours).toHaveLength(calls.length);
    return [hours, days.flatMap(([day = "", ...cells]) => ofHours(refusedOn.get(day) ?? cells.map(() => "0")))];
  }
});

test("the page of 1,000 customers and 20 candidates is at most 300 kB, and says what it leaves out", () => {
  const page = replayPage(largeReport());
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(300_000);
  expect(page).toMatch(/and \d+ others, see JSON/);
});

test("the page of 60 tiers, 60 candidates and the longest names is at most 300 kB", () => {
  expect(Buffer.byteLength(replayPage(largeReport({ tiers: 60, candidates: 60, name: '"'.repeat(200) })))).toBeLessThan(
    300_000,
  );
});

test("the page of no calls says so", () => {
  const none = { span: null, calls: 0, replayed: 0, refusedThen: 0, notes: [], left: [], candidates: [] };
  expect(replayPage(none)).toContain("<h1>Replay of no calls</h1>");
});

const count = (value: number): string => value.toLocaleString("en");
const bound = ({ low, high }: Refused): string => (low === high ? count(high) : `${count(low)} to ${count(high)}`);
const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));
const cellsOf = ({ refused, calls, days }: CustomerReport): unknown[] => [
  bound(refused),
  expect.stringMatching(/^\d.* %$/),
  count(calls),
  count(days),
];

/** The report with one tier, whose throttle is given. */
const withSeries = (throttle: { rateLimit: number; burstLimit: number }): ReplayReport => ({
  ...REPORT,
  candidates: REPORT.candidates
    .slice(0, 1)
    .map((each) => ({ ...each, tiers: each.tiers.slice(0, 1).map((tier) => ({ ...tier, throttle })) })),
});

/** A month by hours of 1,000 customers, of whom each candidate refuses every second one calls. */
function largeReport({ tiers = 4, candidates = 20, name = "Customer & Sons International Ltd. " } = {}): ReplayReport {
  const hours = Array.from({ length: 744 }, (_, hour) => 100_000 + ((hour * 7_919) % 50_000));
  const series: Series = {
    ...{ from: "2026-10-01T00:00:00.000Z", interval: "hour", calls: hours },
    refused: hours.map((calls) => calls % 1_000),
  };
  const [first] = REPORT.candidates;
  const tier = first?.tiers[0];
  if (first === undefined || tier === undefined) throw new Error("the report has no tier");
  const frontier = Array.from({ length: 60 }, (_, index) => ({
    rateLimit: index + 1,
    burstLimit: 6_000 - index * 100,
  }));
  const tiersOf = (candidate: number) =>
    Array.from({ length: tiers }, (_, index) => ({
      ...tier,
      ...{ tier: `tier-${index}`, series, throttle: { rateLimit: candidate + 1, burstLimit: 20 } },
      safe: { frontier, routes: [], quotas: [] },
      customers: Array.from({ length: Math.ceil(1_000 / tiers) }, (_, place) =>
        customer(`customer-${index}-${place}`, 20_000, {
          customer: `${name}${place}`,
          refused: exactly(place % 2 ? 10_000 - place - candidate : 0),
          refusedBy: { plan: 5_000, quota: 5_000 },
          days: 30,
          ...{ first: "2026-10-01T10:20:00.000Z", last: "2026-10-31T18:04:09.000Z" },
          onTiers: { "tier-0": 1_204, "tier-1": 300, "tier-2": 20, "tier-3": 0 },
        }),
      ).sort((a, b) => b.refused.high - a.refused.high),
    }));
  return {
    ...REPORT,
    candidates: Array.from({ length: candidates }, (_, index) => ({
      ...first,
      name: index === 0 ? "as it is" : `tier-0.throttle.rateLimit=${index + 1}`,
      tiers: tiersOf(index),
    })),
  };
}
