import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A field of a type, as its declaration and its comment say. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly description: string;
  /** What `@default` says; `undefined` where it says nothing. */
  readonly default: string | undefined;
  /** What `@unit` says of a number. */
  readonly unit: string | undefined;
  readonly see: readonly string[];
}

/** A type that a catalog is written in. */
export interface DocumentedType {
  readonly description: string;
  readonly see: readonly string[];
  readonly members: readonly Member[];
}

/** The declaration of a type in a file, with the fields of all of its alternatives. */
export function documentedType(file: string, name: string): DocumentedType {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
  const declaration = declarationOf(source, name);
  const members = membersOf(source, declaration);
  const byName = new Map<string, Member>();
  for (const member of members.filter(ts.isPropertySignature)) {
    const type = member.type?.getText() ?? "unknown";
    // What another alternative has, and this one must not.
    const field = member.name.getText();
    if (type !== "never" && !byName.has(field))
      byName.set(field, { ...commentOf(member), name: field, type, isOptional: member.questionToken !== undefined });
  }
  const { description, see } = commentOf(declaration);
  return { description, see, members: [...byName.values()] };
}

function declarationOf(source: ts.SourceFile, name: string): ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  const found = source.statements.find(
    (each): each is ts.InterfaceDeclaration | ts.TypeAliasDeclaration =>
      (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each)) && each.name.text === name,
  );
  if (!found) throw new Error(`${source.fileName}: declares no type ${name}; correct the list of the sections`);
  return found;
}

/** Those of an interface with those that it extends, or of all parts of another type. */
function membersOf(
  source: ts.SourceFile,
  declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
): ts.TypeElement[] {
  if (ts.isTypeAliasDeclaration(declaration)) return membersOfNode(source, declaration.type);
  const extended = (declaration.heritageClauses ?? []).flatMap(({ types }) => types);
  const inherited = extended.flatMap(({ expression }) => {
    const name = expression.getText(source);
    const file = fileOfImport(source, name) ?? source;
    return membersOf(file, declarationOf(file, name));
  });
  return [...declaration.members, ...inherited];
}

/** The file from which a type is imported; `undefined` for one of this file. */
function fileOfImport(source: ts.SourceFile, name: string): ts.SourceFile | undefined {
  for (const statement of source.statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    const isIt = bindings && ts.isNamedImports(bindings) && bindings.elements.some((each) => each.name.text === name);
    if (!isIt || !ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const file = `${join(dirname(source.fileName), statement.moduleSpecifier.text)}.ts`;
    return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
  }
  return undefined;
}

/** Of alternatives and of parts, all members; also of another type of the same file. */
function membersOfNode(source: ts.SourceFile, node: ts.TypeNode): ts.TypeElement[] {
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node))
    return node.types.flatMap((each) => membersOfNode(source, each));
  if (ts.isParenthesizedTypeNode(node)) return membersOfNode(source, node.type);
  if (ts.isTypeLiteralNode(node)) return [...node.members];
  if (!ts.isTypeReferenceNode(node)) return [];
  const name = node.typeName.getText(source);
  const isHere = source.statements.some(
    (each) => (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each)) && each.name.text === name,
  );
  if (!isHere) return [];
  return membersOf(source, declarationOf(source, name));
}

/** What the comment before a declaration says. */
export function commentOf(node: ts.Node): Pick<Member, "description" | "default" | "unit" | "see"> {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node);
  const textsOf = (name: string) => tags.filter((tag) => tag.tagName.text === name).map((tag) => seeText(tag).trim());
  return {
    description: comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join("\n\n"),
    default: textsOf("default")[0],
    unit: textsOf("unit")[0],
    see: textsOf("see"),
  };
}

/** The parser takes the `https` of a link for a name. */
function seeText(tag: ts.JSDocTag): string {
  const text = tag.getText().replace(/^@\w+\s*/, "");
  return text.replace(/\n\s*\*\s?/g, " ").replace(/\*\/\s*$/, "");
}
