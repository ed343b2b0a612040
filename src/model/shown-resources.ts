import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Attributes } from "../contract/attributes";
import { decodeIdentity, IDENTITY_OUTPUT } from "../contract/identity";
import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import {
  type Identities,
  isKnown,
  reference,
  type TerraformResource,
  type TerraformResources,
  unevaluated,
} from "./terraform-resource";

/**
 * The resources of a plan (as they are planned) or of a state, as `terraform show -json` printed them.
 *
 * What a plan does not know yet is taken from its configuration, where that leaves no doubt: an id that AWS will give
 * becomes a reference to the resource that will have it.
 *
 * @throws Error for a file that cannot be read or is no such plan or state
 */
export function shownResources(file: string): TerraformResources {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
  return resourcesOfShow(parseShown(text, file), dirname(resolve(file)));
}

/** What `terraform show -json` prints, in a format that is known. */
export type Shown = Readonly<Record<string, unknown>>;

/**
 * @param name what to call it in messages
 * @throws Error for a text that is nothing that `terraform show -json` prints, or of a format that is not known
 */
export function parseShown(text: string, name: string): Shown {
  const shown = parse(text, name);
  if (!isObject(shown) || typeof shown.format_version !== "string")
    throw new Error(`${name} is JSON, but not of "terraform show -json"; give it a plan or a state that this printed`);
  if (!/^[01]\./.test(shown.format_version))
    throw new Error(
      `${name} has the format version ${show(shown.format_version)}, and 0.x and 1.x are known; update this program`,
    );
  return shown;
}

/**
 * @param folder paths of files are relative to it
 * @param stack by which references between several plans tell them apart
 */
export function resourcesOfShow(shown: Shown, folder: string, stack?: string): TerraformResources {
  const values = isObject(shown.planned_values) ? shown.planned_values : shown.values;
  // An empty state has no values at all.
  const root = isObject(values) ? values.root_module : undefined;
  const configuration = isObject(shown.configuration) ? shown.configuration.root_module : undefined;
  const output = isObject(values) && isObject(values.outputs) ? values.outputs[IDENTITY_OUTPUT] : undefined;
  const identity = decodeIdentity(isObject(output) ? output.value : undefined);
  const instances = instancesOf(root);
  const plan = new Plan(stack, instances, new Module(configuration, "", undefined));
  return {
    resources: instances.map((instance) => plan.resource(instance, folder)),
    unsupported: [],
    identities: new Map(identity ? [[stack, identity]] : []),
  };
}

/** What the stack of a plan says of itself before the change; nothing where it said nothing. */
export function identityBefore(shown: Shown, stack?: string): Identities {
  const changes = isObject(shown.output_changes) ? shown.output_changes[IDENTITY_OUTPUT] : undefined;
  const identity = decodeIdentity(isObject(changes) ? changes.before : undefined);
  return new Map(identity ? [[stack, identity]] : []);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const what = text.startsWith("PK")
      ? 'is a plan as Terraform saves it; run "terraform show -json" on it and give what that prints'
      : 'is no JSON; give what "terraform show -json" printed, whole';
    throw new Error(`${file} ${what}`);
  }
}

/** One instance of a resource, `count` and `for_each` unrolled. */
interface Instance {
  readonly address: string;
  /** Address of the module: `""`, `module.shop`, `module.shop["eu"].module.tier`. */
  readonly module: string;
  /** `aws_api_gateway_stage.this`. */
  readonly resource: string;
  readonly type: string;
  readonly index: unknown;
  readonly values: Attributes;
}

function instancesOf(module: unknown, path = ""): Instance[] {
  if (!isObject(module)) return [];
  const own = listOf(module.resources).flatMap((each): Instance[] => {
    const { address, type, name, mode, index, values } = each;
    if (mode === "data" || [address, type, name].some((each) => typeof each !== "string")) return [];
    const resource = `${type}.${name}`;
    const shown = isObject(values) ? values : {};
    return [{ address: String(address), module: path, resource, type: String(type), index, values: shown }];
  });
  return [...own, ...listOf(module.child_modules).flatMap((child) => instancesOf(child, String(child.address)))];
}

/** A module of the configuration, and who calls it. */
class Module {
  private readonly resources: ReadonlyMap<string, Attributes>;
  private readonly calls: ReadonlyMap<string, Attributes>;

  constructor(
    private readonly json: unknown,
    /** Without indices: `module.shop.module.tier`. */
    readonly path: string,
    readonly parent: { readonly module: Module; readonly call: Attributes } | undefined,
  ) {
    const { resources, module_calls } = isObject(json) ? json : {};
    this.resources = new Map(
      listOf(resources).flatMap((each) =>
        typeof each.type === "string" && typeof each.name === "string" ? [[`${each.type}.${each.name}`, each]] : [],
      ),
    );
    this.calls = new Map(
      Object.entries(isObject(module_calls) ? module_calls : {}).flatMap(([name, call]) =>
        isObject(call) ? [[name, call]] : [],
      ),
    );
  }

  resource(name: string): Attributes | undefined {
    return this.resources.get(name);
  }

  child(name: string): Module | undefined {
    const call = this.calls.get(name);
    if (!call) return undefined;
    const path = this.path === "" ? `module.${name}` : `${this.path}.module.${name}`;
    return new Module(call.module, path, { module: this, call });
  }

  /** The module at an address, whose indices do not matter: all instances have one configuration. */
  at(address: string): Module | undefined {
    const names = [...address.matchAll(/module\.([\w-]+)/g)].map(([, name = ""]) => name);
    return names.reduce<Module | undefined>((module, name) => module?.child(name), this);
  }

  output(name: string): unknown {
    const outputs = isObject(this.json) ? this.json.outputs : undefined;
    const output = isObject(outputs) ? outputs[name] : undefined;
    return isObject(output) ? output.expression : undefined;
  }
}

/** Where an expression stands: its module, and the instance whose `each` and `count` it means. */
interface Scope {
  readonly module: Module;
  readonly moduleAddress: string;
  readonly index: unknown;
  readonly forEach: unknown;
}

class Plan {
  private readonly byResource = new Map<string, Instance[]>();

  constructor(
    private readonly stack: string | undefined,
    instances: readonly Instance[],
    private readonly root: Module,
  ) {
    for (const instance of instances) {
      const name = `${instance.module}|${instance.resource}`;
      const others = this.byResource.get(name);
      if (others) others.push(instance);
      else this.byResource.set(name, [instance]);
    }
  }

  resource(instance: Instance, folder: string): TerraformResource {
    const { address, type, values } = instance;
    const scope = this.scopeOf(instance);
    const configuration = scope?.module.resource(instance.resource);
    const expressions = configuration && isObject(configuration.expressions) ? configuration.expressions : {};
    const attributes = scope ? (this.complete(values, expressions, scope) as Attributes) : values;
    return { stack: this.stack, address, type, folder, attributes };
  }

  private scopeOf({ module: moduleAddress, resource, index }: Instance): Scope | undefined {
    const module = this.root.at(moduleAddress);
    return module && { module, moduleAddress, index, forEach: module.resource(resource)?.for_each_expression };
  }

  /** The known values, and for what is not known what the configuration says of it. */
  private complete(values: unknown, expression: unknown, scope: Scope): unknown {
    if (values === undefined) return this.resolve(expression, scope);
    if (Array.isArray(values)) {
      const blocks = Array.isArray(expression) ? expression : [];
      return values.map((value) => this.complete(value, this.blockOf(value, blocks, scope), scope));
    }
    if (!isObject(values) || !isObject(expression) || isExpression(expression)) return values;
    const names = new Set([...Object.keys(values), ...Object.keys(expression)]);
    return Object.fromEntries(
      [...names].map((name) => {
        // A write-only value is never shown, not even that there is one.
        const value = name.endsWith("_wo") && values[name] === null ? undefined : values[name];
        return [name, this.complete(value, expression[name], scope)];
      }),
    );
  }

  /**
   * The block of the configuration from which a planned block comes: blocks of a set have no order. If several could be,
   * it is the first where all say the same of what is not known, and none otherwise.
   */
  private blockOf(value: unknown, blocks: readonly unknown[], scope: Scope): unknown {
    if (!isObject(value)) return undefined;
    const possible = blocks.filter((block): block is Attributes => {
      if (!isObject(block)) return false;
      return Object.entries(block).every(([name, expression]) => {
        if (!isExpression(expression) || value[name] === undefined) return true;
        const expected = this.resolve(expression, scope);
        return typeof expected !== typeof value[name] || !isWhole(expected) || expected === value[name];
      });
    });
    const saying = (block: Attributes) =>
      JSON.stringify(
        Object.keys(block)
          .filter((name) => value[name] === undefined)
          .sort()
          .map((name) => [name, this.resolve(block[name], scope)]),
      );
    const [first, ...others] = possible;
    if (first === undefined) return undefined;
    return others.every((other) => saying(other) === saying(first)) ? first : undefined;
  }

  private resolve(expression: unknown, scope: Scope): unknown {
    if (!isObject(expression)) return undefined;
    const references = specific(listOfTexts(expression.references)).filter((each) => !isIndex(each));
    // Of a configuration in JSON, a template is shown as a constant too, spelled as it was written.
    if ("constant_value" in expression && references.length === 0) return expression.constant_value;
    const texts = [...new Set(references.map((each) => this.follow(each, scope)))];
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) return only;
    return references.length === 0 ? undefined : unevaluated(references.join(", "));
  }

  /** What a reference of the configuration leads to; `undefined` for what a plan does not tell. */
  private follow(text: string, scope: Scope): string | undefined {
    const { module, moduleAddress } = scope;
    const [root = "", ...path] = text.split(".");
    if (root === "var") {
      const given = isObject(module.parent?.call.expressions)
        ? module.parent.call.expressions[path[0] ?? ""]
        : undefined;
      if (module.parent === undefined || given === undefined) return undefined;
      return asText(this.resolve(given, callerOf(scope, module.parent.module, module.parent.call)));
    }
    if (root === "module") {
      const [, name = "", index = ""] = /^([\w-]+)(\[[^\]]*\])?$/.exec(path[0] ?? "") ?? [];
      const child = module.child(name);
      if (!child || path[1] === undefined) return undefined;
      const address = [moduleAddress, `module.${name}${index}`].filter((each) => each !== "").join(".");
      const inside = { module: child, moduleAddress: address, index: undefined, forEach: undefined };
      return asText(this.resolve(child.output(path[1]), inside));
    }
    if (root === "each" && path[0] === "value") {
      const targets = specific(listOfTexts(isObject(scope.forEach) ? scope.forEach.references : undefined));
      const [target] = targets;
      if (targets.length !== 1 || target === undefined) return undefined;
      return this.follow([target, ...path.slice(1)].join("."), scope);
    }
    const [, resource, index, attribute] = /^(aws_\w+\.[\w-]+)(\[[^\]]*\])?(?:\.(\w+))?/.exec(text) ?? [];
    if (resource === undefined) return undefined;
    const all = this.byResource.get(`${moduleAddress}|${resource}`) ?? [];
    const same = all.filter((each) =>
      index === undefined ? Object.is(each.index, scope.index) : `[${JSON.stringify(each.index)}]` === index,
    );
    const [target] = all.length === 1 ? all : same;
    return target && this.attribute(target, attribute ?? "id");
  }

  private attribute(instance: Instance, name: string): string | undefined {
    const known = instance.values[name];
    if (known !== undefined && known !== null) return asText(known);
    const scope = this.scopeOf(instance);
    const expressions = scope?.module.resource(instance.resource)?.expressions;
    const given = isObject(expressions) ? expressions[name] : undefined;
    const resolved = scope && given !== undefined ? asText(this.resolve(given, scope)) : undefined;
    return resolved ?? reference(this.stack, instance.address, name);
  }
}

/** The scope of the arguments with which a module is called. */
function callerOf({ moduleAddress }: Scope, module: Module, call: Attributes): Scope {
  const [last = "", index] = /\.?module\.[\w-]+(?:\[([^\]]*)\])?$/.exec(moduleAddress) ?? [];
  return {
    module,
    moduleAddress: moduleAddress.slice(0, moduleAddress.length - last.length),
    index: index === undefined ? undefined : JSON.parse(index),
    forEach: call.for_each_expression,
  };
}

const isExpression = (value: unknown): value is Attributes =>
  isObject(value) && ("references" in value || "constant_value" in value);

const isIndex = (text: string) => /^(each\.key|count\.index|path\.\w+|terraform\.workspace)$/.test(text);

/** Terraform lists `a.b.c` and `a.b`; the longest one says it all. */
const specific = (references: readonly string[]) =>
  references.filter(
    (each) =>
      !references.some((other) => other !== each && /^[.[]/.test(other.slice(each.length)) && other.startsWith(each)),
  );

const isWhole = (value: unknown) => typeof value !== "string" || isKnown(value);

const asText = (value: unknown) => (typeof value === "string" ? value : undefined);

const listOf = (value: unknown): Attributes[] => (Array.isArray(value) ? value.filter(isObject) : []);

const listOfTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
