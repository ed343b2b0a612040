// `node main.js <name>` runs one benchmark. Each is a folder with a `run.ts`: a new one needs that file, a line here and
// a section in README.md.
const BENCHMARKS = ["synthesis", "limiter", "gateway", "review", "usage", "replay"];

const [name = "synthesis"] = process.argv.slice(2);
if (!BENCHMARKS.includes(name))
  throw new Error(`there is no benchmark ${JSON.stringify(name)}; name one of ${BENCHMARKS.join(", ")}`);
require(`./${name}/run`);
