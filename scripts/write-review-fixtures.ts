import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { ODD_PLANS, type OddPlan } from "../__tests__/review/support/odd-plans";
import { catalogsOf, HAND_WRITTEN_EDITS, SCENARIOS } from "../__tests__/review/support/scenarios";
import { defineUnchecked } from "../__tests__/support/catalogs";
import { Emulator } from "../__tests__/support/emulator";
import { run } from "../__tests__/support/run";
import { synthesizeCatalog } from "../src/terraform/stacks/synthesize-catalog";
import { terraformIn } from "./support/terraform-in";
import { withoutKeyValues } from "./support/without-key-values";

/**
 * Makes the plans that the tests of the review read: with the real Terraform, on the emulator, from the scenarios. It
 * takes some minutes. Values that the emulator made for keys are replaced by others that nobody takes for one.
 *
 * `ts-node scripts/write-review-fixtures.ts [scenario …]`
 */
const FIXTURES = resolve(__dirname, "../__tests__/review/fixtures");
const HAND_WRITTEN = resolve(__dirname, "../__tests__/support/hand-written");
/** The scenario whose plans stand for those that others do not change; it is planned before them. */
const BASE = "no-change";
/** Larger files are compressed. */
const LARGE = 20_000;

/** Values that are brought along, made of parts so that nobody mistakes them for real ones. */
const GLOBEX_KEY = ["Globex", "Key", "Value", "Fake".repeat(5)].join("");
const OTHER_GLOBEX_KEY = `Other${GLOBEX_KEY}`;

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(wanted: readonly string[]): Promise<void> {
  const chosen = (name: string) => wanted.length === 0 || wanted.includes(name);
  const all = Object.entries(SCENARIOS).filter(([name]) => chosen(name));
  const first = all.filter(([, { firstDeploy }]) => firstDeploy);
  const later = all
    .filter(([, { firstDeploy }]) => !firstDeploy)
    .sort(([a], [b]) => Number(b === BASE) - Number(a === BASE));
  await onEmulator(async (folder, env) => {
    for (const [name, scenario] of first) planStacks(name, catalogsOf(scenario).after, folder, env);
    const [any] = later;
    if (any === undefined) return;
    deploy(catalogsOf(any[1]).before, folder, env);
    for (const [name, scenario] of later)
      planStacks(name, catalogsOf(scenario).after, folder, {
        ...env,
        ...(scenario.otherKeyValue ? { TF_VAR_globex_key: OTHER_GLOBEX_KEY } : {}),
      });
  });
  if (chosen("plain-terraform")) await onEmulator(planHandWritten);
  const odd = ODD_PLANS.filter(({ name }) => chosen(name));
  if (odd.length > 0) await onEmulator((folder, env) => planOddly(odd, folder, env));
}

async function onEmulator(use: (folder: string, env: NodeJS.ProcessEnv) => void | Promise<void>): Promise<void> {
  const emulator = await Emulator.start();
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-fixtures-"));
  try {
    await use(folder, { ...emulator.env, TF_VAR_globex_key: GLOBEX_KEY });
  } finally {
    rmSync(folder, { recursive: true });
    await emulator.stop();
  }
}

/** Stacks in the order in which they build on one another. */
function synthesize(catalog: unknown, folder: string): string[] {
  const out = join(folder, "cdktf.out");
  for (const stack of existsSync(join(out, "stacks")) ? readdirSync(join(out, "stacks")) : [])
    rmSync(join(out, "stacks", stack, "cdk.tf.json"), { force: true });
  synthesizeCatalog(defineUnchecked(catalog), out);
  const { stacks } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  const ordered: string[] = [];
  const add = (name: string) => {
    if (ordered.includes(name)) return;
    for (const other of stacks[name].dependencies) add(other);
    ordered.push(name);
  };
  for (const name of Object.keys(stacks)) add(name);
  return ordered;
}

function deploy(catalog: unknown, folder: string, env: NodeJS.ProcessEnv): void {
  for (const stack of synthesize(catalog, folder)) {
    console.log(`deploying ${stack}`);
    const terraform = terraformIn(join(folder, "cdktf.out", "stacks", stack), env);
    terraform("init", "-input=false");
    terraform("apply", "-auto-approve", "-input=false", "-parallelism=20");
  }
}

function planStacks(name: string, catalog: unknown, folder: string, env: NodeJS.ProcessEnv): void {
  rmSync(join(FIXTURES, name), { recursive: true, force: true });
  for (const stack of synthesize(catalog, folder)) {
    const cwd = join(folder, "cdktf.out", "stacks", stack);
    terraformIn(cwd, env)("init", "-input=false");
    const planned = run("terraform", ["plan", "-input=false", "-out=plan"], { cwd, env, minutes: 30 });
    if (planned.code === 0) write(name, stack, terraformIn(cwd, env)("show", "-json", "plan").stdout);
    else console.log(`${name}: ${stack} cannot be planned: ${/Error: .*/.exec(planned.stderr)?.[0]}`);
  }
}

function planHandWritten(folder: string, env: NodeJS.ProcessEnv): void {
  cpSync(HAND_WRITTEN, folder, { recursive: true });
  const terraform = terraformIn(folder, env);
  terraform("init", "-input=false");
  terraform("apply", "-auto-approve", "-input=false");
  const file = join(folder, "main.tf");
  const text = HAND_WRITTEN_EDITS.reduce(
    (edited, [from, to]) => {
      if (!edited.includes(from)) throw new Error(`${HAND_WRITTEN}/main.tf no longer says ${from}`);
      return edited.replace(from, to);
    },
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, text);
  terraform("plan", "-input=false", "-out=plan");
  write("plain-terraform", "shop", terraform("show", "-json", "plan").stdout);
}

/** Plans that are not whole, or say more than what they change; each starts from the same state. */
async function planOddly(plans: readonly OddPlan[], folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  cpSync(HAND_WRITTEN, folder, { recursive: true });
  const terraform = terraformIn(folder, env);
  terraform("init", "-input=false");
  terraform("apply", "-auto-approve", "-input=false");
  const main = readFileSync(join(folder, "main.tf"), "utf8");
  for (const { name, edit, applied, outside, options = [] } of plans) {
    const state = readFileSync(join(folder, "terraform.tfstate"));
    if (applied) {
      writeFileSync(join(folder, "main.tf"), applied(main));
      run("terraform", ["apply", "-auto-approve", "-input=false"], { cwd: folder, env, minutes: 30 });
    }
    writeFileSync(join(folder, "main.tf"), edit?.(main) ?? main);
    const undo = await outside?.(env);
    terraform("plan", "-input=false", "-out=plan", ...options);
    write(name, "shop", terraform("show", "-json", "plan").stdout);
    await undo?.();
    if (!applied) writeFileSync(join(folder, "terraform.tfstate"), state);
  }
}

function write(scenario: string, stack: string, plan: string): void {
  const folder = join(FIXTURES, scenario);
  mkdirSync(folder, { recursive: true });
  const text = withoutKeyValues(withoutTime(plan), (value) => value.endsWith(GLOBEX_KEY));
  if (scenario !== BASE && text === written(BASE, stack)) return;
  if (text.length > LARGE) writeFileSync(join(folder, `${stack}.json.gz`), gzipSync(text, { level: 9 }));
  else writeFileSync(join(folder, `${stack}.json`), text);
  console.log(`${scenario}: ${stack}, ${Math.round(text.length / 1_000)} kB`);
}

/** When the plan was made is all in which equal plans differ. */
const withoutTime = (plan: string): string => plan.replace(/"timestamp":"[^"]*",?/, "");

/** The plan of a stack that was written for a scenario. */
function written(scenario: string, stack: string): string | undefined {
  const file = join(FIXTURES, scenario, `${stack}.json`);
  if (existsSync(`${file}.gz`)) return gunzipSync(readFileSync(`${file}.gz`)).toString();
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
