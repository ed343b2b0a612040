import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "../machine";
import { medianBy } from "../median";
import { progress } from "../progress";
import { CONTESTANTS, type Contestant } from "./contestant";
import { type Measurement, totalOf } from "./measurement";
import { claimOf, type Medians, tableOf } from "./report";

const SUBSCRIPTIONS = [10, 1_000, 10_000];
const ROUNDS = 3;

// With this, Ctrl+C ends the measurement that is under way and its folder is removed before this process ends too.
process.once("SIGINT", () => process.exit(130));

// Linux counts the peak memory of a process from that of the one that started it, so this one does little else.
const contestants = Object.keys(CONTESTANTS) as Contestant[];
const results = SUBSCRIPTIONS.map((subscriptions) => [subscriptions, mediansOf(subscriptions)] as const);
progress("");
console.log(`${machine()}, median of ${ROUNDS} rounds`);
for (const [subscriptions, medians] of results) console.log(tableOf(subscriptions, medians));
for (const [subscriptions, medians] of results.slice(-1)) console.log(claimOf(subscriptions, medians));

/** All contestants in turn, round by round, so that a machine that slows down slows all of them. */
function mediansOf(subscriptions: number): Medians {
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    withFolder((folder) =>
      contestants.map((contestant) => {
        progress(`${subscriptions} subscriptions, round ${round + 1} of ${ROUNDS}: ${CONTESTANTS[contestant]}`);
        return measure(contestant, subscriptions, folder);
      }),
    ),
  );
  const medians = contestants.map((contestant, index) => [
    contestant,
    medianBy(
      rounds.flatMap((round) => round[index] ?? []),
      totalOf,
    ),
  ]);
  return Object.fromEntries(medians);
}

function measure(contestant: Contestant, subscriptions: number, folder: string): Measurement {
  // This project goes first, and what it has written is what the floor writes again.
  const reference = join(folder, "this-project", "out");
  const args = [join(__dirname, "measure.js"), contestant, `${subscriptions}`, join(folder, contestant), reference];
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
  ) as Measurement;
}

/** A folder that is gone afterwards. */
function withFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-api-tiers-bench-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
