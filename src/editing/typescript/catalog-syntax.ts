import type * as ts from "typescript";
import { requireOptional } from "../../project/optional-package";
import { entrySyntax, type ObjectSyntax, objectSyntax } from "./object-syntax";

const TYPESCRIPT = "typescript@5";

/**
 * TypeScript as the project has it, which is what runs its catalog: so it reads just the syntax that is allowed there.
 *
 * Not `magicast`: it prints again what it has changed, in a format of its own, and is an ES module only.
 */
function typescript(): typeof ts {
  const loaded = requireOptional("typescript", "adopt", () => require("typescript") as typeof ts);
  // TypeScript 7 has a compiler in Go, and no parser that could be called from here.
  if (typeof loaded.createSourceFile !== "function")
    throw new Error(
      `adopt reads the catalog with TypeScript 5 or 6, got ${loaded.version}; run "npm install --save-dev ${TYPESCRIPT}"`,
    );
  return loaded;
}

/** Finds things in the text of a `catalog.ts`, by its syntax: never in a comment, a string or a type. */
export class CatalogSyntax {
  private readonly ts = typescript();
  private readonly file: ts.SourceFile;
  /** The call of `defineCatalog`. */
  private readonly call: ts.CallExpression;

  /** @throws Error for a text that is not TypeScript, or in which not exactly one call of `defineCatalog` is found */
  constructor(text: string) {
    const { ts } = this;
    const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, fileName: "catalog.ts" });
    this.file = ts.createSourceFile("catalog.ts", text, ts.ScriptTarget.Latest, true);
    const [problem] = diagnostics;
    if (problem) {
      const { line } = this.file.getLineAndCharacterOfPosition(problem.start ?? 0);
      const reason = ts.flattenDiagnosticMessageText(problem.messageText, " ").replace(/\.$/, "");
      throw new Error(`it is not well formed at line ${line + 1}: ${reason}; fix it there`);
    }
    const calls = this.callsOf("defineCatalog");
    const [call] = calls;
    if (!call) throw new Error("it has no defineCatalog({ … }) to which entries could be added");
    if (calls.length > 1)
      throw new Error(`it calls defineCatalog ${calls.length} times; leave one in this file, and adopt again`);
    this.call = call;
  }

  /**
   * The object literal at a path, such as `["apis", "pets", "stages"]`.
   * @throws Error where something else stands there, or nothing
   */
  objectAt(path: readonly string[]): ObjectSyntax {
    let expression: ts.Expression | undefined = this.call.arguments[0];
    let found = this.toObject(expression);
    if (!found) throw new Error("its defineCatalog is not given an object literal, so nothing can be added to it");
    for (const name of path) {
      expression = found.entries.find((entry) => entry.name === name)?.value;
      found = this.toObject(expression);
      if (!found)
        throw new Error(`its ${path.join(".")} is not written as an object literal, so nothing can be added to it`);
    }
    return found;
  }

  /** The list that the catalog names at its top, with what is in it; `undefined` for anything else. */
  listAt(name: string): { readonly open: number; readonly length: number } | undefined {
    const list = this.resolved(this.objectAt([]).entries.find((entry) => entry.name === name)?.value);
    if (!list || !this.ts.isArrayLiteralExpression(list)) return undefined;
    return { open: list.getStart(), length: list.elements.length };
  }

  /** The strings that a function of the library is called with. */
  argumentsOf(name: string): string[] {
    return this.callsOf(name).flatMap(({ arguments: [first] }) =>
      first && this.ts.isStringLiteralLike(first) ? [first.text] : [],
    );
  }

  /** The arguments of each call of a function of the library, as data: `undefined` for one that is not written out. */
  dataOfCalls(name: string): { readonly text: string; readonly values: readonly unknown[] }[] {
    return this.callsOf(name).map((call) => ({
      text: call.getText(),
      values: call.arguments.map((argument) => this.dataOf(argument)),
    }));
  }

  /** What a literal says; `undefined` for what only a run of the program could tell. */
  private dataOf(expression: ts.Expression): unknown {
    const { ts } = this;
    const literal = this.resolved(expression);
    if (!literal) return undefined;
    if (ts.isStringLiteralLike(literal)) return literal.text;
    if (literal.kind === ts.SyntaxKind.TrueKeyword) return true;
    if (literal.kind === ts.SyntaxKind.FalseKeyword) return false;
    if (!ts.isObjectLiteralExpression(literal)) return undefined;
    const entries = literal.properties.map((property) => {
      const { name, value } = entrySyntax(this.ts, property);
      return [name, value && this.dataOf(value)] as const;
    });
    return entries.some(([name, value]) => name === undefined || value === undefined)
      ? undefined
      : Object.fromEntries(entries);
  }

  /** How a function of the library is called beside `defineCatalog`, and where its import must be added, if it must. */
  importOf(name: string): { readonly callee: string; readonly addAt: number | undefined } {
    const { expression } = this.call;
    if (this.ts.isPropertyAccessExpression(expression))
      return { callee: `${expression.expression.getText()}.${name}`, addAt: undefined };
    const specifiers = this.importSpecifiers();
    const known = specifiers.find((specifier) => importedName(specifier) === name);
    if (known) return { callee: known.name.text, addAt: undefined };
    const beside = specifiers.find((specifier) => importedName(specifier) === "defineCatalog");
    return { callee: name, addAt: beside?.parent.elements.at(-1)?.getEnd() };
  }

  private importSpecifiers(): ts.ImportSpecifier[] {
    const { ts } = this;
    return this.file.statements.flatMap((statement) => {
      const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
      return bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    });
  }

  private callsOf(name: string): ts.CallExpression[] {
    const { ts } = this;
    const local = this.importSpecifiers().find((specifier) => importedName(specifier) === name)?.name.text ?? name;
    const calls: ts.CallExpression[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const { expression } = node;
        const isCalled = ts.isPropertyAccessExpression(expression)
          ? expression.name.text === name
          : ts.isIdentifier(expression) && expression.text === local;
        if (isCalled) calls.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(this.file);
    return calls;
  }

  private toObject(expression: ts.Expression | undefined): ObjectSyntax | undefined {
    const literal = this.resolved(expression);
    return literal && this.ts.isObjectLiteralExpression(literal) ? objectSyntax(this.ts, literal) : undefined;
  }

  /** What an expression is without types and parentheses, and where it is a constant of this file, its value. */
  private resolved(
    expression: ts.Expression | undefined,
    seen: ReadonlySet<string> = new Set(),
  ): ts.Expression | undefined {
    const { ts } = this;
    if (!expression) return undefined;
    if (
      ts.isAsExpression(expression) ||
      ts.isSatisfiesExpression(expression) ||
      ts.isParenthesizedExpression(expression)
    )
      return this.resolved(expression.expression, seen);
    if (!ts.isIdentifier(expression) || seen.has(expression.text)) return expression;
    const value = this.constant(expression.text);
    return value ? this.resolved(value, new Set([...seen, expression.text])) : expression;
  }

  private constant(name: string): ts.Expression | undefined {
    const { ts } = this;
    for (const statement of this.file.statements) {
      if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
      for (const declaration of statement.declarationList.declarations)
        if (ts.isIdentifier(declaration.name) && declaration.name.text === name) return declaration.initializer;
    }
    return undefined;
  }
}

const importedName = ({ propertyName, name }: ts.ImportSpecifier): string => (propertyName ?? name).text;
