import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "../machine";
import { medianBy } from "../median";
import { progress } from "../progress";
import { CONTESTANTS, type Contestant, type Measurement } from "./contestant";
import { claimOf, type Medians, tableOf } from "./report";
import { CHANGES, planText } from "./workload";

const ROUNDS = 5;

process.once("SIGINT", () => process.exit(130));

const folder = mkdtempSync(join(tmpdir(), "cdktf-api-tiers-bench-"));
try {
  const file = join(folder, "access.json");
  writeFileSync(file, planText());
  const medians = mediansOf(file);
  progress("");
  console.log(`${machine()}, median of ${ROUNDS} rounds`);
  console.log(tableOf(CHANGES, statSync(file).size, medians));
  console.log(claimOf(medians));
} finally {
  rmSync(folder, { recursive: true });
}

/** All contestants in turn, round by round, so that a machine that slows down slows all of them. */
function mediansOf(file: string): Medians {
  const contestants = Object.keys(CONTESTANTS) as Contestant[];
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    contestants.map((contestant) => {
      progress(`round ${round + 1} of ${ROUNDS}: ${CONTESTANTS[contestant]}`);
      return measure(contestant, file);
    }),
  );
  const medianOf = (index: number) =>
    medianBy(
      rounds.flatMap((round) => round[index] ?? []),
      ({ seconds }) => seconds,
    );
  return Object.fromEntries(contestants.map((contestant, index) => [contestant, medianOf(index)])) as Medians;
}

/** A contestant that leaves changes out would win. */
function measure(contestant: Contestant, file: string): Measurement {
  const args = [join(__dirname, "measure.js"), contestant, file];
  const measured: Measurement = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  if (measured.changes !== CHANGES) throw new Error(`${contestant} has read ${measured.changes} of ${CHANGES} changes`);
  return measured;
}
