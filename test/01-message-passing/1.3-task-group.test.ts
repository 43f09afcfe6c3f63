import { afterEach, describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { TaskGroupFailed } from '#message-passing/task-failures'
import { TaskGroup } from '#message-passing/task-group'
import { VirtualClock } from '#message-passing/virtual-clock'
import { atOnce, observe, settle } from '../observe.ts'
import { endingOf } from './ending.ts'

// a rejection that nobody handles belongs to the check that caused it, and not to the next
afterEach(settle)

describe('spawning', () => {
  test('a task runs at once, up to its first await', () => {
    const group = new TaskGroup(new VirtualClock())
    const steps: string[] = []
    group.spawn('worker', async () => {
      steps.push('before the await')
      await settle()
      steps.push('after the await')
    })
    expect(steps, 'spawn starts the task before it returns, and does not wait for its end').toEqual([
      'before the await',
    ])
  })

  test('tasks run side by side', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    const ended: string[] = []
    for (const name of ['a', 'b', 'c']) {
      group.spawn(name, async (signal) => {
        await sleep(clock, 10, signal)
        ended.push(name)
      })
    }
    await clock.advance(10)
    expect(ended, 'three tasks of 10 ms, side by side, take 10 ms: does one wait for another?').toEqual(['a', 'b', 'c'])
  })

  test('each task has a signal of its own', () => {
    const group = new TaskGroup(new VirtualClock())
    const signals = new Set([group.signal])
    for (const name of ['a', 'b']) {
      group.spawn(name, async (signal) => {
        signals.add(signal)
      })
    }
    const rule = 'a group and its two tasks have three signals: one signal is slow when ten thousand tasks listen to it'
    expect(signals.size, rule).toBe(3)
  })

  test('the size is the number of tasks that have not ended', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('short', (signal) => sleep(clock, 10, signal))
    group.spawn('long', (signal) => sleep(clock, 20, signal))
    const sizes = [group.size]
    await clock.advance(10)
    sizes.push(group.size)
    await clock.advance(10)
    sizes.push(group.size)
    expect(sizes, 'both tasks, then the long one, then none').toEqual([2, 1, 0])
  })

  test('two tasks may have the same name', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('worker', (signal) => sleep(clock, 10, signal))
    group.spawn('worker', (signal) => sleep(clock, 20, signal))
    const joined = observe(group.join())
    await clock.advance(10)
    expect(group.size, 'one of the two has not ended: are tasks told apart by their names?').toBe(1)
    expect(joined.state, 'one of the two has not ended: join must wait for it').toBe('waiting')
  })
})

describe('joining', () => {
  test('join waits until the last task has ended', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('short', (signal) => sleep(clock, 10, signal))
    group.spawn('long', (signal) => sleep(clock, 20, signal))
    const joined = observe(group.join())
    await clock.advance(19)
    expect(joined.state, 'one task still runs: join must wait for it').toBe('waiting')
    await clock.advance(1)
    expect(joined.state, 'all tasks have ended and join still waits: does the end of a task notify it?').toBe('done')
  })

  test('join waits as long as it takes when nobody cancels', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { graceMs: 10 })
    group.spawn('slow', (signal) => sleep(clock, 3_600_000, signal))
    const joined = observe(group.join())
    await clock.advance(3_599_999)
    expect(joined.state, 'the grace period begins when the group is cancelled, and nobody has').toBe('waiting')
    await clock.advance(1)
    expect(joined.state, 'the task has ended: join must complete').toBe('done')
  })

  test('a group without tasks is joined at once', async () => {
    await atOnce(new TaskGroup(new VirtualClock()).join(), 'there is nothing to wait for')
  })

  test('tasks that ended before the join need no waiting', async () => {
    const group = new TaskGroup(new VirtualClock())
    group.spawn('quick', async () => {})
    await settle()
    await atOnce(group.join(), 'all tasks have ended, before anybody called join')
  })

  test('a task may spawn others, and join waits for those too', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    let refusal: unknown
    group.spawn('parent', async (signal) => {
      await sleep(clock, 10, signal)
      try {
        group.spawn('child', (childSignal) => sleep(clock, 10, childSignal))
      } catch (error) {
        refusal = error
      }
    })
    const joined = observe(group.join())
    await clock.advance(10)
    const rule = 'while join waits the group is not over, and more tasks may be started'
    expect(refusal === undefined ? 'started' : `refused: ${refusal}`, rule).toBe('started')
    expect(joined.state, 'the parent has ended and its child has not: is join waiting for the first tasks only?').toBe(
      'waiting',
    )
    await clock.advance(10)
    expect(joined.state, 'parent and child have ended: join must complete').toBe('done')
  })
})

describe('failing', () => {
  test('join rejects with TaskGroupFailed, which names the task and holds its error', async () => {
    const group = new TaskGroup(new VirtualClock())
    const error = new Error('connection refused')
    group.spawn('fetch prices', async () => {
      throw error
    })
    const failure = await rejected(group.join(), 'the only task has failed')
    expect(failure.errors, 'the error itself, not a copy or its text').toEqual([error])
    expect(group.signal.reason, 'a failure cancels the group, with the error itself as the reason').toBe(error)
    expect(failure.message, 'the message must name the task, and say what it failed with').toContain(
      'fetch prices: connection refused',
    )
  })

  test('the first task that fails cancels the others', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    const error = new Error('disk full')
    group.spawn('writer', async (signal) => {
      await sleep(clock, 10, signal)
      throw error
    })
    group.spawn('reader', (signal) => sleep(clock, 1_000, signal))
    const joined = observe(group.join())
    await clock.advance(10)
    expect(joined.state, 'the writer failed, so the reader is cancelled and nothing is left to wait for').toBe('failed')
    expect(endingOf(joined), 'only the writer failed: the reader ended because it was asked to').toBe(
      'TaskGroupFailed: disk full',
    )
  })

  test('join waits for the tasks that a failure has cancelled', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('fails', async () => {
      throw new Error('no')
    })
    let cleanedUp = false
    group.spawn('cleans up', async (signal) => {
      await sleep(clock, 1_000, signal).catch(() => sleep(clock, 10))
      cleanedUp = true
    })
    const joined = observe(group.join())
    await settle()
    expect(joined.state, 'a cancelled task still cleans up: none may outlive the group').toBe('waiting')
    await clock.advance(10)
    expect(cleanedUp, 'the task has had 10 ms to clean up: has its signal been aborted?').toBe(true)
    expect(joined.state, 'a task has failed, and so join must reject').toBe('failed')
  })

  test('every failure is reported, in the order in which they happened', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    const [first, second, third] = [new Error('first'), new Error('second'), new Error('third')]
    const failWhenCancelled = (error: Error, afterMs: number) => async (signal: AbortSignal) => {
      await sleep(clock, 1_000, signal).catch(() => sleep(clock, afterMs))
      throw error
    }
    group.spawn('slow to clean up', failWhenCancelled(third, 20))
    group.spawn('quick to clean up', failWhenCancelled(second, 10))
    group.spawn('fails', async () => {
      throw first
    })
    const joined = observe(group.join())
    await clock.advance(20)
    expect(endingOf(joined), 'a failure that follows another is a failure too').toBe(
      'TaskGroupFailed: first; second; third',
    )
  })

  test('a task that throws before its first await fails like any other', async () => {
    const group = new TaskGroup(new VirtualClock())
    const error = new Error('bad argument')
    const throwAtOnce = () => {
      throw error
    }
    expect(() => group.spawn('hasty', throwAtOnce), 'the failure belongs to the group, not to who spawns').not.toThrow()
    const failure = await rejected(group.join(), 'the only task has failed')
    expect(failure.errors, 'the error itself, as if the task had rejected with it').toEqual([error])
  })

  test('a task can fail with any value, undefined too', async () => {
    const group = new TaskGroup(new VirtualClock())
    group.spawn('rejects with nothing', () => Promise.reject())
    const failure = await rejected(group.join(), 'the only task has failed')
    expect(failure.errors, 'is a failure mistaken for a success because its error is falsy?').toEqual([undefined])
  })

  test('a task that gives up by an AbortError of its own has failed', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    const error = new DOMException('the request took too long', 'AbortError')
    group.spawn('request', async () => {
      throw error
    })
    const failure = await rejected(group.join(), 'nobody cancelled the group: the task failed by itself')
    expect(failure.errors, 'only an end with the reason of the signal is an obedient one').toEqual([error])
  })
})

/** The `TaskGroupFailed` with which `promise` rejects without any time passing. */
async function rejected(promise: Promise<void>, rule: string): Promise<TaskGroupFailed> {
  const observed = observe(promise)
  await atOnce(Promise.allSettled([promise]), rule)
  if (observed.error instanceof TaskGroupFailed) return observed.error
  expect.fail(
    `the join must reject with TaskGroupFailed: ${rule}. ${observed.state === 'done' ? 'It completed' : `It rejected with ${observed.error}`}`,
  )
}
