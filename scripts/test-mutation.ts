/**
 * Shows that the tests notice changes of behavior: changes one operator, condition or constant at a time in a copy of
 * the project, and runs the tests that should fail. A mutant whose tests pass has survived: it is printed, and either
 * a test is missing or the change is equivalent, and its reason goes into `mutation/equivalent.ts`.
 *
 * `npm run test:mutation [-- --each 40] [-- --area review] [-- --file src/review/customers.ts]`
 *
 * It ends with an error if less than 90 % of the mutants are noticed.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { AREAS, type Area } from "./mutation/areas";
import { EQUIVALENT } from "./mutation/equivalent";
import { applied, type Mutant, mutantsOf, sample } from "./mutation/mutants";
import { copyProject } from "./support/copy";

const ROOT = resolve(__dirname, "..");
/** How many of 100 mutants the tests must notice. */
const WANTED = 90;
/** Mutants that never end count as noticed after this many milliseconds. */
const LONGEST = 10 * 60_000;

interface Tried {
  readonly area: Area;
  readonly mutant: Mutant;
  readonly killed: boolean;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      each: { type: "string", default: "20" },
      area: { type: "string", multiple: true },
      file: { type: "string", multiple: true },
      workers: { type: "string", default: "2" },
    },
  });
  const areas = AREAS.filter(({ name }) => values.area?.includes(name) ?? true);
  const chosen = areas.flatMap((area) =>
    mutantsIn(area, Number(values.each), values.file).map((mutant) => ({ area, mutant })),
  );
  if (chosen.length === 0)
    throw new Error(`There is nothing to mutate; areas are ${AREAS.map(({ name }) => name).join(", ")}.`);

  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "api-tiers-mutation-")));
  try {
    const folders = Array.from({ length: Number(values.workers) }, (_, index) => join(scratch, String(index)));
    for (const folder of folders) prepare(folder);
    await expectToPass(folders[0] ?? scratch, areas);
    const queue = chosen.values();
    const tried: Tried[] = [];
    await Promise.all(
      folders.map(async (folder) => {
        for (const { area, mutant } of queue) {
          const killed = await isKilled(folder, area, mutant);
          tried.push({ area, mutant, killed });
          console.log(
            `${killed ? "killed  " : "SURVIVED"} ${mutant.file}:${mutant.line} ${mutant.name.slice(mutant.file.length + 2)}`,
          );
        }
      }),
    );
    report(tried);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function mutantsIn(area: Area, count: number, only: readonly string[] | undefined): Mutant[] {
  const files = area.source
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map(
        (name) => `${folder}/${name.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => file.endsWith(".ts") && !area.except?.includes(file))
    .sort();
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), "utf8")));
  const names = new Set(all.map(({ name }) => name));
  const gone = Object.keys(EQUIVALENT).filter(
    (name) => files.some((file) => name.startsWith(`${file}: `)) && !names.has(name),
  );
  if (gone.length > 0) throw new Error(`Take out of mutation/equivalent.ts what no longer exists:\n${gone.join("\n")}`);
  const possible = all.filter(({ name }) => !Object.hasOwn(EQUIVALENT, name));
  return only ? possible.filter(({ file }) => only.includes(file)) : sample(possible, count);
}

function prepare(folder: string): void {
  copyProject(ROOT, folder);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
}

/** Tests that fail anyway would notice every mutant. */
async function expectToPass(folder: string, areas: readonly Area[]): Promise<void> {
  const paths = new Set(areas.flatMap(({ tests }) => tests.flat()));
  if (!(await passes(folder, [...paths]))) throw new Error("The tests fail without any mutant; fix them first.");
}

async function isKilled(folder: string, { tests }: Area, mutant: Mutant): Promise<boolean> {
  const file = join(folder, mutant.file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, applied(mutant, text));
  try {
    for (const group of tests) if (!(await passes(folder, group))) return true;
    return false;
  } finally {
    writeFileSync(file, text);
  }
}

/** Whether all tests of these paths pass; the first that fails ends the run. */
function passes(folder: string, paths: readonly string[]): Promise<boolean> {
  const jest = join(folder, "node_modules", "jest", "bin", "jest.js");
  // One process, which its timeout ends: a worker in which a mutant never ends would outlive jest.
  const args = [jest, "--bail", "--silent", "--ci", "--runInBand", ...paths];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore", timeout: LONGEST });
    child.on("close", (code) => done(code === 0));
  });
}

function report(tried: readonly Tried[]): void {
  const lines = AREAS.flatMap((area) => {
    const own = tried.filter((each) => each.area === area);
    return own.length === 0 ? [] : [`${area.name}: ${own.filter(({ killed }) => killed).length} of ${own.length}`];
  });
  const killed = tried.filter((each) => each.killed).length;
  const score = (100 * killed) / tried.length;
  console.log(`\n${lines.join("\n")}\nnoticed: ${killed} of ${tried.length} mutants, ${score.toFixed(1)} %`);
  if (score >= WANTED) return;
  console.error(`At least ${WANTED} % must be noticed: write the tests that are missing.`);
  process.exitCode = 1;
}
