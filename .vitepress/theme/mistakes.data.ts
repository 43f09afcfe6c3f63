/** Reads the famous mistakes of all chapters when the site is built. */
import { readdirSync } from 'node:fs'
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
    const written = readBook(root).filter((chapter) => chapter.written)
    const titles = new Map(written.map((chapter) => [chapter.folder, `${chapter.number} ${chapter.title}`]))
    const folders = readdirSync(join(root, 'test/mutants')).filter((name) => titles.has(name))
    return Promise.all(folders.sort().map((folder) => read(folder, titles.get(folder) ?? folder)))
  },
}

/** The mistakes of a chapter, from all files of its folder. */
async function read(folder: string, title: string): Promise<ChapterMistakes> {
  const files = readdirSync(join(root, 'test/mutants', folder)).sort()
  const lists = await Promise.all(files.map((file) => readList(join(root, 'test/mutants', folder, file))))
  return { folder, title, mistakes: lists.flat() }
}

async function readList(file: string): Promise<readonly Mistake[]> {
  const { module } = await runnerImport<{ readonly mutants: readonly Mutant[] }>(file)
  return module.mutants.map(({ name, file: changed, caughtBy }) => ({
    name,
    module: changed.replace(/^solutions\/\d\d-(.*)\.ts$/, '#$1'),
    caughtBy,
  }))
}
