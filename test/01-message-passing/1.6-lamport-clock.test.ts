import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareStamps, LamportClock, type Stamp } from '#message-passing/lamport-clock'
import { law, listed, type Story } from '../law.ts'
import { eventInWords, expectOfEachPair, history, play } from './message-history.ts'

describe('a Lamport clock', () => {
  test('counts the events of its host', () => {
    const clock = new LamportClock()
    expect(clock.time, 'nothing has happened yet').toBe(0)
    expect([clock.tick(), clock.tick(), clock.tick()], 'each event counts one more').toEqual([1, 2, 3])
    expect(clock.time, 'the number of the latest event').toBe(3)
  })

  test('jumps ahead when it hears of a later time: the receipt comes after the sending', () => {
    const clock = new LamportClock()
    clock.tick()
    expect(clock.receive(10), 'greater than 10, and not 10 again: the receipt is an event of its own').toBe(11)
    expect(clock.tick(), 'the next event here comes after the receipt').toBe(12)
  })

  test('does not go back when it hears of an earlier time: a receipt comes after everything here', () => {
    const clock = new LamportClock()
    for (let n = 0; n < 5; n++) clock.tick()
    expect(clock.receive(2), 'five events came before').toBe(6)
    expect(clock.receive(6), 'an equal time counts on as well').toBe(7)
    expect(clock.time, 'the number of the latest event').toBe(7)
  })

  test('takes a message from a host where nothing was counted', () => {
    expect(new LamportClock().receive(0), 'the receipt is the first event').toBe(1)
  })

  test.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53])('refuses %d as a time, and stays as it was', (sentAt) => {
    const clock = new LamportClock()
    clock.tick()
    const receive = () => clock.receive(sentAt)
    expect(receive, `${sentAt} is no safe integer from 0 up: receive must throw a RangeError`).toThrow(RangeError)
    expect(receive, 'the error must name the time that was refused').toThrow(String(sentAt))
    expect(clock.time, 'one broken message must not spoil the clock').toBe(1)
  })

  test('whatever happens: if one event happened before another, its number is smaller', () =>
    law(history, 100, async (steps, story) => {
      const events = play(steps, story, () => new LamportClock())
      const rule = 'the number of a cause is not smaller than that of its effect'
      expectOfEachPair(events, rule, (a, b, relation) => relation !== 'before' || a.stamp < b.stamp)
    }))

  test('whatever happens: the number is the length of the longest chain of events that leads to an event', () =>
    law(history, 100, async (steps, story) => {
      const events = play(steps, story, () => new LamportClock())
      const lengths: number[] = []
      for (const [index, { stamp, past }] of events.entries()) {
        const length = 1 + Math.max(0, ...[...past].map((cause) => lengths[cause] ?? 0))
        lengths.push(length)
        if (stamp === length) continue
        expect.fail(`a clock counts one for each event, and no more: ${eventInWords(events, index)} must be ${length}`)
      }
    }))
})

describe('the order of stamps', () => {
  const stamp = fc.record({ time: fc.nat(5), host: fc.constantFrom('a', 'b', 'c', 'B', 'ä', 'a\u0308', 'a10', 'a9') })

  test('is that of the times, and of the hosts only where times are equal', () => {
    const stamps: Stamp[] = [
      { time: 2, host: 'b' },
      { time: 10, host: 'a' },
      { time: 2, host: 'a' },
      { time: 1, host: 'c' },
    ]
    const inOrder = stamps.sort(compareStamps).map(({ time, host }) => `${time} on ${host}`)
    expect(listed(inOrder), 'by time as a number first, and then by host').toBe('1 on c, 2 on a, 2 on b, 10 on a')
  })

  test('takes two names that only look the same for two hosts', () => {
    const [composed, combined] = ['ä', 'a\u0308'].map((host) => ({ time: 1, host }))
    if (composed === undefined || combined === undefined) throw new Error('two stamps are compared')
    const rule = "'ä' and 'a\\u0308' are two names, and so two hosts: compare the characters, and not how they read"
    expect(compareStamps(composed, combined), rule).not.toBe(0)
    expect(compareStamps(combined, composed), rule).not.toBe(0)
  })

  test('is total: of two different stamps one comes first, whoever asks, and in whichever order', () =>
    law(fc.tuple(stamp, stamp), 200, async ([a, b], story) => {
      const [order, turned] = [compared(a, b, story), compared(b, a, story)]
      const isSame = a.time === b.time && a.host === b.host
      if (isSame !== (order === 0)) expect.fail('0 is for the same stamp, and for no other')
      if (order !== -turned) expect.fail('asked the other way around, the answer must be turned around')
    }))

  test('is transitive: what comes before the one before comes before', () =>
    law(fc.tuple(stamp, stamp, stamp), 200, async ([a, b, c], story) => {
      const isChain = compared(a, b, story) < 0 && compared(b, c, story) < 0
      if (isChain && compared(a, c, story) >= 0)
        expect.fail('the first comes before the second, and so before the third')
    }))

  test('agrees with causality, and leaves no two events of a history equal', () =>
    law(history, 100, async (steps, story) => {
      const events = play(steps, story, () => new LamportClock())
      expectOfEachPair(events, 'a cause must come first, and no two be equal', (a, b, relation) => {
        const order = compareStamps({ time: a.stamp, host: a.host }, { time: b.stamp, host: b.host })
        return relation === 'before' ? order < 0 : order !== 0
      })
    }))
})

/** Which of two stamps comes first: -1, 0 or 1, or NaN. The story tells what `compareStamps` answers. */
function compared(a: Stamp, b: Stamp, story: Story): number {
  const order = compareStamps(a, b)
  story.tell(`compareStamps(${inWords(a)}, ${inWords(b)}) answers ${order}`)
  return Math.sign(order)
}

function inWords({ time, host }: Stamp): string {
  return `${time} on ${host === 'a\u0308' ? 'a\\u0308' : host}`
}
