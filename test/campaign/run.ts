/**
 * `npm run campaign 5 -- --seeds 100 [--only text] [--save]` plays every check of a
 * chapter that runs in a simulated world with at least so many seeds, and says what
 * they came to: simulated hours, events, faults, broken rules. `--only` takes the
 * checks whose name matches. `--save` writes the figures to `test/campaign/results/`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { createVitest, type TestCase } from 'vitest/node'
import { findChapter, readBook } from '../../chapters/exercises.ts'
import { machine, programHash } from '../bench/versions.ts'
import { PageOrder } from '../checks/sequencer.ts'
import type {} from '../simulated.ts' // names what a check leaves behind
import type {} from './meter.ts'
import { type Campaign, type CampaignCheck, reportOf } from './report.ts'

/** What plays a world with many seeds, as a test file imports it. */
const PLAYS = /from '\.[./\w-]*\/(?:simulated|directed|hostile[\w-]*)\.ts'/

const CHECK_TIME_MS_MAX = 3_600_000

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '100' },
      only: { type: 'string' },
      save: { type: 'boolean', default: false },
    },
  })
  if (!/^[1-9]\d{0,6}$/.test(values.seeds)) throw new RangeError(`--seeds is a whole number, not ${values.seeds}`)
  const root = join(import.meta.dirname, '../..')
  const { number, folder } = findChapter(readBook(root), positionals[0] ?? '5')
  const program = programHash(root)
  process.env.SEEDS = values.seeds // the processes of the checks inherit it
  const checks = await play(root, filesOf(root, folder), values.only)
  const campaign: Campaign = { machine: machine(), program, chapter: number, checks }
  process.stdout.write(`${reportOf(campaign)}\n`)
  if (programHash(root) !== program) {
    throw new Error('solutions/ changed during the run: these are figures of two programs. Run again.')
  }
  if (values.save && values.only !== undefined) throw new Error('--save wants all checks, and --only leaves some out')
  if (values.save) save(folder, campaign)
  return checks.length > 0 && checks.every(({ violation }) => violation === undefined) ? 0 : 1
}

/** The test files of a chapter that play seeds. */
function filesOf(root: string, folder: string): readonly string[] {
  const names = readdirSync(join(root, 'test', folder)).filter((name) => name.endsWith('.test.ts'))
  const files = names.map((name) => `test/${folder}/${name}`)
  return files.filter((file) => PLAYS.test(readFileSync(join(root, file), 'utf8')))
}

/** Runs the files as `npm test` does, each in a process of its own, so that its processor time can be told. */
async function play(root: string, files: readonly string[], only?: string): Promise<readonly CampaignCheck[]> {
  const found: CampaignCheck[] = []
  const reporter = {
    onTestCaseResult: (test: TestCase) => {
      const check = checkOf(test)
      if (check === undefined) return
      found.push(check)
      process.stderr.write(`${check.violation === undefined ? 'kept  ' : 'BROKEN'}  ${check.file}: ${check.name}\n`)
    },
  }
  const vitest = await createVitest(
    'test',
    {
      root,
      config: false,
      include: [...files],
      reporters: [reporter],
      setupFiles: ['test/campaign/meter.ts', 'test/checks/replays.ts'],
      pool: 'forks',
      maxWorkers: availableParallelism(),
      testTimeout: CHECK_TIME_MS_MAX,
      sequence: { sequencer: PageOrder },
      watch: false,
      update: 'none',
      ...(only === undefined ? {} : { testNamePattern: only }),
    },
    { oxc: { target: 'node20' } },
  )
  try {
    const { unhandledErrors, testModules } = await vitest.start()
    const errors = [...unhandledErrors, ...testModules.flatMap((module) => [...module.errors()])]
    for (const error of errors) throw error
  } finally {
    await vitest.close()
  }
  const place = (check: CampaignCheck) => files.findIndex((file) => file.endsWith(`/${check.file}.test.ts`))
  return found.sort((left, right) => place(left) - place(right))
}

/** What a check came to; nothing when it played no seeds, or wasn't chosen. */
function checkOf(test: TestCase): CampaignCheck | undefined {
  const { tally, cpuMicros = 0, broken } = test.meta()
  const result = test.result()
  if (tally === undefined && result.state !== 'failed') return undefined
  const file = basename(test.module.moduleId, '.test.ts')
  const [error] = result.errors ?? []
  const seed = broken === undefined ? '' : `seed ${broken.seed}, after ${broken.events} events: `
  return {
    file,
    name: test.name,
    tally: tally ?? { seeds: 0, simulatedMs: 0, events: 0, faults: {} },
    cpuSeconds: cpuMicros / 1e6,
    ...(result.state === 'failed' && { violation: seed + stripVTControlCharacters(error?.message ?? 'it failed') }),
  }
}

function save(folder: string, campaign: Campaign): void {
  const results = join(import.meta.dirname, 'results')
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, `${folder}.json`), `${JSON.stringify(campaign, null, 2)}\n`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : JSON.stringify(error)}\n`)
    process.exit(1)
  },
)
