/** Names say what a thing is. Some words say nothing, and some say it in a way that the book doesn't use. */
import ts from 'typescript'
import { isOurCode, readersFile } from './book.ts'
import type { Rule, Violation } from './rule.ts'
import { lineOf } from './tree.ts'

const empty: ReadonlyMap<string, string> = new Map([
  ['data', 'say what it is: `entries`, `bytes`, `reading`'],
  ['info', 'say what it tells: `state`, `version`, `members`'],
  ['manager', 'say what it does: `scheduler`, `registry`, `group`'],
  ['helper', 'name it for what it does, and put it beside its user'],
  ['helpers', 'name each for what it does, and put it beside its user'],
  ['util', 'name it for what it does, and put it beside its user'],
  ['utils', 'name each for what it does, and put it beside its user'],
  ['common', 'name it for what its users have in common'],
  ['misc', 'give each thing in it a place of its own'],
])

/** Folders by kind and not by role. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['src', 'put it in docs, chapters, solutions, test or .vitepress'],
  ['lib', 'put it in docs, chapters, solutions, test or .vitepress'],
  ['tools', 'put each script beside what it serves'],
  ['scripts', 'put each script beside what it serves'],
  ['types', 'put each type beside what uses it'],
])

/** VitePress finds its loaders by this ending, and wants an export named `data`. */
const loader = /\.data\.ts$/

export const pathsSaySomething: Rule = {
  name: 'files and folders are named for one concept, in kebab-case',
  check: (tree) =>
    tree.paths.flatMap((path): readonly Violation[] => {
      if (readersFile.test(path)) return []
      const name = path.replace(loader, '.ts')
      const segments = name.split('/')
      const words = segments.flatMap((segment) => segment.toLowerCase().split(/[^a-z]+/))
      const word = words.find((each) => empty.has(each))
      const kind = segments.map((segment) => segment.replace(/\.ts$/, '')).find((each) => kinds.has(each))
      const found = word ?? kind
      const isKebab = !/\.ts$/.test(path) || /^[a-z0-9.-]+$/.test(segments.at(-1) ?? '')
      if (found !== undefined) {
        const instead = empty.get(found) ?? kinds.get(found) ?? ''
        return [{ file: path, line: 1, problem: `"${found}" says nothing about what is in it`, instead }]
      }
      const problem = 'its name is not in kebab-case'
      return isKebab ? [] : [{ file: path, line: 1, problem, instead: 'write it like `virtual-clock.ts`' }]
    }),
  bad: [
    { files: { 'solutions/01-a/frame-utils.ts': '' }, at: 'solutions/01-a/frame-utils.ts:1' },
    { files: { 'test/helpers/wait.ts': '' }, at: 'test/helpers/wait.ts:1' },
    { files: { 'solutions/01-a/types.ts': '' }, at: 'solutions/01-a/types.ts:1' },
    { files: { 'solutions/01-a/virtualClock.ts': '' }, at: 'solutions/01-a/virtualClock.ts:1' },
  ],
  good: [
    {
      'solutions/01-a/virtual-clock.node.ts': '',
      '.vitepress/theme/mistakes.data.ts': '',
      '.vitepress/Quiz.vue': '',
      'chapters/01-a/my-utils.ts': '',
      'docs/1.1-a.md': '',
    },
  ],
}

export const exportsSaySomething: Rule = {
  name: 'exported names are whole words that say something, with the unit last',
  check: (tree) =>
    tree.paths.filter(isOurCode).flatMap((path) => {
      const file = tree.syntax(path)
      return file.statements.flatMap(exportedNames).flatMap((name): readonly Violation[] => {
        const complaint = complain(name.text)
        if (complaint === undefined || (loader.test(path) && name.text === 'data')) return []
        return [{ file: path, line: lineOf(name, file), problem: complaint[0], instead: complaint[1] }]
      })
    }),
  bad: [
    { files: { 'solutions/01-a/b.ts': 'export class ConnectionManager {}\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': '\nexport const nodeInfo = 1\n' }, at: 'solutions/01-a/b.ts:2' },
    { files: { 'solutions/01-a/b.ts': 'export interface IClock {}\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'export const msDelay = 5\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'chapters/run.ts': 'const data = 1\nexport { data }\n' }, at: 'chapters/run.ts:2' },
  ],
  good: [
    {
      'solutions/01-a/b.ts':
        'export class Informed {}\nexport type Item = 1\nexport const delayMs = 5\nconst data = 1\n',
    },
    { '.vitepress/theme/mistakes.data.ts': 'declare const data: Mistakes\nexport { data }\n' },
  ],
}

function complain(name: string): readonly [problem: string, instead: string] | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const word = words.find((each) => empty.has(each))
  if (word !== undefined) return [`"${word}" in ${name} says nothing`, empty.get(word) ?? '']
  if (/^I[A-Z][a-z]/.test(name)) return [`${name} wears an I for "interface"`, `call it ${name.slice(1)}`]
  if (/^(?:ms|bytes|ticks|max|min)[A-Z]/.test(name)) {
    return [`${name} begins with its unit or its qualifier`, 'put it last, as in `delayMs`, `latencyMsMax`']
  }
  return undefined
}

function exportedNames(statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause
    if (statement.moduleSpecifier !== undefined || clause === undefined || !ts.isNamedExports(clause)) return []
    return clause.elements.map((element) => element.name).filter(ts.isIdentifier)
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return []
  const declarations = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement]
  return declarations.flatMap((node) =>
    'name' in node && node.name !== undefined && isIdentifier(node.name) ? [node.name] : [],
  )
}

function isIdentifier(name: unknown): name is ts.Identifier {
  return typeof name === 'object' && name !== null && 'kind' in name && name.kind === ts.SyntaxKind.Identifier
}
