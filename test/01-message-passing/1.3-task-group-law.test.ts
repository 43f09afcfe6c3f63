import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { DeadlineExceeded, TaskGroupFailed, TasksStillRunning } from '#message-passing/task-failures'
import { type Task, TaskGroup } from '#message-passing/task-group'
import { VirtualClock } from '#message-passing/virtual-clock'
import { law, listed } from '../law.ts'
import { countListeners } from '../listeners.ts'
import { observe } from '../observe.ts'

interface Plan {
  readonly durationMs: number
  readonly fails: boolean
  /** What it does when it is cancelled: ends, cleans up first, fails while it cleans up, or goes on regardless. */
  readonly whenCancelled: 'obeys' | 'cleans up' | 'fails' | 'is deaf'
  readonly cleanUpMs: number
}

interface Scenario {
  readonly tasks: readonly Plan[]
  readonly deadlineMs: number | undefined
  readonly graceMs: number
  readonly cancelMs: number | undefined
}

const timeMs = fc.nat(40)
const plan: fc.Arbitrary<Plan> = fc.record({
  durationMs: timeMs,
  fails: fc.boolean(),
  whenCancelled: fc.constantFrom('obeys', 'cleans up', 'fails', 'is deaf'),
  cleanUpMs: timeMs,
})
const scenario: fc.Arbitrary<Scenario> = fc.record({
  tasks: fc.array(plan, { maxLength: 5 }),
  deadlineMs: fc.option(timeMs, { nil: undefined }),
  graceMs: timeMs,
  cancelMs: fc.option(timeMs, { nil: undefined }),
})

test('whatever tasks do: each has ended or is named when join ends, and every failure is reported once', () =>
  law(scenario, 200, async (scenario, story) => {
    for (const line of describeScenario(scenario)) story.tell(line)
    const { joined, atEnd } = await play(scenario)
    if (atEnd === undefined) expect.fail('join must end: tasks do, or the grace period does')
    const errors = joined.error instanceof TaskGroupFailed ? joined.error.errors : []
    const ofTasks = errors.filter((error) => atEnd.failures.includes(error))
    const inOrder = 'join must reject with the failures of tasks, in the order in which they happened'
    expect(listed(ofTasks.map(messageOf)), inOrder).toBe(listed(atEnd.failures.map(messageOf)))
    const named = errors.flatMap((error) => (error instanceof TasksStillRunning ? error.tasks : []))
    expect(listed(named), 'TasksStillRunning must name those that ran when join ended').toBe(listed(atEnd.running))
    const others = errors.filter((error) => !ofTasks.includes(error) && !(error instanceof TasksStillRunning))
    expect(others.length, 'at most the deadline can have failed besides').toBeLessThanOrEqual(1)
    for (const error of others) expect(error, 'an error that no task failed with').toBeInstanceOf(DeadlineExceeded)
    if (errors.length === 0) {
      expect(joined.error, 'without a failure: the reason of the cancellation, or none').toBe(atEnd.reason)
    }
    expect(atEnd.timers, 'timers when join ends: one for each task that still runs').toBe(named.length)
    expect(atEnd.listeners, 'the group still listens to the signal from outside').toBe(0)
  }))

function* describeScenario({ tasks, deadlineMs, graceMs, cancelMs }: Scenario): Generator<string> {
  const deadline = deadlineMs === undefined ? 'no deadline' : `a deadline of ${deadlineMs + 0.5} ms`
  yield `a group with ${deadline} and a grace period of ${graceMs} ms`
  for (const [index, { durationMs, fails, whenCancelled, cleanUpMs }] of tasks.entries()) {
    const end = whenCancelled === 'is deaf' ? 'never hears of a cancellation' : `when cancelled ${whenCancelled}`
    const takes = whenCancelled === 'cleans up' || whenCancelled === 'fails' ? `, after ${cleanUpMs} ms` : ''
    yield `task ${index} ${fails ? 'fails' : 'is done'} after ${durationMs} ms; ${end}${takes}`
  }
  if (cancelMs !== undefined) yield `after ${cancelMs} ms the group is cancelled`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What can be seen when join ends. */
interface Seen {
  readonly failures: readonly unknown[]
  readonly running: readonly string[]
  readonly reason: unknown
  readonly timers: number
  readonly listeners: number
}

/** Plays a scenario to its end. No two things happen at one moment: that is what the fractions are for. */
async function play({ tasks, deadlineMs, graceMs, cancelMs }: Scenario) {
  const clock = new VirtualClock()
  const { signal } = new AbortController()
  const listeners = countListeners(signal)
  const deadline = deadlineMs === undefined ? {} : { deadlineMs: deadlineMs + 0.5 }
  const group = new TaskGroup(clock, { signal, graceMs, ...deadline })
  const failures: unknown[] = []
  const running = new Set<string>()
  for (const [index, plan] of tasks.entries()) {
    const name = `task ${index}`
    const task = taskOf(plan, index, clock)
    running.add(name)
    group.spawn(name, async (signal) => {
      try {
        await task(signal)
      } catch (error) {
        if (error !== signal.reason) failures.push(error)
        throw error
      } finally {
        running.delete(name)
      }
    })
  }
  const takeBack = cancelMs === undefined ? () => {} : clock.schedule(cancelMs, () => group.cancel('enough'))
  let atEnd: Seen | undefined
  const look = () => {
    takeBack()
    const { reason } = group.signal
    atEnd = { failures: [...failures], running: [...running], reason, timers: clock.pending, listeners: listeners() }
  }
  const joined = observe(group.join().finally(look))
  await clock.runUntilIdle(1_000)
  return { joined, atEnd }
}

function taskOf({ durationMs, fails, whenCancelled, cleanUpMs }: Plan, index: number, clock: VirtualClock): Task {
  return async (signal) => {
    try {
      await sleep(clock, durationMs + (index + 1) / 100, whenCancelled === 'is deaf' ? undefined : signal)
    } catch (reason) {
      if (whenCancelled !== 'obeys') await sleep(clock, cleanUpMs + (index + 1) / 1_000)
      if (whenCancelled === 'fails') throw new Error(`task ${index} failed while it cleaned up`)
      throw reason
    }
    if (fails) throw new Error(`task ${index} failed`)
  }
}
