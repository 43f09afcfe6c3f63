/** What a task costs that only sleeps, and what a bare `await` costs. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock } from '#message-passing/clock'
import { sleep } from '#message-passing/clock'
import { RealClock } from '#message-passing/clock.node'
import { TaskGroup } from '#message-passing/task-group'
import { type Case, cpuMicros } from './measure.ts'

/** How a program starts a number of tasks that sleep. */
type Start = (clock: Clock, tasks: number) => unknown

const ALONE = 'sleep(clock, …)'
const IN_GROUP = 'sleep(clock, …, signal), in one task group'

const starts: readonly (readonly [name: string, start: Start])[] = [
  [ALONE, startAlone],
  [IN_GROUP, startInGroup],
]

export const SLEEPING_10K = `10,000 tasks: ${ALONE}`
export const SLEEPING_10K_IN_GROUP = `10,000 tasks: ${IN_GROUP}`

/** Megabytes above those of the same program before it starts any task: of the whole process, or of its JavaScript. */
export function memoryCases(kind: 'rss' | 'heapUsed'): readonly Case[] {
  return everyCase((start, tasks) => {
    const before = memoryWith(undefined)[kind]
    const sleeping = start(new RealClock(), tasks)
    return (memoryWith(sleeping)[kind] - before) / 1e6
  })
}

export function spawnCases(): readonly Case[] {
  return everyCase((start, tasks) => {
    start(new RealClock(), tasks / 10) // warm-up
    const began = process.cpuUsage()
    start(new RealClock(), tasks)
    return (tasks / cpuMicros(began)) * 1_000
  })
}

export function awaitCase(): Case {
  return {
    name: 'await of a promise that is resolved',
    measure: async () => {
      await awaits(1_000_000)
      const began = process.cpuUsage()
      await awaits(10_000_000)
      return (cpuMicros(began) * 1e3) / 10_000_000
    },
  }
}

function everyCase(measure: (start: Start, tasks: number) => number): readonly Case[] {
  return starts.flatMap(([name, start]) =>
    [10_000, 100_000].map((tasks) => ({
      name: `${tasks.toLocaleString('en')} tasks: ${name}`,
      measure: async () => measure(start, tasks),
    })),
  )
}

async function awaits(count: number): Promise<void> {
  const resolved = Promise.resolve()
  for (let n = 0; n < count; n++) await resolved
}

function startAlone(clock: Clock, tasks: number): unknown {
  return Array.from({ length: tasks }, () => sleepLong(clock))
}

function startInGroup(clock: Clock, tasks: number): unknown {
  const group = new TaskGroup(clock)
  for (let n = 0; n < tasks; n++) group.spawn('sleeper', (signal) => sleepLong(clock, signal))
  return group
}

async function sleepLong(clock: Clock, signal?: AbortSignal): Promise<void> {
  await sleep(clock, 600_000, signal)
}

/** What the process holds, garbage left out. `held` is what must not become garbage before. */
function memoryWith(held: unknown): NodeJS.MemoryUsage & { readonly held: unknown } {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void // the function that the flag adds
  collectGarbage()
  return { ...process.memoryUsage(), held }
}
