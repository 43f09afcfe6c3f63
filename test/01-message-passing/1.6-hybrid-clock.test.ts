import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClockTooFarAhead, compareHybrid, HybridClock, type HybridTime } from '#message-passing/hybrid-clock'
import { law, listed, type Story } from '../law.ts'
import { eventInWords, expectOfEachPair, history, play, type Stamper } from './message-history.ts'

/** A hybrid clock, and the wall clock that it reads, to be set by hand. */
function hybrid(offsetMsMax = 500) {
  const wall = { ms: 1_000 }
  return { wall, clock: new HybridClock(() => wall.ms, offsetMsMax) }
}

describe('an event of the host', () => {
  test('is stamped with the wall clock when that has moved on', () => {
    const { wall, clock } = hybrid()
    expect(clock.tick(), "the wall clock's reading, and nothing to count yet").toEqual({ wallMs: 1_000, counter: 0 })
    wall.ms = 1_007
    expect(clock.tick(), 'a new reading begins to count from 0').toEqual({ wallMs: 1_007, counter: 0 })
    expect(clock.time, 'the time of the latest event').toEqual({ wallMs: 1_007, counter: 0 })
  })

  test('is counted when it falls into the same millisecond as the one before', () => {
    const { clock } = hybrid()
    const counters = [clock.tick(), clock.tick(), clock.tick()].map(({ counter }) => counter)
    expect(counters, 'three events at one reading').toEqual([0, 1, 2])
    expect(clock.time.wallMs, 'the reading stays what the wall clock says').toBe(1_000)
  })

  test('comes after the one before even when the wall clock was set back', () => {
    const { wall, clock } = hybrid()
    clock.tick()
    wall.ms = 400
    expect(clock.tick(), 'it stays at the greatest reading, and counts').toEqual({ wallMs: 1_000, counter: 1 })
    wall.ms = 999
    expect(clock.tick(), 'the wall clock is still behind').toEqual({ wallMs: 1_000, counter: 2 })
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
    const here = `here it was ${inWords(clock.time)}, the message was sent at ${inWords(sentAt)}`
    expect(inWords(clock.receive(sentAt)), `${here}, and the wall clock says ${wallMs} ms`).toBe(inWords(expected))
    expect(clock.time, 'the time of the latest event is that of the receipt').toEqual(expected)
  })

  test('counts on even when the wall clock was set back', () => {
    const { wall, clock } = hybrid()
    clock.tick()
    wall.ms = 800
    const received = clock.receive({ wallMs: 700, counter: 5 })
    expect(received, 'it stays at the greatest reading, and counts').toEqual({ wallMs: 1_000, counter: 1 })
  })

  test('leaves the times as they were that were given away', () => {
    const { clock } = hybrid()
    const sentAt: HybridTime = { wallMs: 1_100, counter: 3 }
    const before = clock.tick()
    clock.receive(sentAt)
    clock.tick()
    expect([before, sentAt], 'a time may be on its way in a message: make a new object for each event').toEqual([
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
    const rule = 'the message is 501 ms ahead of the wall clock, and 500 are allowed: throw ClockTooFarAhead'
    expect(receive, rule).toThrow(ClockTooFarAhead)
    expect(receive, `${rule}, which says how far`).toThrow(
      expect.objectContaining({ code: 'CLOCK_TOO_FAR_AHEAD', aheadMs: 501 }),
    )
    expect(clock.time, 'one broken clock must not pull this one with it').toEqual(before)
  })

  test('is taken when it is exactly as far ahead as clocks may be apart', () => {
    const received = hybrid(500).clock.receive({ wallMs: 1_500, counter: 0 })
    expect(received, '500 ms ahead, and 500 are allowed').toEqual({ wallMs: 1_500, counter: 1 })
  })

  test('is measured by the wall clock, and not by the latest event here', () => {
    const { clock } = hybrid(500)
    clock.receive({ wallMs: 1_400, counter: 0 })
    const receive = () => clock.receive({ wallMs: 1_800, counter: 0 })
    expect(receive, 'else the clocks could pull each other into the future, step by step').toThrow(ClockTooFarAhead)
  })

  test('from long ago is nothing to worry about', () => {
    const received = hybrid(0).clock.receive({ wallMs: 1, counter: 9 })
    expect(received, 'the wall clock is ahead of the message').toEqual({ wallMs: 1_000, counter: 0 })
  })

  test('is refused when its time is no number at all', () => {
    const { clock } = hybrid()
    const before = clock.tick()
    const receive = () => clock.receive({ wallMs: Number.NaN, counter: 0 })
    expect(receive, 'each comparison with NaN is false, and it must be refused all the same').toThrow(ClockTooFarAhead)
    expect(clock.time, 'NaN is contagious').toEqual(before)
  })

  test.each([-1, Number.NaN])('an allowance of %d ms is no allowance', (offsetMsMax) => {
    const create = () => new HybridClock(() => 0, offsetMsMax)
    expect(create, 'the error must name the number that was refused').toThrow(String(offsetMsMax))
  })
})

describe('a message whose counter counts nothing', () => {
  test.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53])('%d is refused, and changes nothing', (counter) => {
    for (const wallMs of [900, 1_000, 1_100]) {
      const { clock } = hybrid()
      const before = clock.tick()
      const receive = () => clock.receive({ wallMs, counter })
      const rule = `${counter} is no safe integer from 0 up, whatever the reading: receive must throw a RangeError`
      expect(receive, rule).toThrow(RangeError)
      expect(receive, 'the error must name the counter that was refused').toThrow(String(counter))
      expect(clock.time, 'one broken message must not spoil the clock').toEqual(before)
    }
  })
})

describe('whatever happens', () => {
  const OFFSET_MS_MAX = 100

  /** Plays a history on hosts whose wall clocks are wrong by up to half the offset, and jump within it. */
  function playWith(steps: Parameters<typeof play>[0], errorsMs: readonly number[], story: Story) {
    const readingOf = (event: number) => 10_000 + 3 * event + (errorsMs[event % errorsMs.length] ?? 0)
    let count = 0
    const makeClock = (): Stamper<HybridTime> => {
      const clock = new HybridClock(() => readingOf(count), OFFSET_MS_MAX)
      const counted = (stamp: HybridTime) => {
        count++
        return stamp
      }
      return { tick: () => counted(clock.tick()), receive: (sentAt) => counted(clock.receive(sentAt)) }
    }
    const events = play(steps, story, makeClock, (event) => `, at ${readingOf(event)} ms,`)
    return { events, readingOf }
  }

  const errorsMs = fc.array(fc.integer({ min: 0, max: OFFSET_MS_MAX }), { minLength: 1, maxLength: 20 })
  const run = fc.tuple(history, errorsMs)

  test('if one event happened before another, its time is smaller, however wrong the clocks are', () =>
    law(run, 100, async ([steps, errors], story) => {
      const { events } = playWith(steps, errors, story)
      const rule = 'the time of a cause is not smaller than that of its effect'
      expectOfEachPair(events, rule, (a, b, relation) => relation !== 'before' || compareHybrid(a.stamp, b.stamp) < 0)
    }))

  test('a time is the greatest reading that the event can have heard of, and so never far from its own', () =>
    law(run, 100, async ([steps, errors], story) => {
      const { events, readingOf } = playWith(steps, errors, story)
      for (const [index, { stamp, past }] of events.entries()) {
        const heardMs = Math.max(...[index, ...past].map(readingOf))
        if (stamp.wallMs === heardMs) continue
        expect.fail(`the greatest reading on the way to ${eventInWords(events, index)} was ${heardMs} ms`)
      }
    }))

  test('the counter is no greater than the number of earlier events at the same reading', () =>
    law(run, 100, async ([steps, errors], story) => {
      const { events } = playWith(steps, errors, story)
      for (const [index, { stamp, past }] of events.entries()) {
        const same = [...past].filter((cause) => events[cause]?.stamp.wallMs === stamp.wallMs)
        if (stamp.counter <= same.length) continue
        const rule = 'events before it have the same reading: does a new reading begin at 0?'
        expect.fail(`${eventInWords(events, index)} counts too much, for ${same.length} ${rule}`)
      }
    }))
})

test('times are compared by their reading, and by their counter where that is equal', () => {
  const at = (wallMs: number, counter: number): HybridTime => ({ wallMs, counter })
  const times = [at(2, 0), at(10, 0), at(2, 10), at(2, 9), at(1, 99)]
  const inOrder = listed(times.sort(compareHybrid).map(({ wallMs, counter }) => `${wallMs}/${counter}`))
  expect(inOrder, 'reading first, then counter, both as numbers').toBe('1/99, 2/0, 2/9, 2/10, 10/0')
  expect(compareHybrid(at(3, 4), at(3, 4)), 'equal times').toBe(0)
})

function inWords({ wallMs, counter }: HybridTime): string {
  return `${wallMs} ms, counter ${counter}`
}
