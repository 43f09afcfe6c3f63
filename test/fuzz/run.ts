/**
 * `npm run fuzz 2 -- --inputs 10000000 [--seed 1] [--processes 2] [--save]` gives
 * so many hostile inputs to the decoders of a chapter, and says which rules they
 * broke; `--only 69423` judges one input of a seed again. `--memory` measures
 * instead what inputs cost that were made to cost much. `--save` writes the
 * figures to `test/fuzz/results/`. The inputs depend on the seed alone, however
 * many processes make them.
 */
import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findChapter, readBook } from '../../chapters/exercises.ts'
import { cpuMicros } from '../bench/measure.ts'
import { machine, programHash } from '../bench/versions.ts'
import type { BatchOptions } from './02-serialization/batch.ts'
import { costsOf, costsReport } from './02-serialization/costs.ts'
import { reportOf } from './report.ts'
import { addTally, newTally, type Tally } from './tally.ts'

/** What each chapter that can be fuzzed has in `test/fuzz/NN-name/batch.ts`. */
interface Fuzzer {
  readonly BATCH_SIZE: number
  runBatch(seed: number, number: number, tally: Tally, options?: BatchOptions): void
}

/** What one process did. */
interface Work {
  readonly tally: Tally
  readonly cpuMicros: number
}

/** The batches of one process: `first`, and every `step`th after it, below `end`. */
interface Share {
  readonly seed: number
  readonly first: number
  readonly step: number
  readonly end: number
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      processes: { type: 'string', default: String(availableParallelism()) },
      only: { type: 'string' },
      memory: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      share: { type: 'string' }, // for the processes that do the work
    },
  })
  const root = join(import.meta.dirname, '../..')
  const { number, folder } = findChapter(readBook(root), positionals[0] ?? '2')
  const fuzzer = (await import(`./${folder}/batch.ts`)) as Fuzzer // what each of them exports
  if (values.share !== undefined) return doShare(fuzzer, JSON.parse(values.share) as Share) // from `inProcess`
  const seed = wholeNumber('seed', values.seed)
  if (values.only !== undefined) return judgeAgain(fuzzer, seed, wholeNumber('only', values.only))

  if (values.memory) {
    const measured = { lies: costsOf('lies'), late: costsOf('late'), costly: costsOf('costly') }
    const costs = { machine: machine(), program: programHash(root), ...measured }
    process.stdout.write(`${costsReport(costs)}\n`)
    if (values.save) save(`${folder}-memory`, costs)
    return 0
  }

  const program = programHash(root)
  const processes = Math.max(1, wholeNumber('processes', values.processes))
  const end = Math.ceil(wholeNumber('inputs', values.inputs) / fuzzer.BATCH_SIZE)
  const startMs = performance.now()
  const shares = Array.from({ length: processes }, (_, first) => ({ seed, first, step: processes, end }))
  const works = await Promise.all(shares.map((share) => inProcess(number, share)))
  const seconds = (performance.now() - startMs) / 1_000
  const cpuSeconds = works.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / 1e6
  const tally = newTally()
  for (const work of works) addTally(tally, work.tally)
  const campaign = { machine: machine(), program, seed, processes, seconds, cpuSeconds, tally }
  process.stdout.write(`${reportOf(campaign)}\n`)
  if (programHash(root) !== program) {
    throw new Error('solutions/ changed during the run: these are figures of two programs. Run again.')
  }
  if (values.save) save(folder, campaign)
  return tally.violationCount === 0 ? 0 : 1
}

function save(name: string, figures: object): void {
  const results = join(import.meta.dirname, 'results')
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`)
}

function inProcess(chapter: number, share: Share): Promise<Work> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'run.ts'), [String(chapter), '--share', JSON.stringify(share)])
    let work: Work | undefined
    child.on('message', (message) => {
      work = message as Work // what `doShare` sends
    })
    child.on('exit', (code, signal) => {
      if (work === undefined) reject(new Error(`a process ended with ${signal ?? code}, and without its tally`))
      else resolve(work)
    })
  })
}

async function doShare(fuzzer: Fuzzer, { seed, first, step, end }: Share): Promise<number> {
  const tally = newTally()
  for (let number = first; number < end; number += step) {
    fuzzer.runBatch(seed, number, tally)
    const percent = Math.floor((100 * number) / end)
    if (first === 0 && process.stderr.isTTY)
      process.stderr.write(`\r\x1b[K${number < end - step ? `${percent} %` : ''}`)
  }
  const work: Work = { tally, cpuMicros: cpuMicros({ user: 0, system: 0 }) }
  await new Promise((sent) => process.send?.(work, sent))
  return 0
}

/** Runs the batch of an input up to it, since a codec may have kept something of the inputs before. */
function judgeAgain(fuzzer: Fuzzer, seed: number, index: number): number {
  const tally = newTally()
  const last = index % fuzzer.BATCH_SIZE
  let judged = ''
  const onInput = (text: string) => {
    judged = text
  }
  fuzzer.runBatch(seed, Math.floor(index / fuzzer.BATCH_SIZE), tally, { last, onInput })
  const broken = tally.violations.filter(({ command }) => command.endsWith(` ${index}`))
  const rules = broken.map(({ decoder, rule }) => `${decoder}: ${rule}`)
  process.stdout.write(`${judged}\n${rules.join('\n') || 'no rule is broken'}\n`)
  return broken.length === 0 ? 0 : 1
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new RangeError(`--${flag} is a whole number, not ${text}`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
