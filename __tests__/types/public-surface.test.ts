import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");
const ENTRIES = ["src/index.ts", "src/testing/index.ts"];
const isOurs = (node: ts.Node) => node.getSourceFile().fileName.startsWith(join(ROOT, "src"));

/** Types of ours that the public declarations of an entry point name, and that no entry point exports. */
function missingExports(entry: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(
    ENTRIES.map((each) => join(ROOT, each)),
    { ...options, types: ["node"] },
  );
  const checker = program.getTypeChecker();
  const resolve = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exportsOf = (file: string) => {
    const source = program.getSourceFile(join(ROOT, file)) as ts.SourceFile;
    return checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol).map(resolve);
  };
  const known = new Set(ENTRIES.flatMap(exportsOf));
  // What a file keeps for itself only shortens what it declares.
  const isExported = (declaration: ts.Declaration) =>
    ts.canHaveModifiers(declaration) &&
    ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const missing = new Set<string>();
  const visit = (node: ts.Node, of: string): void => {
    const isHidden =
      ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
    if (isHidden || ts.isBlock(node)) return;
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const symbol = checker.getSymbolAtLocation(ts.isTypeReferenceNode(node) ? node.typeName : node.expression);
      const target = symbol && resolve(symbol);
      const isParameter = target && (target.flags & ts.SymbolFlags.TypeParameter) !== 0;
      if (
        target &&
        !isParameter &&
        !known.has(target) &&
        target.declarations?.some((each) => isOurs(each) && isExported(each))
      )
        missing.add(`${target.name}, of ${of}`);
    }
    // The value of a constant is not part of its declaration.
    ts.forEachChild(node, (child) => {
      if (!(ts.isVariableDeclaration(node) && child === node.initializer && !ts.isArrowFunction(child)))
        visit(child, of);
    });
  };
  for (const symbol of exportsOf(entry))
    for (const declaration of symbol.declarations ?? []) visit(declaration, symbol.name);
  return [...missing].sort();
}

test.each(ENTRIES)(
  "%s exports each type that its signatures name",
  (entry) => {
    expect(missingExports(entry)).toEqual([]);
  },
  60_000,
);
