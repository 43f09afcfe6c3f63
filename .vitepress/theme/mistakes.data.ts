/** Reads the famous mistakes of all chapters when the site is built. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { readBook } from '../../chapters/exercises.ts'
import type { Mutant } from '../../test/mutant.ts'

export interface ChapterMistakes {
  readonly folder: string
  readonly title: string
  readonly mistakes: readonly Mistake[]
}

export interface Mistake {
  readonly name: string
  /** `'#message-passing/channel'` */
  readonly module: string
  readonly caughtBy: string
}

/** The name is VitePress's: what `load` answers arrives under it. */
export declare const data: readonly ChapterMistakes[]

const root = fileURLToPath(new URL('../..', import.meta.url))

export default {
  watch: ['../../test/mutants/**/*.ts'],
  async load(): Promise<readonly ChapterMistakes[]> {
    const folder = join(root, 'test/mutants')
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name)) : []
    const titles = new Map(readBook(root).map((chapter) => [chapter.folder, `${chapter.number} ${chapter.title}`]))
    return Promise.all(names.sort().map((name) => read(join(folder, name), name.slice(0, -3), titles)))
  },
}

async function read(file: string, folder: string, titles: ReadonlyMap<string, string>): Promise<ChapterMistakes> {
  const { module } = await runnerImport<{ readonly mutants: readonly Mutant[] }>(file)
  const mistakes = module.mutants.map(({ name, file: changed, caughtBy }) => ({
    name,
    module: changed.replace(/^solutions\/\d\d-(.*)\.ts$/, '#$1'),
    caughtBy,
  }))
  return { folder, title: titles.get(folder) ?? folder, mistakes }
}
