import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Prepare } from "./contestant";
import type { Measurement } from "./measurement";
import { workloadOf } from "./workload";

// `node measure.js <contestant> <subscriptions> <folder> <reference>` measures once, in a process of its own, and prints
// the measurement as JSON. The output is in <folder>/out afterwards.
const [contestant, count, folder, reference] = process.argv.slice(2) as [string, string, string, string];
const subscriptions = Number(count);
const outdir = join(folder, "out");
const rehearsal = join(folder, "rehearsal");
const workload = workloadOf(subscriptions);
for (const each of [outdir, rehearsal]) mkdirSync(each, { recursive: true });

const started = performance.now();
const { prepare } = require(`./contestants/${contestant}`) as { prepare: Prepare };
// AWS CDK loads most of its modules only when they are used, so everyone does everything once before the clock starts.
const rehearsed = prepare({ workload: workloadOf(1), outdir: rehearsal });
rehearsed.build();
rehearsed.synth();
const loaded = performance.now();

const run = prepare({ workload, outdir, reference });
const prepared = performance.now();
run.build();
const built = performance.now();
run.synth();
const synthesized = performance.now();
const peakMemory = process.resourceUsage().maxRSS * 1024;

const files = readdirSync(outdir, { recursive: true, encoding: "utf8" })
  .map((name) => join(outdir, name))
  .filter((path) => statSync(path).isFile());
refuseOtherResult(files.filter((path) => /(cdk\.tf|\.template)\.json$/.test(path)));

const measurement: Measurement = {
  load: loaded - started,
  build: built - prepared,
  synth: synthesized - built,
  output: files.reduce((sum, path) => sum + statSync(path).size, 0),
  peakMemory,
};
console.log(JSON.stringify(measurement));

/** A contestant that leaves something out would win. CloudFormation and Terraform differ only in how names are written. */
function refuseOtherResult(templates: readonly string[]): void {
  const text = templates.map((path) => readFileSync(path, "utf8")).join("\n");
  for (const [what, pattern] of [
    ["descriptions of keys", /"description": "Customer \d+ Ltd\."/gi],
    ["switches of keys", /"enabled": (true|false)/gi],
    ["plan keys", /"key_?type": "API_KEY"/gi],
  ] as const) {
    const found = text.match(pattern)?.length ?? 0;
    if (found !== subscriptions)
      throw new Error(`${contestant} has written ${found} ${what} for ${subscriptions} subscriptions`);
  }
}
