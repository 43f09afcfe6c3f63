import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareStamps, LamportClock, type Stamp } from '#message-passing/lamport-clock'
import { history, play, wrongPair } from './message-history.ts'

describe('a Lamport clock', () => {
  test('counts the events of its host', () => {
    const clock = new LamportClock()
    expect(clock.time, 'nothing has happened yet').toBe(0)
    expect([clock.tick(), clock.tick(), clock.tick()]).toEqual([1, 2, 3])
    expect(clock.time, 'the number of the latest event').toBe(3)
  })

  test('jumps ahead when it hears of a later time: the receipt comes after the sending', () => {
    const clock = new LamportClock()
    clock.tick()
    expect(clock.receive(10), 'greater than 10, and not 10 again: the receipt is an event of its own').toBe(11)
    expect(clock.tick()).toBe(12)
  })

  test('does not go back when it hears of an earlier time: a receipt comes after everything here', () => {
    const clock = new LamportClock()
    for (let n = 0; n < 5; n++) clock.tick()
    expect(clock.receive(2), 'five events came before').toBe(6)
    expect(clock.receive(6), 'an equal time counts on as well').toBe(7)
    expect(clock.time).toBe(7)
  })

  test('takes a message from a host where nothing was counted', () => {
    expect(new LamportClock().receive(0), 'the receipt is the first event').toBe(1)
  })

  test.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53])('refuses %d as a time, and stays as it was', (sentAt) => {
    const clock = new LamportClock()
    clock.tick()
    expect(() => clock.receive(sentAt)).toThrow(RangeError)
    expect(() => clock.receive(sentAt)).toThrow(String(sentAt))
    expect(clock.time, 'one broken message must not spoil the clock').toBe(1)
  })

  test('whatever happens: if one event happened before another, its number is smaller', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = play(steps, () => new LamportClock())
        const wrong = wrongPair(events, (a, b, relation) => relation !== 'before' || a.stamp < b.stamp)
        expect(wrong, 'the number of a cause is not smaller than that of its effect').toBeUndefined()
      }),
    )
  })

  test('whatever happens: the number is the length of the longest chain of events that leads to an event', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = play(steps, () => new LamportClock())
        const lengths: number[] = []
        for (const { past } of events) lengths.push(1 + Math.max(0, ...[...past].map((index) => lengths[index] ?? 0)))
        expect(
          events.map((event) => event.stamp),
          'a clock counts one for each event, and no more',
        ).toEqual(lengths)
      }),
    )
  })
})

describe('the order of stamps', () => {
  const stamp = fc.record({ time: fc.nat(5), host: fc.constantFrom('a', 'b', 'c', 'B', 'ä', 'a10', 'a9') })

  test('is that of the times, and of the hosts only where times are equal', () => {
    const stamps: Stamp[] = [
      { time: 2, host: 'b' },
      { time: 10, host: 'a' },
      { time: 2, host: 'a' },
      { time: 1, host: 'c' },
    ]
    expect(stamps.sort(compareStamps).map(({ time, host }) => `${time}${host}`)).toEqual(['1c', '2a', '2b', '10a'])
  })

  test('is total: of two different stamps one comes first, whoever asks, and in whichever order', () => {
    fc.assert(
      fc.property(stamp, stamp, (a, b) => {
        const asked = `${JSON.stringify(a)} against ${JSON.stringify(b)}`
        const isSame = a.time === b.time && a.host === b.host
        expect(compareStamps(a, b) === 0, `${asked}: 0 is for the same stamp, and for no other`).toBe(isSame)
        expect(Math.sign(compareStamps(b, a)) + 0, `${asked}: the other way around the answer is turned around`).toBe(
          -Math.sign(compareStamps(a, b)) + 0,
        )
      }),
    )
  })

  test('is transitive: what comes before the one before comes before', () => {
    fc.assert(
      fc.property(stamp, stamp, stamp, (a, b, c) => {
        if (compareStamps(a, b) < 0 && compareStamps(b, c) < 0) expect(compareStamps(a, c)).toBeLessThan(0)
      }),
    )
  })

  test('agrees with causality, and leaves no two events of a history equal', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = play(steps, () => new LamportClock())
        const wrong = wrongPair(events, (a, b, relation) => {
          const order = compareStamps({ time: a.stamp, host: a.host }, { time: b.stamp, host: b.host })
          return relation === 'before' ? order < 0 : order !== 0
        })
        expect(wrong, 'a cause does not come first, or two events have the same place').toBeUndefined()
      }),
    )
  })
})
