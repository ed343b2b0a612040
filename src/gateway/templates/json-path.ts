import { Budget } from "./budget";
import { isList, isValueMap, listOf, MappingTemplateError, type Meter, type Value } from "./value";

type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "all" }
  | { readonly kind: "deep"; readonly name: string };

const STEP = /\.\.([\w-]+)|\.([\w-]+)|\[(-?\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\.\*|\[\*\]/y;

/**
 * What a JSON path leads to: names, indexes, `*` and `..name`. A path with `*` or `..` gives a list.
 *
 * @throws MappingTemplateError for a path with filters, slices or functions, which are not supported
 */
export function atPath(root: Value, path: string, budget: Meter = new Budget()): Value {
  const steps = stepsOf(path);
  const isDefinite = steps.every(({ kind }) => kind === "name" || kind === "index");
  let found = [root];
  for (const step of steps) {
    if (step.kind === "deep") for (const value of found) budget.weigh(value);
    found = found.flatMap((value) => follow(value, step));
    budget.spend(found.length);
  }
  return isDefinite ? found[0] : listOf(found, true);
}

function stepsOf(path: string): Step[] {
  const trimmed = path.trim();
  const unsupported = () => new MappingTemplateError(`the JSON path ${trimmed} is not supported`);
  const start = trimmed.startsWith("$") ? 1 : 0;
  // API Gateway takes a path without "$" too.
  const text = start === 0 && !/^[.[]/.test(trimmed) ? `.${trimmed}` : trimmed;
  const steps: Step[] = [];
  STEP.lastIndex = start;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (!match) throw unsupported();
    const [, deep, name, index, single, double] = match;
    if (deep !== undefined) steps.push({ kind: "deep", name: deep });
    else if (index !== undefined) steps.push({ kind: "index", index: Number(index) });
    else {
      const member = name ?? single ?? double;
      steps.push(member === undefined ? { kind: "all" } : { kind: "name", name: member.replace(/\\(.)/g, "$1") });
    }
  }
  return steps;
}

function follow(value: Value, step: Step): Value[] {
  switch (step.kind) {
    case "name":
      return isValueMap(value) && value.has(step.name) ? [value.get(step.name)] : [];
    case "index": {
      if (!isList(value)) return [];
      const index = step.index < 0 ? value.items.length + step.index : step.index;
      return index in value.items ? [value.items[index]] : [];
    }
    case "all":
      return childrenOf(value);
    case "deep":
      return [
        ...follow(value, { kind: "name", name: step.name }),
        ...childrenOf(value).flatMap((each) => follow(each, step)),
      ];
  }
}

const childrenOf = (value: Value): Value[] =>
  isList(value) ? value.items : isValueMap(value) ? [...value.values()] : [];
