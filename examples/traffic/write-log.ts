import { createWriteStream, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { catalogOf } from "./catalog";
import { keysOf, trafficLines } from "./generate/traffic";

/**
 * Writes an access log, packed, and beside it `keys.json`: which subscription each key in it belongs to.
 *
 *     npx ts-node write-log.ts access.log.gz --days 28 --customers 40 --seed traffic
 */
async function writeLog(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      days: { type: "string" },
      "calls-a-day": { type: "string" },
      customers: { type: "string" },
      seed: { type: "string" },
      start: { type: "string" },
    },
  });
  const [file = "access.log.gz"] = positionals;
  const catalog = catalogOf(numberOf(values.customers));
  const [days, callsADay] = [numberOf(values.days), numberOf(values["calls-a-day"])];
  const lines = trafficLines(catalog, {
    ...(days !== undefined && { days }),
    ...(callsADay !== undefined && { callsADay }),
    ...(values.seed !== undefined && { seed: values.seed }),
    ...(values.start !== undefined && { start: values.start }),
  });
  writeFileSync(join(dirname(file), "keys.json"), `${JSON.stringify(keysOf(catalog), null, 2)}\n`);
  await pipeline(Readable.from(chunksOf(lines)), createGzip({ level: 6 }), createWriteStream(file));
}

/** A stream of single lines would take most of its time for itself. */
function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < 1_000_000) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

void writeLog();
