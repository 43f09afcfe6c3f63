import { afterEach, describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { TaskGroup } from '#message-passing/task-group'
import { VirtualClock } from '#message-passing/virtual-clock'
import { countListeners } from '../listeners.ts'
import { observe, outcome, settle } from '../observe.ts'
import { endingOf } from './ending.ts'

// a rejection that nobody handles belongs to the check that caused it, and not to the next
afterEach(settle)

describe('leaving the block of `await using`', () => {
  test('by a return: what still runs is cancelled and waited for', async () => {
    const clock = new VirtualClock()
    let reason: unknown
    let cleanedUp = false
    const leave = async () => {
      await using group = new TaskGroup(clock)
      group.spawn('worker', async (signal) => {
        await sleep(clock, 1_000, signal).catch((error: unknown) => {
          reason = error
        })
        await sleep(clock, 100)
        cleanedUp = true
      })
      return 'the answer'
    }
    const left = observe(leave())
    await clock.advance(99)
    expect(reason, 'the task was not told that the block is left').toBeDefined()
    expect(left.state, 'the task still cleans up: the block is not left before it has ended').toBe('waiting')
    await clock.advance(1)
    expect(cleanedUp, 'the block was left before the task had cleaned up').toBe(true)
    expect(outcome(left), 'a task that ended as it was asked to is no failure').toBe('gets the answer')
  })

  test('by an exception: what still runs is cancelled and waited for, and the exception goes on', async () => {
    const clock = new VirtualClock()
    const error = new Error('bad request')
    let ended = false
    const leave = async () => {
      await using group = new TaskGroup(clock)
      group.spawn('worker', (signal) =>
        sleep(clock, 1_000, signal).finally(() => {
          ended = true
        }),
      )
      throw error
    }
    const left = observe(leave())
    await settle()
    expect(ended, 'the task outlived the block that started it').toBe(true)
    expect(left.state, 'the block threw, and so leaving it must throw').toBe('failed')
    expect(left.error, 'the exception itself, and nothing around it').toBe(error)
  })

  test('after the join: there is nothing to wait for', async () => {
    const clock = new VirtualClock()
    const leave = async () => {
      await using group = new TaskGroup(clock)
      group.spawn('worker', (signal) => sleep(clock, 100, signal))
      await group.join()
    }
    const left = observe(leave())
    await clock.advance(100)
    expect(outcome(left), 'the join succeeded, and leaving the block is no failure').toBe('is done')
    expect(clock.pending, 'leaving the block has left a timer').toBe(0)
  })

  test('a failure that nobody has heard of is reported', async () => {
    const error = new Error('disk full')
    const leave = async () => {
      await using group = new TaskGroup(new VirtualClock())
      group.spawn('writer', () => Promise.reject(error))
      await settle()
    }
    const left = observe(leave())
    await settle()
    await settle()
    expect(left.state, 'nobody joined: without a report here the failure is lost').toBe('failed')
    expect(endingOf(left), 'the report holds the error of the task').toBe('TaskGroupFailed: disk full')
  })

  test('a failure that join has reported is not reported again', async () => {
    const error = new Error('disk full')
    const leave = async () => {
      await using group = new TaskGroup(new VirtualClock())
      group.spawn('writer', () => Promise.reject(error))
      await group.join().catch(() => {}) // reported here, and dealt with
      return 'went on without it'
    }
    const left = observe(leave())
    await settle()
    expect(outcome(left), 'the block caught what join rejected with: that is the end of it').toBe(
      'gets went on without it',
    )
  })

  test('the rejection of join passes through unchanged', async () => {
    const error = new Error('disk full')
    const leave = async () => {
      await using group = new TaskGroup(new VirtualClock())
      group.spawn('writer', () => Promise.reject(error))
      await group.join()
    }
    const left = observe(leave())
    await settle()
    expect(endingOf(left), 'one failure, reported once: a SuppressedError means that it came twice').toBe(
      'TaskGroupFailed: disk full',
    )
  })

  test('an exception does not hide a failure, nor the failure the exception', async () => {
    const [exception, failure] = [new Error('bad request'), new Error('disk full')]
    const leave = async () => {
      await using group = new TaskGroup(new VirtualClock())
      group.spawn('writer', () => Promise.reject(failure))
      throw exception
    }
    const left = observe(leave())
    await settle()
    expect(endingOf(left), 'the block threw, and leaving it must report the failure as well').toBe(
      'fails: SuppressedError',
    )
    expect(left.error, 'what JavaScript makes of two errors at the end of one block').toMatchObject({
      name: 'SuppressedError',
      error: { name: 'TaskGroupFailed', errors: [failure] },
      suppressed: exception,
    })
  })

  test('a task that never ends is waited for during the grace period, and then named', async () => {
    const clock = new VirtualClock()
    const leave = async () => {
      await using group = new TaskGroup(clock, { graceMs: 200 })
      group.spawn('deaf', () => new Promise(() => {}))
    }
    const left = observe(leave())
    await clock.advance(199)
    expect(left.state, 'the task may still end: the grace period is not over').toBe('waiting')
    await clock.advance(1)
    expect(left.state, 'the grace period is over').toBe('failed')
    expect(endingOf(left), 'the task that never ended must be named').toBe('TaskGroupFailed: still running: deaf')
  })

  test('nothing is left over: no timer, no listener', async () => {
    const clock = new VirtualClock()
    const outside = new AbortController()
    const listeners = countListeners(outside.signal)
    const leave = async () => {
      await using group = new TaskGroup(clock, { signal: outside.signal, deadlineMs: 1_000 })
      group.spawn('worker', (signal) => sleep(clock, 100, signal))
    }
    const left = observe(leave())
    await settle()
    expect(left.state, 'the only task ends when it is cancelled: leaving must not wait longer').toBe('done')
    expect(clock.pending, 'timers that are still set: the deadline? the grace period? the sleep of the task?').toBe(0)
    expect(listeners(), 'the group still listens to the signal from outside').toBe(0)
  })

  test('a group that nobody used is left at once', async () => {
    const clock = new VirtualClock()
    const leave = async () => {
      await using _group = new TaskGroup(clock, { deadlineMs: 1_000 })
    }
    const left = observe(leave())
    await settle()
    expect(left.state, 'there is no task to wait for').toBe('done')
    expect(clock.pending, 'the timer of the deadline is still set').toBe(0)
  })
})
