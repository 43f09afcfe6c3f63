import { afterEach, describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { TaskGroup } from '#message-passing/task-group'
import { VirtualClock } from '#message-passing/virtual-clock'
import { atOnce, observe, outcome, settle } from '../observe.ts'
import { endingOf } from './ending.ts'

/** Waits until it is cancelled, and ends as it is asked to: with the signal's reason. */
function untilCancelled(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

// a rejection that nobody handles belongs to the check that caused it, and not to the next
afterEach(settle)

describe('cancelling', () => {
  test('every task learns the reason from its signal', async () => {
    const group = new TaskGroup(new VirtualClock())
    const reasons: unknown[] = []
    for (const name of ['a', 'b']) {
      group.spawn(name, async (signal) => {
        await untilCancelled(signal).catch((reason: unknown) => reasons.push(reason))
      })
    }
    group.cancel('shutting down')
    await settle()
    expect(reasons.map(String), 'two tasks run, and both must be told the reason').toEqual([
      'shutting down',
      'shutting down',
    ])
    expect(group.signal.reason, 'the signal of the group itself').toBe('shutting down')
  })

  test('every task has been told when cancel returns', () => {
    const group = new TaskGroup(new VirtualClock())
    const signals: AbortSignal[] = []
    for (const name of ['a', 'b']) {
      group.spawn(name, (signal) => {
        signals.push(signal)
        return untilCancelled(signal)
      })
    }
    group.cancel('enough')
    const told = signals.map((signal) => signal.aborted)
    expect(told, 'abort the signals inside cancel, and not in a promise after it').toEqual([true, true])
  })

  test('without a reason, every task learns the one that the signal of the group made up', async () => {
    const group = new TaskGroup(new VirtualClock())
    let reason: unknown
    group.spawn('listens', async (signal) => {
      await untilCancelled(signal).catch(() => {})
      reason = signal.reason
    })
    group.cancel()
    await settle()
    const rule = '`abort` without a reason makes up a new one: hand on the reason that the signal of the group has'
    expect(reason === group.signal.reason, rule).toBe(true)
  })

  test('a task that ends with the reason of its signal has not failed', async () => {
    const group = new TaskGroup(new VirtualClock())
    group.spawn('listens', untilCancelled)
    const joined = observe(group.join())
    group.cancel('enough')
    await settle()
    expect(joined.state, 'the only task has ended').not.toBe('waiting')
    expect(endingOf(joined), 'it did as it was asked: join rejects with the reason, and not with TaskGroupFailed').toBe(
      'fails: enough',
    )
  })

  test('without a reason, join rejects with the AbortError that the signal has', async () => {
    const group = new TaskGroup(new VirtualClock())
    group.spawn('listens', untilCancelled)
    const joined = observe(group.join())
    group.cancel()
    await settle()
    expect(endingOf(joined), 'the reason that a signal gives itself is an AbortError').toBe('fails: AbortError')
    expect(joined.error, 'the reason of the signal, which the task ended with too').toBe(group.signal.reason)
  })

  test('a cancelled group is not joined as if its work were done', async () => {
    const group = new TaskGroup(new VirtualClock())
    group.spawn('returns early', (signal) => untilCancelled(signal).catch(() => {}))
    const joined = observe(group.join())
    group.cancel('enough')
    await settle()
    expect(outcome(joined), 'the task stopped half-way and returned: who joins must hear of it').toBe('fails: enough')
  })

  test('a task that fails while it cleans up has failed', async () => {
    const group = new TaskGroup(new VirtualClock())
    const error = new Error('could not remove the lock file')
    group.spawn('worker', async (signal) => {
      await untilCancelled(signal).catch(() => {
        throw error
      })
    })
    const joined = observe(group.join())
    group.cancel('enough')
    await settle()
    expect(endingOf(joined), 'a cancelled task can fail too, and what it fails with must be in the report').toBe(
      'TaskGroupFailed: could not remove the lock file',
    )
  })

  test('an AbortError whose cause is the reason is an obedient end too', async () => {
    const group = new TaskGroup(new VirtualClock())
    group.spawn('listens', (signal) =>
      untilCancelled(signal).catch((cause: unknown) => {
        throw Object.assign(new Error('The operation was aborted', { cause }), { name: 'AbortError' })
      }),
    )
    const joined = observe(group.join())
    group.cancel('enough')
    await settle()
    expect(endingOf(joined), 'functions of Node such as those of timers/promises wrap the reason like this').toBe(
      'fails: enough',
    )
  })

  test('an AbortError of another cause is a failure, in a cancelled group too', async () => {
    const group = new TaskGroup(new VirtualClock())
    const error = new DOMException('the request took too long', 'AbortError')
    group.spawn('cleans up by a request', (signal) => untilCancelled(signal).catch(() => Promise.reject(error)))
    const joined = observe(group.join())
    group.cancel('enough')
    await settle()
    expect(endingOf(joined), 'its name tells nothing of who aborted what: look for the reason').toBe(
      'TaskGroupFailed: the request took too long',
    )
  })

  test('join waits for cancelled tasks to clean up', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('worker', (signal) => untilCancelled(signal).catch(() => sleep(clock, 100)))
    const joined = observe(group.join())
    group.cancel('enough')
    await clock.advance(99)
    expect(joined.state, 'the task still cleans up: none may outlive the group').toBe('waiting')
    await clock.advance(1)
    expect(endingOf(joined), 'all has been cleaned up: join rejects with the reason of the cancellation').toBe(
      'fails: enough',
    )
  })

  test('cancelling again changes nothing: the first reason stays', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('listens', untilCancelled)
    const joined = observe(group.join())
    group.cancel('first')
    const timers = clock.pending
    group.cancel('second')
    expect(clock.pending, 'timers after the second call: cancelled twice sets two timers').toBe(timers)
    await settle()
    expect(group.signal.reason, 'the signal keeps the reason of the first cancellation').toBe('first')
    expect(endingOf(joined), 'join rejects with the reason of the first cancellation').toBe('fails: first')
  })

  test('nothing can be spawned in a cancelled group', async () => {
    const group = new TaskGroup(new VirtualClock())
    let started = false
    const start = async () => {
      started = true
    }
    group.cancel('too late')
    expect(
      catchError(() => group.spawn('late', start)),
      'spawn throws the reason of the cancellation, and at once: an async function would reject with it',
    ).toBe('too late')
    await settle()
    expect(started, 'spawn threw, and started the task all the same').toBe(false)
    expect(group.size, 'what was not started is not counted').toBe(0)
  })
})

describe('a signal from outside', () => {
  test('aborted before the group begins: the group is cancelled, and nothing starts', async () => {
    const group = new TaskGroup(new VirtualClock(), { signal: AbortSignal.abort('closed') })
    expect(group.signal.aborted, 'an aborted signal sends no event any more: look at it first').toBe(true)
    expect(
      catchError(() => group.spawn('late', async () => {})),
      'spawn throws the reason for which the group was cancelled',
    ).toBe('closed')
    const joined = observe(group.join())
    await settle()
    expect(outcome(joined), 'join rejects with the reason of the signal from outside').toBe('fails: closed')
  })

  test('aborted while tasks run: they are cancelled, for the same reason', async () => {
    const outside = new AbortController()
    const group = new TaskGroup(new VirtualClock(), { signal: outside.signal })
    group.spawn('listens', untilCancelled)
    const joined = observe(group.join())
    await settle()
    expect(joined.state, 'the task still runs, and nobody has cancelled it').toBe('waiting')
    outside.abort('closed')
    await settle()
    expect(outcome(joined), 'the group must follow the signal that it was given').toBe('fails: closed')
  })

  test('aborted after the group is over: the group takes no notice', async () => {
    const clock = new VirtualClock()
    const outside = new AbortController()
    const group = new TaskGroup(clock, { signal: outside.signal })
    group.spawn('quick', async () => {})
    await atOnce(group.join(), 'its only task has ended')
    outside.abort('too late')
    await settle()
    expect(clock.pending, 'the group is over, and has begun a grace period: does it still listen?').toBe(0)
  })
})

describe('a group in a task of another', () => {
  test('cancelling the outer group cancels the inner one, and nobody has failed', async () => {
    const clock = new VirtualClock()
    const outer = new TaskGroup(clock)
    let ended = 0
    outer.spawn('outer task', async (signal) => {
      const inner = new TaskGroup(clock, { signal })
      for (const name of ['a', 'b']) {
        inner.spawn(name, (innerSignal) => untilCancelled(innerSignal).finally(() => ended++))
      }
      await inner.join()
    })
    const joined = observe(outer.join())
    outer.cancel('shutting down')
    await settle()
    expect(ended, 'tasks of the inner group').toBe(2)
    expect(outcome(joined), 'the reason goes down and comes back up unchanged, so each end is an obedient one').toBe(
      'fails: shutting down',
    )
  })

  test('the outer group waits for the tasks of the inner one', async () => {
    const clock = new VirtualClock()
    const outer = new TaskGroup(clock)
    outer.spawn('outer task', async (signal) => {
      const inner = new TaskGroup(clock, { signal })
      inner.spawn('inner task', (innerSignal) => untilCancelled(innerSignal).catch(() => sleep(clock, 100)))
      await inner.join()
    })
    const joined = observe(outer.join())
    outer.cancel('enough')
    await clock.advance(99)
    expect(joined.state, 'a task two levels down still cleans up').toBe('waiting')
    await clock.advance(1)
    expect(endingOf(joined), 'every task has ended: join rejects with the reason of the cancellation').toBe(
      'fails: enough',
    )
  })

  test('a failure in the inner group cancels the outer one, and keeps its cause', async () => {
    const clock = new VirtualClock()
    const outer = new TaskGroup(clock)
    const cause = new Error('disk full')
    outer.spawn('outer task', async (signal) => {
      const inner = new TaskGroup(clock, { signal })
      inner.spawn('writer', () => Promise.reject(cause))
      await inner.join()
    })
    outer.spawn('neighbour', untilCancelled)
    const joined = observe(outer.join())
    await settle()
    expect(joined.state, 'the neighbour must be cancelled: it would wait for ever').toBe('failed')
    const rule = 'the failure of the outer task is the failure of the inner group, which holds the cause'
    expect(endingOf(joined), rule).toBe('TaskGroupFailed: (disk full)')
  })
})

function catchError(action: () => void): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}
