/**
 * What a caller sees of a declaration: parameters and types, without bodies,
 * private members and initialisers. Comments stay.
 */
import ts from 'typescript'
import { commentsAbove } from './comments.ts'

export function signatureOf(node: ts.Node, file: ts.SourceFile): string {
  if (ts.isClassDeclaration(node)) return classSignature(node, file)
  if (ts.isVariableStatement(node)) return variableSignature(node, file)
  if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
    return textBetween(node.getStart(file), (node.body as ts.Node).getStart(file), file) // `body` of a function is a node
  }
  if (ts.isPropertyDeclaration(node)) return propertySignature(node, file)
  return moveLeft(node.getText(file), columnOf(node, file))
}

function classSignature(node: ts.ClassDeclaration, file: ts.SourceFile): string {
  const opening = file.text.slice(node.getStart(file), node.members.pos).trimEnd()
  const members = node.members.filter((member) => !isPrivate(member)).map((member) => memberLines(member, file))
  if (members.length === 0) return `${opening}}`
  const parts = members.map((member, index) => {
    const documented = member.includes('\n') || members[index - 1]?.includes('\n') === true
    return `${index > 0 && documented ? '\n' : ''}${indented(member)}`
  })
  return `${opening}\n${parts.join('\n')}\n}`
}

function memberLines(member: ts.ClassElement, file: ts.SourceFile): string {
  return [...commentsAbove(member, file), signatureOf(member, file)].join('\n')
}

function isPrivate(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return true
  if (ts.isClassStaticBlockDeclaration(member) || ts.isSemicolonClassElement(member)) return true
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0
}

/** Without its initialiser, unless that is all there is to tell the type. */
function propertySignature(node: ts.PropertyDeclaration, file: ts.SourceFile): string {
  if (node.type === undefined || node.initializer === undefined)
    return moveLeft(node.getText(file), columnOf(node, file))
  return textBetween(node.getStart(file), node.type.end, file)
}

function variableSignature(node: ts.VariableStatement, file: ts.SourceFile): string {
  const last = node.declarationList.declarations.at(-1)
  if (last?.type === undefined) return node.getText(file)
  return textBetween(node.getStart(file), last.type.end, file)
}

function textBetween(start: number, end: number, file: ts.SourceFile): string {
  const column = file.getLineAndCharacterOfPosition(start).character
  return moveLeft(file.text.slice(start, end).trimEnd(), column)
}

function columnOf(node: ts.Node, file: ts.SourceFile): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).character
}

function moveLeft(text: string, column: number): string {
  return text.replaceAll(`\n${' '.repeat(column)}`, '\n')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
