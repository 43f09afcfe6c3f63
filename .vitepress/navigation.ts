/**
 * What there is to read, and in which order: from the list of chapters and the
 * pages that exist. A page leads on to the next one, up to the last.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Chapter, readBook } from '../chapters/exercises.ts'

export interface PageEntry {
  readonly title: string
  /** `'/01-message-passing/1.1-channel'` */
  readonly link: string
  /** `'1.1'`, on the page of an exercise. */
  readonly exercise?: string
}

export interface ChapterEntry {
  readonly number: number
  readonly title: string
  /** Empty while the chapter is not written. */
  readonly pages: readonly PageEntry[]
  readonly exercises: readonly ExerciseEntry[]
}

export interface ExerciseEntry {
  /** `'1.1'` */
  readonly number: string
  /** The reader's files, from the root. */
  readonly files: readonly string[]
}

/** What the theme knows about the book. */
export interface BookTheme {
  readonly chapters: readonly ChapterEntry[]
  /** Pages that belong to no chapter. */
  readonly appendix: readonly PageEntry[]
  /** The reader's exercises whose modules drive the figures now. */
  readonly mine: readonly string[]
  readonly search: { readonly provider: 'local'; readonly options: object }
}

const appendixPages = ['glossary', 'mistakes', 'coverage', 'replay']

export function readChapters(root: string): readonly ChapterEntry[] {
  return readBook(root).map((chapter) => ({
    number: chapter.number,
    title: chapter.title,
    exercises: chapter.exercises.map(({ number, modules }) => ({
      number,
      files: modules.map((module) => module.mine),
    })),
    pages: chapter.written ? pagesOf(root, chapter) : [],
  }))
}

/** Folders of chapters that have pages already and no exercise yet: the site leaves them out. */
export function unwrittenFolders(root: string): readonly string[] {
  return readBook(root).flatMap((chapter) => (chapter.written ? [] : [`${chapter.folder}/**`]))
}

export function readAppendix(root: string): readonly PageEntry[] {
  const present = appendixPages.filter((name) => existsSync(join(root, `docs/${name}.md`)))
  return present.map((name) => ({ title: headingOf(join(root, `docs/${name}.md`)), link: `/${name}` }))
}

/** The opening page, then the exercises by number, then the closing page. */
function pagesOf(root: string, chapter: Chapter): readonly PageEntry[] {
  const folder = join(root, 'docs', chapter.folder)
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'))
  return names
    .sort((left, right) => placeOf(left) - placeOf(right))
    .map((name) => {
      const heading = headingOf(join(folder, name))
      const exercise = /^\d+\.\d+/.exec(name)?.[0]
      if (exercise !== undefined) {
        const title = heading.replace(/^[\d.]+[:.]?\s+/, '')
        return { title, link: `/${chapter.folder}/${name.slice(0, -3)}`, exercise }
      }
      return {
        title: heading,
        link: name === 'index.md' ? `/${chapter.folder}/` : `/${chapter.folder}/${name.slice(0, -3)}`,
      }
    })
}

function placeOf(name: string): number {
  if (name === 'index.md') return 0
  const minor = /^\d+\.(\d+)/.exec(name)?.[1]
  return minor === undefined ? Number.MAX_SAFE_INTEGER : Number(minor)
}

function headingOf(file: string): string {
  return /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.trim() ?? file
}
