import { join, resolve } from "node:path";
import { heapOf, run } from "../support/run";
import { filesOf } from "./support/fixtures";

jest.setTimeout(60_000);

/** Characters of the comment, of which people read what is not folded. */
const LONGEST_COMMENT = 10_000;

test("10,000 changes are reviewed within a heap of 250 MB, compiler included", () => {
  const root = resolve(__dirname, "../..");
  const code = `
    require("ts-node").register({ swc: true });
    const { readPlanFiles } = require("./src/review/plan-file");
    const { review } = require("./src/review/review");
    const { renderMarkdown } = require("./src/review/render/markdown");
    const report = review(readPlanFiles(process.argv.slice(1)));
    const markdown = renderMarkdown(report);
    const comment = markdown.length;
    const folds = markdown.split("<details>").length - 1;
    console.log(JSON.stringify({ changes: report.changes.create, comment, folds }));
  `;
  const { stdout, stderr } = run(
    process.execPath,
    [heapOf(250), "-e", code, ...filesOf("five-thousand-subscriptions")],
    {
      cwd: join(root),
    },
  );
  expect(stderr.replace(/^npm warn.*\n/gm, "")).toBe("");
  const { changes, comment, folds } = JSON.parse(stdout);
  expect(changes).toBe(10_000);
  expect(comment).toBeLessThan(LONGEST_COMMENT);
  expect(folds).toBeGreaterThan(0);
});
