import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, merge, VectorClock, type VectorTime } from '#message-passing/vector-clock'
import { history, play, wrongPair } from './message-history.ts'

describe('a vector clock', () => {
  test('counts the events of its own host, and of no other', () => {
    const clock = new VectorClock('a')
    expect(clock.time, 'nothing has happened yet').toEqual({})
    clock.tick()
    expect(clock.tick()).toEqual({ a: 2 })
    expect(clock.time, 'the time of the latest event').toEqual({ a: 2 })
  })

  test('takes over what the sender knew, and counts the receipt', () => {
    const clock = new VectorClock('a')
    clock.tick()
    expect(clock.receive({ b: 3, c: 1 }), 'the receipt is an event of a').toEqual({ a: 2, b: 3, c: 1 })
  })

  test('forgets nothing: of each host it keeps the greatest count that it has heard of', () => {
    const clock = new VectorClock('a')
    clock.receive({ b: 5, c: 1 })
    expect(clock.receive({ b: 2, c: 4, d: 1 }), 'the message was old news about b, and new about c and d').toEqual({
      a: 2,
      b: 5,
      c: 4,
      d: 1,
    })
  })

  test('knows best about its own host', () => {
    const clock = new VectorClock('a')
    for (let n = 0; n < 3; n++) clock.tick()
    expect(clock.receive({ a: 1, b: 1 }), 'b had heard of one of four events here').toEqual({ a: 4, b: 1 })
  })

  test('leaves a time that it has given away as it was: it may be on its way in a message', () => {
    const clock = new VectorClock('a')
    const sentAt = clock.tick()
    const heard: VectorTime = { b: 1 }
    clock.tick()
    clock.receive(heard)
    clock.tick()
    expect(sentAt, 'the message now claims to have been sent later').toEqual({ a: 1 })
    expect(heard, 'the time of the sender is not ours to change').toEqual({ b: 1 })
  })

  test('whatever happens: its order is exactly what happened before what', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = play(steps, (host) => new VectorClock(host))
        const wrong = wrongPair(events, (a, b, relation) => compare(a.stamp, b.stamp) === relation)
        expect(wrong, '`compare` answers something else about these two').toBeUndefined()
      }),
    )
  })

  test('whatever happens: the counts are the numbers of events of each host up to this one', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = play(steps, (host) => new VectorClock(host))
        for (const { host, stamp, past } of events) {
          const counts: Record<string, number> = { [host]: 1 }
          for (const index of past) {
            const name = events[index]?.host ?? ''
            counts[name] = (counts[name] ?? 0) + 1
          }
          expect(stamp).toEqual(counts)
        }
      }),
    )
  })
})

describe('two times', () => {
  const cases: readonly (readonly [VectorTime, VectorTime, string])[] = [
    [{}, {}, 'equal'],
    [{ a: 1 }, { a: 1 }, 'equal'],
    [{ a: 1, b: 0 }, { a: 1 }, 'equal'],
    [{}, { a: 1 }, 'before'],
    [{ a: 1 }, { a: 2 }, 'before'],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, 'before'],
    [{ a: 1 }, { a: 1, b: 1 }, 'before'],
    [{ a: 9, b: 10 }, { a: 10, b: 10 }, 'before'],
    [{ a: 1 }, { b: 1 }, 'concurrent'],
    [{ a: 2, b: 1 }, { a: 1, b: 2 }, 'concurrent'],
    [{ a: 1, b: 100 }, { a: 2, b: 1, c: 100 }, 'concurrent'],
    [{ a: 1 }, { b: 5, c: 5 }, 'concurrent'],
  ]
  test.each(cases)('%j and %j: %s', (a, b, causality) => {
    const turned: Readonly<Record<string, string>> = { before: 'after', equal: 'equal', concurrent: 'concurrent' }
    expect(compare(a, b)).toBe(causality)
    expect(compare(b, a), 'the other way around').toBe(turned[causality])
  })

  test('of hosts named like something that every object has are compared by their counts', () => {
    expect(compare(timeOf('constructor', 1), {}), 'a host may be called constructor').toBe('after')
    expect(merge({}, timeOf('toString', 2))).toEqual({ toString: 2 })
    expect(new VectorClock('constructor').tick()).toEqual({ constructor: 1 })
  })
})

describe('what two know together', () => {
  const time = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 5 }), { noNullPrototype: true })

  test('is the greater count for each host', () => {
    expect(merge({ a: 3, b: 1 }, { b: 4, c: 2 })).toEqual({ a: 3, b: 4, c: 2 })
    expect(merge({ a: 3 }, { a: 1 })).toEqual({ a: 3 })
  })

  test('does not depend on who tells whom, nor on the order, and telling twice adds nothing', () => {
    fc.assert(
      fc.property(time, time, time, (a, b, c) => {
        expect(merge(a, b)).toEqual(merge(b, a))
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
        expect(merge(a, a)).toEqual(a)
      }),
    )
  })

  test('is the least that comes after both or equals them, and changes neither', () => {
    fc.assert(
      fc.property(time, time, time, (a, b, other) => {
        const copies = [{ ...a }, { ...b }]
        const both = merge(a, b)
        expect([a, b], 'merge makes a new object').toEqual(copies)
        for (const part of [a, b]) expect(['after', 'equal']).toContain(compare(both, part))
        const knowsBoth = [a, b].every((part) => ['after', 'equal'].includes(compare(other, part)))
        if (knowsBoth) expect(['before', 'equal'], 'it knows more than the two do').toContain(compare(both, other))
      }),
    )
  })
})

function timeOf(host: string, count: number): VectorTime {
  return Object.fromEntries([[host, count]])
}
