/**
 * Makes the reader's file out of a finished module.
 *
 * What carries an `@exercise` tag in its doc comment loses its body; everything
 * else stays as it is, to the letter. So the stub compiles whenever the
 * reference does, and its surface can't differ from it.
 *
 * A stub carries a fingerprint of its own text. As long as the two agree nobody
 * has edited the file, and it may be replaced; git is not asked, for a reader
 * may commit their work.
 */
import { createHash } from 'node:crypto'
import ts from 'typescript'
import type { Exercise, ExerciseModule } from '../chapters/exercises.ts'

/** A part of an exercise: a function or method that carries a tag. */
export interface TaggedPart {
  /** `'1.1a'` */
  readonly part: string
  /** What the reader is asked to do, in a sentence. */
  readonly what: string
  /** `'Channel.trySend'`, or a function's plain name. */
  readonly name: string
  readonly body: ts.Block
}

type Bodied = ts.FunctionDeclaration | ts.MethodDeclaration | ts.AccessorDeclaration

const lineWidth = 120

/**
 * The text of the reader's file for `source`, the text of the module's
 * reference. With `only`, such as `'1.1a'`, everything but that part is there
 * already. Throws when a tag is out of place.
 */
export function makeStub(exercise: Exercise, module: ExerciseModule, source: string, only?: string): string {
  const file = ts.createSourceFile(module.reference, source, ts.ScriptTarget.Latest, true)
  const parts = taggedParts(file)
  const tags = source.match(/^\s*(?:\/\*)?\* @exercise\b/gm)?.length ?? 0
  if (parts.length === 0)
    throw new Error(`${module.reference}: nothing carries an @exercise tag, so nothing is left to do`)
  if (parts.length !== tags) {
    throw new Error(`${module.reference}: ${tags} @exercise tags, but ${parts.length} of them on a function or method`)
  }
  let text = source
  for (const part of parts.toReversed()) {
    if (part.part.replace(/[a-z]+$/, '') !== exercise.number) {
      throw new Error(
        `${module.reference}: ${part.name} is tagged ${part.part}, but the file belongs to ${exercise.number}`,
      )
    }
    if (only !== undefined && part.part !== only) continue
    text = text.slice(0, part.body.getStart(file)) + throwing(part, file) + text.slice(part.body.end)
  }
  return withNotice(exercise, addImport(file, text))
}

/** What carries an `@exercise` tag, in the order of the file. */
export function taggedParts(file: ts.SourceFile): readonly TaggedPart[] {
  const parts: TaggedPart[] = []
  const visit = (node: ts.Node): void => {
    const tag = isBodied(node) ? ts.getJSDocTags(node).find((each) => each.tagName.text === 'exercise') : undefined
    if (tag === undefined || !isBodied(node)) return ts.forEachChild(node, visit)
    parts.push(readTag(node, tag, file))
  }
  visit(file)
  return parts
}

/** Whether nobody has edited this stub since it was made. */
export function isPristine(text: string): boolean {
  const [, found] = fingerprintLine.exec(text) ?? []
  return found !== undefined && found === fingerprint(text)
}

const fingerprintLine = /^\/\/ Stub ([0-9a-f]{8})\b.*$/m

function fingerprint(text: string): string {
  const rest = text.replaceAll('\r\n', '\n').replace(fingerprintLine, '')
  return createHash('sha256').update(rest).digest('hex').slice(0, 8)
}

function isBodied(node: ts.Node): node is Bodied {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node)
}

function readTag(node: Bodied, tag: ts.JSDocTag, file: ts.SourceFile): TaggedPart {
  const owner = ts.isClassDeclaration(node.parent) ? `${node.parent.name?.text}.` : ''
  const name = `${owner}${node.name?.getText(file) ?? 'a nameless function'}`
  const text = (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/\s+/g, ' ').trim()
  const [, part, what] = /^(\d+\.\d+[a-z]) (.+)$/.exec(text) ?? []
  const complain = (problem: string) => new Error(`${file.fileName}: ${name} ${problem}`)
  if (part === undefined || what === undefined) {
    throw complain(`needs a tag like "@exercise 1.1a What to do, in a sentence", not "@exercise ${text}"`)
  }
  if (node.body === undefined) throw complain('is tagged, but has no body')
  if (node.type === undefined && !ts.isSetAccessor(node)) {
    throw complain('needs a written return type: without one the stub would have another type')
  }
  return { part, what, name, body: node.body }
}

/** The body of a part that is not written. Broken over lines as Biome would break it. */
function throwing(part: TaggedPart, file: ts.SourceFile): string {
  const start = part.body.parent.getStart(file)
  const column = file.getLineAndCharacterOfPosition(start).character
  const indent = ' '.repeat(column)
  const what = quote(part.what)
  const line = `${indent}  throw unimplemented('${part.part}', ${what})`
  const broken = [
    `${indent}  throw unimplemented(`,
    `${indent}    '${part.part}',`,
    `${indent}    ${what},`,
    `${indent}  )`,
  ]
  return `{\n${line.length <= lineWidth ? line : broken.join('\n')}\n${indent}}`
}

function quote(text: string): string {
  if (text.includes("'") && !text.includes('"')) return `"${text.replaceAll('\\', '\\\\')}"`
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** Adds the import of `unimplemented` where the sorted imports have its place. Imports stand above every tagged body. */
function addImport(file: ts.SourceFile, text: string): string {
  const line = `import { unimplemented } from '#unimplemented'\n`
  const imports = file.statements.filter(ts.isImportDeclaration)
  const behind = imports.find(
    (each) => ts.isStringLiteral(each.moduleSpecifier) && each.moduleSpecifier.text > '#unimplemented',
  )
  const last = imports.at(-1)
  if (behind !== undefined) return text.slice(0, behind.getStart(file)) + line + text.slice(behind.getStart(file))
  if (last !== undefined) return `${text.slice(0, last.end)}\n${line.trimEnd()}${text.slice(last.end)}`
  const header = /^\/\*\*[\s\S]*?\*\/\n/.exec(text)?.[0] ?? ''
  return `${header}${line}${text.slice(header.length)}`
}

/** Puts the notice on top: what this file is, and what its fingerprint is. */
function withNotice(exercise: Exercise, text: string): string {
  const notice = [
    `// Exercise ${exercise.number}, unfinished on purpose: whatever throws \`unimplemented\` is yours to write.`,
    `// Read ${exercise.page}, then let \`npm run check ${exercise.number}\` tell you how far you are.`,
  ].join('\n')
  const unmarked = `${notice}\n\n\n${text}`
  return `${notice}\n// Stub ${fingerprint(unmarked)}: by this fingerprint \`npm run reset\` knows whether you have edited the file.\n\n${text}`
}
