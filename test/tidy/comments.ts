/** What is said about the code, in the code. */
import ts from 'typescript'
import { demo, isOurCode, ruleFile, solution, testFile } from './book.ts'
import type { Rule, Violation } from './rule.ts'
import { lineOf } from './tree.ts'

/** Pages quote these whole, beside prose that says what they are. */
const quotedWhole = /^test\/\d\d-[\w-]+\/programs\//

/** Another, correct solution, or a list: its name and its place say what it is. */
const sayingEnough = /^test\/(?:mutants|alternatives)\//

export const filesOpenWithAParagraph: Rule = {
  name: 'a file opens with a paragraph that says what it is and what it promises',
  check: (tree) =>
    tree.paths
      .filter((path) => isOurCode(path) && path.endsWith('.ts') && !testFile.test(path))
      .filter((path) => !quotedWhole.test(path) && !sayingEnough.test(path))
      .filter((path) => !/^\/\*\*[\s*]+\S/.test(tree.text(path)))
      .map((path) => ({
        file: path,
        line: 1,
        problem: 'the file begins without a doc comment',
        instead: 'begin it with /** what it is, what it promises, where in the paper or RFC */',
      })),
  bad: [
    {
      files: { 'solutions/01-a/b.ts': "import '#a/c'\n/** Too late. */\nexport class B {}\n" },
      at: 'solutions/01-a/b.ts:1',
    },
    { files: { 'test/checks/runner.ts': '// a line\nexport {}\n' }, at: 'test/checks/runner.ts:1' },
  ],
  good: [
    { 'solutions/01-a/b.ts': '/** A channel. */\nexport class B {}\n', 'test/b.test.ts': "test('a', f)\n" },
    {
      'chapters/01-a/b.ts': '// Exercise 1.1\n',
      'test/01-a/programs/b.ts': 'export {}\n',
      '.vitepress/A.vue': '<template />',
    },
  ],
}

export const exportsAreDocumented: Rule = {
  name: 'everything that a module exports has a doc comment',
  check: (tree) =>
    tree.paths
      .filter((path) => (solution.test(path) || demo.test(path)) && !ruleFile.test(path))
      .flatMap((path) => {
        const file = tree.syntax(path)
        const opening = ts.getLeadingCommentRanges(file.text, 0)?.[0]
        const paragraph = opening === undefined ? '' : file.text.slice(opening.pos, opening.end)
        return file.statements.filter(isExported).flatMap((statement): readonly Violation[] => {
          const name = nameOf(statement)
          if (name === '' || hasComment(statement) || speaksFor(paragraph, path, name)) return []
          const problem = `nothing is said about ${name}`
          const instead = 'add a doc comment: shapes, units, errors, cost where it is not plain, source'
          return [{ file: path, line: lineOf(statement, file), problem, instead }]
        })
      }),
  bad: [
    {
      files: { 'solutions/01-a/b.ts': '/** Frames. */\nexport type B = 1\n\nexport type Size = number\n' },
      at: 'solutions/01-a/b.ts:4',
    },
    {
      files: { 'solutions/01-a/b.ts': '/** A. */\nimport "#a/c"\nexport function f() {}\n' },
      at: 'solutions/01-a/b.ts:3',
    },
    {
      files: {
        'solutions/01-a/b.ts': '/** A. */\nimport "#a/c"\nexport interface Options {\n  readonly retries: number\n}\n',
      },
      at: 'solutions/01-a/b.ts:3',
    },
  ],
  good: [
    { 'solutions/01-a/virtual-clock.ts': '/** Time. */\nimport "#a/b"\nexport class VirtualClock {}\n' },
    { 'solutions/01-a/clock.node.ts': '/** Time. */\nimport "#a/b"\nexport class RealClock {}\n' },
    { 'solutions/01-a/waiters.ts': '/** The line in which waits stand. */\nimport "#a/b"\nexport class Line {}\n' },
    {
      'solutions/01-a/b.ts': '/** A. */\nimport "#a/c"\n/** What f does. */\nexport function f() {}\nfunction g() {}\n',
    },
    {
      'solutions/01-a/b.ts':
        '/** A. */\nimport "#a/c"\nexport interface Options {\n  /** How often. */\n  readonly retries: number\n}\n',
    },
    {
      'solutions/01-a/b.ts':
        '/** A. */\nimport "#a/c"\n/** Either. */\nexport function f(a: 1): 1\nexport function f(a: 2): 2\n',
    },
  ],
}

/** Whether the file's opening paragraph is about this: the file is named for it, or the paragraph names it. */
function speaksFor(paragraph: string, path: string, name: string): boolean {
  const own = (path.split('/').at(-1) ?? '').replace(/(?:\.node|\.browser)?\.ts$/, '').replaceAll('-', '')
  if (own !== '' && name.toLowerCase().endsWith(own)) return true
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return new RegExp(`\\b(?:${words}|${name})s?\\b`, 'i').test(paragraph)
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  return modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
}

/** Its own, another overload's, or one on each of its members. */
function hasComment(statement: ts.Statement): boolean {
  const name = nameOf(statement)
  const siblings = ts.isSourceFile(statement.parent) ? statement.parent.statements : []
  const overloads = siblings.filter((each) => ts.isFunctionDeclaration(each) && nameOf(each) === name)
  if ([statement, ...overloads].some((each) => ts.getJSDocCommentsAndTags(each).length > 0)) return true
  return (
    ts.isInterfaceDeclaration(statement) &&
    statement.members.every((member) => ts.getJSDocCommentsAndTags(member).length > 0)
  )
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? ''
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return isNamed ? (statement.name?.text ?? '') : ''
}
