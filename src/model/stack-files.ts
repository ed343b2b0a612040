import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A synthesized stack as it stands in its file. */
export interface StackFile {
  readonly stack: string;
  /** The folder in which Terraform runs. */
  readonly folder: string;
  readonly json: StackJson;
}

type Block = Readonly<Record<string, unknown>>;

export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly variable?: Readonly<Record<string, { readonly default?: unknown; readonly sensitive?: boolean }>>;
  readonly locals?: Block;
  readonly moved?: readonly { readonly from?: unknown; readonly to?: unknown }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly terraform?: { readonly backend?: Block };
  readonly provider?: { readonly aws?: readonly { readonly region?: string; readonly default_tags?: unknown }[] };
}

/**
 * The synthesized stacks in cdktf's output folder, sorted by name.
 *
 * @throws Error for a folder that holds none, and for a file that is not JSON
 */
export function readStackFiles(folder: string): StackFile[] {
  const stacks = join(folder, "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  const files = names.map((stack) => ({ stack, file: join(stacks, stack, "cdk.tf.json") }));
  const found = files.filter(({ file }) => existsSync(file));
  if (found.length === 0)
    throw new Error(`${folder} holds no synthesized stack; run "npm start" there first, or name the folder that does`);
  return found.map(({ stack, file }) => ({ stack, folder: dirname(file), json: readJson(file) }));
}

function readJson(file: string): StackJson {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Error(`${file} is not valid JSON; synthesize it again`);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Error(`${file} is JSON, but not a Terraform configuration; synthesize it again`);
  return json;
}
