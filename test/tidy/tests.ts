/**
 * How tests are written: all of them run, none of them sleeps, and their names
 * are sentences about the protocol.
 *
 * `.only` and `.skip` written out are Biome's (noFocusedTests, noSkippedTests);
 * the rule here also sees `.todo`, `.fails`, `.skipIf`, `.runIf` and retries.
 */
import ts from 'typescript'
import { testFile } from './book.ts'
import { importsOf } from './imports.ts'
import type { Rule, Violation } from './rule.ts'
import { lineOf, nodesOf, type Tree } from './tree.ts'

const runner = /^(?:test|it|describe|suite|bench)$/
const partial = /^(?:only|skip|todo|fails|skipIf|runIf)$/

/** Checks of exercises, which a page can run one day. */
const check = /^test\/\d\d-[\w-]+\/\d+\.\d+-[\w.-]+\.test\.ts$/

export const allTestsRun: Rule = {
  name: 'every test that is written is run, and once',
  check: (tree) =>
    forEachNode(tree, testFile, (node) => {
      if (ts.isPropertyAccessExpression(node) && partial.test(node.name.text) && runner.test(rootOf(node))) {
        return [`\`${node.getText()}\` leaves tests out`, 'mend the test, or delete it; the history keeps it']
      }
      const isRetry = ts.isPropertyAssignment(node) && /^(?:retry|repeats)$/.test(node.name.getText())
      return isRetry
        ? [`\`${node.getText()}\` hides a test that fails now and then`, 'find out why it fails']
        : undefined
    }),
  bad: [
    { files: { 'test/a.test.ts': "\ntest.only('a rule', () => {})\n" }, at: 'test/a.test.ts:2' },
    { files: { 'test/a.test.ts': "describe.concurrent.skip('a rule', () => {})\n" }, at: 'test/a.test.ts:1' },
    { files: { 'test/01-a/a.test.ts': "it.skipIf(slow)('a rule', () => {})\n" }, at: 'test/01-a/a.test.ts:1' },
    { files: { 'test/a.test.ts': "test('a rule', { retry: 2 }, () => {})\n" }, at: 'test/a.test.ts:1' },
  ],
  good: [{ 'test/a.test.ts': "test('only the owner may skip', () => reader.skip(list.only))\n" }],
}

const sleeps: ReadonlyMap<string, string> = new Map([
  ['setTimeout', 'advance a `VirtualClock`, or wait for the event itself'],
  ['setInterval', 'advance a `VirtualClock`, or wait for the event itself'],
  ['vi.useFakeTimers', 'pass a `VirtualClock` to the code under test'],
  ['vi.waitFor', 'wait for the event itself'],
  ['vi.waitUntil', 'wait for the event itself'],
  ['expect.poll', 'wait for the event itself'],
  ['Atomics.wait', 'wait for the event itself'],
])

/** Until a page shows something is an event: a browser has no clock that we could move. */
const looksAgain = /^(?:expect\.poll|vi\.waitFor|vi\.waitUntil)$/

export const testsDoNotSleep: Rule = {
  name: 'no test sleeps: it moves a clock, or waits for an event',
  check: (tree) =>
    forEachNode(tree, testFile, (node, path) => {
      if (ts.isImportDeclaration(node) && /^(?:node:)?timers/.test(node.moduleSpecifier.getText().slice(1))) {
        return ['it imports timers', 'advance a `VirtualClock`, or wait for the event itself']
      }
      if (!ts.isCallExpression(node)) return undefined
      const called = node.expression.getText()
      if (looksAgain.test(called) && path.startsWith('test/site/')) return undefined
      const instead = called.endsWith('.waitForTimeout') ? 'wait for what the page will show' : sleeps.get(called)
      return instead === undefined ? undefined : [`\`${called}\` waits for the machine's clock`, instead]
    }),
  bad: [
    { files: { 'test/a.test.ts': 'await new Promise((wake) =>\n  setTimeout(wake, 5))\n' }, at: 'test/a.test.ts:2' },
    { files: { 'test/a.test.ts': "import { setTimeout } from 'node:timers/promises'\n" }, at: 'test/a.test.ts:1' },
    { files: { 'test/site/a.test.ts': 'await page.waitForTimeout(100)\n' }, at: 'test/site/a.test.ts:1' },
    { files: { 'test/01-a/a.test.ts': 'await expect.poll(() => done).toBe(true)\n' }, at: 'test/01-a/a.test.ts:1' },
  ],
  good: [
    {
      'test/a.test.ts': 'await clock.advance(5)\nawait sleep(clock, 5)\n',
      'test/site/a.test.ts': 'await expect.poll(() => panel.state).toBe(1)\n',
      'test/checks/runner.ts': 'setTimeout(kill)\n',
    },
  ],
}

export const checksRunAnywhere: Rule = {
  name: 'the checks of an exercise use neither `vi` nor modules of Node: a page may run them one day',
  check: (tree) =>
    tree.matching(check).flatMap((path) => {
      const file = tree.syntax(path)
      const isVi = (node: ts.Node) => ts.isImportSpecifier(node) && node.name.text === 'vi'
      const mocks = nodesOf(file)
        .filter(isVi)
        .map((node) => ({
          file: path,
          line: lineOf(node, file),
          problem: 'it imports `vi`',
          instead: 'pass a real object in that notes what happens to it',
        }))
      const builtins = importsOf(file).filter(({ specifier }) => specifier.startsWith('node:'))
      const instead = 'check it through the module, or in a test whose name begins with no exercise'
      return [
        ...mocks,
        ...builtins.map(({ specifier, line }) => ({ file: path, line, problem: `it imports ${specifier}`, instead })),
      ]
    }),
  bad: [
    { files: { 'test/01-a/1.1-b.test.ts': "import { expect, vi } from 'vitest'\n" }, at: 'test/01-a/1.1-b.test.ts:1' },
    { files: { 'test/01-a/1.1-b.test.ts': "\nimport 'node:events'\n" }, at: 'test/01-a/1.1-b.test.ts:2' },
  ],
  good: [
    {
      'test/01-a/1.1-b.test.ts': "import { expect } from 'vitest'\n",
      'test/01-a/worker.test.ts': "import 'node:worker_threads'\n",
    },
  ],
}

export const testNamesAreSentences: Rule = {
  name: 'a test is named for the rule that it checks',
  check: (tree) =>
    forEachNode(tree, testFile, (node, path) => {
      if (!ts.isCallExpression(node) || !runner.test(rootOf(node.expression))) return undefined
      const [name] = node.arguments
      if (name === undefined || !ts.isStringLiteralLike(name)) return undefined
      if (/\bworks\b/i.test(name.text)) {
        return [`"${name.text}" says that it works`, 'say what holds: "a full channel refuses a message"']
      }
      const isNumbered =
        /\bchapter \d/i.test(name.text) || (/^test\/\d\d-/.test(path) && /\b\d+\.\d+[a-z]?\b/.test(name.text))
      return isNumbered
        ? [`"${name.text}" gives a number of the book`, 'name the thing: numbers move, rules stay']
        : undefined
    }),
  bad: [
    { files: { 'test/a.test.ts': "test('closing works', () => {})\n" }, at: 'test/a.test.ts:1' },
    { files: { 'test/01-a/a.test.ts': "describe('1.1 channel', () => {})\n" }, at: 'test/01-a/a.test.ts:1' },
    { files: { 'test/a.test.ts': "test.each([1])('chapter 3 %s', () => {})\n" }, at: 'test/a.test.ts:1' },
  ],
  good: [
    {
      'test/a.test.ts': "test('a closed channel refuses 9.9', () => {})\n",
      'test/01-a/a.test.ts': "test('after 3 failures', f)\n",
    },
  ],
}

/** `test` in `test.each([1])`, and in `test.concurrent.only`. */
function rootOf(node: ts.Node): string {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootOf(node.expression)
  return ts.isIdentifier(node) ? node.text : ''
}

function forEachNode(
  tree: Tree,
  paths: RegExp,
  judge: (node: ts.Node, path: string) => readonly [problem: string, instead: string] | undefined,
): readonly Violation[] {
  return tree.matching(paths).flatMap((path) => {
    const file = tree.syntax(path)
    return nodesOf(file).flatMap((node) => {
      const judgement = judge(node, path)
      if (judgement === undefined) return []
      return [{ file: path, line: lineOf(node, file), problem: judgement[0], instead: judgement[1] }]
    })
  })
}
