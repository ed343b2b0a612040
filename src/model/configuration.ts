import type { Attributes } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";
import { objectsOf } from "./instances";

/** A module of the configuration, and who calls it. */
export class Module {
  private readonly resources: ReadonlyMap<string, Attributes>;
  private readonly children = new Map<string, Module>();
  private readonly calls: ReadonlyMap<string, Attributes>;

  constructor(
    private readonly json: unknown,
    /** Without indices: `module.shop.module.tier`. */
    readonly path: string,
    readonly parent: { readonly module: Module; readonly call: Attributes } | undefined,
  ) {
    const { resources, module_calls } = isObject(json) ? json : {};
    this.resources = new Map(
      objectsOf(resources).flatMap((each) =>
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
    const known = this.children.get(name);
    if (known) return known;
    const call = this.calls.get(name);
    if (!call) return undefined;
    const path = this.path === "" ? `module.${name}` : `${this.path}.module.${name}`;
    const child = new Module(call.module, path, { module: this, call });
    this.children.set(name, child);
    return child;
  }

  /** The module at an address, whose indices do not matter: all instances have one configuration. */
  at(address: string): Module | undefined {
    const names = [...address.matchAll(/module\.([\w-]+)/g)].map(([, name = ""]) => name);
    return names.reduce<Module | undefined>((module, name) => module?.child(name), this);
  }

  output(name: string): unknown {
    const output = this.outputs[name];
    return isObject(output) ? output.expression : undefined;
  }

  /** Names of its outputs. */
  outputNames(): string[] {
    return Object.keys(this.outputs);
  }

  private get outputs(): Attributes {
    return isObject(this.json) && isObject(this.json.outputs) ? this.json.outputs : {};
  }
}
