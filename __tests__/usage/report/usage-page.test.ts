import { usagePage } from "../../../src/usage/report/page/usage-page";
import { onTier } from "../support/usage-days";
import { readAtNoon, summaryOf, withQuota } from "./support";

const november = ["2026-11-01", "2026-11-26"] as const;
const bronze = (name: string, used: number) =>
  withQuota(
    onTier(name, "bronze", november, (day) => (day === "2026-11-26" ? used : 1)),
    1_000,
    "DAY",
  );
const overviewOf = (...lines: Parameters<typeof readAtNoon>[0][]) =>
  [...usagePage(summaryOf(readAtNoon(lines.flat()))).matchAll(/<li>(.*)/g)].map(([, text]) => text).slice(0, 4);

test.each([
  [
    "nobody",
    [bronze("joe", 10)],
    ["35 requests of 1 subscription", "Quota used up: 0", "80 % of the quota or more: 0", "No call: 0"],
  ],
  [
    "one each",
    [bronze("eve", 1_000), bronze("joe", 820), withQuota(onTier("ann", "bronze", november, 0), 1_000, "DAY")],
    [
      "1,870 requests of 3 subscriptions",
      "Quota used up: 1: eve (100 %)",
      "80 % of the quota or more: 1: joe (82 %)",
      "No call: 1: ann",
    ],
  ],
])(
  "the page says first who is at the end of a quota, who is near it, and who never called: %s",
  (_, lines, expected) => {
    expect(overviewOf(...lines)).toEqual(expected);
  },
);
