/** What pages point at: other pages, anchors, commands, code by name. */
import { readFence } from '../../.vitepress/markdown/fences.ts'
import { page, readersFile } from './book.ts'
import { anchorsOf, fenceLines, linksIn, proseLines } from './markdown.ts'
import type { Rule, Violation } from './rule.ts'
import type { Tree } from './tree.ts'

const papers = /^(?:docs\/.*|[A-Z]+)\.md$/

export const linksResolve: Rule = {
  name: 'every link and anchor leads somewhere',
  check: (tree) =>
    tree.matching(papers).flatMap((path) =>
      proseLines(tree.text(path)).flatMap(({ number, text }) =>
        linksIn(text).flatMap((link): readonly Violation[] => {
          const problem = complain(tree, path, link)
          if (problem === undefined) return []
          return [{ file: path, line: number, problem, instead: 'link to a page and a heading that exist' }]
        }),
      ),
    ),
  bad: [
    { files: { 'docs/a.md': '\n[b](/b)\n' }, at: 'docs/a.md:2' },
    { files: { 'docs/a.md': '[b](/b#second)', 'docs/b.md': '# First' }, at: 'docs/a.md:1' },
    { files: { 'docs/a.md': '# Here\n[there](#there)' }, at: 'docs/a.md:2' },
    { files: { 'README.md': '[the licence](LICENCE)', LICENSE: '' }, at: 'README.md:1' },
    { files: { 'docs/a.md': '<img src="/picture.svg">' }, at: 'docs/a.md:1' },
    { files: { 'docs/a.md': '[site](http://example.org)' }, at: 'docs/a.md:1' },
  ],
  good: [
    {
      'docs/a.md':
        '[b](/b#two-words), [index](/01-a/), [dotted](/01-a/1.1-b), [me](#up), [out](https://example.org/x#y)\n# Up',
      'docs/b.md': '## Two words!',
      'docs/01-a/index.md': '',
      'docs/01-a/1.1-b.md': '',
    },
    { 'docs/a.md': '`[b](/b)` ![](/a.svg) [r](./b.md#x)', 'docs/public/a.svg': '', 'docs/b.md': '<a id="x"></a>' },
    { 'docs/a.md': '```md\n[b](/b)\n```\n[m](/b#_1-1-a-b)', 'docs/b.md': '# 1.1 A `b`' },
    { 'README.md': '[licence](LICENSE), [page](docs/a.md#up)', LICENSE: '', 'docs/a.md': '# Up' },
  ],
}

function complain(tree: Tree, path: string, link: string): string | undefined {
  if (/^(?:https:|mailto:)/.test(link)) return undefined
  if (link.startsWith('http:')) return `${link} is not encrypted: https`
  const [target = '', anchor] = link.split('#')
  const file = target === '' ? path : fileOf(tree, path, decodeURI(target))
  if (file === undefined) return `${link} leads to no file`
  if (anchor === undefined || !file.endsWith('.md') || anchorsOf(tree.text(file)).has(anchor)) return undefined
  return `${file} has no heading #${anchor}; it has ${[...anchorsOf(tree.text(file))].map((each) => `#${each}`).join(', ')}`
}

function fileOf(tree: Tree, path: string, target: string): string | undefined {
  const base = target.startsWith('/') ? `file:///docs${target}` : new URL(target, `file:///${path}`).href
  const route = decodeURI(new URL(base).pathname).slice(1)
  const publicFile = `docs/public${target}`
  const candidates = [
    route,
    `${route}.md`,
    `${route.replace(/\/$/, '')}/index.md`,
    route.replace(/\.html$/, '.md'),
    publicFile,
  ]
  const found = candidates.find((candidate) => tree.has(candidate))
  const isFolder =
    path.split('/').length === 1 && tree.paths.some((each) => each.startsWith(`${route.replace(/\/$/, '')}/`))
  return found ?? (isFolder ? route : undefined)
}

/** Examples name real modules: `readFence` reads the project, and not the examples' tree. */
export function quotesResolve(root: string): Rule {
  return {
    name: 'every quote, signature and golden output on a page exists',
    check: (tree) =>
      tree.matching(page).flatMap((path) =>
        fenceLines(tree.text(path)).flatMap(({ number, text }): readonly Violation[] => {
          try {
            readFence(root, text)
            return []
          } catch (error) {
            const problem = error instanceof Error ? error.message : String(error)
            return [{ file: path, line: number, problem, instead: 'quote a module, a name or a file that exists' }]
          }
        }),
      ),
    bad: [
      { files: { 'docs/a.md': '\n```ts quote #message-passing/telepathy\n```' }, at: 'docs/a.md:2' },
      { files: { 'docs/a.md': '```ts quote #message-passing/channel Channel.trySing\n```' }, at: 'docs/a.md:1' },
      { files: { 'docs/a.md': '```ts signatures #message-passing/channel Chanel\n```' }, at: 'docs/a.md:1' },
      { files: { 'docs/a.md': '```text golden 01-message-passing/never-ran.txt\n```' }, at: 'docs/a.md:1' },
      { files: { 'docs/a.md': '```text golden 01-message-passing/overrun.txt 1-9999\n```' }, at: 'docs/a.md:1' },
    ],
    good: [
      { 'docs/a.md': '```ts quote #message-passing/channel Channel.trySend\n```\n```ts\nconst a = 1\n```' },
      { 'docs/a.md': '````md\n```ts quote #message-passing/telepathy\n```\n````' },
    ],
  }
}

const manifest = JSON.stringify({ scripts: { start: '', test: '', check: '' } })

/** What npm itself brings. */
const ownCommands = new Set(['ci', 'install', 'run', 'pack', 'ls', 'view', 'outdated', 'audit', 'version', 'exec', 'i'])

export const commandsExist: Rule = {
  name: 'every npm command that a page or a message names is in package.json',
  check: (tree) =>
    tree.paths
      .filter((path) => papers.test(path) || isMessenger(path))
      .flatMap((path) =>
        tree.lines(path).flatMap(({ number, text }) =>
          wrongCommands(tree, text).map(
            (command): Violation => ({
              file: path,
              line: number,
              problem: `\`${command}\` is no command of package.json`,
              instead: `name one of ${Object.keys(tree.manifest().scripts ?? {}).join(', ')}`,
            }),
          ),
        ),
      ),
  bad: [
    { files: { 'package.json': manifest, 'docs/a.md': '```sh\nnpm run chek 1.1\n```' }, at: 'docs/a.md:2' },
    { files: { 'package.json': manifest, 'README.md': 'Run `npm strat`.' }, at: 'README.md:1' },
    { files: { 'package.json': manifest, 'chapters/run.ts': "print('npm run lern')" }, at: 'chapters/run.ts:1' },
  ],
  good: [{ 'package.json': manifest, 'docs/a.md': 'The npm registry. `npm ci && npm start`, `npm run check 1.1`' }],
}

function isMessenger(path: string): boolean {
  return (
    !readersFile.test(path) &&
    /^(?:chapters|solutions|test|\.vitepress)\/.*\.(?:ts|vue)$/.test(path) &&
    !/^test\/tidy\//.test(path)
  )
}

/** `npm run x`, and `npm x` where it begins a line, a quotation or the second half of `a && b`. */
function wrongCommands(tree: Tree, line: string): readonly string[] {
  const scripts = tree.manifest().scripts ?? {}
  const named = [...line.matchAll(/\bnpm run ([a-z][\w:-]*)|(?:^|[`'"$&])\s*npm (?!run\b)([a-z][\w:-]*)/g)]
  return named.flatMap(([command, script, short]) => {
    const isKnown = (script ?? short ?? '') in scripts || (short !== undefined && ownCommands.has(short))
    return isKnown ? [] : [command.replace(/^[^n]*/, '')]
  })
}
