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
import type {} from '../simulated.ts' // names what a check can be provided with
import { type CheckMessage, type CheckRequest, type Sign, type Substitutes, signChannel } from './messages.ts'
import { describeRun, resultOf } from './outcome.ts'
import type { CheckReport } from './report.ts'
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

/** Runs checks on request, and keeps what makes the next run quick. */
class Checks {
  readonly #root: string
  /** From the one that was used longest ago to the latest. */
  readonly #instances = new Map<string, Instance>()

  constructor(root: string) {
    this.#root = root
  }

  async check(request: CheckRequest): Promise<CheckReport> {
    const startedMs = performance.now()
    const { exercise, side } = request
    const instance = await this.#instanceFor(request)
    this.#prepare(instance, exercise, side.of === 'reference' ? side.substitutes : {})
    const { vitest, printed } = instance
    for (const project of vitest.projects) project.provide('seed', request.seed)
    const run = await vitest.rerunTestSpecifications(await vitest.globTestSpecifications())
    const outcome = describeRun(this.#root, request, run)
    return { ...outcome, printed: [...printed], durationMs: Math.round(performance.now() - startedMs) }
  }

  /** The warm instance for the exercise, or a new one in the place of the one that was used longest ago. */
  async #instanceFor(request: CheckRequest): Promise<Instance> {
    const { exercise, side } = request
    const key = JSON.stringify([side.of, side.of === 'reference' && side.checkMs, exercise.condition, exercise.checks])
    const instance = this.#instances.get(key) ?? (await start(this.#root, request))
    this.#instances.delete(key)
    this.#instances.set(key, instance)
    for (const [oldest, { vitest }] of this.#instances) {
      if (this.#instances.size <= instancesMax) break
      this.#instances.delete(oldest)
      await vitest.close()
    }
    return instance
  }

  /** Lets the instance forget the last run, and every file that may have changed since. */
  #prepare({ vitest, printed, substitutes }: Instance, exercise: Exercise, texts: Substitutes): void {
    const changed = new Set(substitutes.keys())
    for (const file of [...exercise.modules.map((module) => module.mine), ...exercise.checks, ...Object.keys(texts)]) {
      changed.add(join(this.#root, file))
    }
    printed.length = 0
    substitutes.clear()
    for (const [file, text] of Object.entries(texts)) substitutes.set(join(this.#root, file), text)
    for (const file of changed) vitest.invalidateFile(file)
  }
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
          { ...settings, ...referenceSettings(exercise, side.checkMs) },
          {
            oxc: { target: 'node20' },
            plugins: [{ name: 'substitutes', enforce: 'pre', load: (id) => substitutes.get(id) }],
          },
        )
  return { vitest, printed, substitutes }
}

/** The reference needs no condition, and so no config file. */
function referenceSettings(exercise: Exercise, checkMs: number): CliOptions {
  return {
    config: false,
    include: [...exercise.checks],
    setupFiles: ['test/checks/witness.ts'],
    testTimeout: checkMs,
    isolate: false,
    sequence: { sequencer: PageOrder },
    maxWorkers: 1,
    update: 'none',
    experimental: { importDurations: { limit: 10_000, print: false } },
  }
}

function tell(message: CheckMessage): void {
  process.send?.(message)
}

/** Answers requests until whoever asks has gone. */
function serve(checks: Checks): void {
  const signs = new BroadcastChannel(signChannel)
  signs.onmessage = (event: unknown) => {
    tell({ kind: 'sign', sign: (event as { readonly data: Sign }).data }) // only the witness writes here
  }
  process.on('disconnect', () => process.exit())
  process.on('message', (request: CheckRequest) => {
    checks.check(request).then(
      (report) => tell({ kind: 'report', report }),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
        process.exit(1)
      },
    )
  })
}

serve(new Checks(process.argv[2] ?? '.'))
