/** The edge of the world: time, chance, network, disk and threads are arguments, except in `*.node.ts` and `*.browser.ts`. */
import { builtinModules } from 'node:module'
import ts from 'typescript'
import { demo, edge, solution } from './book.ts'
import { importsOf } from './imports.ts'
import type { Rule, Violation } from './rule.ts'
import { lineOf, nodesOf, type Tree } from './tree.ts'

const clock = 'take a `Clock` (#message-passing/clock) as an argument'
const random = 'take a `Random` (#message-passing/random) as an argument'
const network = 'take a channel or a `Network` as an argument'
const outside = 'take what you need from it as an argument, or move the touch into a *.node.ts or *.browser.ts file'
const print = 'take a `print` function as an argument, or return the value'

/**
 * Globals that touch the world, and what to do without them. `queueMicrotask`
 * is not among them: like `await`, it has an order that the language fixes.
 */
const globals: ReadonlyMap<string, string> = new Map([
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate'].map((name) => [name, clock] as const),
  ...['clearTimeout', 'clearInterval', 'clearImmediate'].map((name) => [name, clock] as const),
  ...['requestAnimationFrame', 'requestIdleCallback'].map((name) => [name, clock] as const),
  ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'BroadcastChannel'].map(
    (name) => [name, network] as const,
  ),
  ...['process', 'navigator', 'location', 'document', 'window', 'self', 'global'].map(
    (name) => [name, outside] as const,
  ),
  ...['globalThis', 'localStorage', 'sessionStorage', 'indexedDB', 'caches'].map((name) => [name, outside] as const),
  ...['Worker', 'SharedWorker', 'MessageChannel', 'MessagePort', 'Atomics'].map((name) => [name, outside] as const),
  ...['require', '__dirname', '__filename'].map((name) => [name, outside] as const),
  ['console', print],
  ['alert', print],
  ['crypto', random],
  ['Buffer', 'use `Uint8Array`, which browsers have too'],
  ['WeakRef', 'hold the object, and let it go by name: no program may depend on when memory is collected'],
  [
    'FinalizationRegistry',
    'release by name, with `using` or `close`: no program may depend on when memory is collected',
  ],
])

/** Members of harmless globals that touch the world. */
const members: ReadonlyMap<string, string> = new Map([
  ['Math.random', random],
  ['AbortSignal.timeout', 'set the deadline on a `Clock`, and abort an `AbortController` when it rings'],
  ['import.meta', outside],
])

/** Methods whose answer depends on where the machine stands. */
const localeMethods = /^(?:toLocale\w+|localeCompare)$/

export const worldIsAnArgument: Rule = {
  name: 'only *.node.ts and *.browser.ts touch time, chance, the network, a disk or a thread',
  check: (tree) =>
    tree.paths
      .filter((path) => (solution.test(path) || demo.test(path)) && !edge.test(path))
      .flatMap((path) => [...touches(path, tree.syntax(path)), ...outsideImports(path, tree)]),
  bad: [
    { files: { 'solutions/01-a/b.ts': 'export const now = () =>\n  Date.now()\n' }, at: 'solutions/01-a/b.ts:2' },
    { files: { 'solutions/01-a/b.ts': 'const delay = Math.random()\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'globalThis.setTimeout(() => {})\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'wait(AbortSignal.timeout(5))\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'const here = import.meta.url\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'names.sort((a, b) => a.localeCompare(b))\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'const seen = { process }\n' }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'chapters/01-a/demo.ts': "import { readFileSync } from 'node:fs'\n" }, at: 'chapters/01-a/demo.ts:1' },
    { files: { 'solutions/01-a/b.ts': "import { WebSocket } from 'ws'\n" }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'solutions/01-a/b.ts': "import { RealClock } from '#a/clock.node'\n" }, at: 'solutions/01-a/b.ts:1' },
    {
      files: { 'solutions/01-a/b.browser.ts': '', 'solutions/01-a/b.ts': 'fetch(url)\n' },
      at: 'solutions/01-a/b.ts:1',
    },
  ],
  good: [
    {
      'solutions/01-a/clock.node.ts':
        "import { hrtime } from 'node:process'\nexport const now = () => performance.now()\n",
    },
    { 'solutions/01-a/b.browser.ts': 'export const port = new MessageChannel().port1\n' },
    {
      'solutions/01-a/b.ts':
        '/** Not `Date.now()`. */\nexport const dateOf = (entry: Entry) => entry.Date + entry.process\n',
    },
    { 'solutions/01-a/b.ts': "import type { Worker } from '#a/worker.node'\n" },
    { 'solutions/01-a/b.ts': "import { process } from '#a/steps'\nprocess()\n" },
    { 'solutions/01-a/b.ts': 'export const run = (console: Console) => console.print({ fetch: 1 })\n' },
    { 'solutions/01-a/b.ts': 'export const idOf = ({ process: id }: Event) => id\n' },
    { 'chapters/01-a/b.ts': 'const tried = Date.now() // the reader may try things\n' },
    { 'test/checks/runner.ts': 'setTimeout(kill, 5_000)\n' },
  ],
}

function touches(path: string, file: ts.SourceFile): readonly Violation[] {
  const nodes = nodesOf(file)
  const declared = new Set(nodes.flatMap(declaredName))
  return nodes.flatMap((node) => {
    const touched = touchedBy(node, file, declared)
    if (touched === undefined) return []
    const [name, instead] = touched
    return [{ file: path, line: lineOf(node, file), problem: `\`${name}\` reaches outside the program`, instead }]
  })
}

function touchedBy(node: ts.Node, file: ts.SourceFile, declared: ReadonlySet<string>): [string, string] | undefined {
  if (ts.isMetaProperty(node) || ts.isPropertyAccessExpression(node)) {
    const name = ts.isMetaProperty(node) ? 'import.meta' : node.getText(file)
    const instead = members.get(name)
    if (instead !== undefined) return [name, instead]
    const isLocal = ts.isPropertyAccessExpression(node) && localeMethods.test(node.name.text)
    return isLocal
      ? [`.${node.name.getText(file)}`, 'compare or print in a way that is the same on every machine']
      : undefined
  }
  if (!ts.isIdentifier(node) || declared.has(node.text) || !isValue(node)) return undefined
  const instead = globals.get(node.text)
  return instead === undefined ? undefined : [node.text, instead]
}

/** Whether the identifier is read as a variable, and isn't the name of a member or a type. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isBindingElement(parent)) return parent.propertyName !== node
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false
  return (
    !(ts.isTypeElement(parent) || ts.isClassElement(parent)) || ('initializer' in parent && parent.initializer === node)
  )
}

function declaredName(node: ts.Node): readonly string[] {
  const declares =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isImportSpecifier(node)
  return declares && node.name !== undefined && ts.isIdentifier(node.name) ? [node.name.text] : []
}

function outsideImports(path: string, tree: Tree): readonly Violation[] {
  return importsOf(tree.syntax(path)).flatMap(({ specifier, line, typeOnly }) => {
    const name = specifier.replace(/^node:/, '').split('/')[0] ?? ''
    const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(name)
    const isEdge = specifier.startsWith('#') && /\.(?:node|browser)$/.test(specifier) && !typeOnly
    const isPackage = !/^[#.]/.test(specifier)
    if (!isBuiltin && !isEdge && !isPackage) return []
    const what = isBuiltin ? 'a module of Node' : isEdge ? 'the edge of the world' : 'a package'
    return [{ file: path, line, problem: `it imports ${what}, ${specifier}`, instead: outside }]
  })
}
