import type { Attributes } from "../contract/attributes";
import { readIdentity } from "../contract/identity";
import { entriesOf, isObject } from "../vocabulary/objects";
import { evaluateTemplate } from "./expression";
import type { Unsupported } from "./model";
import { stackReaders } from "./remote-states";
import { readStackFiles, type StackFile } from "./stack-files";
import {
  mapStrings,
  reference,
  type TerraformResource,
  type TerraformResources,
  unevaluated,
} from "./terraform-resource";

/**
 * The resources of all synthesized stacks in cdktf's output folder, with references between them, and between their
 * stacks, resolved.
 *
 * @throws Error for a folder that holds no synthesized stack, and for a file that is not JSON
 */
export function synthesizedResources(folder: string): TerraformResources {
  const files = readStackFiles(folder);
  const stackRead = stackReaders(files);
  const stacks: ReadonlyMap<string, Stack> = new Map(
    files.map((file) => [file.stack, new Stack(file, (data) => stacks.get(stackRead(file, data) ?? ""))]),
  );
  const read = [...stacks.values()].map((stack) => stack.resources());
  return {
    resources: read.flatMap(({ resources }) => resources),
    unsupported: read.flatMap(({ unsupported }) => unsupported),
    identities: new Map(read.flatMap(({ identities }) => [...identities])),
  };
}

class Stack {
  private readonly evaluated = new Map<string, unknown>();
  /** What is being evaluated, so that what refers to itself comes to an end. */
  private readonly pending = new Set<string>();

  constructor(
    private readonly file: StackFile,
    /** The stack whose state a block `terraform_remote_state` reads, if it is among these. */
    private readonly stackReadBy: (name: string) => Stack | undefined,
  ) {}

  resources(): TerraformResources {
    const { stack, folder, json } = this.file;
    const resources: TerraformResource[] = [];
    const unsupported: Unsupported[] = [];
    for (const [type, blocks] of entriesOf(json.resource))
      for (const [name, block] of entriesOf(blocks)) {
        const address = `${type}.${name}`;
        if (!isObject(block)) continue;
        const repeated = (["for_each", "count"] as const).find((meta) => meta in block);
        // Of permissions it does not matter how many there are.
        if (repeated === undefined || type === "aws_lambda_permission")
          resources.push({ stack, address, type, folder, attributes: this.evaluate(block) as Attributes });
        else if (/^aws_(api_gateway_|wafv2_web_acl_association$)/.test(type))
          unsupported.push({ stack, address, kind: "repeated", by: repeated });
      }
    const identity = readIdentity((name) => this.output(name));
    return { resources, unsupported, identities: new Map(identity ? [[stack, identity]] : []) };
  }

  output(name: string): unknown {
    const output = this.file.json.output?.[name];
    return output === undefined ? undefined : this.once(`output.${name}`, () => this.evaluate(output.value));
  }

  private evaluate(value: unknown): unknown {
    return mapStrings(value, (text) => evaluateTemplate(text, (path) => this.lookup(path)));
  }

  private lookup([root, ...path]: readonly (string | number)[]): unknown {
    const spelled = () => `\${${[root, ...path].join(".")}}`;
    const { json } = this.file;
    if (root === "var" && path.length === 1) {
      const variable = json.variable?.[String(path[0])];
      // The default of a sensitive variable is as sensitive as its value.
      const known = variable !== undefined && variable.default !== undefined && variable.sensitive !== true;
      return known ? variable.default : unevaluated(spelled());
    }
    if (root === "local" && path.length >= 1) {
      const [name = "", ...rest] = path;
      const found = this.once(`local.${name}`, () => this.evaluate(json.locals?.[String(name)]));
      return within(found, rest) ?? unevaluated(spelled());
    }
    if (root === "data" && path[0] === "terraform_remote_state" && path[2] === "outputs")
      return this.fromOtherStack(path) ?? unevaluated(spelled());
    const [name, ...rest] = path;
    const block = json.resource?.[String(root)]?.[String(name)];
    if (block === undefined || rest.length === 0) return unevaluated(spelled());
    const address = `${root}.${name}`;
    // The value of a key stays a reference even where it is given.
    const given = root === "aws_api_gateway_api_key" && rest[0] === "value" ? undefined : block[String(rest[0])];
    const argument = rest.length === 1 ? given : undefined;
    const known =
      argument === undefined || argument === null
        ? undefined
        : this.once(`${address}.${rest[0]}`, () => this.evaluate(argument));
    return known ?? reference(this.file.stack, address, rest.join("."));
  }

  private fromOtherStack([, data, , output]: readonly (string | number)[]): unknown {
    return this.stackReadBy(String(data))?.output(String(output));
  }

  private once(name: string, evaluate: () => unknown): unknown {
    if (this.evaluated.has(name)) return this.evaluated.get(name);
    if (this.pending.has(name)) return unevaluated(`\${${name}}`);
    this.pending.add(name);
    const value = evaluate();
    this.pending.delete(name);
    this.evaluated.set(name, value);
    return value;
  }
}

function within(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      Array.isArray(found) && typeof step === "number" ? found[step] : isObject(found) ? found[step] : undefined,
    value,
  );
}
