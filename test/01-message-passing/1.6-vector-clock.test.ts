import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, merge, VectorClock, type VectorTime } from '#message-passing/vector-clock'
import { law, type Story } from '../law.ts'
import { eventInWords, expectOfEachPair, history, play } from './message-history.ts'

describe('a vector clock', () => {
  test('counts the events of its own host, and of no other', () => {
    const clock = new VectorClock('a')
    expect(compare(clock.time, {}), 'nothing has happened yet: no host has counted anything').toBe('equal')
    clock.tick()
    expect(clock.tick(), 'the second event of a').toEqual({ a: 2 })
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

  test('whatever happens: its order is exactly what happened before what', () =>
    law(history, 100, async (steps, story) => {
      const events = play(steps, story, (host) => new VectorClock(host))
      const rule = '`compare` answers something else about these two'
      expectOfEachPair(events, rule, (a, b, relation) => compare(a.stamp, b.stamp) === relation)
    }))

  test('whatever happens: the counts are the numbers of events of each host up to this one', () =>
    law(history, 100, async (steps, story) => {
      const events = play(steps, story, (host) => new VectorClock(host))
      for (const [index, { host, stamp, past }] of events.entries()) {
        const counts: Record<string, number> = { [host]: 1 }
        for (const cause of past) {
          const name = events[cause]?.host ?? ''
          counts[name] = (counts[name] ?? 0) + 1
        }
        if (isSame(stamp, counts)) continue
        expect.fail(
          `${eventInWords(events, index)} must count ${JSON.stringify(counts)}: what was known here, and itself`,
        )
      }
    }))
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
    expect(compare(a, b), 'how the first stands to the second').toBe(causality)
    expect(compare(b, a), 'the other way around').toBe(turned[causality])
  })

  test('of hosts named like something that every object has are compared by their counts', () => {
    expect(compare(timeOf('constructor', 1), {}), 'a host may be called constructor').toBe('after')
    expect(merge({}, timeOf('toString', 2)), 'a host may be called toString').toEqual({ toString: 2 })
    expect(new VectorClock('constructor').tick(), 'a host may be called constructor').toEqual({ constructor: 1 })
  })

  test('of a host named __proto__ are no exception', () => {
    const rule = 'a host may be called __proto__: does `times[host] = count` set a prototype instead?'
    const [one, two] = [timeOf('__proto__', 1), timeOf('__proto__', 2)]
    expect(compare(one, two), rule).toBe('before')
    expect(compare(two, {}), rule).toBe('after')
    for (const both of [merge(one, two), merge(two, one), merge({}, two), merge(two, {})]) {
      expect(Object.entries(both), rule).toEqual([['__proto__', 2]])
    }
    const clock = new VectorClock('__proto__')
    clock.tick()
    expect(Object.entries(clock.receive({})), rule).toEqual([['__proto__', 2]])
  })
})

describe('what two know together', () => {
  const time = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 5 }), { noNullPrototype: true })

  test('is the greater count for each host', () => {
    expect(merge({ a: 3, b: 1 }, { b: 4, c: 2 }), 'each host, and the greater of two counts').toEqual({
      a: 3,
      b: 4,
      c: 2,
    })
    expect(merge({ a: 3 }, { a: 1 }), 'the greater one may stand in the first').toEqual({ a: 3 })
  })

  test('does not depend on who tells whom, nor on the order, and telling twice adds nothing', () =>
    law(fc.tuple(time, time, time), 100, async ([a, b, c], story) => {
      const [ab, ba] = [merged(a, b, story), merged(b, a, story)]
      if (!isSame(ab, ba)) expect.fail('it depends on who tells whom')
      if (!isSame(merged(ab, c, story), merged(a, merged(b, c, story), story))) expect.fail('it depends on the order')
      if (!isSame(merged(a, a, story), a)) expect.fail('telling something twice adds to it')
    }))

  test('is the least that comes after both or equals them, and changes neither', () =>
    law(fc.tuple(time, time, time), 100, async ([a, b, other], story) => {
      const copies = [{ ...a }, { ...b }]
      const both = merged(a, b, story)
      expect([a, b], 'merge makes a new object').toEqual(copies)
      const comesAfter = (later: VectorTime, part: VectorTime) => {
        const causality = compare(later, part)
        story.tell(`compare(${JSON.stringify(later)}, ${JSON.stringify(part)}) answers ${causality}`)
        return causality === 'after' || causality === 'equal'
      }
      for (const part of [a, b]) {
        if (!comesAfter(both, part)) expect.fail('what two know together comes after what each knows, or equals it')
      }
      if (!comesAfter(other, a) || !comesAfter(other, b)) return
      if (!comesAfter(other, both)) expect.fail('whoever comes after both knows as much as the two together')
    }))
})

function timeOf(host: string, count: number): VectorTime {
  return Object.fromEntries([[host, count]])
}

/** What `merge` answers, which the story tells. */
function merged(a: VectorTime, b: VectorTime, story: Story): VectorTime {
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)]
  const both = merge(a, b)
  story.tell(`merge(${first}, ${second}) answers ${JSON.stringify(both)}`)
  return both
}

/** Whether two times have the same counts. A host that is not named has 0. */
function isSame(a: VectorTime, b: VectorTime): boolean {
  return Object.keys({ ...a, ...b }).every((host) => (a[host] ?? 0) === (b[host] ?? 0))
}
