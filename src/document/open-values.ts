import { isObject } from "../vocabulary/objects";

/** Values for what a document leaves open, by name: `"AWS::Region"`, `orders_arn`. */
export type Variables = Readonly<Record<string, string>>;

/** A function of CloudFormation's where a document has a value: API Gateway would never see it. */
export interface OpenValue {
  readonly path: readonly string[];
  /** `Fn::Sub` */
  readonly function: string;
  /** Names of which a value is missing; its place as a JSON pointer for a function that is not read. */
  readonly names: readonly string[];
}

/** A document whose variables have values, and what of it is still open. */
export interface Filled {
  readonly root: unknown;
  readonly open: readonly OpenValue[];
  /** Names that the document has. */
  readonly names: ReadonlySet<string>;
}

/** Places of a document that hold anything, in which an object is data and no function. */
const SAMPLES = ["example", "examples", "enum", "const", "value"];
/** Maps whose entries have names that the team chose, which may be any of these. */
const MAPS = [
  ...["properties", "patternProperties", "$defs", "definitions", "schemas", "parameters", "requestBodies", "responses"],
  ...["securityDefinitions", "securitySchemes", "headers", "paths", "pathItems"],
  ...["requestParameters", "requestTemplates", "responseParameters", "responseTemplates"],
];
const NAME = /\$\{([^{}]*)\}/g;

/** Puts values in for `${name}`, and for the functions of CloudFormation that stand for a text. */
export function fillIn(root: unknown, variables: Variables): Filled {
  const open: OpenValue[] = [];
  const names = new Set<string>();
  const lookUp = (name: string) => {
    names.add(name);
    return Object.hasOwn(variables, name) ? variables[name] : undefined;
  };
  const inText = (text: string) => text.replace(NAME, (all, name: string) => lookUp(name) ?? all);
  const visit = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === "string") return value.includes("${") ? inText(value) : value;
    if (Array.isArray(value))
      return value.map((each, index) => visit(each, [...path, `${index}`])).filter((each) => each !== undefined);
    if (!isObject(value)) return value;
    const isSample = path.some((part, index) => SAMPLES.includes(part) && !MAPS.includes(path[index - 1] ?? ""));
    const name = isSample ? undefined : functionIn(value);
    if (name === "Ref" && value.Ref === NO_VALUE && !Object.hasOwn(variables, NO_VALUE)) return undefined;
    if (name === "Fn::If") {
      const [chosen, other] = branches(value[name], lookUp) ?? [];
      if (chosen) {
        // Names of the other branch may be given, too.
        const before = open.length;
        visit(other, path);
        open.length = before;
        return visit(chosen.value, path);
      }
    }
    if (name !== undefined) {
      const filled = evaluate(name, value[name], lookUp);
      if (filled.text !== undefined) return filled.text;
      // One that is not read is called by its place.
      const place = `#/${path.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
      const given = filled.missing.length === 0 ? lookUp(place) : undefined;
      if (given !== undefined) return given;
      open.push({ path, function: name, names: filled.missing.length > 0 ? filled.missing : [place] });
      return value;
    }
    const entries = Object.entries(value).map(([each, inner]) => [each, visit(inner, [...path, each])] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  };
  return { root: visit(root, []), open, names };
}

/** The function of CloudFormation's that an object is. */
export function functionIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  if (name === "Ref") return typeof value.Ref === "string" ? name : undefined;
  return /^Fn::[A-Za-z0-9]+$/.test(name) ? name : undefined;
}

/** What CloudFormation takes out of a list or a map. */
const NO_VALUE = "AWS::NoValue";

/** The branch of `Fn::If` that its condition chooses, then the other; `undefined` where the condition has no value. */
function branches(
  argument: unknown,
  lookUp: (name: string) => string | undefined,
): [chosen: { readonly value: unknown }, other: unknown] | undefined {
  const [condition, yes, no] = Array.isArray(argument) ? argument : [];
  const is = typeof condition === "string" ? lookUp(condition) : undefined;
  if (is === "true") return [{ value: yes }, no];
  return is === "false" ? [{ value: no }, yes] : undefined;
}

interface Evaluated {
  readonly text: string | undefined;
  readonly missing: readonly string[];
}

const nothing: Evaluated = { text: undefined, missing: [] };

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
function evaluate(name: string, argument: unknown, lookUp: (name: string) => string | undefined): Evaluated {
  const named = (variable: string): Evaluated => {
    const text = lookUp(variable);
    return { text, missing: text === undefined ? [variable] : [] };
  };
  const part = (value: unknown): Evaluated => {
    if (typeof value === "string") return { text: value, missing: [] };
    const inner = isObject(value) ? functionIn(value) : undefined;
    return inner === undefined || !isObject(value) ? nothing : evaluate(inner, value[inner], lookUp);
  };
  switch (name) {
    case "Ref":
    case "Fn::ImportValue": {
      const { text, missing } = part(argument);
      return text === undefined ? { text, missing } : named(text);
    }
    case "Fn::GetAtt":
      return isTexts(argument) ? named(argument.join(".")) : typeof argument === "string" ? named(argument) : nothing;
    case "Fn::Sub": {
      const [text, own] = Array.isArray(argument) ? argument : [argument];
      if (typeof text !== "string") return nothing;
      return substitute(text, (variable) => {
        const inner = isObject(own) && Object.hasOwn(own, variable) ? part(own[variable]) : nothing;
        // A function that is not read, such as `Fn::Select`, has its value by the name that it has in the text.
        return inner.text === undefined && inner.missing.length === 0 ? named(variable) : inner;
      });
    }
    case "Fn::Join": {
      const [separator, parts] = Array.isArray(argument) ? argument : [];
      if (typeof separator !== "string" || !Array.isArray(parts)) return nothing;
      const all = parts.map(part);
      const texts = all.flatMap(({ text }) => text ?? []);
      if (texts.length === all.length) return { text: texts.join(separator), missing: [] };
      return { text: undefined, missing: all.flatMap(({ missing }) => missing) };
    }
    case "Fn::If": {
      const [chosen] = branches(argument, lookUp) ?? [];
      const [condition] = Array.isArray(argument) ? argument : [];
      if (chosen) return part(chosen.value);
      return typeof condition === "string" ? { text: undefined, missing: [condition] } : nothing;
    }
    default:
      return nothing;
  }
}

/** `${!name}` stands for `${name}` itself. */
function substitute(text: string, lookUp: (name: string) => Evaluated): Evaluated {
  const missing: string[] = [];
  const filled = text.replace(NAME, (all, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    const value = lookUp(name.trim());
    missing.push(...value.missing);
    return value.text ?? all;
  });
  return missing.length > 0 ? { text: undefined, missing: [...new Set(missing)] } : { text: filled, missing };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
