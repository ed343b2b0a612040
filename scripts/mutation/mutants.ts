import { createHash } from "node:crypto";
import ts from "typescript";

/** One small change of a file, which some test should notice. */
export interface Mutant {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  /** Stays the same while the lines around the change do: `src/a.ts: a < b → a <= b`. */
  readonly name: string;
}

const OTHER_OPERATOR: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
]);

const OTHER_METHOD: Readonly<Record<string, string>> = { some: "every", every: "some", min: "max", max: "min" };
/** Calls that can be left out: what they are called on takes their place. */
const LEFT_OUT: ReadonlySet<string> = new Set(["filter", "sort", "toSorted", "reverse", "toLowerCase", "trim"]);

/** All mutants of a file, in the order of its text. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, replacement: string, context: ts.Node = node) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const around = text.slice(context.getStart(source), context.getEnd());
    const offset = start - context.getStart(source);
    const changed = around.slice(0, offset) + replacement + around.slice(offset + end - start);
    mutants.push({
      file,
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      start,
      end,
      original: text.slice(start, end),
      replacement,
      name: `${file}: ${oneLine(around)} → ${oneLine(changed)}`,
    });
  };
  const visit = (node: ts.Node): void => {
    // Types are gone when a test runs.
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node)) return;
    mutate(node, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

function mutate(node: ts.Node, add: (node: ts.Node, replacement: string, context?: ts.Node) => void): void {
  if (ts.isBinaryExpression(node)) {
    const other = OTHER_OPERATOR.get(node.operatorToken.kind);
    if (other !== undefined) add(node.operatorToken, other, node);
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    add(node, node.operand.getText());
  } else if (ts.isConditionalExpression(node)) {
    add(node.condition, `!(${node.condition.getText()})`, node);
  } else if (ts.isIfStatement(node)) {
    add(node.expression, "false", node);
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) {
    add(node, "false", node.parent);
  } else if (node.kind === ts.SyntaxKind.FalseKeyword) {
    add(node, "true", node.parent);
  } else if (ts.isNumericLiteral(node)) {
    add(node, `(${node.text} + 1)`, node.parent);
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const other = OTHER_METHOD[name.text];
    if (other !== undefined && Object.hasOwn(OTHER_METHOD, name.text)) add(name, other, node);
    if (LEFT_OUT.has(name.text)) add(node, expression.getText());
  }
}

/** Those of all that are tried: as many, and the same each time, however the files change around them. */
export function sample(mutants: readonly Mutant[], count: number): Mutant[] {
  const ranked = mutants.map((mutant) => ({
    mutant,
    rank: createHash("sha256").update(mutant.name).digest("hex"),
  }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return ranked.slice(0, count).map(({ mutant }) => mutant);
}

export const applied = ({ start, end, replacement }: Mutant, text: string): string =>
  text.slice(0, start) + replacement + text.slice(end);

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
