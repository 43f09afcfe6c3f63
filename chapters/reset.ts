/**
 * `npm run reset 1.1`: puts the files of an exercise back to how they came. A
 * file that was edited is kept beside the new one, as `channel.ts.mine-backup`.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isPristine, makeStub } from '../solutions/stub.ts'
import { type Exercise, findExercise, readBook } from './exercises.ts'
import { forgetProgress } from './progress.ts'

/** Puts the exercise back, and answers what was done to each file, in a sentence. */
export function resetExercise(root: string, exercise: Exercise): readonly string[] {
  forgetProgress(root, exercise.number)
  return exercise.modules.map((module) => {
    const stub = makeStub(exercise, module, readFileSync(join(root, module.reference), 'utf8'))
    const path = join(root, module.mine)
    const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined
    if (found === stub) return `${module.mine} is as it came: nothing to put back`
    const backup = found === undefined || isPristine(found) ? undefined : backupFor(root, module.mine)
    if (backup !== undefined) renameSync(path, join(root, backup))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, stub)
    return `${module.mine} is as it came${backup === undefined ? '' : `; your version is kept as ${backup}`}`
  })
}

/** A name for the reader's version that no earlier version has. */
function backupFor(root: string, file: string): string {
  let backup = `${file}.mine-backup`
  for (let n = 2; existsSync(join(root, backup)); n++) backup = `${file}.mine-backup-${n}`
  return backup
}

function main(root: string, number: string | undefined): void {
  const book = readBook(root)
  if (number === undefined || number === '--help') {
    const numbers = book.flatMap((chapter) => chapter.exercises).map((exercise) => exercise.number)
    console.log(`npm run reset 1.1 puts the files of exercise 1.1 back; there are ${numbers.join(', ')}`)
    process.exitCode = number === undefined ? 1 : 0
    return
  }
  for (const sentence of resetExercise(root, findExercise(book, number))) console.log(sentence)
}

if (process.argv[1] === import.meta.filename) {
  try {
    main(join(import.meta.dirname, '..'), process.argv[2])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
