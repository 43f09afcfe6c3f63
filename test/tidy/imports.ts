/** The imports of a file, as the rules about them see them. */
import ts from 'typescript'
import { lineOf, nodesOf } from './tree.ts'

export interface Import {
  /** `'#raft/election'`, `'node:fs'`, `'../stage.ts'` */
  readonly specifier: string
  readonly line: number
  /** Whether it vanishes when types are erased. */
  readonly typeOnly: boolean
}

/** Static imports, re-exports and `import('…')`. */
export function importsOf(file: ts.SourceFile): readonly Import[] {
  return nodesOf(file).flatMap((node) => {
    const specifier = specifierOf(node)
    if (specifier === undefined) return []
    return [{ specifier: specifier.text, line: lineOf(node, file), typeOnly: isTypeOnly(node) }]
  })
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  const specifier =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : undefined
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier : undefined
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false
  if (node.importClause.isTypeOnly) return true
  const names = node.importClause.namedBindings
  if (node.importClause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly)
}
