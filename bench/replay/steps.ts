import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { LogFormat } from "../../src/logs/log-format";
import { logSources } from "../../src/logs/log-sources";
import { readGateway } from "../../src/model/read-gateway";
import { withChanges } from "../../src/replay/candidates/apply-changes";
import { parseSweep } from "../../src/replay/candidates/change";
import { readKeyFile } from "../../src/replay/key-file";
import { replay } from "../../src/replay/replay";
import { resolve } from "../../src/replay/resolve";
import { simulate } from "../../src/replay/simulate";
import { cachedTraffic } from "../../src/replay/traffic-cache";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { filesIn, writeWorkload } from "./write";

/** What is measured: milliseconds of each part, in order, with what it was about. */
export type Step = (folder: string, lines: number) => Promise<readonly Part[]>;

interface Part {
  readonly name: string;
  readonly milliseconds: number;
  readonly what: string;
}

const count = (number: number) => number.toLocaleString("en");

async function timed(name: string, act: () => Promise<string> | string): Promise<Part> {
  const started = performance.now();
  const what = await act();
  return { name, milliseconds: performance.now() - started, what };
}

const trafficIn = (folder: string) =>
  cachedTraffic({
    folder: join(folder, ".api-tiers"),
    sources: logSources([filesIn(folder).log]),
    formats: [new LogFormat(ACCESS_LOG_FORMAT)],
  });

/** Reads the log, of which the cache must be as expected. */
const read = (folder: string, expected: "read" | "written") => async () => {
  const { traffic, cache } = await trafficIn(folder);
  if (cache !== expected) throw new Error(`the cache was ${cache}, and should have been ${expected}`);
  return `${count(traffic.reading.calls)} calls of ${count(traffic.kinds.length)} kinds`;
};

/** Each is measured in a process of its own. The second is what the others are compared with. */
export const STEPS: Readonly<Record<string, Step>> = {
  write: async (folder, lines) => [
    await timed("log written", async () => {
      await writeWorkload(folder, lines);
      return `${count(lines)} lines`;
    }),
  ],
  gunzip: async (folder) => [
    await timed(
      "gunzip -c | wc -l",
      () => `${count(Number(execSync(`gunzip -c '${filesIn(folder).log}' | wc -l`)))} lines`,
    ),
  ],
  read: async (folder) => [await timed("first read", read(folder, "written"))],
  cached: async (folder) => [await timed("from the cache", read(folder, "read"))],
  candidates: async (folder) => {
    const { keys, stacks } = filesIn(folder);
    const { traffic } = await trafficIn(folder);
    const identities = readKeyFile(readFileSync(keys, "utf8"), keys);
    const model = readGateway(stacks);
    const asItIs = { name: "as it is", model };
    const sweep = parseSweep("bronze.throttle.burstLimit=20..400/20").map((change) => withChanges(model, [change]));
    const replayed = (candidates: Parameters<typeof replay>[0]["candidates"]) => {
      const report = replay({ traffic, candidates, identities });
      return `${count(report.candidates.at(-1)?.refused.high ?? 0)} of ${count(report.replayed)} calls refused by the last one`;
    };
    return [
      await timed("verdicts alone", () => {
        let refused = 0;
        const { lanes, laneOf } = resolve(traffic.kinds, model, identities);
        simulate({ traffic, lanes, laneOf, options: {}, earlier: [] }, () => refused++);
        return `${count(refused)} calls refused`;
      }),
      await timed("one candidate", () => replayed([asItIs])),
      await timed("20 candidates", () => replayed(sweep)),
    ];
  },
  duckdb: async (folder) => [
    await timed("DuckDB, count by key", async () => {
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      const answer = await connection.runAndReadAll(
        `SELECT apiKeyId, count(*) FROM read_json('${filesIn(folder).log}', format = 'newline_delimited', ` +
          "columns = {apiKeyId: 'VARCHAR'}) GROUP BY apiKeyId",
      );
      connection.closeSync();
      return `${count(answer.currentRowCount)} keys`;
    }),
  ],
};
