/**
 * `npm run alternatives`: other correct solutions must pass too, for a check
 * asserts what the page promises and nothing else. Each folder
 * `test/alternatives/NN-name/<alternative>/` holds files that stand in for
 * those of the same name in the reference. Nothing on disk changes.
 * `npm run alternatives 2` tries those of chapter 2, and `--only text` those whose
 * name contains it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { type Chapter, type Exercise, findChapter, readBook } from '../chapters/exercises.ts'
import type { Substitutes } from './checks/messages.ts'
import { renderReport } from './checks/print.ts'
import { CheckRunner } from './checks/runner.ts'

export interface Alternative {
  readonly name: string
  readonly substitutes: Substitutes
  /** The exercises that at least one of its files belongs to. */
  readonly exercises: readonly Exercise[]
}

/** The alternatives of a chapter. Throws when a file stands in for nothing. */
export function readAlternatives(root: string, chapter: Chapter): readonly Alternative[] {
  const folder = join(root, 'test/alternatives', chapter.folder)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.ts'))
      const references = files.map((file) => `solutions/${chapter.folder}/${file}`)
      const astray = references.find((reference) => !existsSync(join(root, reference)))
      if (astray !== undefined) throw new Error(`the alternative ${name} stands in for ${astray}, which does not exist`)
      const texts = files.map((file) => readFileSync(join(folder, name, file), 'utf8'))
      const substitutes = Object.fromEntries(references.map((reference, index) => [reference, texts[index] ?? '']))
      const exercises = chapter.exercises.filter((each) =>
        each.modules.some(({ reference }) => reference in substitutes),
      )
      return { name, substitutes, exercises }
    })
}

async function main(root: string): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } })
  const [wanted] = positionals
  const book = readBook(root)
  const chapters = wanted === undefined ? book : [findChapter(book, wanted)]
  const alternatives = chapters.flatMap((chapter) => readAlternatives(root, chapter))
  const chosen = alternatives.filter(({ name }) => name.includes(values.only ?? ''))
  if (chosen.length === 0) throw new Error(`no alternative is called ${values.only}`)
  const runner = new CheckRunner(root, { checkMs: 10_000, watchdogMs: 30_000 }) // on a busy machine, slow isn’t wrong
  let failures = 0
  for (const { name, substitutes, exercises } of chosen) {
    for (const exercise of exercises) {
      const report = await runner.checkReference(exercise, onlyOf(exercise, substitutes))
      const passed = report.state === 'passed'
      if (!passed) failures++
      console.log(
        `${passed ? pc.green('passed') : pc.red('FAILED')}  ${exercise.number} ${name}, ${report.checks.length} checks`,
      )
      if (!passed) console.log(renderReport(exercise, report))
    }
  }
  await runner.close()
  return failures === 0 ? 0 : 1
}

/** Those of the substitutes that the exercise's checks load for sure: its own modules. */
function onlyOf(exercise: Exercise, substitutes: Substitutes): Substitutes {
  const own = exercise.modules.map((module) => module.reference)
  return Object.fromEntries(Object.entries(substitutes).filter(([file]) => own.includes(file)))
}

if (process.argv[1] === import.meta.filename) {
  main(join(import.meta.dirname, '..')).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    },
  )
}
