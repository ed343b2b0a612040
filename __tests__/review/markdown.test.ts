import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import type { Report } from "../../src/review/report";
import { review } from "../../src/review/review";
import { plansOf } from "./support/fixtures";

const finding = (subject: string, what: string): Report["sections"][number]["findings"][number] => ({
  about: subject,
  subject,
  what,
  customers: [],
  tiers: [],
  apis: [],
  stages: [],
  routes: [],
  acceptedBecause: null,
});

/** A report of findings that are not alike, under many rules. */
function reportOf(sections: readonly (readonly [subject: string, what: string])[][]): Report {
  const report = review(plansOf("no-change"));
  return {
    ...report,
    sections: sections.map((findings, index) => ({
      rule: `rule-${index}`,
      severity: "decision" as const,
      title: `${findings.length} things`,
      holds: "It holds.",
      why: "It matters.",
      remedy: "Fix it.",
      findings: findings.map(([subject, what]) => finding(subject, what)),
    })),
  };
}

test("a comment is shorter than GitHub takes, whatever is in it", () => {
  const long = "x".repeat(1_024);
  const many = Array.from({ length: 60 }, () =>
    Array.from({ length: 200 }, (_, index) => [`${long}${index}`, `${long} ${index}`] as const),
  );
  const text = renderMarkdown(reportOf(many));
  expect(text.length).toBeLessThan(65_536);
  expect(text.split("<details>").length).toBe(text.split("</details>").length);
  expect(text).toContain("This comment is cut");
});

test.each([1, 5_000])("%d findings are counted in full, and those that say the same are one line", (count) => {
  const text = renderMarkdown(
    reportOf([Array.from({ length: count }, (_, index) => [`c-${index}`, "is gone"] as const)]),
  );
  expect(text.length).toBeLessThan(65_536);
  expect(text.match(/: is gone$/gm)).toHaveLength(2);
  if (count > 50) expect(text).toContain("`c-49` and 4,950 more: is gone");
});

test.each([
  ["@everyone", "`@everyone`"],
  ["a`b``c", "```a`b``c```"],
  ["`", "`` ` ``"],
  ["one\ntwo\r\n# three", "`one two # three`"],
  ["<script>alert(1)</script>", "`<script>alert(1)</script>`"],
  ["\u001b[31mred\u001b[0m", "` [31mred [0m`"],
  ["\u202eesrever", "` esrever`"],
])("a customer called %j is shown as text, and nothing else", (name, shown) => {
  expect(renderMarkdown(reportOf([[[name, "is gone"]]]))).toContain(`- ${shown}: is gone`);
});

test.each([
  ["*bold* _it_ [x](http://y) | a", "\\*bold\\* \\_it\\_ \\[x\\](http:\u200b//y) \\| a"],
  ["@joe #12", "@\u200bjoe #\u200b12"],
  ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
  ["see https://evil.example and www.evil.example", "see https:\u200b//evil.example and www\u200b.evil.example"],
  ["ask joe@example.com or mailto:joe", "ask joe@\u200bexample.com or mailto\u200b:joe"],
  ["fixes GH-12, $x$", "fixes GH\u200b-12, \\$x\\$"],
  ["as in 0a1b2c3d4e", "as in 0a1b2c\u200b3d4e"],
  ["arn:aws:wafv2:eu-west-1:123456789012:webacl", "arn:aws:wafv2:eu-west-1:123456789012:webacl"],
])("what happens is escaped: %j", (what, shown) => {
  expect(renderMarkdown(reportOf([[["x", what]]]))).toContain(`\`x\`: ${shown}\n`);
});

test.each([
  ["joe-black", "rule-0:joe-black"],
  ["joe; rm -rf ~", "'rule-0:joe; rm -rf ~'"],
  ["$(touch x) `y`", "'rule-0:$(touch x) `y`'"],
  ["it's", "'rule-0:it'\\''s'"],
])("the command that accepts %j is one that a shell reads as it is meant", (name, word) => {
  const report = reportOf([[[name, "is gone"]]]);
  const command = `--accept ${word} --because "…"`;
  expect(renderMarkdown(report)).toContain(command);
  expect(renderText(report, { color: false, width: 40 })).toContain(`To accept: ${command}\n`);
  const printed = execFileSync("sh", ["-c", `printf %s ${word}`], { encoding: "utf8" });
  expect(printed).toBe(`rule-0:${name}`);
});

test("no text tells a terminal what to do", () => {
  const anything = fc.string({ unit: "binary", maxLength: 30 });
  fc.assert(
    fc.property(anything, anything, (subject, what) => {
      const report = reportOf([[[subject, what]]]);
      for (const text of [renderMarkdown(report), renderText(report, { color: false, width: 80 })])
        expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test("the terminal's text keeps to its width, and has colors only where they are wanted", () => {
  const report = reportOf([[["a customer", "is gone ".repeat(40).trim()]]]);
  const plain = renderText(report, { color: false, width: 60 });
  expect(Math.max(...plain.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(60);
  expect(plain).not.toContain("\u001b");
  expect(renderText(report, { color: true, width: 60 })).toContain("\u001b[1m");
});
