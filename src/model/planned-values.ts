import { type Attributes, blocksOf, listOfStrings } from "../contract/attributes";
import { REST_API } from "../contract/rest-api";
import { USAGE_PLAN } from "../contract/usage-plan";
import { isObject } from "../vocabulary/objects";
import type { Module } from "./configuration";
import { evaluateTemplate } from "./expression";
import type { Instance } from "./instances";
import { PossibleTargets, TARGETS } from "./possible-targets";
import { callerOf, type Scope } from "./scope";
import { isKnown, reference, type TerraformResource, unevaluated } from "./terraform-resource";

/** The values of a plan, completed from its configuration where they are known only after the apply. */
export class PlannedValues {
  private readonly byResource = new Map<string, Instance[]>();
  private readonly possible: PossibleTargets;

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
    this.possible = new PossibleTargets(stack, instances);
  }

  resource(instance: Instance, folder: string): TerraformResource {
    const { address, type, values } = instance;
    const scope = this.scopeOf(instance);
    const configuration = scope?.module.resource(instance.resource);
    const expressions = configuration && isObject(configuration.expressions) ? configuration.expressions : {};
    const attributes = scope ? (this.complete(values, expressions, scope) as Attributes) : values;
    return { stack: this.stack, address, type, folder, attributes: this.withBlocks(type, attributes) };
  }

  /** Of a block that is made by `dynamic`, a plan shows what is known, and nothing of its configuration. */
  private withBlocks(type: string, attributes: Attributes): Attributes {
    if (type !== USAGE_PLAN.type) return attributes;
    if (!("api_stages" in attributes)) return { ...attributes, api_stages: unevaluated("api_stages") };
    const all = this.possible.all(REST_API.type);
    const api = all.length === 1 ? all[0] : undefined;
    const stages = blocksOf(attributes.api_stages).map((stage) => ({
      ...stage,
      ...(stage.api_id === undefined && api !== undefined && { api_id: api }),
      stage: stage.stage ?? unevaluated("(known after apply)"),
    }));
    return { ...attributes, api_stages: stages };
  }

  private scopeOf({ module: moduleAddress, resource, index }: Instance): Scope | undefined {
    const module = this.root.at(moduleAddress);
    return module && { module, moduleAddress, index, forEach: module.resource(resource)?.for_each_expression };
  }

  /** The known values, and for what is not known what the configuration says of it. */
  private complete(values: unknown, expression: unknown, scope: Scope, name = ""): unknown {
    if (values === undefined)
      return name === "schema" ? this.template(expression, scope) : this.resolve(expression, scope, TARGETS[name]);
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
        return [name, this.complete(value, expression[name], scope, name)];
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

  /** A text in which references stand, as the schemas of models refer to each other by the id of their API. */
  private template(expression: unknown, scope: Scope): unknown {
    const written = isObject(expression) ? expression.constant_value : undefined;
    if (typeof written !== "string") return this.resolve(expression, scope);
    return evaluateTemplate(written, (path) => this.follow(path.join("."), scope) ?? unevaluated(path.join(".")));
  }

  /** @param target type of the resource whose id it is */
  private resolve(expression: unknown, scope: Scope, target?: string): unknown {
    if (!isObject(expression)) return undefined;
    const references = specific(listOfStrings(expression.references)).filter((each) => !isIndex(each));
    // Of a configuration in JSON, a template is shown as a constant too, spelled as it was written.
    if ("constant_value" in expression && references.length === 0) return expression.constant_value;
    const texts = [...new Set(references.map((each) => this.follow(each, scope)))];
    const [only] = texts;
    // What is known only after the apply is not the id of something that exists.
    if (texts.length === 1 && only !== undefined && (target === undefined || !isKnown(only))) return only;
    if (references.length === 0) return undefined;
    return target === undefined ? unevaluated(references.join(", ")) : this.possible.textOf(target, references, scope);
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
      const targets = specific(listOfStrings(isObject(scope.forEach) ? scope.forEach.references : undefined));
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
