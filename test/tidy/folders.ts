/** The trees of the book have the same shape, and so have the lists that can't be read from one place. */
import { exercisesOf } from './book.ts'
import type { Files, Rule, Violation } from './rule.ts'
import type { Tree } from './tree.ts'

const mirrored = ['docs', 'chapters', 'solutions', 'test'] as const

const manifest = JSON.stringify({
  imports: { '#a/b': { 'mine-1.1': './chapters/01-a/b.ts', default: './solutions/01-a/b.ts' } },
})
const whole: Files = {
  'package.json': manifest,
  'docs/01-a/1.1-b.md': '',
  'chapters/01-a/b.ts': '',
  'chapters/tsconfig.json': '{ "compilerOptions": { "customConditions": ["mine-1.1"] } }',
  'solutions/01-a/b.ts': '',
  'test/01-a/1.1-b.test.ts': "test.each(['out'])\n",
}

export const foldersMirror: Rule = {
  name: 'a chapter has one folder of the same name in docs, chapters, solutions and test',
  check: (tree) => {
    const chapters = new Set(
      tree.paths.flatMap((path) => /^(?:docs|chapters|solutions|test)\/(\d\d-[^/]+)\//.exec(path)?.[1] ?? []),
    )
    return [...chapters].flatMap((chapter) =>
      mirrored
        .filter((place) => !tree.paths.some((path) => path.startsWith(`${place}/${chapter}/`)))
        .map((place) => ({
          file: `${place}/${chapter}`,
          line: 1,
          problem: 'the folder is missing, or has another name',
          instead: `name it as in the other three of ${mirrored.join(', ')}`,
        })),
    )
  },
  bad: [
    {
      files: { ...whole, 'solutions/02-z/y.ts': '', 'chapters/02-z/y.ts': '', 'docs/02-z/2.1-y.md': '' },
      at: 'test/02-z:1',
    },
  ],
  good: [whole],
}

export const listsAgree: Rule = {
  name: "the exercises of package.json, of chapters/tsconfig.json, of the pages and of the checks' files are the same",
  check: (tree) => {
    const numbers = exercisesOf(tree).map((exercise) => exercise.number)
    const instead = 'let it say what the imports of package.json say'
    return [
      ...conditionsOf(tree).flatMap(([file, conditions]): readonly Violation[] => {
        const wanted = numbers.map((number) => `mine-${number}`)
        const odd = [
          ...wanted.filter((each) => !conditions.includes(each)),
          ...conditions.filter((each) => !wanted.includes(each)),
        ]
        return odd.map((each) => ({
          file,
          line: 1,
          problem: `${each} is in package.json or here, and not in both`,
          instead,
        }))
      }),
      ...tree.paths.flatMap((path) => {
        const number = /^(?:docs|test)\/\d\d-[^/]+\/(\d+\.\d+)-/.exec(path)?.[1]
        if (number === undefined || numbers.includes(number)) return []
        return [
          {
            file: path,
            line: 1,
            problem: `package.json lists no exercise ${number}`,
            instead: 'add it there, or rename this',
          },
        ]
      }),
    ]
  },
  bad: [
    {
      files: { ...whole, 'chapters/tsconfig.json': '{ "compilerOptions": { "customConditions": [] } }' },
      at: 'chapters/tsconfig.json:1',
    },
    {
      files: {
        ...whole,
        'chapters/tsconfig.json': '{ "compilerOptions": { "customConditions": ["mine-1.1", "mine-1.2"] } }',
      },
      at: 'chapters/tsconfig.json:1',
    },
    { files: { ...whole, 'docs/01-a/1.7-late.md': '' }, at: 'docs/01-a/1.7-late.md:1' },
  ],
  good: [whole],
}

/** Lists of conditions that a tool insists on having in a file of its own. */
function conditionsOf(tree: Tree): readonly (readonly [file: string, conditions: readonly string[]])[] {
  const file = 'chapters/tsconfig.json'
  if (!tree.has(file)) return []
  const settings = JSON.parse(tree.text(file)) as {
    readonly compilerOptions?: { readonly customConditions?: readonly string[] }
  } // the shape that tsc demands
  return [[file, settings.compilerOptions?.customConditions ?? []]]
}

export const goldenFilesAreCompared: Rule = {
  name: 'every golden file is compared by a test of its chapter',
  check: (tree) =>
    tree.matching(/^test\/\d\d-[^/]+\/golden\//).flatMap((path) => {
      const [, folder = '', name = ''] = /^(test\/[^/]+\/)golden\/(?:.*\/)?([^/]+?)(?:\.\w+)?$/.exec(path) ?? []
      const tests = tree.paths.filter((each) => each.startsWith(folder) && each.endsWith('.test.ts'))
      if (tests.some((test) => tree.text(test).includes(name))) return []
      const problem = `no test of ${folder} mentions ${name}, so nothing keeps this file true`
      return [{ file: path, line: 1, problem, instead: 'add its program to programs.test.ts, or delete it' }]
    }),
  bad: [{ files: { ...whole, 'test/01-a/golden/old.txt': '1' }, at: 'test/01-a/golden/old.txt:1' }],
  good: [{ ...whole, 'test/01-a/golden/out.txt': '1' }],
}
