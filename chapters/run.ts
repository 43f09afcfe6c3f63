/**
 * `npm run chapter` lists the chapters, `npm run chapter 1` runs the demo of
 * chapter 1 on the reference, and `npm run chapter 1 mine` on your own modules
 * wherever their checks have passed.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import pc from 'picocolors'
import { type CommandLine, parseCommandLine, seedOf } from './command-line.ts'
import { type Chapter, type Exercise, findChapter, readBook } from './exercises.ts'
import { type DemoModule, loadDemo, play } from './play.ts'
import { type Progress, readProgress } from './progress.ts'

const root = join(import.meta.dirname, '..')

async function main(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args)
  const book = readBook(root)
  const [number, whose, ...rest] = line.words
  if (number === undefined) {
    console.log(line.flags.help ? overview : listChapters(book, readProgress(root)))
    return 0
  }
  const chapter = findChapter(book, number)
  const surplus = whose === 'mine' ? rest[0] : whose
  if (surplus !== undefined) {
    throw new Error(
      `"${surplus}" means nothing here; there is npm run chapter ${number} and npm run chapter ${number} mine`,
    )
  }
  const mine = whose === 'mine' ? finished(book, chapter, readProgress(root)) : []
  const conditions = mine.map((exercise) => exercise.condition)
  if (!conditions.every((condition) => process.execArgv.includes(condition))) return respawn(conditions, args)
  const demo = await loadDemo(root, chapter)
  if (line.flags.help) {
    console.log(helpFor(chapter, demo))
    return 0
  }
  if (whose === 'mine') console.log(whoseIsWhat(book, chapter, mine))
  return play(root, book, demo, { seed: seedOf(line), options: optionsFor(chapter, demo, line) })
}

const overview = `npm run chapter          lists the chapters
npm run chapter 1        runs the demo of chapter 1 on the reference
npm run chapter 1 mine   runs it on your modules, where their checks have passed
npm run chapter 1 -- --help   what that demo can be told`

function listChapters(book: readonly Chapter[], progress: Progress): string {
  const lines = book.map(({ number, title, written, exercises }) => {
    const done = exercises.filter((exercise) => progress[exercise.number]?.state === 'passed').length
    const state = written ? `${done} of ${exercises.length} exercises done` : pc.dim('being written')
    return `  ${String(number).padStart(2)}  ${title.padEnd(20)}${state}`
  })
  return `${lines.join('\n')}\n\nnpm run chapter 1 runs the demo of chapter 1.`
}

/** The exercises up to this chapter whose checks passed when they last ran. */
function finished(book: readonly Chapter[], chapter: Chapter, progress: Progress): readonly Exercise[] {
  const below = book.filter((other) => other.number <= chapter.number)
  const exercises = below.flatMap((other) => other.exercises)
  return exercises.filter((exercise) => progress[exercise.number]?.state === 'passed')
}

/** Says of each exercise module below this chapter whose it is, and proves it by where the import leads. */
function whoseIsWhat(book: readonly Chapter[], chapter: Chapter, mine: readonly Exercise[]): string {
  const exercises = book.filter((other) => other.number <= chapter.number).flatMap((other) => other.exercises)
  const lines = exercises.flatMap((exercise) =>
    exercise.modules.map((module) => {
      const file = mine.includes(exercise) ? module.mine : module.reference
      const found = import.meta.resolve(module.specifier)
      if (!found.endsWith(`/${file}`))
        throw new Error(`${module.specifier} should lead to ${file}, but leads to ${found}`)
      return `  ${exercise.number}  ${mine.includes(exercise) ? pc.green('yours    ') : 'reference'}  ${pc.dim(file)}`
    }),
  )
  const missing = exercises.filter((exercise) => !mine.includes(exercise)).map((exercise) => exercise.number)
  if (missing.length > 0) lines.push(`  npm run check ${missing[0]} tells what is left to do there`)
  return lines.join('\n')
}

/** Runs this script again with the conditions that put the reader's files in the place of the reference. */
function respawn(conditions: readonly string[], args: readonly string[]): Promise<number> {
  const wanted = conditions.flatMap((condition) => ['-C', condition])
  const child = spawn(process.execPath, ['--import', 'tsx', ...wanted, import.meta.filename, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  process.on('SIGINT', () => {}) // the terminal sends it to both; the demo ends, and then this does
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

function helpFor(chapter: Chapter, demo: DemoModule): string {
  const flags = { seed: 'where all chance comes from: the same seed, the same output (1)', ...demo.flags }
  const lines = Object.entries(flags).map(([flag, meaning]) => `  --${flag.padEnd(12)} ${meaning}`)
  return `npm run chapter ${chapter.number} -- [flags]\n\n${lines.join('\n')}`
}

function optionsFor(chapter: Chapter, demo: DemoModule, line: CommandLine): CommandLine['flags'] {
  const { seed: _seed, help: _help, ...options } = line.flags
  const known = Object.keys(demo.flags)
  const unknown = Object.keys(options).find((flag) => !known.includes(flag))
  if (unknown === undefined) return options
  const right = ['seed', 'help', ...known].map((flag) => `--${flag}`).join(', ')
  throw new Error(`the demo of chapter ${chapter.number} knows no --${unknown}; there are ${right}`)
}

process.stdout.on('error', () => process.exit(0)) // whoever read the output has left, as `head` does
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
