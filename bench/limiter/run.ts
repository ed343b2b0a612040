import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { machine } from "../machine";
import { medianBy } from "../median";
import { progress } from "../progress";
import { CONTESTANTS, type Contestant, type Outcome, THROTTLES } from "./contestant";
import { claimOf, type Medians, tableOf } from "./report";

const KEYS = [1, 1_000, 100_000];
const ROUNDS = 5;

process.once("SIGINT", () => process.exit(130));

const contestants = Object.keys(CONTESTANTS) as Contestant[];
const results = (Object.keys(THROTTLES) as Outcome[]).map(
  (outcome) => [outcome, KEYS.map((keys) => [keys, mediansOf(keys, outcome)] as const)] as const,
);
progress("");
console.log(`${machine()}, median of ${ROUNDS} rounds`);
for (const [outcome, medians] of results) console.log(tableOf(outcome, medians));
console.log(claimOf(results.flatMap(([, medians]) => medians.map(([, median]) => median))));

/** All contestants in turn, round by round, so that a machine that slows down slows all of them. */
function mediansOf(keys: number, outcome: Outcome): Medians {
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    contestants.map((contestant) => {
      progress(`${keys} keys, ${outcome}, round ${round + 1} of ${ROUNDS}: ${CONTESTANTS[contestant]}`);
      return measure(contestant, keys, outcome);
    }),
  );
  const medians = contestants.map((contestant, index) => [
    contestant,
    medianBy(
      rounds.flatMap((round) => round[index] ?? []),
      Number,
    ),
  ]);
  return Object.fromEntries(medians);
}

/** Decisions a second. */
function measure(contestant: Contestant, keys: number, outcome: Outcome): number {
  const args = [join(__dirname, "measure.js"), contestant, `${keys}`, outcome];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}
