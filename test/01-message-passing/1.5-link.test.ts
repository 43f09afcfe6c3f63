import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { constant, type Distribution, uniform } from '#message-passing/distributions'
import { type Fate, Link, type LinkSettings, PERFECT_LINK } from '#message-passing/link'
import { Random } from '#message-passing/random'
import { hitRule, hitShare } from './goodness-of-fit.ts'

function linkWith(settings: Partial<LinkSettings>, seed = 1): Link {
  return new Link({ ...PERFECT_LINK, ...settings }, new Random(seed))
}

/** These values, one after the other. */
function script(...values: number[]): Distribution {
  return () => values.shift() ?? 0
}

/** How many of `messages` messages of one byte the link takes at `nowMs`. */
function accepted(link: Link, nowMs: number, messages: number): number {
  return Array.from({ length: messages }, () => link.fate(nowMs, 1)).filter((fate) => fate !== 'queue full').length
}

/** The fates of messages that are sent together at 0 ms. */
function fatesOf(link: Link, messages: number): readonly Fate[] {
  return Array.from({ length: messages }, () => link.fate(0, 1))
}

describe('latency', () => {
  test('a message arrives when it has travelled for as long as the latency says', () => {
    const link = linkWith({ latencyMs: script(30, 5) })
    expect(link.fate(100, 1), 'sent at 100 ms, 30 ms on its way').toBe(130)
    expect(link.fate(200, 1), 'the latency is drawn anew for each message').toBe(205)
  })

  test('a latency below 0, as a normal distribution draws now and then, counts as 0', () => {
    expect(linkWith({ latencyMs: constant(-5) }).fate(100, 1), 'nothing arrives before it was sent').toBe(100)
  })

  test('a message may overtake an earlier one, and with the same spread does so half of the time', () => {
    const link = linkWith({ latencyMs: uniform(0, 100) })
    const pairs = 2_000
    let overtaken = 0
    for (let pair = 0; pair < pairs; pair++) {
      const sentAtMs = pair * 1_000
      const [first, second] = [link.fate(sentAtMs, 1), link.fate(sentAtMs, 1)]
      if (Number(first) > Number(second)) overtaken++
    }
    expect(overtaken, 'nothing overtakes: is the order of sending kept although nobody asked for it?').toBeGreaterThan(
      0,
    )
    const rule = hitRule(`${overtaken} of ${pairs} pairs came in the other order`, 0.5)
    expect(hitShare(overtaken, pairs, 0.5), rule).toBeLessThan(1)
  })

  test('on an ordered link a message waits for those before it, and no longer', () => {
    const link = linkWith({ latencyMs: script(50, 10, 80, 20), ordered: true })
    const arrivals = [link.fate(0, 1), link.fate(1, 1), link.fate(2, 1), link.fate(90, 1)]
    expect(arrivals, 'each comes after its own latency, or with the one before if that is later').toEqual([
      50, 50, 82, 110,
    ])
  })

  test('on an ordered link a message waits for the latest of those before it, not for the last that was sent', () => {
    const link = linkWith({ latencyMs: script(50, 10, 5), ordered: true })
    const arrivals = [link.fate(0, 1), link.fate(1, 1), link.fate(2, 1)]
    expect(arrivals, 'the second was held back until 50 ms: the third must not arrive before it').toEqual([50, 50, 50])
  })
})

describe('loss', () => {
  test.each([
    [0, 0],
    [1, 1_000],
  ])('with a probability of %d, %i of 1,000 messages are lost', (loss, expected) => {
    const lost = fatesOf(linkWith({ loss }), 1_000).filter((fate) => fate === 'lost')
    expect(lost.length, `a probability of ${loss}: ${expected} of 1,000 must be lost`).toBe(expected)
  })

  test('about as many messages are lost as the probability says', () => {
    for (const loss of [0.05, 0.5, 0.9]) {
      const lost = fatesOf(linkWith({ loss }, 7), 5_000).filter((fate) => fate === 'lost').length
      expect(hitShare(lost, 5_000, loss), hitRule(`${lost} of 5,000 messages were lost`, loss)).toBeLessThan(1)
    }
  })

  test('losses do not keep others back: those that arrive do so after their latency', () => {
    const fates = fatesOf(linkWith({ loss: 0.5, latencyMs: constant(3) }), 100)
    expect(new Set(fates), 'half are lost, and the other half must arrive at 3 ms').toEqual(new Set(['lost', 3]))
  })
})

describe('the order of the questions', () => {
  test('a message that is lost does not occupy the link, and takes no room in its queue', () => {
    const link = linkWith({ bytesPerMs: 1, queueBytesMax: 10, loss: 1, latencyMs: constant(0) })
    expect(link.fate(0, 8), 'every message is lost').toBe('lost')
    link.change({ loss: 0 })
    expect(link.fate(0, 10), 'what was lost must take no room and no time: 10 bytes fit, and leave in 10 ms').toBe(10)
  })

  test('luck comes before room: a message that is lost is never refused by a full queue', () => {
    const link = linkWith({ bytesPerMs: 1, queueBytesMax: 10, latencyMs: constant(0) })
    expect(link.fate(0, 10), '10 bytes fill the queue').toBe(10)
    link.change({ loss: 1 })
    expect(link.fate(0, 5), 'it is lost before it comes to the queue: draw for loss before you look at the room').toBe(
      'lost',
    )
  })

  test('a cut comes before both', () => {
    const link = linkWith({ bytesPerMs: 1, queueBytesMax: 10, loss: 1 })
    link.cut()
    expect(link.fate(0, 50), 'nothing gets onto a cut link, whatever luck and room it has').toBe('cut')
  })
})

describe('a cut', () => {
  test('loses everything that is sent until it is repaired', () => {
    const link = linkWith({})
    expect([link.isCut, link.fate(0, 1)], 'a new link is not cut: sent at 0 ms, 1 ms on its way').toEqual([false, 1])
    link.cut()
    expect([link.isCut, link.fate(5, 1), link.fate(6, 1)], 'a cut link carries nothing').toEqual([true, 'cut', 'cut'])
    link.repair()
    expect([link.isCut, link.fate(9, 1)], 'after the repair it is as it was').toEqual([false, 10])
  })

  test('leaves the settings as they were', () => {
    const link = linkWith({ latencyMs: constant(40) })
    link.cut()
    link.change({ loss: 0 })
    link.repair()
    expect(link.fate(0, 1), 'the latency of 40 ms must be what it was before the cut').toBe(40)
  })
})

describe('bandwidth', () => {
  test('a message takes its size by the bytes a millisecond carries, and then travels', () => {
    const link = linkWith({ bytesPerMs: 10, latencyMs: constant(5) })
    expect(link.fate(100, 200), '20 ms to leave, 5 ms to travel').toBe(125)
  })

  test('a message leaves when those before it have left', () => {
    const link = linkWith({ bytesPerMs: 10, latencyMs: constant(5) })
    const arrivals = [link.fate(0, 100), link.fate(0, 100), link.fate(4, 10)]
    expect(arrivals, 'they leave one after the other: at 10, 20 and 21 ms').toEqual([15, 25, 26])
  })

  test('nothing is saved up while the link is idle, and nothing is owed', () => {
    const link = linkWith({ bytesPerMs: 10, latencyMs: constant(0) })
    link.fate(0, 100)
    expect(link.fate(1_000, 100), 'the link had been free for a long time').toBe(1_010)
  })

  test('latency does not occupy the link: the next message leaves while the last one travels', () => {
    const link = linkWith({ bytesPerMs: 10, latencyMs: constant(1_000) })
    expect(
      [link.fate(0, 10), link.fate(1, 10)],
      'each takes 1 ms to leave and 1,000 ms to travel: the second need not wait for the arrival of the first',
    ).toEqual([1_001, 1_002])
  })

  test('a message for which the queue has no room is lost, and takes none', () => {
    const link = linkWith({ bytesPerMs: 1, queueBytesMax: 25, latencyMs: constant(0) })
    expect([link.fate(0, 10), link.fate(0, 10)], '20 bytes fit').toEqual([10, 20])
    expect(link.fate(0, 10), '30 bytes do not fit into 25').toBe('queue full')
    expect(link.fate(0, 5), 'what was refused must not take room: 5 bytes still fit, to the last').toBe(25)
    expect(link.fate(4, 5), 'at 4 ms 21 bytes are left, and 5 are too many').toBe('queue full')
    expect(link.fate(10, 10), 'at 10 ms 15 bytes are left: there is room again').toBe(35)
  })

  test.each([1, 3, 0.1, 0.3, 7, 1.7, 12.5])(
    'at %d bytes a millisecond the queue fills up to its bound, to the last byte',
    (bytesPerMs) => {
      const wholeMs = [1, 2, 10].find((ms) => Number.isInteger(bytesPerMs * ms)) ?? 0
      const leftBytes = bytesPerMs * wholeMs
      for (let queueBytesMax = 26; queueBytesMax <= 60; queueBytesMax++) {
        const link = linkWith({ bytesPerMs, queueBytesMax, latencyMs: constant(0) })
        const filled = `a queue for ${queueBytesMax} bytes, filled byte by byte`
        const rounding = 'is a sum of fractions a little off? Bytes are whole numbers: round'
        expect(accepted(link, 0, queueBytesMax), `${filled}: all of them fit; ${rounding}`).toBe(queueBytesMax)
        expect(link.fate(0, 1), `${filled}: one byte more does not fit`).toBe('queue full')
        const later = `${filled}: after ${wholeMs} ms ${leftBytes} bytes have left`
        expect(accepted(link, wholeMs, leftBytes), `${later}, and as many fit again; ${rounding}`).toBe(leftBytes)
        expect(link.fate(wholeMs, 1), `${later}, and one more than these does not fit`).toBe('queue full')
      }
    },
  )

  test('a link that gets all the bandwidth there is has no queue any more, and refuses nothing', () => {
    const link = linkWith({ bytesPerMs: 1, queueBytesMax: 10, latencyMs: constant(0) })
    expect(link.fate(0, 10), '10 bytes fill the queue').toBe(10)
    link.change({ bytesPerMs: Infinity })
    const fate = link.fate(5, 5)
    expect(Number.isFinite(fate), `the fate was ${fate}: 5 ms · Infinity is Infinity, and 0 · Infinity is NaN`).toBe(
      true,
    )
  })

  test('whatever is sent: at any moment no more bytes queue up than the bound, and none are lost while they fit', () => {
    const sends = fc.array(fc.record({ gapMs: fc.nat(8), bytes: fc.integer({ min: 1, max: 20 }) }), { maxLength: 40 })
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 4),
        fc.integer({ min: 1, max: 40 }),
        sends,
        (bytesPerMs, queueBytesMax, sends) => {
          const link = linkWith({ bytesPerMs, queueBytesMax, latencyMs: constant(8) })
          let nowMs = 0
          let queuedBytes = 0
          for (const [index, { gapMs, bytes }] of sends.entries()) {
            nowMs += gapMs
            queuedBytes = Math.max(0, queuedBytes - gapMs * bytesPerMs)
            const fits = queuedBytes + bytes <= queueBytesMax
            const message = `message ${index} of ${bytes} bytes, with ${queuedBytes} of ${queueBytesMax} bytes in the queue`
            if (fits) queuedBytes += bytes
            expect(link.fate(nowMs, bytes), message).toBe(fits ? nowMs + queuedBytes / bytesPerMs + 8 : 'queue full')
          }
        },
      ),
    )
  })
})

describe('changes', () => {
  test('hold for messages that are sent from then on, and for the settings that they name', () => {
    const link = linkWith({ latencyMs: constant(10) })
    expect(link.fate(0, 1), 'sent at 0 ms, with a latency of 10 ms').toBe(10)
    link.change({ latencyMs: constant(70) })
    expect(link.fate(0, 1), 'the latency is 70 ms from now on').toBe(70)
    link.change({ loss: 1 })
    expect(link.fate(0, 1), 'from now on every message is lost').toBe('lost')
    link.change({ loss: 0 })
    expect(link.fate(0, 1), 'the latency was not named, and stays').toBe(70)
  })

  test('chance is the chance of the `Random` that was passed: the same seed, the same fates', () => {
    const fates = (seed: number) => fatesOf(linkWith({ loss: 0.3, latencyMs: uniform(0, 50) }, seed), 50)
    expect(fates(3), 'two links with the same seed differ: where does their chance come from?').toEqual(fates(3))
    expect(fates(3), 'the seed makes no difference: does chance come from the `Random` that was passed?').not.toEqual(
      fates(4),
    )
  })
})

describe('settings out of range are refused, and the error names the setting and its value', () => {
  const cases: readonly (readonly [keyof LinkSettings, number])[] = [
    ['loss', -0.1],
    ['loss', 1.5],
    ['loss', Number.NaN],
    ['duplication', 2],
    ['corruption', -1],
    ['bytesPerMs', 0],
    ['bytesPerMs', Number.NaN],
    ['queueBytesMax', -8],
  ]
  test.each(cases)('%s: %d', (setting, value) => {
    const settings = { [setting]: value }
    expect(() => linkWith(settings), 'a link must refuse this setting with a RangeError when it is made').toThrow(
      RangeError,
    )
    expect(() => linkWith(settings), 'the error must name the setting and its value').toThrow(
      new RegExp(`${setting}.*${value}`),
    )
    const link = linkWith({})
    expect(() => link.change(settings), 'a change must refuse this setting with a RangeError').toThrow(RangeError)
    expect(link.settings, 'a change that is refused changes nothing').toEqual(PERFECT_LINK)
  })
})
