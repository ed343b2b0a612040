import type { Attributes } from "../contract/attributes";
import type { Module } from "./configuration";

/** Where an expression stands: its module, and the instance whose `each` and `count` it means. */
export interface Scope {
  readonly module: Module;
  readonly moduleAddress: string;
  readonly index: unknown;
  readonly forEach: unknown;
}

/** The scope of the arguments with which a module is called. */
export function callerOf({ moduleAddress }: Scope, module: Module, call: Attributes): Scope {
  const [last = "", index] = /\.?module\.[\w-]+(?:\[([^\]]*)\])?$/.exec(moduleAddress) ?? [];
  return {
    module,
    moduleAddress: moduleAddress.slice(0, moduleAddress.length - last.length),
    index: index === undefined ? undefined : JSON.parse(index),
    forEach: call.for_each_expression,
  };
}
