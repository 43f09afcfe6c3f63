import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClockTooFarAhead, compareHybrid, HybridClock, type HybridTime } from '#message-passing/hybrid-clock'
import { history, play, type Stamper, wrongPair } from './message-history.ts'

/** A hybrid clock, and the wall clock that it reads, to be set by hand. */
function hybrid(offsetMsMax = 500) {
  const wall = { ms: 1_000 }
  return { wall, clock: new HybridClock(() => wall.ms, offsetMsMax) }
}

describe('an event of the host', () => {
  test('is stamped with the wall clock when that has moved on', () => {
    const { wall, clock } = hybrid()
    expect(clock.tick()).toEqual({ wallMs: 1_000, counter: 0 })
    wall.ms = 1_007
    expect(clock.tick(), 'a new reading begins to count from 0').toEqual({ wallMs: 1_007, counter: 0 })
    expect(clock.time, 'the time of the latest event').toEqual({ wallMs: 1_007, counter: 0 })
  })

  test('is counted when it falls into the same millisecond as the one before', () => {
    const { clock } = hybrid()
    expect([clock.tick(), clock.tick(), clock.tick()].map(({ counter }) => counter)).toEqual([0, 1, 2])
    expect(clock.time.wallMs).toBe(1_000)
  })

  test('comes after the one before even when the wall clock was set back', () => {
    const { wall, clock } = hybrid()
    clock.tick()
    wall.ms = 400
    expect(clock.tick(), 'it stays at the greatest reading, and counts').toEqual({ wallMs: 1_000, counter: 1 })
    wall.ms = 999
    expect(clock.tick()).toEqual({ wallMs: 1_000, counter: 2 })
    wall.ms = 1_001
    expect(clock.tick(), 'the wall clock has caught up').toEqual({ wallMs: 1_001, counter: 0 })
  })
})

describe('the receipt of a message', () => {
  const rows: readonly (readonly [string, number, HybridTime, HybridTime])[] = [
    [
      'a wall clock ahead of both starts to count anew',
      2_000,
      { wallMs: 1_900, counter: 8 },
      { wallMs: 2_000, counter: 0 },
    ],
    ['a sender ahead counts on from the sending', 1_000, { wallMs: 1_300, counter: 8 }, { wallMs: 1_300, counter: 9 }],
    ['a sender behind counts on from what was here', 1_000, { wallMs: 900, counter: 8 }, { wallMs: 1_000, counter: 3 }],
    [
      'equal readings count on from the greater counter, theirs',
      1_000,
      { wallMs: 1_000, counter: 8 },
      { wallMs: 1_000, counter: 9 },
    ],
    [
      'equal readings count on from the greater counter, ours',
      1_000,
      { wallMs: 1_000, counter: 1 },
      { wallMs: 1_000, counter: 3 },
    ],
    [
      'a sender at a reading that is new here as well counts on',
      1_200,
      { wallMs: 1_200, counter: 4 },
      { wallMs: 1_200, counter: 5 },
    ],
  ]
  test.each(rows)('%s', (_rule, wallMs, sentAt, expected) => {
    const { wall, clock } = hybrid()
    for (let n = 0; n < 3; n++) clock.tick() // the latest event here is at 1,000 ms, with counter 2
    wall.ms = wallMs
    expect(clock.receive(sentAt)).toEqual(expected)
    expect(clock.time).toEqual(expected)
  })

  test('counts on even when the wall clock was set back', () => {
    const { wall, clock } = hybrid()
    clock.tick()
    wall.ms = 800
    expect(clock.receive({ wallMs: 700, counter: 5 })).toEqual({ wallMs: 1_000, counter: 1 })
  })

  test('leaves the times as they were that were given away', () => {
    const { clock } = hybrid()
    const sentAt: HybridTime = { wallMs: 1_100, counter: 3 }
    const before = clock.tick()
    clock.receive(sentAt)
    clock.tick()
    expect([before, sentAt]).toEqual([
      { wallMs: 1_000, counter: 0 },
      { wallMs: 1_100, counter: 3 },
    ])
  })
})

describe('a message from too far ahead', () => {
  test('is refused, with the distance in the error, and changes nothing', () => {
    const { clock } = hybrid(500)
    const before = clock.tick()
    const receive = () => clock.receive({ wallMs: 1_501, counter: 0 })
    expect(receive).toThrow(ClockTooFarAhead)
    expect(receive).toThrow(expect.objectContaining({ code: 'CLOCK_TOO_FAR_AHEAD', aheadMs: 501 }))
    expect(clock.time, 'one broken clock must not pull this one with it').toEqual(before)
  })

  test('is taken when it is exactly as far ahead as clocks may be apart', () => {
    expect(hybrid(500).clock.receive({ wallMs: 1_500, counter: 0 })).toEqual({ wallMs: 1_500, counter: 1 })
  })

  test('is measured by the wall clock, and not by the latest event here', () => {
    const { clock } = hybrid(500)
    clock.receive({ wallMs: 1_400, counter: 0 })
    const receive = () => clock.receive({ wallMs: 1_800, counter: 0 })
    expect(receive, 'else the clocks could pull each other into the future, step by step').toThrow(ClockTooFarAhead)
  })

  test('from long ago is nothing to worry about', () => {
    expect(hybrid(0).clock.receive({ wallMs: 1, counter: 9 })).toEqual({ wallMs: 1_000, counter: 0 })
  })

  test('is refused when its time is no number at all', () => {
    const { clock } = hybrid()
    const before = clock.tick()
    expect(() => clock.receive({ wallMs: Number.NaN, counter: 0 })).toThrow(ClockTooFarAhead)
    expect(clock.time, 'NaN is contagious').toEqual(before)
  })

  test.each([-1, Number.NaN])('an allowance of %d ms is no allowance', (offsetMsMax) => {
    expect(() => new HybridClock(() => 0, offsetMsMax)).toThrow(String(offsetMsMax))
  })
})

describe('whatever happens', () => {
  const OFFSET_MS_MAX = 100

  /** Plays a history on hosts whose wall clocks are wrong by up to half the offset, and jump within it. */
  function playWith(steps: Parameters<typeof play>[0], errorsMs: readonly number[]) {
    let events = 0
    const readings: number[] = []
    const makeClock = (): Stamper<HybridTime> => {
      const read = () => {
        const wallMs = 10_000 + 3 * events + (errorsMs[events % errorsMs.length] ?? 0)
        readings[events] = wallMs
        return wallMs
      }
      const clock = new HybridClock(read, OFFSET_MS_MAX)
      const counted = (stamp: HybridTime) => {
        events++
        return stamp
      }
      return { tick: () => counted(clock.tick()), receive: (sentAt) => counted(clock.receive(sentAt)) }
    }
    return { events: play(steps, makeClock), readings }
  }

  const errorsMs = fc.array(fc.integer({ min: 0, max: OFFSET_MS_MAX }), { minLength: 1, maxLength: 20 })

  test('if one event happened before another, its time is smaller, however wrong the clocks are', () => {
    fc.assert(
      fc.property(history, errorsMs, (steps, errors) => {
        const { events } = playWith(steps, errors)
        const wrong = wrongPair(
          events,
          (a, b, relation) => relation !== 'before' || compareHybrid(a.stamp, b.stamp) < 0,
        )
        expect(wrong, 'the time of a cause is not smaller than that of its effect').toBeUndefined()
      }),
    )
  })

  test('a time is the greatest reading that the event can have heard of, and so never far from its own', () => {
    fc.assert(
      fc.property(history, errorsMs, (steps, errors) => {
        const { events, readings } = playWith(steps, errors)
        const heard = events.map(({ past }, index) =>
          Math.max(readings[index] ?? 0, ...[...past].map((cause) => readings[cause] ?? 0)),
        )
        const times = events.map(({ stamp }) => stamp.wallMs)
        expect(times, 'not the greatest reading on the way to the event').toEqual(heard)
        const aheadMsMax = Math.max(0, ...times.map((wallMs, index) => wallMs - (readings[index] ?? 0)))
        expect(aheadMsMax, 'a time is further ahead than clocks may be apart').toBeLessThanOrEqual(OFFSET_MS_MAX)
      }),
    )
  })

  test('the counter is no greater than the number of earlier events at the same reading', () => {
    fc.assert(
      fc.property(history, errorsMs, (steps, errors) => {
        const { events } = playWith(steps, errors)
        const counters = events.map(({ stamp }) => stamp.counter)
        const bounds = events.map(
          ({ stamp, past }) => [...past].filter((cause) => events[cause]?.stamp.wallMs === stamp.wallMs).length,
        )
        const excessive = counters.findIndex((counter, index) => counter > (bounds[index] ?? 0))
        expect(excessive, 'this event counts more than there was: does a new reading begin at 0?').toBe(-1)
      }),
    )
  })
})

test('times are compared by their reading, and by their counter where that is equal', () => {
  const at = (wallMs: number, counter: number): HybridTime => ({ wallMs, counter })
  const times = [at(2, 0), at(10, 0), at(2, 10), at(2, 9), at(1, 99)]
  expect(times.sort(compareHybrid)).toEqual([at(1, 99), at(2, 0), at(2, 9), at(2, 10), at(10, 0)])
  expect(compareHybrid(at(3, 4), at(3, 4))).toBe(0)
})
