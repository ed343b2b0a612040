import { readFileSync } from "node:fs";
import type { Contestant, Measurement } from "./contestant";

// `node measure.js <contestant> <plan>` measures once, in a process of its own, and prints the measurement as JSON.
const [contestant, file] = process.argv.slice(2) as [Contestant, string];
const run = prepare();
const started = performance.now();
const outcome = run();
const seconds = (performance.now() - started) / 1_000;
const measurement: Measurement = { ...outcome, seconds, peakMemory: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(measurement));

/** What is loaded before the clock starts. */
function prepare(): () => Pick<Measurement, "changes" | "comment"> {
  if (contestant === "json-parse")
    return () => {
      const { resource_changes } = JSON.parse(readFileSync(file, "utf8")) as { resource_changes: readonly Planned[] };
      const changed = resource_changes.filter(({ change }) => change.actions[0] !== "no-op");
      return { changes: changed.length, comment: 0 };
    };
  const { readPlanFiles } = require("../../src/review/plan-file") as typeof import("../../src/review/plan-file");
  const { review } = require("../../src/review/review") as typeof import("../../src/review/review");
  const { renderMarkdown } =
    require("../../src/review/render/markdown") as typeof import("../../src/review/render/markdown");
  return () => {
    const report = review(readPlanFiles([file]));
    const { create, delete: deleted, replace } = report.changes;
    return { changes: create + deleted + replace, comment: Buffer.byteLength(renderMarkdown(report)) };
  };
}

interface Planned {
  readonly change: { readonly actions: readonly string[] };
}
