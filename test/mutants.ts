/**
 * `npm run mutants` makes the famous mistakes of every chapter, one at a time,
 * in the reference, and sees whether the checks notice; `npm run mutants 1`
 * those of chapter 1. The reference on disk doesn't change. `--only text` takes the
 * mistakes whose name contains it, `--save` writes down for the site which check
 * has caught each, `--json file` writes all that is known, and `--lanes 1` tries
 * one mistake at a time instead of one for each processor.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { type Chapter, type Exercise, findChapter, readBook } from '../chapters/exercises.ts'
import type { Substitutes } from './checks/messages.ts'
import type { CheckReport } from './checks/report.ts'
import { CheckRunner } from './checks/runner.ts'
import type { Mutant } from './mutant.ts'
import { type Catch, catchOf, readResults, updateResults, writeResults } from './mutant-results.ts'

/** What became of a mutant. `caught` means that a check failed, and the one that was named among them. */
export interface MutantOutcome extends Mutant {
  readonly chapter: number
  readonly exercise: string
  readonly state: 'caught' | 'caught by others' | 'survived' | 'broken'
  /** The checks that failed. */
  readonly failed: readonly string[]
  /** The check that was named, or the first of several, and how it failed. */
  readonly caught?: Catch
  /** Whether it made the checks hang, and the watchdog ended them. */
  readonly hung: boolean
  readonly problem?: string
}

const root = join(import.meta.dirname, '..')

/** Each lane has a process that is busy, and others that wait. More would also want too much memory. */
const LANES_MAX = 4

/** The file's text with the mistake in it. Throws when the place is not there, or not the only one. */
export function mutate(mutant: Mutant, text: string): string {
  const places = text.split(mutant.find).length - 1
  if (places === 1) return text.replace(mutant.find, () => mutant.replace)
  throw new Error(`${mutant.file} contains ${JSON.stringify(mutant.find)} ${places} times instead of once`)
}

/** The exercise whose checks must catch a mistake in `file`; for a given module, everything that its chapter checks. */
export function checksFor(chapter: Chapter, file: string): Exercise {
  const owner = chapter.exercises.find((exercise) => exercise.modules.some((module) => module.reference === file))
  if (owner !== undefined) return owner
  const { number, folder, title } = chapter
  const tests = readdirSync(join(root, 'test', folder)).filter((name) => name.endsWith('.test.ts'))
  const checks = tests.map((name) => `test/${folder}/${name}`)
  const numbered = { number: `${number}`, chapter: number, condition: `all-${number}`, page: `docs/${folder}/index.md` }
  return { ...numbered, folder, title, modules: [], checks }
}

/** The mistakes of a chapter: the list `mutants` of each file in its folder. */
export async function loadMutants(chapter: Chapter): Promise<readonly Mutant[]> {
  const folder = join(root, 'test/mutants', chapter.folder)
  if (!existsSync(folder)) return []
  const mutants: Mutant[] = []
  for (const name of readdirSync(folder).sort()) {
    const loaded: { readonly mutants?: readonly Mutant[] } = await import(pathToFileURL(join(folder, name)).href)
    if (loaded.mutants === undefined) throw new Error(`${join(folder, name)} exports no list called mutants`)
    mutants.push(...loaded.mutants)
  }
  return mutants
}

/**
 * A process for the checks of exercises, and one for whole chapters, whose slowest test takes longer.
 * One of them runs at a time: a lane keeps one processor busy.
 */
class Lane {
  readonly #quick = new CheckRunner(root, { checkMs: 1_000 })
  readonly #patient = new CheckRunner(root, { watchdogMs: 30_000, checkMs: 10_000 })

  check(exercise: Exercise, substitutes: Substitutes): Promise<CheckReport> {
    const runner = exercise.modules.length > 0 ? this.#quick : this.#patient
    return runner.checkReference(exercise, substitutes)
  }

  async close(): Promise<void> {
    await Promise.all([this.#quick.close(), this.#patient.close()])
  }
}

/** Does all the work, one piece at a time on each lane, and tells what comes of it in the order of the work. */
export async function inLanes<L, W, R>(
  lanes: readonly L[],
  work: readonly W[],
  perform: (lane: L, piece: W) => Promise<R>,
  tell: (result: R) => void = () => {},
): Promise<void> {
  const results = new Map<number, R>()
  let [taken, told] = [0, 0]
  const drive = async (lane: L) => {
    for (let piece = work[taken]; piece !== undefined; piece = work[taken]) {
      const place = taken++
      results.set(place, await perform(lane, piece))
      for (let next = results.get(told); next !== undefined; next = results.get(told)) {
        results.delete(told++)
        tell(next)
      }
    }
  }
  await Promise.all(lanes.map(drive))
}

async function tryMutant(lane: Lane, chapter: Chapter, mutant: Mutant): Promise<MutantOutcome> {
  const exercise = checksFor(chapter, mutant.file)
  const known = { ...mutant, chapter: chapter.number, exercise: exercise.number }
  let report: CheckReport
  try {
    const text = mutate(mutant, readFileSync(join(root, mutant.file), 'utf8'))
    report = await lane.check(exercise, { [mutant.file]: text })
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { ...known, state: 'broken', failed: [], hung: false, problem }
  }
  const failures = report.checks.filter((check) => check.state === 'failed')
  const failed = failures.map((check) => check.name)
  const outcome = { ...known, failed, hung: report.hung ?? false }
  const named = failures.find((check) => check.name.includes(mutant.caughtBy))
  if (named !== undefined) return { ...outcome, state: 'caught', caught: catchOf(named, failures) }
  if (failed.length > 0) return { ...outcome, state: 'caught by others' }
  if (report.problem === undefined) return { ...outcome, state: 'survived' }
  return { ...outcome, state: 'broken', problem: report.problem }
}

/** Makes sure that the reference itself passes: otherwise a failure would prove nothing. */
async function provePassing(lanes: readonly Lane[], chapter: Chapter, mutants: readonly Mutant[]): Promise<void> {
  const exercises = new Map(mutants.map(({ file }) => checksFor(chapter, file)).map((each) => [each.number, each]))
  await inLanes(lanes, [...exercises.values()], async (lane, exercise) => {
    const first = await lane.check(exercise, {})
    if (first.state === 'passed') return
    const { state, checks, problem } = await lane.check(exercise, {}) // a busy machine may be too slow for a cold start
    const failed = checks.find((check) => check.state === 'failed')
    if (state !== 'passed')
      throw new Error(`the reference fails its own checks of ${exercise.number}: ${problem ?? failed?.name}`)
  })
}

function describe(outcome: MutantOutcome): string {
  const { state, name, failed, caughtBy, hung, problem } = outcome
  const lists = outcome.lists.length === 0 ? '' : pc.dim(`  ${outcome.lists.join(', ')}`)
  const how = hung ? ', ended by the watchdog' : ''
  const checks = failed.length === 1 ? '1 check' : `${failed.length} checks`
  const line = `${outcome.exercise.padEnd(4)} ${name}${lists}`
  if (state === 'caught') return `  ${pc.green('caught  ')} ${line} ${pc.dim(`(${checks}${how})`)}`
  if (state === 'survived') return `  ${pc.red('SURVIVED')} ${line}\n           no check of ${outcome.exercise} noticed`
  if (state === 'broken') return `  ${pc.red('BROKEN  ')} ${line}\n           ${problem}`
  const others = failed.slice(0, 3).map((check) => `\n             ${check}`)
  return `  ${pc.red('MISSED  ')} ${line}\n           no failed check is named "${caughtBy}"; those that failed${how}:${others.join('')}`
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'string' },
      lanes: { type: 'string', default: String(Math.min(availableParallelism(), LANES_MAX)) },
      only: { type: 'string', default: '' },
      save: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const laneCount = Number(values.lanes)
  if (!(Number.isInteger(laneCount) && laneCount >= 1 && laneCount <= 64))
    throw new RangeError(`--lanes is a whole number from 1 to 64, not ${values.lanes}`)
  const book = readBook(root)
  const [number] = positionals
  const chapters = number === undefined ? book.filter((chapter) => chapter.written) : [findChapter(book, number)]
  const lanes = Array.from({ length: laneCount }, () => new Lane())
  const outcomes: MutantOutcome[] = []
  for (const chapter of chapters) {
    const mutants = (await loadMutants(chapter)).filter(({ name }) => name.includes(values.only))
    console.log(pc.bold(`${chapter.number} ${chapter.title}: ${mutants.length} mistakes`))
    await provePassing(lanes, chapter, mutants)
    const tryOne = (lane: Lane, mutant: Mutant) => tryMutant(lane, chapter, mutant)
    await inLanes(lanes, mutants, tryOne, (outcome) => {
      outcomes.push(outcome)
      console.log(describe(outcome))
    })
    if (values.save) await save(chapter, outcomes)
  }
  await Promise.all(lanes.map((lane) => lane.close()))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes, undefined, 2)}\n`)
  const caught = outcomes.filter((outcome) => outcome.state === 'caught').length
  console.log(`${caught} of ${outcomes.length} mistakes caught`)
  return caught === outcomes.length ? 0 : 1
}

/** Writes down what was caught of a chapter. What was known of its other mistakes stays. */
async function save(chapter: Chapter, outcomes: readonly MutantOutcome[]): Promise<void> {
  const own = outcomes.filter((outcome) => outcome.chapter === chapter.number)
  const found = new Map(own.flatMap(({ name, caught }) => (caught === undefined ? [] : [[name, caught] as const])))
  writeResults(root, updateResults(readResults(root), chapter.number, await loadMutants(chapter), found))
}

if (process.argv[1] === import.meta.filename) {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    },
  )
}
