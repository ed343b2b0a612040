import { Budget } from "./budget";
import { callMethod } from "./java-methods";
import { arithmetic, isEqual } from "./operators";
import type { Node, PathStep, Reference } from "./parse";
import { isHost, isList, isTrue, isValueMap, listOf, MappingTemplateError, print, type Value } from "./value";

/** API Gateway's limit for one `#foreach`, which then ends. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const MOST_ITERATIONS = 1_000;
/** Macros and blocks within one another. */
const DEEPEST = 50;

type Signal = "break" | "stop" | undefined;

/** Evaluates a parsed template. It reaches the variables that it is given and what it sets itself, and nothing else. */
export class Evaluation {
  private readonly budget = new Budget();
  private readonly macros = new Map<
    string,
    { readonly parameters: readonly string[]; readonly body: readonly Node[] }
  >();
  private readonly blocks = new Map<string, readonly Node[]>();
  private readonly output: string[] = [];
  private length = 0;
  private depth = 0;

  constructor(private readonly variables: Map<string, Value>) {}

  /** @throws MappingTemplateError */
  run(nodes: readonly Node[]): string {
    this.block(nodes);
    return this.output.join("");
  }

  /** Counts what else will be read of the template's values when it has ended. */
  weigh(value: Value): void {
    this.budget.weigh(value);
  }

  private write(text: string): void {
    this.length += text.length;
    this.budget.hold(this.length, text.length);
    this.output.push(text);
  }

  private printed(node: Node): string {
    return print(this.weighed(this.value(node)));
  }

  /** A value whose size is counted, since what comes next reads all of it. */
  private weighed(value: Value): Value {
    if (typeof value === "object" || typeof value === "string") this.budget.weigh(value);
    return value;
  }

  private block(nodes: readonly Node[]): Signal {
    if (++this.depth > DEEPEST) throw new MappingTemplateError("its macros and blocks are nested too deeply");
    try {
      for (const node of nodes) {
        const signal = this.node(node);
        if (signal) return signal;
      }
      return undefined;
    } finally {
      this.depth--;
    }
  }

  private node(node: Node): Signal {
    this.budget.spend();
    switch (node.kind) {
      case "text":
        this.write(node.text);
        return undefined;
      case "reference": {
        const block = node.path.length === 0 ? this.blocks.get(node.name) : undefined;
        if (block) return this.block(block);
        this.write(this.printed(node));
        return undefined;
      }
      case "set":
        this.assign(node.target, this.value(node.value));
        return undefined;
      case "if": {
        const chosen = node.branches.find(({ condition }) => condition === undefined || isTrue(this.value(condition)));
        return chosen ? this.block(chosen.body) : undefined;
      }
      case "foreach":
        return this.loop(node.name, this.value(node.list), node.body);
      case "macro":
        this.macros.set(node.name, node);
        return undefined;
      case "define":
        this.blocks.set(node.name, node.body);
        return undefined;
      case "call":
        return this.callMacro(node.name, node.args);
      case "break":
        return "break";
      case "stop":
        return "stop";
      default:
        this.write(this.printed(node));
        return undefined;
    }
  }

  private loop(name: string, list: Value, body: readonly Node[]): Signal {
    const items = isList(list) ? list.items : isValueMap(list) ? [...list.values()] : [];
    const outer = [this.variables.get(name), this.variables.get("foreach")] as const;
    let signal: Signal;
    for (const [index, item] of items.slice(0, MOST_ITERATIONS).entries()) {
      this.variables.set(name, item);
      const state: [string, Value][] = [
        ["index", index],
        ["count", index + 1],
        ["hasNext", index < items.length - 1],
        ["first", index === 0],
        ["last", index === items.length - 1],
      ];
      this.variables.set("foreach", new Map(state));
      this.variables.set("velocityCount", index + 1);
      this.variables.set("velocityHasNext", index < items.length - 1);
      signal = this.block(body);
      if (signal) break;
    }
    this.variables.set(name, outer[0]);
    this.variables.set("foreach", outer[1]);
    return signal === "stop" ? "stop" : undefined;
  }

  private callMacro(name: string, args: readonly Node[]): Signal {
    const macro = this.macros.get(name);
    if (!macro) throw new MappingTemplateError(`#${name} is not supported, and the template defines no such macro`);
    const outer = macro.parameters.map((parameter) => this.variables.get(parameter));
    const values = args.map((each) => this.value(each));
    for (const [index, parameter] of macro.parameters.entries()) this.variables.set(parameter, values[index]);
    const signal = this.block(macro.body);
    for (const [index, parameter] of macro.parameters.entries()) this.variables.set(parameter, outer[index]);
    return signal;
  }

  private value(node: Node): Value {
    this.budget.spend();
    switch (node.kind) {
      case "constant":
        return node.value;
      case "text":
        return node.text;
      case "template": {
        const nested = new Evaluation(this.variables);
        nested.share(this);
        const made = nested.run(node.nodes);
        this.budget.hold(made.length);
        return made;
      }
      case "list":
        return listOf(node.items.map((each) => this.value(each)));
      case "range":
        return this.range(this.value(node.from), this.value(node.to));
      case "map":
        return new Map(node.entries.map(([name, each]) => [name, this.value(each)]));
      case "reference":
        return node.path.reduce<Value>((parent, step) => this.member(parent, step), this.variables.get(node.name));
      case "operation":
        return this.operation(node.operator, node.operands);
      default:
        throw new MappingTemplateError(`#${node.kind} has no value`);
    }
  }

  /** A string in double quotes is a template of its own: it uses up the same budget and knows the same macros. */
  private share(outer: Evaluation): void {
    Object.assign(this, { budget: outer.budget, macros: outer.macros, blocks: outer.blocks, depth: outer.depth + 1 });
  }

  private range(from: Value, to: Value): Value {
    const [first, last] = [Number(print(this.weighed(from))), Number(print(this.weighed(to)))];
    if (!Number.isInteger(first) || !Number.isInteger(last) || Math.abs(last - first) > 100_000)
      throw new MappingTemplateError(`the range [${print(from)}..${print(to)}] is not supported`);
    const step = first <= last ? 1 : -1;
    const items = Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => first + index * step);
    this.budget.spend(items.length * 16);
    return listOf(items);
  }

  private member(parent: Value, step: PathStep): Value {
    if (step.kind === "method") {
      const args = step.args.map((each) => this.weighed(this.value(each)));
      if (parent === undefined || parent === null) return undefined;
      if (isHost(parent)) {
        const called = parent.call?.(step.name, args, this.budget);
        if (typeof called === "string") this.budget.hold(called.length);
        return called;
      }
      return callMethod(parent, step.name, args, this.budget);
    }
    const name = step.kind === "index" ? this.weighed(this.value(step.index)) : step.name;
    if (isList(parent)) {
      if (name === "size" || name === "length") return parent.items.length;
      const index = Number(print(name));
      return Number.isInteger(index) ? parent.items[index < 0 ? parent.items.length + index : index] : undefined;
    }
    if (isValueMap(parent)) return parent.get(print(name));
    if (isHost(parent)) return parent.property?.(print(name));
    return undefined;
  }

  /** Sets a variable, an item of a list or an entry of a map; what cannot be set stays as it is, as in Velocity. */
  private assign({ name, path }: Reference, value: Value): void {
    const last = path.at(-1);
    if (last === undefined) {
      if (isHost(this.variables.get(name))) return;
      this.variables.set(name, value);
      return;
    }
    if (last.kind === "method") return;
    const parent = path.slice(0, -1).reduce<Value>((each, step) => this.member(each, step), this.variables.get(name));
    const member = last.kind === "index" ? this.value(last.index) : last.name;
    if (isValueMap(parent)) parent.set(print(this.weighed(member)), value);
    if (isList(parent) && typeof member === "number" && member >= 0 && member <= parent.items.length)
      parent.items[member] = value;
  }

  private operation(operator: string, [first, second]: readonly Node[]): Value {
    const left = first === undefined ? undefined : this.value(first);
    if (operator === "&&") return isTrue(left) && second !== undefined && isTrue(this.value(second));
    if (operator === "||") return isTrue(left) || (second !== undefined && isTrue(this.value(second)));
    if (operator === "not") return !isTrue(left);
    if (operator === "parenthesis") return left;
    if (operator === "minus") return typeof left === "number" ? -left : undefined;
    const right = second === undefined ? undefined : this.weighed(this.value(second));
    this.weighed(left);
    if (operator === "==") return isEqual(left, right);
    if (operator === "!=") return !isEqual(left, right);
    if (operator === "+" && (typeof left === "string" || typeof right === "string")) {
      const sum = print(left) + print(right);
      this.budget.hold(sum.length);
      return sum;
    }
    return arithmetic(operator, left, right);
  }
}
