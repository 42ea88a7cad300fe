/** What a source file imports, read from its syntax: static, type-only and dynamic imports, re-exports, require. */
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  /** Gone at run time: the compiler drops it. */
  readonly typeOnly: boolean;
}

export function importsOf(path: string, source: string): Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = importIn(node);
    if (found) imports.push(found);
    ts.forEachChild(node, visit);
  };
  visit(parse(path, source));
  return imports;
}

const parsed = new Map<string, ts.SourceFile>();

export function parse(path: string, source: string): ts.SourceFile {
  const file = parsed.get(source) ?? ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  parsed.set(source, file);
  return file;
}

function importIn(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypeOnlyImport(node.importClause));
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true);
  if (ts.isExternalModuleReference(node)) return named(node.expression, false);
  if (ts.isCallExpression(node) && isLoading(node.expression)) return named(node.arguments[0], false);
  return undefined;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

/** `import(…)`, `require(…)`, `require.resolve(…)`. */
function isLoading(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  const target = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return ts.isIdentifier(target) && target.text === 'require';
}

/** One that is computed could be anything, so it is reported as it stands. */
function named(specifier: ts.Node | undefined, typeOnly: boolean): Import {
  const name =
    specifier && ts.isStringLiteralLike(specifier)
      ? specifier.text
      : `computed: ${specifier?.getText() ?? ''}`;
  return { specifier: name, typeOnly };
}
