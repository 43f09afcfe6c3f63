/** What the project depends on: exact versions, nothing that isn't used, and one Vite for the site and the checks. */
import { ruleFile } from './book.ts'
import type { Files, Rule, Violation } from './rule.ts'
import type { Tree } from './tree.ts'

const manifestPath = 'package.json'
const lockPath = 'package-lock.json'

function project(manifest: object, files: Files = {}): Files {
  return { [manifestPath]: JSON.stringify(manifest), ...files }
}

export const versionsAreExact: Rule = {
  name: 'every dependency has an exact version',
  check: (tree) =>
    dependenciesOf(tree).flatMap(([name, version]): readonly Violation[] => {
      if (/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) return []
      const problem = `${name} is asked for as "${version}", which is another version next week`
      return [{ file: manifestPath, line: 1, problem, instead: `npm install --save-exact ${name}` }]
    }),
  bad: [
    { files: project({ devDependencies: { vue: '^3.5.0' } }), at: 'package.json:1' },
    { files: project({ dependencies: { ws: '8' } }), at: 'package.json:1' },
  ],
  good: [project({ devDependencies: { vue: '3.5.45', vitepress: '2.0.0-alpha.20' } })],
}

export const dependenciesAreUsed: Rule = {
  name: 'every dependency is imported by a file, or run by a script',
  check: (tree) => {
    const code = tree.matching(/\.(?:ts|vue)$/).filter((path) => !ruleFile.test(path))
    const texts = [
      ...code.map((path) => tree.text(path)),
      ...tree.matching(/tsconfig.*\.json$/).map((path) => tree.text(path)),
    ]
    const scripts = Object.values(tree.manifest().scripts ?? {}).join(' ')
    return dependenciesOf(tree).flatMap(([name]): readonly Violation[] => {
      const imported = name.startsWith('@types/') ? name.slice('@types/'.length) : name
      const command = name.split('/').at(-1) ?? name
      const isImported = texts.some((text) => new RegExp(`['"]${imported}['"/]`).test(text))
      if (isImported || new RegExp(`\\b${command}\\b(?!-)`).test(scripts)) return []
      const problem = `nothing imports ${name}, and no script runs it`
      return [{ file: manifestPath, line: 1, problem, instead: `npm uninstall ${name}` }]
    })
  },
  bad: [
    { files: project({ devDependencies: { ws: '8.0.0' } }, { 'a.ts': "import 'news'\n" }), at: 'package.json:1' },
    { files: project({ devDependencies: { vue: '3.5.45' }, scripts: { types: 'vue-tsc' } }), at: 'package.json:1' },
  ],
  good: [
    project(
      { devDependencies: { ws: '8.0.0', tsx: '4.0.0' }, scripts: { start: 'tsx a.ts' } },
      { 'a.ts': "import 'ws/x'" },
    ),
    project({ devDependencies: { '@types/node': '20.0.0' } }, { 'tsconfig.json': '{ "types": ["node"] }' }),
  ],
}

export const oneVite: Rule = {
  name: 'one Vite serves the site and the checks',
  check: (tree) => {
    const found = Object.keys(lockOf(tree)).filter((path) => /(?:^|\/)node_modules\/vite$/.test(path))
    if (found.length < 2) return []
    const instead = 'choose versions that agree on one: npm explain vite says who asks for which'
    return [{ file: lockPath, line: 1, problem: `there are ${found.length}: ${found.join(', ')}`, instead }]
  },
  bad: [
    {
      files: {
        [lockPath]: '{ "packages": { "node_modules/vite": {}, "node_modules/vitepress/node_modules/vite": {} } }',
      },
      at: 'package-lock.json:1',
    },
  ],
  good: [{ [lockPath]: '{ "packages": { "node_modules/vite": {}, "node_modules/vitest": {} } }' }],
}

export const lockIsWhole: Rule = {
  name: 'package-lock.json has an entry for every package that it asks for, on every platform',
  check: (tree) => {
    const locked = lockOf(tree)
    const names = new Set(Object.keys(locked).map((path) => path.replace(/^.*node_modules\//, '')))
    return Object.entries(locked).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !names.has(name))
        .map((name): Violation => {
          const problem = `${path} asks for ${name}, and without an entry for it npm ci refuses to install`
          const instead = 'npm install where the registry has it, and commit the lock file whole'
          return { file: lockPath, line: 1, problem, instead }
        }),
    )
  },
  bad: [
    {
      files: { [lockPath]: '{ "packages": { "node_modules/b": { "optionalDependencies": { "b-linux": "1.0.0" } } } }' },
      at: 'package-lock.json:1',
    },
  ],
  good: [
    {
      [lockPath]:
        '{ "packages": { "node_modules/b": { "dependencies": { "c": "1" } }, "node_modules/b/node_modules/c": {} } }',
    },
  ],
}

interface LockEntry {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function lockOf(tree: Tree): Readonly<Record<string, LockEntry>> {
  if (!tree.has(lockPath)) return {}
  const lock = JSON.parse(tree.text(lockPath)) as { readonly packages?: Record<string, LockEntry> } // npm's shape
  return lock.packages ?? {}
}

function dependenciesOf(tree: Tree): readonly (readonly [name: string, version: string])[] {
  const { dependencies, devDependencies } = tree.manifest()
  return Object.entries({ ...dependencies, ...devDependencies })
}
