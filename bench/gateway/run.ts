import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "../machine";
import { medianBy } from "../median";
import { progress } from "../progress";
import { BODY, CONTESTANTS, type Contestant, type Listening } from "./contestant";
import { LOADS, measure } from "./load";
import { claimsOf, type Result, tableOf } from "./report";

const ROUNDS = 3;
const WARM_UP_SECONDS = 2;
const MEASURED_SECONDS = 5;

process.once("SIGINT", () => process.exit(130));

run();

async function run(): Promise<void> {
  const contestants = Object.keys(CONTESTANTS) as Contestant[];
  const rounds: Result[] = [];
  // All contestants in turn, round by round, so that a machine that slows down slows all of them.
  for (let round = 1; round <= ROUNDS; round++)
    for (const contestant of contestants) rounds.push(...(await measureOnce(contestant, round)));
  progress("");
  const results = contestants.flatMap((contestant) =>
    LOADS[CONTESTANTS[contestant].kind].map((load) => {
      const all = rounds.filter((round) => round.contestant === contestant && round.load === load);
      return medianBy(all, ({ measured }) => measured.rate);
    }),
  );
  console.log(`${machine()}, median of ${ROUNDS} rounds`);
  console.log(tableOf(results));
  console.log(claimsOf(results));
}

/** A server of its own, under each load, one after the other. */
async function measureOnce(contestant: Contestant, round: number): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-api-tiers-bench-"));
  const args = [contestant, folder];
  const server = fork(join(__dirname, "serve.js"), args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    const listening = await told(server);
    await refuseWrongAnswers(listening);
    const results: Result[] = [];
    for (const load of LOADS[CONTESTANTS[contestant].kind]) {
      progress(`round ${round} of ${ROUNDS}: ${CONTESTANTS[contestant].name}, ${load.name}`);
      await measure(listening, load, WARM_UP_SECONDS);
      results.push({ contestant, load, measured: await measure(listening, load, MEASURED_SECONDS) });
    }
    return results;
  } finally {
    server.disconnect();
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function told(server: ChildProcess): Promise<Listening> {
  const ended = once(server, "exit").then(([code]) => {
    throw new Error(`a server ended with ${code}`);
  });
  const [listening] = await Promise.race([once(server, "message"), ended]);
  ended.catch(() => {});
  return listening as Listening;
}

/** Who answers without a key where one is needed, or with another body, would win. */
async function refuseWrongAnswers({ url, key }: Listening): Promise<void> {
  const answer = await fetch(url, { headers: key === undefined ? {} : { "x-api-key": key } });
  const body = await answer.text();
  if (body !== BODY) throw new Error(`${url} answered ${answer.status} ${body}`);
  if (key === undefined) return;
  const { status } = await fetch(url);
  if (status !== 403) throw new Error(`${url} answered ${status} without a key`);
}
