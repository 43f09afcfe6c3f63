/** How long a file and a function may be. */
import ts from 'typescript'
import { isOurCode } from './book.ts'
import type { Rule } from './rule.ts'
import { lineOf, nodesOf } from './tree.ts'

const fileLinesMax = 300
const functionLinesMax = 70

function lines(count: number): string {
  return 'next()\n'.repeat(count)
}

export const shortFiles: Rule = {
  name: `no file is longer than ${fileLinesMax} lines`,
  check: (tree) =>
    tree.paths
      .filter((path) => isOurCode(path) || path.endsWith('.css') || path === '.ci/run')
      .flatMap((path) => {
        const count = tree.text(path).trimEnd().split('\n').length
        if (count <= fileLinesMax) return []
        const problem = `the file has ${count} lines, and ${fileLinesMax} is the limit`
        return [
          {
            file: path,
            line: fileLinesMax + 1,
            problem,
            instead: 'give a part that is an idea of its own its own file',
          },
        ]
      }),
  bad: [{ files: { 'test/long.test.ts': lines(301) }, at: 'test/long.test.ts:301' }],
  good: [{ 'test/long.test.ts': lines(300), 'docs/long.md': lines(500), 'chapters/01-a/b.ts': lines(400) }],
}

/** A group of tests is a list and not a procedure: `describe` may be as long as its file. */
export const shortFunctions: Rule = {
  name: `no function is longer than ${functionLinesMax} lines`,
  check: (tree) =>
    tree.paths.filter(isOurCode).flatMap((path) => {
      const file = tree.syntax(path)
      return nodesOf(file).flatMap((node) => {
        if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined || isGroupOfTests(node)) return []
        const line = lineOf(node, file)
        const count = file.getLineAndCharacterOfPosition(node.end).line + 2 - line
        if (count <= functionLinesMax) return []
        const problem = `the function has ${count} lines, and ${functionLinesMax} is the limit`
        return [{ file: path, line, problem, instead: 'name its steps, and make each a function below it' }]
      })
    }),
  bad: [
    { files: { 'solutions/01-a/b.ts': `\nexport function long() {\n${lines(69)}}\n` }, at: 'solutions/01-a/b.ts:2' },
    { files: { 'test/a.test.ts': `test('long', () => {\n${lines(70)}})\n` }, at: 'test/a.test.ts:1' },
    {
      files: { '.vitepress/A.vue': `<script setup>\nconst a = () => {\n${lines(70)}}\n</script>` },
      at: '.vitepress/A.vue:2',
    },
  ],
  good: [
    { 'solutions/01-a/b.ts': `export function long() {\n${lines(68)}}\n` },
    {
      'test/a.test.ts': `describe('a group', () => {\n${lines(90)}})\ndescribe.each([1])('a', () => {\n${lines(90)}})\n`,
    },
  ],
}

function isGroupOfTests(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText())
}
