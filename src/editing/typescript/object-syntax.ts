import type * as ts from "typescript";

/** An object literal of a program: from its `{` to its `}`, with what it names. */
export interface ObjectSyntax {
  readonly open: number;
  readonly close: number;
  readonly entries: readonly EntrySyntax[];
  readonly hasTrailingComma: boolean;
}

export interface EntrySyntax {
  /** `undefined` for what is spread or computed. */
  readonly name: string | undefined;
  readonly value: ts.Expression | undefined;
  readonly start: number;
  /** Behind its name. */
  readonly nameEnd: number;
  /** Behind the value. */
  readonly end: number;
}

export function objectSyntax(typescript: typeof ts, literal: ts.ObjectLiteralExpression): ObjectSyntax {
  return {
    open: literal.getStart(),
    close: literal.getEnd() - 1,
    hasTrailingComma: literal.properties.hasTrailingComma === true,
    entries: literal.properties.map((property) => entrySyntax(typescript, property)),
  };
}

export function entrySyntax(typescript: typeof ts, property: ts.ObjectLiteralElementLike): EntrySyntax {
  const { name } = property;
  const isNamed =
    name !== undefined &&
    (typescript.isIdentifier(name) || typescript.isStringLiteralLike(name) || typescript.isNumericLiteral(name));
  const value = typescript.isPropertyAssignment(property)
    ? property.initializer
    : typescript.isShorthandPropertyAssignment(property)
      ? property.name
      : undefined;
  return {
    name: isNamed ? name.text : undefined,
    value,
    start: property.getStart(),
    nameEnd: name?.getEnd() ?? property.getStart(),
    end: property.getEnd(),
  };
}
