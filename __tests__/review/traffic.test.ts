import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { reportSchema } from "../../src/review/report";
import { review } from "../../src/review/review";
import { plansOf } from "./support/fixtures";
import { plan } from "./support/planner";
import { said } from "./support/reviewed";

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
  ["joe-blak", "did you mean joe-black?"],
  ["nobody", "there are garden-01, garden-02, garden-03, garden-04, garden-05 and 38 more"],
  [`key${"0123456789".repeat(2)}`, "there are garden-01, garden-02, garden-03, garden-04, garden-05 and 38 more"],
])("traffic of %s, who is in none of the plans, is a reminder that says whom there is", (customer, meant) => {
  const report = review(plansOf("quota-halved"), { traffic: [{ customer, used: 5 }] });
  expect(said(report)["traffic-unknown"]).toEqual([
    `${customer.replace(/^key.*/, "<not shown>")}: is not a customer of these plans; ${meant}`,
  ]);
  expect(report.traffic).toEqual([]);
  expect(report.decisions).toBe(review(plansOf("quota-halved")).decisions);
  expect(renderText(report, { color: false, width: 100 })).toContain("1 customer with traffic is in no plan");
});

test("where a name stands in several stacks, traffic is of neither, and both are named", () => {
  const key = (name: string) => ({ resource: { aws_api_gateway_api_key: { [name]: { name } } } });
  const stacks = { dev: key("ctrlo"), prod: key("ctrlo") };
  expect(said(review(plan(stacks, stacks), { traffic: [{ customer: "ctrlo", used: 1 }] }))["traffic-unknown"]).toEqual([
    "ctrlo: is not a customer of these plans; did you mean dev/ctrlo or prod/ctrlo?",
  ]);
  expect(said(review(plan(stacks, stacks), { traffic: [{ customer: "dev/ctrlo", used: 1 }] }))).not.toHaveProperty(
    "traffic-unknown",
  );
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
