/**
 * The process in which checks run, apart from whoever asked for them: an
 * endless loop in the reader's file can be ended together with the process.
 *
 * It keeps one Vitest for each of the exercises asked for last, and so a second
 * run of the same exercise starts warm.
 */
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { BroadcastChannel } from 'node:worker_threads'
import { type CliOptions, createVitest, type TestCase, type Vitest } from 'vitest/node'
import type { Exercise } from '../../chapters/exercises.ts'
import { type CheckMessage, type CheckRequest, type Sign, signChannel } from './messages.ts'
import { describeRun, resultOf } from './outcome.ts'
import { PageOrder } from './sequencer.ts'

const instancesMax = 4
const printedLinesMax = 200

interface Instance {
  readonly vitest: Vitest
  /** What the reader's code printed in the present run. */
  readonly printed: string[]
  /** Texts in the place of files of the reference, by absolute path. */
  readonly substitutes: Map<string, string>
}

const instances = new Map<string, Instance>()

function tell(message: CheckMessage): void {
  process.send?.(message)
}

async function start(root: string, { exercise, side }: CheckRequest): Promise<Instance> {
  const printed: string[] = []
  const substitutes = new Map<string, string>()
  const keep = (text: string) => {
    const room = printedLinesMax - printed.length
    printed.push(...stripVTControlCharacters(text).trimEnd().split('\n').slice(0, room))
  }
  const reporter = {
    onTestCaseResult: (check: TestCase) => tell({ kind: 'result', result: resultOf(root, exercise, check) }),
    onUserConsoleLog: (log: { readonly content: string }) => keep(log.content),
  }
  const settings: CliOptions = { root, reporters: [reporter], watch: false, pool: 'threads', passWithNoTests: true }
  const vitest =
    side.of === 'reader'
      ? await createVitest('test', {
          ...settings,
          config: join(root, 'vitest.config.ts'),
          project: [exercise.condition],
        })
      : await createVitest(
          'test',
          { ...settings, ...referenceSettings(exercise) },
          {
            oxc: { target: 'node20' },
            plugins: [{ name: 'substitutes', enforce: 'pre', load: (id) => substitutes.get(id) }],
          },
        )
  return { vitest, printed, substitutes }
}

/** The reference needs no condition, and so no config file. */
function referenceSettings(exercise: Exercise): CliOptions {
  return {
    config: false,
    include: [...exercise.checks],
    setupFiles: ['test/checks/witness.ts'],
    testTimeout: exercise.modules.length === 0 ? 10_000 : 1_000, // tests of given modules may start threads
    isolate: false,
    sequence: { sequencer: PageOrder },
    maxWorkers: 1,
    update: 'none',
    experimental: { importDurations: { limit: 10_000, print: false } },
  }
}

/** The warm instance for the exercise, or a new one in the place of the one that was used longest ago. */
async function instanceFor(root: string, request: CheckRequest): Promise<Instance> {
  const { exercise, side } = request
  const key = JSON.stringify([side.of, exercise.condition, exercise.checks])
  const instance = instances.get(key) ?? (await start(root, request))
  instances.delete(key)
  instances.set(key, instance)
  for (const [oldest, { vitest }] of instances) {
    if (instances.size <= instancesMax) break
    instances.delete(oldest)
    await vitest.close()
  }
  return instance
}

async function check(root: string, request: CheckRequest): Promise<void> {
  const startedMs = performance.now()
  const { vitest, printed, substitutes } = await instanceFor(root, request)
  const { exercise, side } = request
  printed.length = 0
  const changed = new Set([...exercise.modules.map((module) => join(root, module.mine)), ...substitutes.keys()])
  for (const file of exercise.checks) changed.add(join(root, file))
  substitutes.clear()
  for (const [file, text] of Object.entries(side.of === 'reference' ? side.substitutes : {})) {
    substitutes.set(join(root, file), text)
    changed.add(join(root, file))
  }
  for (const file of changed) vitest.invalidateFile(file)
  const run = await vitest.rerunTestSpecifications(await vitest.globTestSpecifications())
  const outcome = describeRun(root, request, run)
  const durationMs = Math.round(performance.now() - startedMs)
  tell({ kind: 'report', report: { ...outcome, printed: [...printed], durationMs } })
}

const [root = '.'] = process.argv.slice(2)
const signs = new BroadcastChannel(signChannel)
signs.onmessage = (event: unknown) => {
  tell({ kind: 'sign', sign: (event as { readonly data: Sign }).data }) // only the witness writes here
}
process.on('disconnect', () => process.exit())
process.on('message', (request: CheckRequest) => {
  check(root, request).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
})
