/** What belongs to an exercise, and whether it is there. */
import ts from 'typescript'
import { type ExerciseEntry, exercisesOf } from './book.ts'
import type { Files, Rule, Violation } from './rule.ts'
import { nodesOf, type Tree } from './tree.ts'

const mistakesMin = 3

const manifest = JSON.stringify({
  imports: { '#a/b': { 'mine-1.1': './chapters/01-a/b.ts', default: './solutions/01-a/b.ts' } },
})
const pagePath = 'docs/01-a/1.1-b.md'
const pageText = [
  '# 1.1 A thing',
  '<Checks exercise="1.1" />',
  '::: details Hint 1: where to look',
  '::: details Hint 2: what to do',
  '::: details Hint 3: how',
  '::: details The solution',
].join('\n')
const mistakesText = 'const mutants = [{ caughtBy: "a" }, { caughtBy: "b" }, { caughtBy: "c" }]'
const whole: Files = {
  'package.json': manifest,
  'solutions/01-a/b.ts': '',
  'chapters/01-a/b.ts': '',
  [pagePath]: pageText,
  'test/01-a/1.1-b.test.ts': '',
  'test/mutants/01-a/1.1-b.ts': mistakesText,
  'test/alternatives/01-a/1.1-b/b.ts': '',
}

function without(path: string): Files {
  return Object.fromEntries(Object.entries(whole).filter(([each]) => each !== path))
}

export const exercisesAreWhole: Rule = {
  name: 'every exercise has its files: solution, stub, page, check, famous mistakes, an alternative',
  check: (tree) =>
    exercisesOf(tree).flatMap((exercise): readonly Violation[] => {
      const { number, folder, modules } = exercise
      const named = (place: string) => new RegExp(`^${place}/${folder}/${number.replace('.', '\\.')}-[\\w.-]+$`)
      const absent = (file: string, what: string, instead: string) => [
        { file, line: 1, problem: `exercise ${number} has no ${what}`, instead },
      ]
      const missing = (what: string, place: string, ending: string, instead: string) =>
        tree.matching(named(place)).some((path) => path.endsWith(ending)) ? [] : absent('package.json', what, instead)
      const alternatives = tree.matching(new RegExp(`^test/alternatives/${folder}/`))
      const hasAlternative = alternatives.some((path) => modules.some((module) => path.endsWith(`/${module}`)))
      return [
        ...modules.flatMap((module) => [
          ...(tree.has(`solutions/${folder}/${module}`)
            ? []
            : absent('package.json', `solution ${module}`, 'write it')),
          ...(tree.has(`chapters/${folder}/${module}`)
            ? []
            : absent('package.json', `stub ${module}`, 'npm run stubs')),
        ]),
        ...missing('page', 'docs', '.md', `write docs/${folder}/${number}-name.md`),
        ...missing('check', 'test', '.test.ts', `write test/${folder}/${number}-name.test.ts`),
        ...fewMistakes(tree, exercise),
        ...(hasAlternative
          ? []
          : absent('package.json', 'alternative', `write test/alternatives/${folder}/${number}-name/${modules[0]}`)),
      ]
    }),
  bad: [
    ...['solutions/01-a/b.ts', 'chapters/01-a/b.ts', pagePath, 'test/01-a/1.1-b.test.ts'].map((path) => ({
      files: without(path),
      at: 'package.json:1',
    })),
    { files: without('test/alternatives/01-a/1.1-b/b.ts'), at: 'package.json:1' },
    { files: without('test/mutants/01-a/1.1-b.ts'), at: 'package.json:1' },
    {
      files: { ...whole, 'test/mutants/01-a/1.1-b.ts': mistakesText.replace('{ caughtBy: "a" },', '// caughtBy:\n') },
      at: 'test/mutants/01-a/1.1-b.ts:1',
    },
  ],
  good: [whole],
}

function fewMistakes(tree: Tree, { number, folder }: ExerciseEntry): readonly Violation[] {
  const lists = tree.matching(new RegExp(`^test/mutants/${folder}/${number.replace('.', '\\.')}-[\\w.-]+\\.ts$`))
  const isMistake = (node: ts.Node) => ts.isPropertyAssignment(node) && node.name.getText() === 'caughtBy'
  const count = lists.flatMap((path) => nodesOf(tree.syntax(path)).filter(isMistake)).length
  if (count >= mistakesMin) return []
  const problem = `exercise ${number} has ${count} famous mistakes, and ${mistakesMin} is the least`
  const instead = `add to test/mutants/${folder}/${number}-name.ts what people really get wrong`
  return [{ file: lists[0] ?? 'package.json', line: 1, problem, instead }]
}

const parts: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['hint 1', /^::: details Hint 1: \S/m],
  ['hint 2', /^::: details Hint 2: \S/m],
  ['hint 3', /^::: details Hint 3: \S/m],
  ['folded solution', /^::: details The solution\s*$/m],
]

export const pagesAreWhole: Rule = {
  name: "the page of an exercise has its heading, three hints, the folded solution and the checks' panel",
  check: (tree) =>
    exercisesOf(tree).flatMap(({ number, folder }) =>
      tree.matching(new RegExp(`^docs/${folder}/${number.replace('.', '\\.')}-.*\\.md$`)).flatMap((path) => {
        const needed: typeof parts = [
          ['heading with its number', new RegExp(`^# ${number.replace('.', '\\.')} \\S`, 'm')],
          ['panel of its checks', new RegExp(`^<Checks exercise="${number.replace('.', '\\.')}" />`, 'm')],
          ...parts,
        ]
        return needed
          .filter(([, pattern]) => !pattern.test(tree.text(path)))
          .map(([what]) => ({
            file: path,
            line: 1,
            problem: `the page has no ${what}`,
            instead: 'write it as on docs/01-message-passing/1.1-channel.md',
          }))
      }),
    ),
  bad: pageText.split('\n').map((line) => ({
    files: { ...whole, [pagePath]: pageText.replace(line, 'Some text.') },
    at: `${pagePath}:1`,
  })),
  good: [whole],
}
