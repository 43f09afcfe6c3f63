/**
 * `npm run bench [N] [-- --rounds 5] [--only text] [--save]`: measures what a
 * chapter built against what a program would use instead, and prints tables.
 * `--save` also writes the figures to `test/bench/results/`.
 */
import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findChapter, readBook } from '../../chapters/exercises.ts'
import { type Case, type Rounds, type Skipped, shuffled, type Table } from './measure.ts'
import { printTable, resultsOf } from './report.ts'
import { machine, programHash } from './versions.ts'

const CASE_TIME_MS_MAX = 120_000

interface Place {
  readonly table: Table
  readonly one: Case
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
      save: { type: 'boolean', default: false },
      measure: { type: 'string' }, // for the process of a single case: the places of its table and of itself
    },
  })
  const root = join(import.meta.dirname, '../..')
  const chapter = findChapter(readBook(root), positionals[0] ?? '1')
  const { tables } = (await import(`./${chapter.folder}.bench.ts`)) as { tables(): readonly Table[] } // what each exports
  if (values.measure !== undefined) return measureOne(tables(), values.measure)

  const rounds = Number(values.rounds)
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds is a whole number from 1 up, not ${values.rounds}`)
  }
  const places = tables().flatMap((table) => table.cases.map((one) => ({ table, one })))
  const chosen = places.filter(({ table, one }) => `${table.title} ${one.name}`.includes(values.only))
  if (chosen.length === 0) throw new Error(`no case has "${values.only}" in its name`)

  const { node, processor, cores } = machine()
  process.stdout.write(
    `Node ${node}, ${processor}, ${cores} cores; medians of ${rounds} shuffled rounds; load ${loadavg()[0]?.toFixed(1)}\n`,
  )
  const loadBefore = loadavg()[0]
  const program = programHash(root)
  const { figures, skipped } = await measureAll(chapter.number, chosen, rounds)
  const shown = [...new Set(chosen.map(({ table }) => table))]
  for (const table of shown) process.stdout.write(printTable(table, figures, skipped))
  if (programHash(root) !== program) {
    throw new Error(
      'solutions/ changed during the run: these are figures of two programs, and none is saved. Run again.',
    )
  }
  if (!values.save) return
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const load = { before: loadBefore, after: loadavg()[0] } // the last minute's, in processes that want a core
  const results = { machine: machine(), program, load, rounds, tables: shown.map((table) => resultsOf(table, figures)) }
  writeFileSync(join(folder, `${chapter.folder}.json`), `${JSON.stringify(results, null, 2)}\n`)
}

async function measureAll(
  chapter: number,
  places: readonly Place[],
  rounds: number,
): Promise<{ readonly figures: Rounds; readonly skipped: ReadonlyMap<Case, string> }> {
  const figures = new Map<Case, number[]>()
  const skipped = new Map<Case, string>()
  for (let round = 1; round <= rounds; round++) {
    let done = 0
    for (const { table, one } of shuffled(places)) {
      showProgress(`round ${round} of ${rounds}, case ${++done} of ${places.length}: ${one.name}`)
      if (skipped.has(one)) continue
      const outcome = await measureApart(chapter, table, one)
      if (typeof outcome === 'number') figures.set(one, [...(figures.get(one) ?? []), outcome])
      else skipped.set(one, outcome.skipped)
    }
  }
  showProgress('')
  return { figures, skipped }
}

/** Measures a case in a process of its own, with the same loader as this one. */
function measureApart(chapter: number, table: Table, one: Case): Promise<number | Skipped> {
  return new Promise((resolve, reject) => {
    const name = `${table.title} / ${one.name}`
    const args = [String(chapter), '--measure', name]
    const child = fork(join(import.meta.dirname, 'run.ts'), args, { timeout: CASE_TIME_MS_MAX })
    let outcome: number | Skipped | undefined
    child.on('message', (message) => {
      outcome = message as number | Skipped // what `measureOne` sends
    })
    child.on('exit', (code, signal) => {
      if (outcome === undefined) reject(new Error(`${name}: the process ended with ${signal ?? code}`))
      else resolve(outcome)
    })
  })
}

/** In the process of one case. Ends the process: what the case leaves running is of no interest. */
async function measureOne(tables: readonly Table[], name: string): Promise<void> {
  const places = tables.flatMap((table) => table.cases.map((one) => ({ table, one })))
  const place = places.find(({ table, one }) => `${table.title} / ${one.name}` === name)
  if (place === undefined) throw new Error(`there is no case ${name}`)
  const outcome = await place.one.measure()
  process.send?.(outcome, () => process.exit())
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

await main()
