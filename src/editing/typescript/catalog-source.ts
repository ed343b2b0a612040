import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type ts from "typescript";
import { callsOf, compilerFor, lineOf, parse, type TextOf, type Written, withoutTypes } from "./typescript-source";

/** How many names are followed from one place to the next. */
const DEEPEST = 20;

/**
 * The source of a catalog, as far as it is written out: object literals, constants, spreads, and what is imported from other
 * files of the project. What is computed is not followed, because a wrong line is worse than none.
 */
export class CatalogSource {
  private readonly sources = new Map<string, ts.SourceFile | undefined>();

  private constructor(
    readonly typescript: typeof ts,
    readonly root: Written,
    private readonly textOf: TextOf | undefined,
  ) {}

  /**
   * @param textOf gives the text of a file; that on disk, left out
   * @returns `undefined` where TypeScript is not installed, or the file does not call `defineCatalog` once
   */
  static read(file: string, textOf?: TextOf): CatalogSource | undefined {
    const typescript = compilerFor(file);
    const source = typescript && parse(typescript, resolve(file), textOf);
    const [call, ...others] = source && typescript ? callsOf(typescript, source, "defineCatalog") : [];
    const [catalog] = call?.arguments ?? [];
    return typescript && source && catalog && others.length === 0
      ? new CatalogSource(typescript, { node: catalog, source }, textOf)
      : undefined;
  }

  /** The entry at a path of the catalog, such as `tiers`, `gold`, `quota`. */
  entry(path: readonly string[]): { readonly line: string; readonly value: Written } | undefined {
    let value: Written | undefined = this.root;
    let at: Written<ts.Node> = this.root;
    for (const name of path) {
      const member: Member | undefined = value && this.member(value, name, DEEPEST);
      if (typeof member !== "object") return undefined;
      at = member.at;
      value = member.value;
    }
    return value && { line: lineOf(at), value };
  }

  /** What an expression comes to, where it is written out; `undefined` for what is computed. */
  valueOf(written: Written, depth = DEEPEST): unknown {
    const { typescript } = this;
    const found = this.resolved(written, depth);
    if (!found || depth === 0) return undefined;
    const { node, source } = found;
    const inside = (each: ts.Expression) => this.valueOf({ node: each, source }, depth - 1);
    if (typescript.isStringLiteralLike(node)) return node.text;
    if (typescript.isNumericLiteral(node)) return Number(node.text);
    if (node.kind === typescript.SyntaxKind.TrueKeyword) return true;
    if (node.kind === typescript.SyntaxKind.FalseKeyword) return false;
    if (typescript.isArrayLiteralExpression(node)) return allKnown(node.elements.map(inside));
    if (!typescript.isObjectLiteralExpression(node)) return this.pathOf(node, inside);
    const entries = node.properties.map((property) => {
      const name = this.nameOf(property.name);
      if (name === undefined || !typescript.isPropertyAssignment(property)) return undefined;
      const value = inside(property.initializer);
      return value === undefined ? undefined : ([name, value] as const);
    });
    const all = allKnown(entries);
    return all && Object.fromEntries(all);
  }

  /** The name of a called function, and its arguments; `undefined` for what is not a call by a name. */
  callOf(written: Written): { readonly name: string; readonly args: readonly Written[] } | undefined {
    const found = this.resolved(written, DEEPEST);
    if (!found || !this.typescript.isCallExpression(found.node)) return undefined;
    const { expression, arguments: args } = found.node;
    if (!this.typescript.isIdentifier(expression)) return undefined;
    return { name: expression.text, args: args.map((node) => ({ node, source: found.source })) };
  }

  /** The elements of a list that is written out. */
  elementsOf(written: Written): readonly Written[] {
    const found = this.resolved(written, DEEPEST);
    if (!found || !this.typescript.isArrayLiteralExpression(found.node)) return found ? [found] : [];
    return found.node.elements.map((node) => ({ node, source: found.source }));
  }

  /** The object literal that an expression stands for, with all that it names. */
  objectOf(written: Written): WrittenObject | undefined {
    const found = this.resolved(written, DEEPEST);
    if (!found || !this.typescript.isObjectLiteralExpression(found.node)) return undefined;
    return { literal: found.node, source: found.source };
  }

  /** `join(__dirname, "customers.csv")` */
  private pathOf(node: ts.Expression, inside: (each: ts.Expression) => unknown): string | undefined {
    const { typescript } = this;
    if (!typescript.isCallExpression(node) || !/^(?:path\.)?(?:join|resolve)$/.test(node.expression.getText()))
      return undefined;
    const parts = node.arguments.map((each) =>
      typescript.isIdentifier(each) && each.text === "__dirname"
        ? dirname(each.getSourceFile().fileName)
        : inside(each),
    );
    return parts.every((each) => typeof each === "string") ? resolve(...(parts as string[])) : undefined;
  }

  /** A member of an object; `"absent"` where it is sure that there is none. */
  private member(object: Written, name: string, depth: number): Member | undefined {
    const { typescript } = this;
    const found = this.resolved(object, depth);
    if (!found || !typescript.isObjectLiteralExpression(found.node)) return undefined;
    const { node, source } = found;
    // What comes later overrides what came before.
    for (const property of [...node.properties].reverse()) {
      if (typescript.isSpreadAssignment(property)) {
        const inside = this.member({ node: property.expression, source }, name, depth - 1);
        if (inside !== "absent") return inside;
        continue;
      }
      const own = this.nameOf(property.name);
      if (own === undefined) return undefined;
      if (own !== name) continue;
      const at = { node: property, source };
      if (typescript.isPropertyAssignment(property)) return { at, value: { node: property.initializer, source } };
      return typescript.isShorthandPropertyAssignment(property)
        ? { at, value: { node: property.name, source } }
        : undefined;
    }
    return "absent";
  }

  private nameOf(name: ts.PropertyName | undefined): string | undefined {
    const { typescript } = this;
    if (!name) return undefined;
    if (typescript.isIdentifier(name) || typescript.isStringLiteralLike(name) || typescript.isNumericLiteral(name))
      return name.text;
    return typescript.isComputedPropertyName(name) && typescript.isStringLiteralLike(name.expression)
      ? name.expression.text
      : undefined;
  }

  /** What an expression stands for: names are followed, and types left out. */
  private resolved(written: Written, depth: number): Written | undefined {
    const { typescript } = this;
    const { node, source } = written;
    if (depth <= 0) return undefined;
    const plain = withoutTypes(typescript, node);
    if (plain !== node) return this.resolved({ node: plain, source }, depth - 1);
    if (typescript.isPropertyAccessExpression(node)) {
      const member = this.member({ node: node.expression, source }, node.name.text, depth - 1);
      return typeof member === "object" ? this.resolved(member.value, depth - 1) : undefined;
    }
    if (!typescript.isIdentifier(node)) return written;
    const found = this.constant(node.text, source) ?? this.imported(node.text, source);
    return found && this.resolved(found, depth - 1);
  }

  /** A constant of a file; `undefined` for a name that is declared more than once. */
  private constant(name: string, source: ts.SourceFile): Written | undefined {
    const { typescript } = this;
    const found: ts.VariableDeclaration[] = [];
    const visit = (node: ts.Node): void => {
      if ((typescript.isVariableDeclaration(node) || typescript.isParameter(node)) && bindsName(typescript, node, name))
        found.push(node as ts.VariableDeclaration);
      typescript.forEachChild(node, visit);
    };
    visit(source);
    const [only] = found;
    const list = only?.parent;
    if (!only?.initializer || found.length > 1 || !typescript.isIdentifier(only.name)) return undefined;
    const isConstant = list && typescript.isVariableDeclarationList(list) && list.flags & typescript.NodeFlags.Const;
    return isConstant && list.parent.parent === source ? { node: only.initializer, source } : undefined;
  }

  /** What a name means that comes from another file of the project. */
  private imported(name: string, source: ts.SourceFile): Written | undefined {
    const { typescript } = this;
    for (const statement of source.statements) {
      if (!typescript.isImportDeclaration(statement) || !typescript.isStringLiteral(statement.moduleSpecifier))
        continue;
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !typescript.isNamedImports(bindings)) continue;
      const found = bindings.elements.find((each) => each.name.text === name);
      const from = statement.moduleSpecifier.text;
      if (!found || !/^\.{1,2}\//.test(from)) continue;
      const other = this.file(resolve(dirname(source.fileName), from));
      return other && this.constant((found.propertyName ?? found.name).text, other);
    }
    return undefined;
  }

  private file(path: string): ts.SourceFile | undefined {
    if (!this.sources.has(path)) {
      const base = path.replace(/\.[cm]?js$/, "");
      const file = [`${base}.ts`, `${base}.mts`, resolve(base, "index.ts")].find((each) => existsSync(each));
      this.sources.set(path, file === undefined ? undefined : parse(this.typescript, file, this.textOf));
    }
    return this.sources.get(path);
  }
}

/** An object literal, and the file in which it stands. */
export interface WrittenObject {
  readonly literal: ts.ObjectLiteralExpression;
  readonly source: ts.SourceFile;
}

type Member = { readonly at: Written<ts.Node>; readonly value: Written } | "absent";

function allKnown<Item>(items: readonly (Item | undefined)[]): Item[] | undefined {
  const known = items.filter((each) => each !== undefined);
  return known.length === items.length ? known : undefined;
}

function bindsName(
  typescript: typeof ts,
  { name }: ts.VariableDeclaration | ts.ParameterDeclaration,
  wanted: string,
): boolean {
  const isWanted = (binding: ts.BindingName): boolean =>
    typescript.isIdentifier(binding)
      ? binding.text === wanted
      : binding.elements.some((each) => typescript.isBindingElement(each) && isWanted(each.name));
  return isWanted(name);
}
