/**
 * Finds declarations by name in a TypeScript file. A page quotes code by these
 * names, so that what it shows is always the code that runs.
 */
import ts from 'typescript'
import { commentsAbove, fileWithoutExerciseTags } from './comments.ts'
import { signatureOf } from './signatures.ts'

/** `whole` quotes a declaration as it stands; `signatures` leaves out bodies, private members and initialisers. */
export type QuoteStyle = 'whole' | 'signatures'

/**
 * The text of the named declarations, with a blank line between two. Without
 * names: the whole file or, in the style `signatures`, everything that it exports.
 * Throws an error that lists the names there are when one is missing.
 */
export function quoteDeclarations(text: string, names: readonly string[], style: QuoteStyle): string {
  const file = ts.createSourceFile('quoted.ts', text, ts.ScriptTarget.Latest, true)
  if (names.length > 0) return names.map((name) => quoteOne(file, name, style)).join('\n\n')
  if (style === 'whole') return fileWithoutExerciseTags(text).trimEnd()
  const exported = file.statements.filter((statement) => isExported(statement) && namesOf(statement).length > 0)
  return exported.map((statement) => render(statement, file, style)).join('\n\n')
}

function quoteOne(file: ts.SourceFile, name: string, style: QuoteStyle): string {
  const [outer = '', member] = name.split('.')
  const statements = file.statements.filter((statement) => namesOf(statement).includes(outer))
  if (statements.length === 0) throw missing(name, file.statements.flatMap(namesOf))
  if (member === undefined) return statements.map((each) => render(each, file, style)).join('\n')
  const members = statements.flatMap(membersOf)
  const wanted = members.filter((each) => memberName(each) === member)
  if (wanted.length === 0) throw missing(name, [...new Set(members.map((each) => `${outer}.${memberName(each)}`))])
  return wanted.map((each) => render(each, file, style)).join('\n')
}

function render(node: ts.Node, file: ts.SourceFile, style: QuoteStyle): string {
  const code = style === 'whole' ? dedented(node, file) : signatureOf(node, file)
  return [...commentsAbove(node, file), code].join('\n')
}

/** The node's text, moved to the left margin. Tags can also stand on the members of a class, so they are taken out here. */
function dedented(node: ts.Node, file: ts.SourceFile): string {
  const start = node.getStart(file)
  const indent = ' '.repeat(file.getLineAndCharacterOfPosition(start).character)
  return fileWithoutExerciseTags(file.text.slice(start, node.end).replaceAll(`\n${indent}`, '\n'))
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
  )
}

/** The names that a statement declares. */
function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText())
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name.text]
  }
  return []
}

function membersOf(statement: ts.Statement): readonly (ts.ClassElement | ts.TypeElement)[] {
  if (ts.isClassDeclaration(statement)) return [...statement.members]
  return ts.isInterfaceDeclaration(statement) ? [...statement.members] : []
}

function memberName(member: ts.ClassElement | ts.TypeElement): string {
  if (ts.isConstructorDeclaration(member)) return 'constructor'
  return member.name?.getText() ?? ''
}

function missing(name: string, names: readonly string[]): Error {
  return new Error(`nothing is named ${name} there; there are ${names.filter((each) => each !== '').join(', ')}`)
}
