/** Which module may import which: by name through the table, from layers below, and never in a circle. */
import { chapterOf, isOurCode, readersFile, resolveSpecifier, ruleFile, solution } from './book.ts'
import { importsOf } from './imports.ts'
import type { Files, Rule, Violation } from './rule.ts'
import type { Tree } from './tree.ts'

const manifest = JSON.stringify({
  imports: {
    '#a/b': { 'mine-1.1': './chapters/01-a/b.ts', default: './solutions/01-a/b.ts' },
    '#a/*': './solutions/01-a/*.ts',
    '#z/*': './solutions/02-z/*.ts',
  },
})

function book(files: Files): Files {
  return { 'package.json': manifest, 'solutions/01-a/b.ts': '', 'solutions/02-z/y.ts': '', ...files }
}

export const specifiersResolve: Rule = {
  name: 'every #specifier leads to a file, through the imports of package.json',
  check: (tree) =>
    codeOf(tree).flatMap((path) =>
      importsOf(tree.syntax(path)).flatMap(({ specifier, line }) => {
        if (!specifier.startsWith('#')) return []
        const target = resolveSpecifier(tree, specifier)
        if (target !== undefined && tree.has(target)) return []
        const instead = 'import a module that exists, or add it to the imports of package.json'
        const problem = `${specifier} leads to ${target ?? 'nothing in the imports of package.json'}, which isn't there`
        return [{ file: path, line, problem, instead }]
      }),
    ),
  bad: [
    { files: book({ 'solutions/01-a/c.ts': "\nimport '#a/gone'\n" }), at: 'solutions/01-a/c.ts:2' },
    { files: book({ 'test/b.test.ts': "import { b } from '#nowhere/b'\n" }), at: 'test/b.test.ts:1' },
  ],
  good: [book({ 'solutions/01-a/c.ts': "import { b } from '#a/b'\nexport * from '#a/c'\n" })],
}

export const importsByName: Rule = {
  name: 'modules of the book are imported by name, never by a relative path',
  check: (tree) =>
    codeOf(tree).flatMap((path) =>
      importsOf(tree.syntax(path)).flatMap(({ specifier, line }) => {
        if (!specifier.startsWith('.')) return []
        const target = new URL(specifier, `file:///${path}`).pathname.slice(1)
        const leadsIntoBook = solution.test(target) || readersFile.test(target)
        if (!solution.test(path) && !leadsIntoBook) return []
        const [, module] = /([^/]+?)(?:\.ts)?$/.exec(target) ?? []
        return [
          {
            file: path,
            line,
            problem: `it imports ${specifier} by its path`,
            instead: `import '#chapter-name/${module}'`,
          },
        ]
      }),
    ),
  bad: [
    { files: book({ 'solutions/01-a/c.ts': "import { b } from './b.ts'\n" }), at: 'solutions/01-a/c.ts:1' },
    { files: book({ 'test/01-a/c.test.ts': "import '../../solutions/01-a/b.ts'\n" }), at: 'test/01-a/c.test.ts:1' },
    { files: book({ 'chapters/01-a/demo.ts': "import { b } from './b.ts'\n" }), at: 'chapters/01-a/demo.ts:1' },
  ],
  good: [
    book({ 'chapters/01-a/demo.ts': "import type { DemoStage } from '../stage.ts'\nimport '#a/b'\n" }),
    book({ 'test/01-a/c.test.ts': "import { observe } from '../observe.ts'\n" }),
    book({ 'test/demos.test.ts': "import { demo } from '../chapters/01-a/demo.ts'\n" }),
    book({ 'test/mutants.ts': "import { makeStub } from '../solutions/stub.ts'\n" }),
  ],
}

export const layersPointDown: Rule = {
  name: 'a chapter imports from itself and from chapters below it, never from above',
  check: (tree) =>
    codeOf(tree).flatMap((path) => {
      const chapter = chapterOf(path)
      if (chapter === undefined) return []
      return importsOf(tree.syntax(path)).flatMap(({ specifier, line }): readonly Violation[] => {
        const target = specifier.startsWith('#') ? resolveSpecifier(tree, specifier) : undefined
        const above = target === undefined ? undefined : chapterOf(target)
        if (above === undefined || above <= chapter) return []
        const problem = `chapter ${chapter} imports ${specifier} from chapter ${above}, which stands above it`
        return [
          { file: path, line, problem, instead: `move what both need into chapter ${chapter} or below, or pass it in` },
        ]
      })
    }),
  bad: [
    { files: book({ 'solutions/01-a/c.ts': "import { y } from '#z/y'\n" }), at: 'solutions/01-a/c.ts:1' },
    { files: book({ 'test/01-a/programs/c.ts': "\nimport { y } from '#z/y'\n" }), at: 'test/01-a/programs/c.ts:2' },
    { files: book({ 'test/mutants/01-a.ts': "import { y } from '#z/y'\n" }), at: 'test/mutants/01-a.ts:1' },
  ],
  good: [book({ 'solutions/02-z/x.ts': "import { b } from '#a/b'\nimport { y } from '#z/y'\n" })],
}

export const noCircles: Rule = {
  name: 'modules of the book do not import each other in a circle',
  check: (tree) =>
    tree.matching(solution).flatMap((path) =>
      targetsOf(tree, path).flatMap(({ target, line }) => {
        if (!reaches(tree, target, path)) return []
        const problem = `it imports ${target}, which imports it back, by itself or through others`
        return [{ file: path, line, problem, instead: 'move what both need into a third module' }]
      }),
    ),
  bad: [{ files: book({ 'solutions/01-a/b.ts': "import '#a/b'\n" }), at: 'solutions/01-a/b.ts:1' }],
  good: [
    book({
      'solutions/01-a/b.ts': "import { type C } from '#a/c'\n",
      'solutions/01-a/c.ts': "import '#a/d'\n",
      'solutions/01-a/d.ts': "import type { B } from '#a/b'\n",
    }),
  ],
}

function codeOf(tree: Tree): readonly string[] {
  return tree.paths.filter((path) => isOurCode(path) && !ruleFile.test(path))
}

/** The modules that a module needs when it runs. */
function targetsOf(tree: Tree, path: string): readonly { readonly target: string; readonly line: number }[] {
  return importsOf(tree.syntax(path)).flatMap(({ specifier, line, typeOnly }) => {
    const target = typeOnly ? undefined : resolveSpecifier(tree, specifier)
    return target !== undefined && solution.test(target) && tree.has(target) ? [{ target, line }] : []
  })
}

function reaches(tree: Tree, from: string, goal: string, seen = new Set<string>()): boolean {
  if (from === goal) return true
  if (seen.has(from)) return false
  seen.add(from)
  return targetsOf(tree, from).some(({ target }) => reaches(tree, target, goal, seen))
}
