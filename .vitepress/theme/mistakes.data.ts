/** Reads the famous mistakes of all chapters when the site is built. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readBook } from '../../chapters/exercises.ts'

export interface ChapterMistakes {
  readonly folder: string
  readonly title: string
  readonly mistakes: readonly Mistake[]
}

export interface Mistake {
  readonly name: string
  readonly module: string
  readonly caughtBy: string
}

interface MutantFile {
  readonly mutants?: readonly { readonly name: string; readonly file: string; readonly caughtBy: string }[]
}

export declare const mistakes: readonly ChapterMistakes[]

const root = fileURLToPath(new URL('../..', import.meta.url))

export default {
  watch: ['../../test/mutants/*.ts'],
  async load(): Promise<readonly ChapterMistakes[]> {
    const folder = join(root, 'test/mutants')
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name)) : []
    const titles = new Map(readBook(root).map((chapter) => [chapter.folder, `${chapter.number} ${chapter.title}`]))
    return Promise.all(names.sort().map((name) => read(join(folder, name), name.slice(0, -3), titles)))
  },
}

async function read(file: string, folder: string, titles: ReadonlyMap<string, string>): Promise<ChapterMistakes> {
  const { mutants = [] } = (await import(pathToFileURL(file).href)) as MutantFile // the shape of test/mutant.ts
  const mistakes = mutants.map(({ name, file: changed, caughtBy }) => ({
    name,
    module: changed.replace(/^solutions\/|\.ts$/g, ''),
    caughtBy,
  }))
  return { folder, title: titles.get(folder) ?? folder, mistakes }
}
