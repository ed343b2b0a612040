import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "../machine";
import { STEPS } from "./steps";
import { filesIn } from "./write";

const LINES = 10_000_000;
/** Seconds that the log takes to be unpacked, which a step writes there for those that come after it. */
const UNPACKED = "gunzip.txt";

process.once("SIGINT", () => process.exit(130));

async function measure(step: string, folder: string, lines: number): Promise<void> {
  const parts = (await STEPS[step]?.(folder, lines)) ?? [];
  // A process that others run in has memory of theirs.
  const memory = step === "gunzip" ? "" : `; peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`;
  for (const { name, milliseconds, what } of parts) {
    const seconds = milliseconds / 1_000;
    if (step === "gunzip") writeFileSync(join(folder, UNPACKED), String(seconds));
    const ratio = step === "write" ? "" : `${(seconds / Number(readFileSync(join(folder, UNPACKED)))).toFixed(2)} ×`;
    console.log(`${name.padEnd(21)} ${seconds.toFixed(1).padStart(6)} s ${ratio.padStart(7)}  ${what}${memory}`);
  }
}

function measureAll(lines: number): void {
  console.log(`${machine()}; × is as a multiple of gunzip -c | wc -l`);
  const folder = mkdtempSync(join(tmpdir(), "cdktf-api-tiers-bench-"));
  try {
    for (const step of Object.keys(STEPS)) {
      const args = [...process.execArgv, process.argv[1] as string, "replay", step, folder, String(lines)];
      const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
      if (status !== 0) throw new Error(`${step} ended with ${status}`);
      if (step === "write") console.log(`${Math.round(statSync(filesIn(folder).log).size / 1e6)} MB packed`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [, stepOrLines, folder, lines] = process.argv.slice(2);
if (folder === undefined) measureAll(Number(stepOrLines ?? LINES));
else void measure(stepOrLines ?? "", folder, Number(lines));
