import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A store that holds keys, and the name of one there. */
export interface HandedOverKey {
  readonly store: "ssm" | "secretsmanager";
  readonly name: string;
}

/** Where the key of a subscription is. */
export interface KeyLocation {
  /** The subscription's id, which is the key's name. */
  readonly subscription: string;
  readonly stack: string;
  /** `undefined` where the stack leaves it to the environment. */
  readonly region: string | undefined;
  /** `undefined` where only API Gateway has it. */
  readonly handedOver: HandedOverKey | undefined;
}

type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Block>>;
interface SynthesizedStack {
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly provider?: { readonly aws?: readonly { readonly region?: string }[] };
}

/**
 * Where each key of the synthesized stacks is, sorted by subscription.
 *
 * @param folder cdktf's output folder
 * @throws Error for a folder that holds no synthesized stack
 */
export function keyLocations(folder: string): KeyLocation[] {
  return readStacks(folder)
    .flatMap(([stack, synthesized]) => locationsIn(stack, synthesized))
    .sort((a, b) => (a.subscription < b.subscription ? -1 : 1));
}

function readStacks(folder: string): [string, SynthesizedStack][] {
  const stacks = join(folder, "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  const files = names.map((name) => [name, join(stacks, name, "cdk.tf.json")] as const);
  const found = files.filter(([, file]) => existsSync(file));
  if (found.length === 0)
    throw new Error(
      `${folder} holds no synthesized stack; run "npm start" there first, or name the folder by --output`,
    );
  return found.map(([name, file]) => {
    try {
      return [name, JSON.parse(readFileSync(file, "utf8"))];
    } catch {
      throw new Error(`${file} is no JSON; synthesize it again`);
    }
  });
}

function locationsIn(stack: string, { resource = {}, provider }: SynthesizedStack): KeyLocation[] {
  const region = provider?.aws?.[0]?.region;
  const handedOver = handedOverKeys(resource);
  return Object.entries(resource.aws_api_gateway_api_key ?? {}).map(([name, { name: subscription }]) => ({
    subscription: String(subscription),
    stack,
    region: region?.includes("${") ? undefined : region,
    handedOver: handedOver.get(name),
  }));
}

const KEY_VALUE = /^\$\{aws_api_gateway_api_key\.([\w-]+)\.value\}$/;
const SECRET = /^\$\{aws_secretsmanager_secret\.([\w-]+)\.(?:id|arn)\}$/;

/** Parameters and secrets that hold the value of a key, by the key's Terraform name. */
function handedOverKeys(resource: Readonly<Record<string, Blocks>>): Map<string, HandedOverKey> {
  const keys = new Map<string, HandedOverKey>();
  const note = (value: unknown, store: HandedOverKey["store"], name: unknown) => {
    const key = referred(KEY_VALUE, value);
    if (key !== undefined && typeof name === "string") keys.set(key, { store, name });
  };
  for (const parameter of Object.values(resource.aws_ssm_parameter ?? {}))
    note(parameter.value_wo ?? parameter.value, "ssm", parameter.name);
  for (const version of Object.values(resource.aws_secretsmanager_secret_version ?? {})) {
    const secret = resource.aws_secretsmanager_secret?.[referred(SECRET, version.secret_id) ?? ""];
    note(version.secret_string_wo ?? version.secret_string, "secretsmanager", secret?.name);
  }
  return keys;
}

const referred = (pattern: RegExp, value: unknown) =>
  typeof value === "string" ? pattern.exec(value)?.[1] : undefined;
