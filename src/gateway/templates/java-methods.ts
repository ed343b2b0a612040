import { RE2JS } from "re2js";
import type { Budget } from "./budget";
import {
  isList,
  isValueMap,
  listOf,
  MappingTemplateError,
  print,
  type Value,
  type ValueList,
  type ValueMap,
} from "./value";

/** The methods of Java strings, lists and maps that API Gateway templates use. There are no others. */
type Methods<Of> = Readonly<Record<string, (of: Of, args: readonly Value[], budget: Budget) => Value>>;

const text = (value: Value) => print(value);
const whole = (value: Value): number => {
  const number = typeof value === "number" ? value : Number(print(value));
  if (!Number.isInteger(number)) throw new MappingTemplateError(`"${print(value)}" is not an integer`);
  return number;
};

/** Regular expressions in linear time: a template must not be able to stop the gateway. */
function expression(pattern: Value, of: string, budget: Budget): RE2JS {
  const written = text(pattern);
  budget.spend((of.length + 1) * written.length * repetitions(written));
  try {
    return RE2JS.compile(written);
  } catch (error) {
    throw new MappingTemplateError(
      `the regular expression ${text(pattern)} is not supported: ${(error as Error).message}`,
    );
  }
}

/** How often a part of the pattern stands in it at most, which RE2 bounds: `(a{10}){10}` is as long as 100. */
function repetitions(pattern: string): number {
  const counts = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, from, to]) => Number(to || from));
  return Math.min(
    1_000,
    counts.reduce((product, count) => product * Math.max(1, count), 1),
  );
}

function substring(of: string, from: number, to = of.length): string {
  if (from < 0 || to > of.length || from > to)
    throw new MappingTemplateError(`substring(${from}, ${to}) is outside of a string of ${of.length} characters`);
  return of.slice(from, to);
}

const STRING: Methods<string> = {
  charAt: (of, [index]) => substring(of, whole(index), whole(index) + 1),
  concat: (of, [other]) => of + text(other),
  contains: (of, [part]) => of.includes(text(part)),
  endsWith: (of, [part]) => of.endsWith(text(part)),
  equals: (of, [other]) => of === other,
  equalsIgnoreCase: (of, [other]) => typeof other === "string" && of.toLowerCase() === other.toLowerCase(),
  indexOf: (of, [part, from = 0]) => of.indexOf(text(part), whole(from)),
  isBlank: (of) => of.trim() === "",
  isEmpty: (of) => of === "",
  lastIndexOf: (of, [part]) => of.lastIndexOf(text(part)),
  length: (of) => of.length,
  matches: (of, [pattern], budget) => expression(pattern, of, budget).matches(of),
  repeat: (of, [count], budget) => {
    budget.hold(of.length * Math.max(0, whole(count)));
    return of.repeat(Math.max(0, whole(count)));
  },
  replace: (of, [from, to], budget) => replaced(of, of.split(text(from)), text(to), budget),
  replaceAll: (of, [pattern, to], budget) => {
    budget.hold(of.length * (1 + text(to).length));
    return expression(pattern, of, budget).matcher(of).replaceAll(text(to));
  },
  replaceFirst: (of, [pattern, to], budget) => expression(pattern, of, budget).matcher(of).replaceFirst(text(to)),
  // Java drops empty strings at the end.
  split: (of, [pattern], budget) => listOf(expression(pattern, of, budget).split(of)),
  startsWith: (of, [part]) => of.startsWith(text(part)),
  substring: (of, [from, to]) => substring(of, whole(from), to === undefined ? of.length : whole(to)),
  toLowerCase: (of) => of.toLowerCase(),
  toString: (of: string) => of,
  toUpperCase: (of) => of.toUpperCase(),
  trim: (of) => of.trim(),
};

function replaced(of: string, parts: readonly string[], to: string, budget: Budget): string {
  budget.hold(of.length + parts.length * to.length);
  return parts.join(to);
}

const same = (one: Value, other: Value): boolean => sameAs(other)(one);

/** Whether a value is the same as another, which is printed once. */
function sameAs(other: Value): (one: Value) => boolean {
  const printed = print(other);
  return (one) => one === other || (one !== undefined && print(one) === printed);
}

const LIST: Methods<ValueList> = {
  add: ({ items }, [first, second]) => {
    if (second === undefined) items.push(first);
    else items.splice(whole(first), 0, second);
    return true;
  },
  addAll: ({ items }, [other]) => {
    if (!isList(other)) return false;
    items.push(...other.items.slice(0, 100_000));
    return true;
  },
  contains: ({ items }, [value]) => items.some(sameAs(value)),
  equals: (of, [other]) => same(of, other),
  get: ({ items }, [index]) => {
    const at = whole(index);
    if (at < 0 || at >= items.length) throw new MappingTemplateError(`a list of ${items.length} has no item ${at}`);
    return items[at];
  },
  indexOf: ({ items }, [value]) => items.findIndex(sameAs(value)),
  isEmpty: ({ items }) => items.length === 0,
  remove: ({ items }, [index]) => items.splice(whole(index), 1)[0],
  set: ({ items }, [index, value]) => {
    items[Math.min(whole(index), items.length)] = value;
    return value;
  },
  size: ({ items }) => items.length,
  toString: (of: ValueList) => print(of),
};

const MAP: Methods<ValueMap> = {
  containsKey: (of, [name]) => of.has(text(name)),
  containsValue: (of, [value]) => [...of.values()].some(sameAs(value)),
  entrySet: (of) => listOf([...of].map(([key, value]) => entry(key, value))),
  equals: (of, [other]) => same(of, other),
  get: (of, [name]) => of.get(text(name)),
  getOrDefault: (of, [name, otherwise]) => (of.has(text(name)) ? of.get(text(name)) : otherwise),
  isEmpty: (of) => of.size === 0,
  keySet: (of) => listOf([...of.keys()]),
  put: (of, [name, value]) => {
    const before = of.get(text(name));
    of.set(text(name), value);
    return before;
  },
  putAll: (of, [other]) => {
    if (isValueMap(other)) for (const [name, value] of other) of.set(name, value);
    return undefined;
  },
  remove: (of, [name]) => {
    const before = of.get(text(name));
    of.delete(text(name));
    return before;
  },
  size: (of) => of.size,
  toString: (of: ValueMap) => print(of),
  values: (of) => listOf([...of.values()]),
};

/** An entry of a map, as `entrySet()` lists it. */
function entry(key: string, value: Value): ValueMap {
  return new Map<string, Value>([
    ["key", key],
    ["value", value],
  ]);
}

const NUMBER: Methods<number | boolean> = {
  equals: (of, [other]) => of === other,
  intValue: (of) => Math.trunc(Number(of)),
  toString: (of: number | boolean) => String(of),
};

const memberOf = <Of>(methods: Methods<Of>, name: string) => (Object.hasOwn(methods, name) ? methods[name] : undefined);

/**
 * Calls a method of a string, a list, a map, a number or a boolean.
 *
 * @throws MappingTemplateError for a method that is not supported, or arguments that it does not take
 */
export function callMethod(of: Value, name: string, args: readonly Value[], budget: Budget): Value {
  const result = calledMethod(of, name, args, budget);
  if (typeof result === "string") budget.hold(result.length);
  if (isList(result)) budget.spend(result.items.length);
  return result;
}

/** Methods of lists and maps that look into all that is in them. */
const READS_ALL: ReadonlySet<string> = new Set(["contains", "containsValue", "equals", "indexOf", "toString"]);

function calledMethod(of: Value, name: string, args: readonly Value[], budget: Budget): Value {
  const unsupported = () => new MappingTemplateError(`the method ${name}() is not supported on ${kindOf(of)}`);
  if (READS_ALL.has(name)) budget.weigh(of);
  budget.spend(typeof of === "string" ? of.length : 0);
  if (typeof of === "string") {
    const method = memberOf(STRING, name);
    if (!method) throw unsupported();
    return method(of, args, budget);
  }
  if (isList(of)) {
    const method = memberOf(LIST, name);
    if (!method) throw unsupported();
    budget.spend(of.items.length);
    return method(of, args, budget);
  }
  if (isValueMap(of)) {
    const getter = name === "getKey" ? "key" : name === "getValue" ? "value" : undefined;
    if (getter !== undefined && of.has(getter)) return of.get(getter);
    const method = memberOf(MAP, name);
    if (!method) throw unsupported();
    budget.spend(of.size);
    return method(of, args, budget);
  }
  const method = typeof of === "number" || typeof of === "boolean" ? memberOf(NUMBER, name) : undefined;
  if (!method) throw unsupported();
  return method(of as number | boolean, args, budget);
}

const kindOf = (value: Value) =>
  value === undefined || value === null
    ? "what does not exist"
    : isList(value)
      ? "a list"
      : isValueMap(value)
        ? "a map"
        : `a ${typeof value}`;
