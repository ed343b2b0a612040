import { type Attributes, listOfStrings, stringOf } from "../contract/attributes";
import { Module } from "../model/configuration";
import { isObject } from "../vocabulary/objects";

/** Whether something that is known only after the apply holds the value of a key, by what it is made of. */
export type Holds = "certainly" | "possibly" | "not";

/** The value of a key, in a reference of a configuration: Terraform marks the first as sensitive, and not the second. */
const VALUE = /^(?:data\.)?aws_api_gateway_(api_key|usage_plan_key)\.[\w-]+(?:\[[^\]]*\])?\.value$/;
/** All of a key, or all keys of a resource, of which an expression takes something. */
const WHOLE = /^(?:data\.)?aws_api_gateway_(api_keys?|usage_plan_key)\.[\w-]+(?:\[[^\]]*\])?$/;
const KEY = "aws_api_gateway_api_key";
/** Deep enough for every configuration; expressions of Terraform have no cycles. */
const DEEPEST = 30;

/** What the configuration of one plan says of where the values of keys go. */
export class KeySources {
  readonly root: Module;
  /** What keys of this configuration get as their value, such as `random_password.acme.result`, by module. */
  private readonly given = new Set<string>();
  /** What is referred to in expressions that a plan shows, by module. */
  private readonly shown = new Set<string>();
  /** What the changes of the plan are made of, local values included; `undefined` where the plan does not say. */
  private readonly relevant: readonly string[] | undefined;

  constructor(json: Attributes) {
    this.root = new Module(isObject(json.configuration) ? json.configuration.root_module : undefined, "", undefined);
    this.readModule(isObject(json.configuration) ? json.configuration.root_module : undefined, "");
    this.relevant = Array.isArray(json.relevant_attributes)
      ? json.relevant_attributes.flatMap(relevantName)
      : undefined;
  }

  /** @param isMarked whether Terraform marks what is not known as sensitive */
  output(name: string, isMarked: boolean): Holds {
    return this.leads(this.root, this.root.output(name), isMarked);
  }

  /** @param address of a resource, with its module and its index */
  attribute(address: string, name: string, isMarked: boolean): Holds {
    const { module, resource } = partsOf(address);
    const at = this.root.at(module);
    const expressions = at?.resource(resource)?.expressions;
    return at && isObject(expressions) ? this.leads(at, expressions[name], isMarked) : "not";
  }

  private leads(module: Module, expression: unknown, isMarked: boolean, depth = 0): Holds {
    if (depth > DEEPEST) return "possibly";
    const references = specific(referencesIn(expression));
    return most(references.map((each) => this.follow(module, each, isMarked, depth + 1)));
  }

  private follow(module: Module, text: string, isMarked: boolean, depth: number): Holds {
    if (VALUE.test(text)) return "certainly";
    const whole = WHOLE.exec(text)?.[1];
    // Something is taken of a key: its value is marked, unless it is that of a place in a plan.
    if (whole !== undefined) return whole === "usage_plan_key" || isMarked ? "possibly" : "not";
    const [root = "", name = "", attribute = ""] = text.replace(/\[[^\]]*\]/g, "").split(".");
    if (root === "local") return this.inLocals(isMarked) ? "possibly" : "not";
    if (root === "var" && module.parent) {
      const { module: caller, call } = module.parent;
      return this.leads(caller, isObject(call.expressions) ? call.expressions[name] : undefined, isMarked, depth);
    }
    if (root === "module") {
      const child = module.child(name);
      if (child === undefined) return "not";
      if (attribute !== "") return this.leads(child, child.output(attribute), isMarked, depth);
      const all = most(child.outputNames().map((each) => this.leads(child, child.output(each), isMarked, depth)));
      return all === "not" || !isMarked ? "not" : "possibly";
    }
    if (attribute === "") return this.isGiven(module, text) && isMarked ? "possibly" : "not";
    if (this.given.has(`${module.path}|${root}.${name}.${attribute}`)) return "certainly";
    const expressions = module.resource(`${root}.${name}`)?.expressions;
    const source = root === "terraform_data" && attribute === "output" ? "input" : attribute;
    return isObject(expressions) ? this.leads(module, expressions[source], isMarked, depth) : "not";
  }

  /**
   * Whether a local value may hold the value of a key. A plan shows neither local values nor what they are made of, but all
   * that the changes of the plan are made of. What no expression refers to that the plan shows is in a local value.
   */
  private inLocals(isMarked: boolean): boolean {
    if (this.relevant === undefined) return isMarked;
    const values = this.relevant.filter((each) => {
      const name = each.replace(/^.*\|/, "");
      const whole = WHOLE.exec(name)?.[1];
      return (
        VALUE.test(name) || this.given.has(each) || (whole !== undefined && (whole === "usage_plan_key" || isMarked))
      );
    });
    return values.length > 0 && (isMarked || values.some((each) => !this.shown.has(each)));
  }

  private isGiven(module: Module, resource: string): boolean {
    const name = `${module.path}|${resource.replace(/\[.*$/s, "")}.`;
    return [...this.given].some((each) => each.startsWith(name));
  }

  private readModule(json: unknown, path: string): void {
    if (!isObject(json)) return;
    for (const [name, call] of Object.entries(isObject(json.module_calls) ? json.module_calls : {}))
      if (isObject(call)) this.readModule(call.module, path === "" ? `module.${name}` : `${path}.module.${name}`);
    const { module_calls: calls, resources, outputs } = json;
    const called = Object.values(isObject(calls) ? calls : {}).map((call) => (isObject(call) ? call.expressions : {}));
    for (const each of referencesIn([resources, outputs, called]))
      this.shown.add(`${path}|${each.replace(/\[[^\]]*\]/g, "")}`);
    for (const resource of Array.isArray(resources) ? resources : [])
      if (isObject(resource) && resource.type === KEY && isObject(resource.expressions))
        // What AWS gives, such as the id of an API, is not a secret, and is used for much else.
        for (const each of specific(referencesIn(resource.expressions.value)))
          if (!/^(aws_|local\.|var\.|each\.|module\.|data\.)/.test(each))
            this.given.add(`${path}|${each.replace(/\[[^\]]*\]/g, "")}`);
  }
}

const RANK: readonly Holds[] = ["not", "possibly", "certainly"];

const most = (all: readonly Holds[]): Holds =>
  all.reduce<Holds>((one, other) => (RANK.indexOf(other) > RANK.indexOf(one) ? other : one), "not");

/** `module.a[0].aws_x.y["z"]`, without indices. */
function partsOf(address: string): { readonly module: string; readonly resource: string } {
  const plain = address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, "");
  const [, module = "", resource = ""] = /^((?:module\.[\w-]+\.)*)(.*)$/s.exec(plain) ?? [];
  return { module: module.replace(/\.$/, ""), resource };
}

/** `module.a|aws_x.y.value`; of an index, and of what follows it, the attribute. */
function relevantName(each: unknown): string[] {
  if (!isObject(each)) return [];
  const { module, resource } = partsOf(stringOf(each.resource));
  const attribute = (Array.isArray(each.attribute) ? each.attribute : []).find(
    (step): step is string => typeof step === "string" && /^[a-z_0-9]+$/.test(step),
  );
  return [`${module}|${resource}${attribute === undefined ? "" : `.${attribute}`}`];
}

/** All references of an expression, in its blocks too. */
function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  const own = listOfStrings(expression.references);
  return [...own, ...Object.values(expression).flatMap((each) => (typeof each === "object" ? referencesIn(each) : []))];
}

/** Terraform lists `a.b.c` and `a.b`; the longest one says it all. */
const specific = (references: readonly string[]) =>
  references.filter(
    (each) =>
      !references.some((other) => other !== each && /^[.[]/.test(other.slice(each.length)) && other.startsWith(each)),
  );
