import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve, sep } from "node:path";
import type ts from "typescript";

/** An expression, and the file in which it stands. */
export interface Written<Node extends ts.Node = ts.Expression> {
  readonly node: Node;
  readonly source: ts.SourceFile;
}

/** The project's own TypeScript, or else that of this library. */
export function compilerFor(file: string): typeof ts | undefined {
  for (const from of [resolve(file), __filename])
    try {
      return createRequire(from)("typescript");
    } catch {}
  return undefined;
}

export type TextOf = (file: string) => string;

const fromDisk: TextOf = (file) => readFileSync(file, "utf8");

/** @param textOf gives the text of a file; that on disk, left out */
export function parse(typescript: typeof ts, file: string, textOf: TextOf = fromDisk): ts.SourceFile | undefined {
  try {
    return typescript.createSourceFile(file, textOf(file), typescript.ScriptTarget.ESNext, true);
  } catch {
    return undefined;
  }
}

export function callsOf(typescript: typeof ts, source: ts.SourceFile, name: string): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node) && typescript.isIdentifier(node.expression) && node.expression.text === name)
      found.push(node);
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** An expression without parentheses and types around it. */
export function withoutTypes(typescript: typeof ts, node: ts.Expression): ts.Expression {
  return typescript.isParenthesizedExpression(node) ||
    typescript.isAsExpression(node) ||
    typescript.isSatisfiesExpression(node) ||
    typescript.isNonNullExpression(node)
    ? withoutTypes(typescript, node.expression)
    : node;
}

/** `catalog.ts:36`, from the folder in which the program runs. */
export function lineOf({ node, source }: Written<ts.Node>): string {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${relative("", source.fileName).split(sep).join("/")}:${line + 1}`;
}
