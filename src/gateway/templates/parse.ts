import { runInNewContext } from "node:vm";
import { parse as parseVelocity } from "velocityjs";
import { remembering } from "../../memory/remembering";
import { printable } from "../../text/printable";
import { MappingTemplateError, type Value } from "./value";

/** A step of a reference: `.name`, `.name(…)` or `[…]`. */
export type PathStep =
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "method"; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: "index"; readonly index: Node };

export interface Reference {
  readonly name: string;
  readonly path: readonly PathStep[];
}

/** A part of a template. */
export type Node =
  | { readonly kind: "text"; readonly text: string }
  | ({ readonly kind: "reference" } & Reference)
  | { readonly kind: "set"; readonly target: Reference; readonly value: Node }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly condition: Node | undefined; readonly body: readonly Node[] }[];
    }
  | { readonly kind: "foreach"; readonly name: string; readonly list: Node; readonly body: readonly Node[] }
  | {
      readonly kind: "macro";
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: readonly Node[];
    }
  | { readonly kind: "define"; readonly name: string; readonly body: readonly Node[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: "break" }
  | { readonly kind: "stop" }
  | { readonly kind: "constant"; readonly value: Value }
  | { readonly kind: "template"; readonly nodes: readonly Node[] }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "range"; readonly from: Node; readonly to: Node }
  | { readonly kind: "map"; readonly entries: readonly (readonly [string, Node])[] }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Node[] };

/** Characters of a template that the parser is not slow with, */
const SHORT_TEMPLATE = 2_000;
/** if there are few directives in it: each block that is not closed doubles what the parser keeps in memory. */
const FEW_DIRECTIVES = 12;

/** API Gateway takes templates of up to 300 KB. */
const LARGEST_TEMPLATE = 300 * 1_024;

/**
 * Parses a mapping template (Velocity). Only the parser is velocityjs's: its own evaluation lets a template reach the
 * functions of JavaScript.
 *
 * @throws MappingTemplateError for a template that is not valid
 */
export function parseTemplate(template: string): readonly Node[] {
  const known = parsedOnce(template);
  if (known instanceof MappingTemplateError) throw known;
  return known;
}

const parsedOnce = remembering(parsed);

/** The parser takes quadratic time and more, so what somebody wrote to stop it is given up after this time. */
const LONGEST_PARSE_MILLISECONDS = 3_000;

function parsed(template: string): readonly Node[] | MappingTemplateError {
  if (template.length > LARGEST_TEMPLATE) return new MappingTemplateError("it is over 300 KB");
  try {
    const parse = () => nodesOf(parseVelocity(template));
    // No time is needed to find that a short template ends in time.
    if (template.length <= SHORT_TEMPLATE && template.split("#").length <= FEW_DIRECTIVES) return parse();
    return runInNewContext("parse()", { parse }, { timeout: LONGEST_PARSE_MILLISECONDS }) as readonly Node[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      return new MappingTemplateError(
        "it has more references and brackets, or blocks without #end, than can be parsed here in 3 seconds",
      );
    return new MappingTemplateError(printable((error as Error).message.split("\n")[0] ?? ""));
  }
}

/** A node of velocityjs's syntax tree. */
type Parsed = Readonly<Record<string, unknown>>;

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Constants of one name that a block of text has: `null` is a reference to nothing in Velocity. */
function nodesOf(parsed: unknown): Node[] {
  return listIn(parsed).flatMap((each): Node[] => {
    if (Array.isArray(each)) return [blockOf(each)];
    const node = nodeOf(each);
    return node ? [node] : [];
  });
}

/** A directive with a body is a list that begins with the directive. */
function blockOf([head, ...rest]: readonly unknown[]): Node {
  const { type, id, to, from, args } = head as Parsed;
  switch (type) {
    case "foreach":
      return { kind: "foreach", name: String(to), list: expressionOf(from), body: nodesOf(rest) };
    case "macro":
      return {
        kind: "macro",
        name: String(id),
        parameters: listIn(args).map((each) => String((each as Parsed).id)),
        body: nodesOf(rest),
      };
    case "define":
      return { kind: "define", name: String(id), body: nodesOf(rest) };
    case "if":
      return { kind: "if", branches: branchesOf(head as Parsed, rest) };
    default:
      throw new MappingTemplateError(`#${String(type)} is not supported`);
  }
}

function branchesOf(head: Parsed, rest: readonly unknown[]) {
  const branches: { condition: Node | undefined; parts: unknown[] }[] = [
    { condition: expressionOf(head.condition), parts: [] },
  ];
  for (const part of rest) {
    const { type, condition } = (typeof part === "object" && part !== null ? part : {}) as Parsed;
    if (type === "elseif") branches.push({ condition: expressionOf(condition), parts: [] });
    else if (type === "else") branches.push({ condition: undefined, parts: [] });
    else branches.at(-1)?.parts.push(part);
  }
  return branches.map(({ condition, parts }) => ({ condition, body: nodesOf(parts) }));
}

function nodeOf(parsed: unknown): Node | undefined {
  if (typeof parsed === "string") return { kind: "text", text: parsed };
  const { type, equal, value, id, args } = parsed as Parsed;
  switch (type) {
    case "comment":
      return undefined;
    case "raw":
      return { kind: "text", text: String(value) };
    case "set": {
      const [target, source] = listIn(equal);
      const reference = expressionOf(target);
      if (reference.kind !== "reference") throw new MappingTemplateError("#set must have a reference on its left");
      return { kind: "set", target: reference, value: expressionOf(source) };
    }
    case "macro_call":
      return { kind: "call", name: String(id), args: listIn(args).map(expressionOf) };
    case "break":
      return { kind: "break" };
    case "stop":
      return { kind: "stop" };
    default:
      return expressionOf(parsed);
  }
}

function expressionOf(parsed: unknown): Node {
  if (typeof parsed === "string" || typeof parsed === "number" || typeof parsed === "boolean")
    return { kind: "constant", value: parsed };
  const node = (parsed ?? {}) as Parsed;
  switch (node.type) {
    case "references":
      return { kind: "reference", name: String(node.id), path: listIn(node.path).map(stepOf) };
    case "integer":
    case "decimal":
      return { kind: "constant", value: Number(node.value) };
    case "bool":
      return { kind: "constant", value: node.value === true || node.value === "true" };
    case "null":
      return { kind: "constant", value: null };
    case "string": {
      const value = String(node.value);
      if (node.isEval !== true || !/[$#]/.test(value)) return { kind: "constant", value };
      return { kind: "template", nodes: parseTemplate(value) };
    }
    case "array": {
      const items = listIn(node.value).map(expressionOf);
      const [from, to] = items;
      if (node.isRange === true && from && to) return { kind: "range", from: numeric(from), to: numeric(to) };
      return { kind: "list", items };
    }
    case "map":
      return {
        kind: "map",
        entries: Object.entries((node.value ?? {}) as Parsed).map(
          ([name, each]) => [name, expressionOf(each)] as const,
        ),
      };
    case "math":
      return {
        kind: "operation",
        operator: String(node.operator),
        operands: listIn(node.expression).map(expressionOf),
      };
    case "runt":
      return { kind: "text", text: String(node.value ?? "") };
    default:
      throw new MappingTemplateError(`${String(node.type)} is not supported`);
  }
}

/** The bounds of a range are strings in the syntax tree. */
const numeric = (node: Node): Node =>
  node.kind === "constant" && typeof node.value === "string" ? { kind: "constant", value: Number(node.value) } : node;

function stepOf(parsed: unknown): PathStep {
  const { type, id, args } = parsed as Parsed;
  if (type === "index") return { kind: "index", index: expressionOf(id) };
  if (type === "method") return { kind: "method", name: String(id), args: listIn(args).map(expressionOf) };
  return { kind: "property", name: String(id) };
}
