import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SHAPES } from "../__tests__/review/support/shapes";
import { synthesizeApp } from "../__tests__/review/support/shapes/cdktf-app";
import { SHAPE_FILES, SHAPE_PLANS, type Shape, type ShapeChange } from "../__tests__/review/support/shapes/shape";
import { Emulator } from "../__tests__/support/emulator";
import { terraformIn } from "./support/terraform-in";
import { withoutKeyValues } from "./support/without-key-values";

/**
 * Makes the plans of the shapes of public Terraform, with the real Terraform, on the emulator: before anything exists, and
 * after an apply for each change. It takes some minutes.
 *
 * `ts-node scripts/write-shape-fixtures.ts [shape[/change] …]`
 */
main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(wanted: readonly string[]): Promise<void> {
  const isWanted = (shape: string, change: string) =>
    wanted.length === 0 || wanted.includes(shape) || wanted.includes(`${shape}/${change}`);
  const emulator = await Emulator.start();
  try {
    for (const [name, shape] of Object.entries(SHAPES)) {
      const changes = Object.entries(shape.changes).filter(([change]) => isWanted(name, change));
      if (changes.length === 0) continue;
      try {
        planShape(name, shape, changes, emulator.env);
      } catch (error) {
        console.error(`${name}: ${(error as Error).message}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await emulator.stop();
  }
}

function planShape(
  name: string,
  { folders, synthesized }: Shape,
  changes: readonly (readonly [string, ShapeChange])[],
  env: NodeJS.ProcessEnv,
): void {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-shape-"));
  const lay = () => {
    for (const each of folders) cpSync(join(SHAPE_FILES, each), folder, { recursive: true });
    if (!synthesized) return;
    const out = join(folder, "cdktf.out");
    synthesizeApp(out);
    cpSync(join(out, "stacks/carts/cdk.tf.json"), join(folder, "cdk.tf.json"));
  };
  const terraform = terraformIn(folder, env);
  const plan = (change: string, args: readonly string[] = []) => {
    terraform("plan", "-input=false", "-out=change.tfplan", ...args);
    write(name, change, terraform("show", "-json", "change.tfplan").stdout);
  };
  try {
    lay();
    terraform("init", "-input=false");
    const isFresh = ([change]: readonly [string, ShapeChange]) => change === "fresh";
    if (changes.some(isFresh)) plan("fresh");
    terraform("apply", "-auto-approve", "-input=false", "-parallelism=20");
    const ids = idsIn(terraform("show", "-json").stdout);
    const withIds = (text: string) => text.replace(/@\{([^}]+)\}/g, (_, address) => ids.get(address) ?? "");
    for (const [change, { edits = [], args, tainted = [] }] of changes.filter((each) => !isFresh(each))) {
      lay();
      for (const [file, from, to] of edits) edit(join(folder, file), from, withIds(to));
      for (const address of tainted) terraform("taint", address);
      if (edits.some(([, , to]) => to.includes("module "))) terraform("init", "-input=false");
      plan(change, args);
      for (const address of tainted) terraform("untaint", address);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} does not say once: ${from}`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

/** The ids that AWS gave, by address; of what stands in no module. */
function idsIn(state: string): ReadonlyMap<string, string> {
  const { values } = JSON.parse(state) as { values?: { root_module: { resources?: readonly Applied[] } } };
  return new Map(values?.root_module.resources?.map(({ address, values: { id } }) => [address, id]));
}

interface Applied {
  readonly address: string;
  readonly values: { readonly id: string };
}

function write(shape: string, change: string, plan: string): void {
  mkdirSync(join(SHAPE_PLANS, shape), { recursive: true });
  const file = join(SHAPE_PLANS, shape, `${change}.json.gz`);
  writeFileSync(file, gzipSync(withoutKeyValues(plan), { level: 9 }));
  console.log(`${shape}/${change}: ${Math.round(plan.length / 1_000)} kB`);
}
