/**
 * The table of contents, read from where it is true: exercises from the
 * `imports` of package.json (an entry with a condition `mine-N.M` is an
 * exercise file), titles from the pages, checks from the test folders.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ExerciseModule {
  /** How other modules import it: `'#message-passing/channel'`. */
  readonly specifier: string
  /** The reader's file, from the root: `'chapters/01-message-passing/channel.ts'`. */
  readonly mine: string
  /** The finished one: `'solutions/01-message-passing/channel.ts'`. */
  readonly reference: string
}

export interface Exercise {
  /** `'1.1'` */
  readonly number: string
  readonly chapter: number
  /** `'01-message-passing'` */
  readonly folder: string
  /** The heading of its page, without the number. */
  readonly title: string
  /** The condition that puts the reader's files in the place of the reference: `'mine-1.1'`. */
  readonly condition: string
  readonly modules: readonly ExerciseModule[]
  /** Its page, from the root: `'docs/01-message-passing/1.1-channel.md'`. */
  readonly page: string
  /** Its test files, from the root. */
  readonly checks: readonly string[]
}

export interface Chapter {
  readonly number: number
  readonly folder: string
  readonly title: string
  /** Whether there is anything to read and to do yet. */
  readonly written: boolean
  readonly exercises: readonly Exercise[]
}

const titles = [
  'Message passing',
  'Serialization',
  'Networking',
  'Actors',
  'Raft',
  'Resilience',
  'Key-value service',
  'Observability',
  'Sharding',
  'Streams',
  'Verification',
  'Security',
  'Production',
] as const

/** All chapters in order, written or not, with the exercises of those that are. `root` is the folder of package.json. */
export function readBook(root: string): readonly Chapter[] {
  const modules = exerciseModules(root)
  return titles.map((title, index) => {
    const chapter = index + 1
    const folder = `${String(chapter).padStart(2, '0')}-${title.toLowerCase().replaceAll(' ', '-')}`
    const numbers = [...modules.keys()].filter((number) => number.startsWith(`${chapter}.`)).sort(byNumber)
    const exercises = numbers.map((number) => readExercise(root, folder, number, modules.get(number) ?? []))
    return { number: chapter, folder, title, written: exercises.length > 0, exercises }
  })
}

/** The exercise of that number. Throws an error that names the right numbers when there is none. */
export function findExercise(book: readonly Chapter[], number: string): Exercise {
  const exercises = book.flatMap((chapter) => chapter.exercises)
  const exercise = exercises.find((candidate) => candidate.number === number)
  if (exercise !== undefined) return exercise
  throw new Error(`there is no exercise ${number}; there are ${exercises.map((each) => each.number).join(', ')}`)
}

/** The chapter of that number. Throws an error that names the right numbers when there is none, or it isn't written. */
export function findChapter(book: readonly Chapter[], number: string): Chapter {
  const chapter = book.find((candidate) => String(candidate.number) === number)
  if (chapter === undefined) throw new Error(`there is no chapter ${number}; chapters go from 1 to ${book.length}`)
  if (chapter.written) return chapter
  const ready = book.filter((candidate) => candidate.written).map((candidate) => candidate.number)
  const written = ready.length === 1 ? `chapter ${ready.join()}` : `chapters ${ready.join(', ')}`
  throw new Error(`chapter ${number}, ${chapter.title}, is still being written; you can read ${written}`)
}

function byNumber(left: string, right: string): number {
  const [, leftMinor = 0] = left.split('.').map(Number)
  const [, rightMinor = 0] = right.split('.').map(Number)
  return leftMinor - rightMinor
}

/** The exercise files of the `imports` table, by the number of their exercise. */
function exerciseModules(root: string): ReadonlyMap<string, readonly ExerciseModule[]> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly imports: Readonly<Record<string, string | Readonly<Record<string, string>>>> // the shape that Node demands
  }
  const found = new Map<string, ExerciseModule[]>()
  for (const [specifier, target] of Object.entries(manifest.imports)) {
    if (typeof target === 'string') continue
    for (const [condition, mine] of Object.entries(target)) {
      const number = /^mine-(\d+\.\d+)$/.exec(condition)?.[1]
      if (number === undefined) continue
      const reference = target.default
      if (reference === undefined) throw new Error(`package.json: the import ${specifier} has no "default"`)
      const module = { specifier, mine: mine.replace(/^\.\//, ''), reference: reference.replace(/^\.\//, '') }
      found.set(number, [...(found.get(number) ?? []), module])
    }
  }
  return found
}

function readExercise(root: string, folder: string, number: string, modules: readonly ExerciseModule[]): Exercise {
  const names = modules.map((module) => module.specifier.slice(module.specifier.lastIndexOf('/') + 1))
  const pages = filesOf(root, `docs/${folder}`, number, '.md')
  const page = pages[0] ?? `docs/${folder}/${number}-${names[0] ?? 'exercise'}.md`
  const checks = filesOf(root, `test/${folder}`, number, '.test.ts')
  const title = headingOf(join(root, page)) ?? names.join(', ')
  const chapter = Number(number.split('.')[0])
  return { number, chapter, folder, title, condition: `mine-${number}`, modules, page, checks }
}

/** Files of `folder` that belong to the exercise, as paths from the root; `1.1-channel` before `1.1-channel-close`. */
function filesOf(root: string, folder: string, number: string, ending: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  const files = readdirSync(join(root, folder)).filter((name) => name.startsWith(`${number}-`) && name.endsWith(ending))
  const names = files.map((name) => name.slice(0, -ending.length)).sort()
  return names.map((name) => `${folder}/${name}${ending}`)
}

/** The page's first heading without the exercise's number, or nothing if there is no page. */
function headingOf(page: string): string | undefined {
  if (!existsSync(page)) return undefined
  const heading = /^# (.+)$/m.exec(readFileSync(page, 'utf8'))?.[1]
  return heading?.replace(/^[\d.]+[:.]?\s+/, '').trim()
}
