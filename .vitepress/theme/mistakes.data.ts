/** Reads the famous mistakes of all chapters, and what caught them, when the site is built. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { readBook } from '../../chapters/exercises.ts'
import type { Mutant } from '../../test/mutant.ts'
import { type MutantResult, readResults } from '../../test/mutant-results.ts'

export interface ChapterMistakes {
  readonly folder: string
  readonly title: string
  readonly mistakes: readonly Mistake[]
}

export interface Mistake {
  readonly name: string
  /** `'#message-passing/channel'` */
  readonly module: string
  /** The sentence of the check, with its group in front. */
  readonly check: string
  /** The seed with which a rule broke, and after how many events. Absent where no check that plays seeds has failed. */
  readonly run?: readonly [seed: number, events: number]
  /** Whether the check itself plays no seeds, and the run is that of another one. */
  readonly atOnce: boolean
}

/** The name is VitePress's: what `load` answers arrives under it. */
export declare const data: readonly ChapterMistakes[]

const root = fileURLToPath(new URL('../..', import.meta.url))

export default {
  watch: ['../../test/mutants/**/*.ts', '../../test/mutants/results.json'],
  async load(): Promise<readonly ChapterMistakes[]> {
    const results = readResults(root)
    const written = readBook(root).filter((chapter) => chapter.written)
    const chapters = new Map(written.map((chapter) => [chapter.folder, chapter]))
    const folders = readdirSync(join(root, 'test/mutants')).filter((name) => chapters.has(name))
    return Promise.all(
      folders.sort().map((folder) => {
        const { number, title } = chapters.get(folder) ?? { number: 0, title: folder }
        const own = results.filter((result) => result.chapter === number)
        return read(folder, `${number} ${title}`, own)
      }),
    )
  },
}

/** The mistakes of a chapter, from all files of its folder. */
async function read(folder: string, title: string, results: readonly MutantResult[]): Promise<ChapterMistakes> {
  const files = readdirSync(join(root, 'test/mutants', folder)).sort()
  const lists = await Promise.all(files.map((file) => readList(join(root, 'test/mutants', folder, file))))
  const known = new Map(results.map((result) => [result.name, result]))
  return { folder, title, mistakes: lists.flat().map((mutant) => mistakeOf(mutant, known.get(mutant.name))) }
}

async function readList(file: string): Promise<readonly Mutant[]> {
  const { module } = await runnerImport<{ readonly mutants: readonly Mutant[] }>(file)
  return module.mutants
}

function mistakeOf({ name, file, caughtBy }: Mutant, result: MutantResult | undefined): Mistake {
  const { check = caughtBy, seed, events, world } = result ?? {}
  const run = seed !== undefined && events !== undefined ? { seed, events } : world
  const module = file.replace(/^solutions\/\d\d-(.*)\.ts$/, '#$1')
  return { name, module, check, atOnce: seed === undefined, ...(run !== undefined && { run: [run.seed, run.events] }) }
}
