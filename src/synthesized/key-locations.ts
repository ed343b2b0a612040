import { readStackFiles, type StackJson } from "./stack-files";

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

/**
 * Where each key of the synthesized stacks is, sorted by subscription.
 *
 * @param folder cdktf's output folder
 * @throws Error for a folder that holds no synthesized stack
 */
export function keyLocations(folder: string): KeyLocation[] {
  return readStackFiles(folder)
    .flatMap(({ stack, json }) => locationsIn(stack, json))
    .sort((a, b) => (a.subscription < b.subscription ? -1 : 1));
}

function locationsIn(stack: string, { resource = {}, provider }: StackJson): KeyLocation[] {
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
