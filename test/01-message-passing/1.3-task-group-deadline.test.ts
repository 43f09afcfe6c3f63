import { afterEach, describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { DeadlineExceeded, TaskGroupFailed } from '#message-passing/task-failures'
import { TaskGroup, type TaskGroupOptions } from '#message-passing/task-group'
import { VirtualClock } from '#message-passing/virtual-clock'
import { countListeners } from '../listeners.ts'
import { observe, settle } from '../observe.ts'
import { endingOf } from './ending.ts'

/** Never ends, and never looks at its signal. */
const deaf = () => new Promise<never>(() => {})

// a rejection that nobody handles belongs to the check that caused it, and not to the next
afterEach(settle)

describe('the deadline', () => {
  test('a group that is not done by its deadline is cancelled, and fails with DeadlineExceeded', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { deadlineMs: 100 })
    group.spawn('slow', (signal) => sleep(clock, 1_000, signal))
    const joined = observe(group.join())
    await clock.advance(99)
    expect(group.signal.aborted, 'the deadline has not passed yet').toBe(false)
    await clock.advance(1)
    expect(group.signal.aborted, 'the deadline has passed, and the group is not done').toBe(true)
    if (!(joined.error instanceof TaskGroupFailed)) expect.fail(`the work was not done in time: ${endingOf(joined)}`)
    expect(endingOf(joined), 'one error, which says which deadline: the task itself ended as it was asked to').toBe(
      'TaskGroupFailed: not done within 100 ms',
    )
    expect(joined.error.errors[0], 'the error of a deadline is a DeadlineExceeded').toBeInstanceOf(DeadlineExceeded)
  })

  test('a group that is done in time never hears of its deadline', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { deadlineMs: 100 })
    group.spawn('quick', (signal) => sleep(clock, 99, signal))
    const joined = observe(group.join())
    await clock.advance(99)
    expect(joined.state, 'its only task has ended in time').toBe('done')
    await clock.advance(1_000)
    expect(group.signal.aborted, 'the group was done before its deadline').toBe(false)
  })

  test('a deadline that passes before anybody has joined is missed, even if every task has ended', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { deadlineMs: 100 })
    group.spawn('quick', (signal) => sleep(clock, 50, signal))
    await clock.advance(100)
    const joined = observe(group.join())
    await settle()
    const rule = 'the group is over when it has been joined, which was too late'
    expect(endingOf(joined), rule).toBe('TaskGroupFailed: not done within 100 ms')
  })

  test('a deadline of 0 ms is a deadline', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { deadlineMs: 0 })
    group.spawn('slow', (signal) => sleep(clock, 10, signal))
    const joined = observe(group.join())
    await clock.advance(0)
    expect(endingOf(joined), 'is 0 mistaken for "no deadline"?').toBe('TaskGroupFailed: not done within 0 ms')
  })
})

describe('the grace period', () => {
  test('a task that does not end is named in an error once the grace period is over', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { graceMs: 200 })
    group.spawn('deaf', deaf)
    group.spawn('listens', (signal) => sleep(clock, 1_000, signal))
    group.spawn('cleans up', (signal) => sleep(clock, 1_000, signal).catch(() => sleep(clock, 199)))
    const joined = observe(group.join())
    group.cancel('enough')
    await clock.advance(199)
    expect(joined.state, 'the grace period is not over yet').toBe('waiting')
    await clock.advance(1)
    expect(joined.state, 'a task that never ends must not keep the group for ever').toBe('failed')
    const rule = 'the report names the task that still runs, and none that has ended'
    expect(endingOf(joined), rule).toBe('TaskGroupFailed: still running: deaf')
  })

  test('it begins when the group is cancelled, and cancelling again does not prolong it', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { graceMs: 200 })
    group.spawn('deaf', deaf)
    const joined = observe(group.join())
    await clock.advance(1_000)
    group.cancel('enough')
    await clock.advance(150)
    group.cancel('I said enough')
    await clock.advance(49)
    expect(joined.state, '199 ms after the cancellation').toBe('waiting')
    await clock.advance(1)
    expect(joined.state, '200 ms after the first cancellation, and 50 ms after the second').toBe('failed')
  })

  test('it begins when the group is cancelled, and not when somebody begins to wait', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { graceMs: 200 })
    group.spawn('deaf', deaf)
    group.cancel('enough')
    await clock.advance(150)
    const joined = observe(group.join())
    await clock.advance(49)
    expect(joined.state, '199 ms after the cancellation').toBe('waiting')
    await clock.advance(1)
    expect(joined.state, '200 ms after the cancellation, and 50 ms after join was called').toBe('failed')
  })

  test('it is 5,000 ms long when nothing else is said', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('deaf', deaf)
    const joined = observe(group.join())
    group.cancel('enough')
    await clock.advance(4_999)
    expect(joined.state, '4,999 of 5,000 ms have passed').toBe('waiting')
    await clock.advance(1)
    expect(joined.state, '5,000 ms have passed').toBe('failed')
  })

  test('the failure that began it is reported too, and first', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock, { graceMs: 200 })
    const cause = new Error('disk full')
    group.spawn('deaf', deaf)
    group.spawn('writer', () => Promise.reject(cause))
    const joined = observe(group.join())
    await clock.advance(200)
    const rule = 'the cause comes first, and then the task that never ended'
    expect(endingOf(joined), rule).toBe('TaskGroupFailed: disk full; still running: deaf')
  })

  test('a task that begins as the last one ends is not taken for one that would not end', async () => {
    const group = new TaskGroup(new VirtualClock())
    const first = Promise.resolve()
    group.spawn('first', () => first)
    const joined = observe(group.join())
    // one turn after another, so that one of these begins between the last end and join's
    let turn: Promise<void> = first
    for (let n = 0; n < 10; n++) turn = turn.then(() => group.spawn(`task ${n}`, async () => {}))
    turn.catch(() => {}) // a wrong group may be cancelled by now, and refuse to spawn
    await settle()
    expect(endingOf(joined), 'all tasks have ended, and nobody cancelled anything').toBe('is done')
  })
})

describe('nothing is left over', () => {
  const endings: Record<string, (group: TaskGroup, clock: VirtualClock) => void> = {
    'whose tasks are done': (group, clock) => group.spawn('quick', (signal) => sleep(clock, 10, signal)),
    'without tasks': () => {},
    'in which a task failed': (group) => group.spawn('fails', () => Promise.reject(new Error('no'))),
    'that was cancelled': (group, clock) => {
      group.spawn('listens', (signal) => sleep(clock, 500, signal))
      group.cancel('enough')
    },
    'with a task that never ends': (group) => {
      group.spawn('deaf', deaf)
      group.cancel('enough')
    },
    'that missed its deadline': (group, clock) => group.spawn('slow', (signal) => sleep(clock, 9_000, signal)),
  }

  test.each(Object.keys(endings))('by a group %s: no timer, no listener', async (ending) => {
    const clock = new VirtualClock()
    const outside = new AbortController()
    const listeners = countListeners(outside.signal)
    const group = new TaskGroup(clock, { signal: outside.signal, deadlineMs: 1_000, graceMs: 200 })
    endings[ending]?.(group, clock)
    const joined = observe(group.join())
    while (joined.state === 'waiting' && clock.now() < 2_000) await clock.advance(1)
    expect(joined.state, 'join must have ended by now').not.toBe('waiting')
    expect(clock.pending, 'timers that are still set: the deadline? the grace period?').toBe(0)
    expect(listeners(), 'the group still listens to the signal from outside, and is kept alive by it').toBe(0)
  })
})

describe('bad options', () => {
  const bad = [-1, Number.NaN, Number.POSITIVE_INFINITY]
  const options: readonly (readonly [keyof TaskGroupOptions, number])[] = [
    ...bad.map((value) => ['deadlineMs', value] as const),
    ...bad.map((value) => ['graceMs', value] as const),
  ]

  test.each(options)('%s: %s is refused, and the error names it', async (name, value) => {
    const clock = new VirtualClock()
    const create = () => new TaskGroup(clock, { deadlineMs: 1_000, [name]: value })
    expect(create, 'a duration is a finite number from 0 up: anything else is a RangeError').toThrow(RangeError)
    expect(create, 'the error must name the option').toThrow(name)
    expect(create, 'the error must name the value that was refused').toThrow(String(value))
    await settle()
    expect(clock.pending, 'there is no group, and a timer of it').toBe(0)
  })
})
