/** The clocks that the exercises of this chapter wait on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { after, sleep } from '#message-passing/clock'
import { RealClock } from '#message-passing/clock.node'
import { perform } from '#message-passing/operation'
import { VirtualClock } from '#message-passing/virtual-clock'
import { observe, settle } from '../observe.ts'

describe('waiting on a clock', () => {
  test('a sleep ends when its time is over, and not before', async () => {
    const clock = new VirtualClock()
    const slept = observe(sleep(clock, 100))
    await clock.advance(99)
    expect(slept.state).toBe('waiting')
    await clock.advance(1)
    expect(slept.state).toBe('done')
    expect(clock.pending).toBe(0)
  })

  test('a delay counts from the beginning of the wait, not from when the operation was made', async () => {
    const clock = new VirtualClock()
    const soon = after(clock, 10)
    await clock.advance(50)
    const waited = observe(perform(soon))
    await clock.advance(9)
    expect(waited.state).toBe('waiting')
    await clock.advance(1)
    expect(waited.state).toBe('done')
  })

  test('a cancelled sleep rejects with the reason and leaves no timer', async () => {
    const clock = new VirtualClock()
    const controller = new AbortController()
    const cancelled = observe(sleep(clock, 100, controller.signal))
    const never = observe(sleep(clock, 100, AbortSignal.abort('before')))
    await settle()
    controller.abort('during')
    await settle()
    expect([cancelled.error, never.error]).toEqual(['during', 'before'])
    expect(clock.pending).toBe(0)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    'a delay of %s ms is refused, and the error names it',
    (delayMs) => {
      const clock = new VirtualClock()
      for (const refused of [() => after(clock, delayMs), () => clock.schedule(delayMs, () => {})]) {
        expect(refused).toThrow(RangeError)
        expect(refused).toThrow(String(delayMs))
      }
      expect(clock.pending).toBe(0)
    },
  )
})

describe('the virtual clock', () => {
  test('stands still until it is moved', async () => {
    const clock = new VirtualClock()
    const rung: string[] = []
    clock.schedule(0, () => rung.push('rung'))
    await settle()
    expect([clock.now(), clock.pending, ...rung], 'a delay of 0 ms does not ring by itself').toEqual([0, 1])
    await clock.advance(0)
    expect([clock.now(), clock.pending, ...rung]).toEqual([0, 0, 'rung'])
  })

  test('what a program does at one moment is over before the next moment begins', async () => {
    const clock = new VirtualClock()
    const seen: string[] = []
    const walk = async (name: string, delayMs: number) => {
      await sleep(clock, delayMs)
      for (let step = 1; step <= 3; step++) {
        await undefined
        seen.push(`${name}${step} at ${clock.now()}`)
      }
    }
    void walk('b', 2)
    void walk('a', 1)
    await clock.advance(10)
    expect(seen).toEqual(['a1 at 1', 'a2 at 1', 'a3 at 1', 'b1 at 2', 'b2 at 2', 'b3 at 2'])
    expect(clock.now()).toBe(10)
  })

  test('a timer that is set by another rings in the same advance if it is due', async () => {
    const clock = new VirtualClock()
    const loop = async () => {
      for (;;) await sleep(clock, 10)
    }
    void loop()
    await clock.advance(35)
    expect([clock.now(), clock.pending]).toEqual([35, 1])
  })

  test('a timer that takes itself back while it rings is counted once', async () => {
    const clock = new VirtualClock()
    const cancel = clock.schedule(10, () => cancel())
    clock.schedule(20, () => {})
    await clock.advance(10)
    expect(clock.pending, 'one timer has rung, and the other is still set').toBe(1)
    cancel()
    expect(clock.pending, 'a timer that has rung can not be taken back').toBe(1)
  })

  test('runs until nothing is left to happen, and says so when that never comes', async () => {
    const clock = new VirtualClock()
    const slept = observe(sleep(clock, 60_000).then(() => sleep(clock, 1)))
    await clock.runUntilIdle()
    expect(slept.state).toBe('done')
    expect([clock.now(), clock.pending]).toEqual([60_001, 0])
    const forever = async () => {
      for (;;) await sleep(clock, 1)
    }
    void forever()
    const idle = observe(clock.runUntilIdle(5))
    for (let turn = 0; turn < 10; turn++) await settle()
    expect(idle.error, 'a program that always sets another timer').toBeInstanceOf(RangeError)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    'does not advance by %s ms, and the error names it',
    async (durationMs) => {
      await expect(new VirtualClock().advance(durationMs)).rejects.toThrow(String(durationMs))
    },
  )
})

type Step =
  | { readonly action: 'set'; readonly delayMs: number; readonly thenMs: number | undefined }
  /** Takes back the n-th timer that was set. */
  | { readonly action: 'cancel'; readonly timer: number }
  | { readonly action: 'advance'; readonly durationMs: number }

const delayMs = fc.oneof(fc.nat(5), fc.constantFrom(0.5, 1.5))
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ action: fc.constant('set'), delayMs, thenMs: fc.option(delayMs, { nil: undefined }) }),
  fc.record({ action: fc.constant('set'), delayMs, thenMs: fc.constant(undefined) }),
  fc.record({ action: fc.constant('cancel'), timer: fc.nat(20) }),
  fc.record({ action: fc.constant('advance'), durationMs: delayMs }),
)

test('timers ring at their moment, and those of one moment in the order in which they were set', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      const { rung, pending } = await play(steps)
      expect({ rung, pending }).toEqual(model(steps))
    }),
    { numRuns: 200 },
  )
})

async function play(steps: readonly Step[]) {
  const clock = new VirtualClock()
  const rung: string[] = []
  const cancels: (() => void)[] = []
  let timersSet = 0
  const set = (delayMs: number, thenMs: number | undefined) => {
    const timer = timersSet++
    cancels[timer] = clock.schedule(delayMs, () => {
      rung.push(`${timer} at ${clock.now()}`)
      if (thenMs !== undefined) set(thenMs, undefined)
    })
  }
  for (const step of steps) {
    if (step.action === 'set') set(step.delayMs, step.thenMs)
    else if (step.action === 'cancel') cancels[step.timer]?.()
    else await clock.advance(step.durationMs)
  }
  return { rung, pending: clock.pending }
}

/** The same, on a list that is searched from end to end each time. */
function model(steps: readonly Step[]) {
  let timers: { timer: number; atMs: number; thenMs: number | undefined }[] = []
  const rung: string[] = []
  let nowMs = 0
  let timersSet = 0
  const set = (delayMs: number, thenMs: number | undefined) =>
    timers.push({ timer: timersSet++, atMs: nowMs + delayMs, thenMs })
  const nextDue = (untilMs: number) => {
    const earliestMs = Math.min(...timers.map((timer) => timer.atMs))
    return earliestMs > untilMs ? undefined : timers.find((timer) => timer.atMs === earliestMs)
  }
  for (const step of steps) {
    if (step.action === 'set') set(step.delayMs, step.thenMs)
    else if (step.action === 'cancel') timers = timers.filter(({ timer }) => timer !== step.timer)
    else {
      const untilMs = nowMs + step.durationMs
      for (let due = nextDue(untilMs); due !== undefined; due = nextDue(untilMs)) {
        timers = timers.filter((timer) => timer !== due)
        nowMs = due.atMs
        rung.push(`${due.timer} at ${nowMs}`)
        if (due.thenMs !== undefined) set(due.thenMs, undefined)
      }
      nowMs = untilMs
    }
  }
  return { rung, pending: timers.length }
}

describe('the real clock', () => {
  test('rings after `schedule` has returned, and not after it was taken back', async () => {
    const clock = new RealClock()
    const rung: string[] = []
    const beforeMs = clock.now()
    await new Promise<void>((resolve) => {
      const cancel = clock.schedule(0, () => rung.push('taken back'))
      clock.schedule(0, () => {
        rung.push('rung')
        resolve()
      })
      cancel()
      rung.push('returned')
    })
    expect(rung).toEqual(['returned', 'rung'])
    expect(clock.now()).toBeGreaterThanOrEqual(beforeMs)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a delay of %s ms, and the error names it',
    (delayMs) => {
      expect(() => new RealClock().schedule(delayMs, () => {})).toThrow(String(delayMs))
    },
  )

  test('a delay longer than setTimeout knows does not ring at once, and can be taken back', async () => {
    let rung = false
    const cancel = new RealClock().schedule(2 ** 31, () => {
      rung = true
    })
    for (let turn = 0; turn < 20; turn++) await settle()
    expect(rung).toBe(false)
    cancel()
  })
})
