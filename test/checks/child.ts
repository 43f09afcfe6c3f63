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
import { createVitest, type Vitest } from 'vitest/node'
import type { Exercise } from '../../chapters/exercises.ts'
import { type CheckMessage, type CheckRequest, type Sign, signChannel } from './messages.ts'
import { describeRun, resultOf } from './outcome.ts'

const instancesMax = 4
const printedLinesMax = 200

interface Instance {
  readonly vitest: Vitest
  /** What the reader's code printed in the present run. */
  readonly printed: string[]
}

const instances = new Map<string, Instance>()

function tell(message: CheckMessage): void {
  process.send?.(message)
}

async function start(root: string, exercise: Exercise): Promise<Instance> {
  const printed: string[] = []
  const keep = (text: string) => {
    const room = printedLinesMax - printed.length
    printed.push(...stripVTControlCharacters(text).trimEnd().split('\n').slice(0, room))
  }
  const reporter = {
    onTestCaseResult: (check: Parameters<typeof resultOf>[2]) =>
      tell({ kind: 'result', result: resultOf(root, exercise, check) }),
    onUserConsoleLog: (log: { readonly content: string }) => keep(log.content),
  }
  const vitest = await createVitest('test', {
    root,
    config: join(root, 'vitest.config.ts'),
    project: [exercise.condition],
    reporters: [reporter],
    watch: false,
    pool: 'threads',
    passWithNoTests: true,
  })
  return { vitest, printed }
}

/** The warm instance for the exercise, or a new one in the place of the one that was used longest ago. */
async function instanceFor(root: string, exercise: Exercise): Promise<Instance> {
  const key = JSON.stringify([exercise.condition, exercise.checks])
  const instance = instances.get(key) ?? (await start(root, exercise))
  instances.delete(key)
  instances.set(key, instance)
  for (const [oldest, { vitest }] of instances) {
    if (instances.size <= instancesMax) break
    instances.delete(oldest)
    await vitest.close()
  }
  return instance
}

async function check(root: string, exercise: Exercise): Promise<void> {
  const startedMs = performance.now()
  const { vitest, printed } = await instanceFor(root, exercise)
  printed.length = 0
  for (const { mine } of exercise.modules) vitest.invalidateFile(join(root, mine))
  for (const file of exercise.checks) vitest.invalidateFile(join(root, file))
  const run = await vitest.rerunTestSpecifications(await vitest.globTestSpecifications())
  const outcome = describeRun(root, exercise, run)
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
  check(root, request.exercise).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
})
