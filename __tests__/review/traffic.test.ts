import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { reportSchema } from "../../src/review/report";
import { review } from "../../src/review/review";
import { plansOf } from "./support/fixtures";

/** One customer of bronze, whose quota is 1,000 a day before, and 500 afterwards. */
const TRAFFIC = [
  { customer: "garden-01", used: 812 },
  { customer: "joe-black", used: 1, wouldBeRefused: 3 },
  { customer: "garden-02", wouldBeRefused: 1 },
  { customer: "nobody", used: 5 },
];

test("the requests of customers whom a change concerns are reported, who would be refused most first", () => {
  const report = review(plansOf("quota-halved"), { traffic: TRAFFIC });
  expect(report.traffic).toEqual([
    { customer: "joe-black", used: 1, quota: { limit: 500, period: "DAY" }, wouldBeRefused: 3 },
    { customer: "garden-02", used: null, quota: { limit: 500, period: "DAY" }, wouldBeRefused: 1 },
    { customer: "garden-01", used: 812, quota: { limit: 500, period: "DAY" }, wouldBeRefused: null },
  ]);
  reportSchema.parse(report);
  const text = renderText(report, { color: false, width: 100 });
  expect(text).toContain("Requests of the customers concerned");
  expect(text).toContain("- joe-black: used 1 of 500 a day; would have been refused 3 times");
  expect(text).toContain("- garden-02: would have been refused 1 time\n");
  expect(renderMarkdown(report)).toContain("- garden-01: used 812 of 500 a day\n");
});

test("nothing is reported of customers whom no finding concerns, and the verdict is the same", () => {
  const report = review(plansOf("tier-moved"), { traffic: [{ customer: "initech", used: 7 }] });
  expect(report.traffic).toEqual(expect.not.arrayContaining([expect.objectContaining({ customer: "garden-01" })]));
  expect(report.verdict).toBe(review(plansOf("tier-moved")).verdict);
  expect(renderText(review(plansOf("tier-moved")), { color: false, width: 100 })).not.toContain("Requests of the");
});

test.each([
  [[{ customer: "a", used: -1 }], /traffic\[0\]\.used must be a number of requests, got -1/],
  [[{ customer: "a", wouldBeRefused: 0.5 }], /traffic\[0\]\.wouldBeRefused must be a number of requests, got 0\.5/],
  [
    [
      { customer: "a", used: 1 },
      { customer: "a", used: 2 },
    ],
    /traffic\[1\] is of a customer that stands there twice/,
  ],
])("%j is refused", (traffic, message) => {
  expect(() => review(plansOf("no-change"), { traffic })).toThrow(message);
});
