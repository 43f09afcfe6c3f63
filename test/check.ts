/**
 * `npm run check 1.1` runs the checks of one exercise on your files, `npm run
 * check 1` those of a chapter, and `npm run check` those of the first exercise
 * that isn't finished.
 */
import { join } from 'node:path'
import { parseCommandLine, seedOf } from '../chapters/command-line.ts'
import { type Chapter, type Exercise, findChapter, findExercise, readBook } from '../chapters/exercises.ts'
import { type Progress, readProgress, recordProgress } from '../chapters/progress.ts'
import { renderReport } from './checks/print.ts'
import { CheckRunner } from './checks/runner.ts'

const usage = `npm run check 1.1   the checks of exercise 1.1, on your files
npm run check 1     the checks of every exercise of chapter 1
npm run check       the first exercise that isn't finished
npm run check 1.5 -- --seed 17   only seed 17 of the checks that run many seeds`

/** The exercises that the command line asks for. Throws an error that names the right numbers. */
export function chooseExercises(
  book: readonly Chapter[],
  progress: Progress,
  choice: string | undefined,
): readonly Exercise[] {
  if (choice === undefined) {
    const exercises = book.flatMap((chapter) => chapter.exercises)
    return exercises.filter((exercise) => progress[exercise.number]?.state !== 'passed').slice(0, 1)
  }
  return choice.includes('.') ? [findExercise(book, choice)] : findChapter(book, choice).exercises
}

async function main(root: string, choices: readonly string[]): Promise<number> {
  const line = parseCommandLine(choices)
  if (line.flags.help) {
    console.log(usage)
    return 0
  }
  const seed = line.flags.seed === undefined ? undefined : seedOf(line)
  const chosen = chooseExercises(readBook(root), readProgress(root), line.words[0])
  if (chosen.length === 0) console.log('Every exercise is finished. npm run check 1 runs those of chapter 1 again.')
  const runner = new CheckRunner(root)
  let passed = true
  for (const exercise of chosen) {
    const report = await runner.check(exercise, seed)
    if (seed === undefined) recordProgress(root, report) // one seed of many proves nothing
    console.log(`\n${renderReport(exercise, report)}`)
    passed &&= report.state === 'passed'
  }
  await runner.close()
  return passed ? 0 : 1
}

if (process.argv[1] === import.meta.filename) {
  main(join(import.meta.dirname, '..'), process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    },
  )
}
