import fs, { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Catalog } from "../../src/catalog/catalog";
import { TierStacks, type TierStacksProps } from "../../src/terraform/stacks/tier-stacks";

/** A Terraform block as it stands in the synthesized JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of any shape
export type Json = any;

/** Runs `use` with a folder of its own, and removes the folder. */
export function withFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-"));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  let result: Result;
  try {
    result = use(folder);
  } catch (error) {
    clean();
    throw error;
  }
  if (result instanceof Promise) return result.finally(clean) as Result;
  clean();
  return result;
}

/** Where all apps of a test file are synthesized: to create and delete folders for each takes longer than the rest. */
let outdir: string | undefined;
afterAll(() => {
  if (outdir !== undefined) rmSync(outdir, { recursive: true });
  outdir = undefined;
});

/** What an app has synthesized: the text of each stack's `cdk.tf.json`, by stack, kept from the disk. */
export function synthesizedTexts(build: (app: App) => void): Record<string, string> {
  outdir ??= mkdtempSync(join(tmpdir(), "api-tiers-"));
  const app = new App({ outdir });
  const { writeFileSync } = fs;
  const texts: Record<string, string> = {};
  const writing = jest.spyOn(fs, "writeFileSync").mockImplementation((file, data, options) => {
    const [, stack] = /[/\\]stacks[/\\]([^/\\]+)[/\\]cdk\.tf\.json$/.exec(String(file)) ?? [];
    if (stack === undefined) writeFileSync(file, data, options);
    else texts[stack] = String(data);
  });
  try {
    withoutStackTraces(() => {
      build(app);
      app.synth();
    });
  } finally {
    writing.mockRestore();
  }
  return texts;
}

/** cdktf notes where each token was created, which takes more time than all else, and no test reads it. */
export function withoutStackTraces(run: () => void): void {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    run();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

/** The stacks of a catalog as JSON, by name. */
export function synthesize(catalog: Catalog, props?: TierStacksProps): Record<string, Json> {
  const texts = synthesizedTexts((app) => new TierStacks(app, catalog, props));
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text)]));
}

/** The resources of one type in a stack, by name. */
export function resources(stack: Json, type: string): Record<string, Json> {
  return stack.resource?.[type] ?? {};
}

/** The only resource of a type in a stack. */
export function onlyResource(stack: Json, type: string): Json {
  const found = Object.values(resources(stack, type));
  expect(found).toHaveLength(1);
  return found[0];
}

/** Paths at which two JSON values differ, each with what it was and what it is. */
export function differences(before: Json, after: Json, path = ""): Record<string, [Json, Json]> {
  const isObject = (value: Json) => typeof value === "object" && value !== null;
  if (!isObject(before) || !isObject(after)) return Object.is(before, after) ? {} : { [path]: [before, after] };
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.assign(
    {},
    ...[...keys].map((key) => {
      if (key in before && key in after) return differences(before[key], after[key], `${path}/${key}`);
      return { [`${path}/${key}`]: [before[key], after[key]] };
    }),
  );
}

/** Paths of the differences of all stacks, as `stack/resource/type/name/…`. */
export function changedPaths(before: Record<string, Json>, after: Record<string, Json>): string[] {
  return Object.keys(differences(before, after))
    .map((path) => path.slice(1))
    .sort();
}
