import { once } from "node:events";
import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { App } from "cdktf";
import { catalogOf } from "../../examples/traffic/catalog";
import { keysOf, trafficLines } from "../../examples/traffic/generate/traffic";
import { TierStacks } from "../../src";

const [CUSTOMERS, DAYS] = [1_000, 28];
/** What a workday has of all days' calls, and some more, so that the log is not too short. */
const WORKDAY = 1.3;

/** Where a workload has its parts. */
export const filesIn = (folder: string) => ({
  log: join(folder, "access.log.gz"),
  keys: join(folder, "keys.json"),
  stacks: join(folder, "cdktf.out"),
});

/** Writes an access log of so many lines, packed, with the keys and the limits of the customers that it is of. */
export async function writeWorkload(folder: string, lines: number): Promise<void> {
  const { log, keys, stacks } = filesIn(folder);
  const catalog = catalogOf(CUSTOMERS);
  const app = new App({ outdir: stacks });
  new TierStacks(app, catalog, { region: "us-east-1", accountLogging: true });
  app.synth();
  writeFileSync(keys, JSON.stringify(keysOf(catalog)));
  const gzip = createGzip({ level: 6 });
  const written = finished(gzip.pipe(createWriteStream(log)));
  let left = lines;
  let chunk: string[] = [];
  for (const line of trafficLines(catalog, { days: DAYS, callsADay: (WORKDAY * lines) / DAYS })) {
    if (left === 0) break;
    left--;
    chunk.push(line, "\n");
    if (chunk.length < 8_000) continue;
    if (!gzip.write(chunk.join(""))) await once(gzip, "drain");
    chunk = [];
  }
  gzip.end(chunk.join(""));
  await written;
  if (left > 0)
    throw new Error(`the traffic has ${lines - left} lines; write more calls a day, so that it has ${lines}`);
}
