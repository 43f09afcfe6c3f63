import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendAfter, conflictAt, type Log, matchesAt, nextAfterConflict, termAt } from '#raft/log'
import { law } from '../law.ts'
import { entriesOf, logOf, named, sharedUpTo, termCount, termsOf, twoLogs } from './two-logs.ts'

describe('matchesAt', () => {
  test('index 0, before the first entry, matches in every log', () => {
    expect(matchesAt(logOf(), 0, 0), 'an empty log takes the first entry').toBe(true)
    expect(matchesAt(logOf(3, 4), 0, 0), 'a log can be replaced from its first entry on').toBe(true)
  })

  test('an entry of this term at this index matches', () => {
    for (const [index, term] of [
      [1, 1],
      [2, 1],
      [3, 4],
    ] as const) // a tuple each
      expect(matchesAt(logOf(1, 1, 4), index, term), `term ${term} stands at ${index} of 1 1 4`).toBe(true)
  })

  test('an entry of another term does not match, though there is one at this index', () => {
    const rule = 'another term is another entry: what comes before it may be different too'
    expect(matchesAt(logOf(1, 1, 4), 2, 4), rule).toBe(false)
    expect(matchesAt(logOf(1, 1, 4), 3, 1), rule).toBe(false)
    expect(matchesAt(logOf(1, 1, 4), 3, 5), rule).toBe(false)
  })

  test('no index behind the end matches', () => {
    expect(matchesAt(logOf(1, 1), 3, 1), 'there would be a hole at 3').toBe(false)
    expect(matchesAt(logOf(), 1, 1), 'an empty log has nothing at 1').toBe(false)
    const rule = 'term 0 is the term of index 0 alone, and not of every index that has no entry'
    expect(matchesAt(logOf(1, 1), 3, 0), rule).toBe(false)
    expect(matchesAt(logOf(), 1, 0), rule).toBe(false)
  })
})

describe('appendAfter', () => {
  const appends = [
    { has: [], prev: 0, adds: [1], becomes: [1], from: 1, rule: 'the first entry of all' },
    { has: [1, 1], prev: 2, adds: [1, 2], becomes: [1, 1, 1, 2], from: 3, rule: 'behind the end' },
    { has: [1, 1], prev: 1, adds: [1, 1, 2], becomes: [1, 1, 1, 2], from: 3, rule: 'some are there, the rest is new' },
    { has: [1, 1, 1], prev: 1, adds: [2], becomes: [1, 2], from: 2, rule: 'a conflict at once' },
    {
      has: [1, 1, 1, 1],
      prev: 1,
      adds: [1, 2],
      becomes: [1, 1, 2],
      from: 3,
      rule: 'a conflict after one that is there',
    },
    {
      has: [1, 2, 2],
      prev: 1,
      adds: [3, 3, 3],
      becomes: [1, 3, 3, 3],
      from: 2,
      rule: 'a conflict, and more than there was',
    },
    { has: [2, 2, 3], prev: 0, adds: [4], becomes: [4], from: 1, rule: 'a conflict at the first entry of all' },
  ]
  test.each(
    named(appends, ({ rule, has, becomes }) => `${rule}: ${has.join(' ') || 'nothing'} becomes ${becomes.join(' ')}`),
  )('%s', (_, { has, prev, adds, becomes, from, rule }) => {
    const log = logOf(...has)
    const changedFrom = appendAfter(log, prev, entriesOf(prev + 1, ...adds))
    expect(termsOf(log), `${rule}: the terms of the entries, from the first to the last`).toBe(becomes.join(' '))
    expect(log.entries, `${rule}: each entry is the one that was sent`).toEqual(logOf(...becomes).entries)
    expect(changedFrom, 'it returns the first index that has changed: from there on the log must be saved').toBe(from)
  })

  const lateOnes = [
    { has: [1, 1, 1], prev: 3, adds: [], rule: 'a heartbeat at the end' },
    { has: [1, 1, 1], prev: 1, adds: [], rule: 'a heartbeat that is late' },
    { has: [1, 1, 1], prev: 0, adds: [1], rule: 'a part that came before, and comes again late' },
    { has: [1, 2, 2, 2], prev: 1, adds: [2, 2], rule: 'a part of what came since' },
    { has: [1, 2, 2], prev: 0, adds: [1, 2, 2], rule: 'all of it again' },
  ]
  test.each(named(lateOnes, ({ rule }) => `${rule} does not shorten the log, and changes nothing`))(
    '%s',
    (_, { has, prev, adds, rule }) => {
      const log = logOf(...has)
      const changedFrom = appendAfter(log, prev, entriesOf(prev + 1, ...adds))
      const why = `${rule}: what stands behind it was acknowledged, and may be committed`
      expect(termsOf(log), why).toBe(termsOf(logOf(...has)))
      expect(changedFrom, 'it returns undefined: nothing has to be saved').toBeUndefined()
    },
  )

  test('whatever a leader sends, in any order and more than once: only a conflict shortens the log', () => {
    const appends = fc.array(fc.record({ prev: fc.nat(12), count: fc.nat(5) }), { maxLength: 10 })
    return law(fc.tuple(twoLogs, appends), 300, async ([[leader, follower], sent], story) => {
      story.tell(`the leader has ${termsOf(leader)}, the follower ${termsOf(follower)}`)
      for (const { prev, count } of sent) {
        const term = termAt(leader, prev)
        if (term === undefined || termAt(follower, prev) !== term) continue
        const entries = leader.entries.slice(prev, prev + count)
        const before = [...follower.entries]
        const end = prev + entries.length
        const isThere = before.slice(prev, end).map((each) => each.term)
        const isConflict = isThere.some((each, at) => each !== entries[at]?.term)
        const changedFrom = appendAfter(follower, prev, entries)
        story.tell(`${entries.length} entries after ${prev}: it has ${termsOf(follower)}, changed from ${changedFrom}`)
        const expected = isConflict || end > before.length ? leader.entries.slice(0, end) : before
        expect(termsOf(follower), 'it has what was sent, and what it had unless there was a conflict').toBe(
          termsOf({ entries: expected }),
        )
        const first = expected.findIndex((entry, at) => entry.term !== before[at]?.term)
        expect(changedFrom, 'the first index that has changed').toBe(first < 0 ? undefined : first + 1)
      }
    })
  })
})

describe('conflictAt', () => {
  const tooShort = [
    { has: [1, 1], index: 5, conflictIndex: 3 },
    { has: [1, 1], index: 3, conflictIndex: 3 },
    { has: [], index: 1, conflictIndex: 1 },
  ]
  test.each(named(tooShort, ({ has, index }) => `${has.length} entries, and asked for ${index}`))(
    'a log that is too short says where it ends: %s',
    (_, { has, index, conflictIndex }) => {
      const conflict = conflictAt(logOf(...has), index)
      const rule = 'conflictIndex is the index behind the last entry, where the follower would take the next one'
      expect(conflict.conflictIndex, rule).toBe(conflictIndex)
      expect(conflict.conflictTerm, 'no entry is in the way, so there is no term').toBeUndefined()
    },
  )

  const inTheWay = [
    { has: [1, 2, 2, 2, 3], index: 4, conflictIndex: 2, conflictTerm: 2 },
    { has: [1, 2, 2, 2, 3], index: 2, conflictIndex: 2, conflictTerm: 2 },
    { has: [1, 2, 2, 2, 3], index: 5, conflictIndex: 5, conflictTerm: 3 },
    { has: [4, 4], index: 2, conflictIndex: 1, conflictTerm: 4 },
  ]
  test.each(named(inTheWay, ({ has, index }) => `${has.join(' ')}, asked for ${index}`))(
    'an entry of another term says its term, and the first of it: %s',
    (_, { has, index, ...conflict }) => {
      const rule = 'the whole term is in doubt, so the leader must hear where it begins'
      expect(conflictAt(logOf(...has), index), rule).toEqual(conflict)
    },
  )
})

describe('nextAfterConflict', () => {
  test.each([1, 2, 3])('behind the end of a log that is too short: %i', (end) => {
    const next = nextAfterConflict(logOf(1, 1, 2, 2), 4, { conflictIndex: end })
    expect(next, 'conflictIndex is where the follower would take the next entry, and it can take none further on').toBe(
      end,
    )
  })

  const shared = [
    { has: [1, 1, 4, 4], other: [1, 1, 1, 1], prev: 4, conflict: { conflictIndex: 1, conflictTerm: 1 }, next: 3 },
    { has: [1, 2, 2, 5], other: [1, 2, 2, 2, 2], prev: 4, conflict: { conflictIndex: 2, conflictTerm: 2 }, next: 4 },
  ]
  test.each(named(shared, ({ has, other }) => `${has.join(' ')} against ${other.join(' ')}`))(
    'behind its own last entry of that term, if it has one: %s',
    (_, { has, prev, conflict, next }) => {
      const rule = 'up to there the two logs may agree, and what they share need not be sent again'
      expect(nextAfterConflict(logOf(...has), prev, conflict), rule).toBe(next)
    },
  )

  const foreign = [
    { has: [1, 3, 3], other: [1, 2, 2], prev: 3, conflict: { conflictIndex: 2, conflictTerm: 2 } },
    { has: [1, 1, 1, 1, 5], other: [1, 3, 3, 3], prev: 4, conflict: { conflictIndex: 2, conflictTerm: 3 } },
    { has: [3, 3], other: [1, 2], prev: 2, conflict: { conflictIndex: 2, conflictTerm: 2 } },
  ]
  test.each(named(foreign, ({ has, other }) => `${has.join(' ')} against ${other.join(' ')}`))(
    'before all entries of that term, if it has none itself: %s',
    (_, { has, other, prev, conflict }) => {
      const next = nextAfterConflict(logOf(...has), prev, conflict)
      const rule = 'none of them can agree: go back by the whole term, not entry by entry'
      expect(next, rule).toBeLessThanOrEqual(conflict.conflictIndex)
      const firstForeign = sharedUpTo(logOf(...has), logOf(...other)) + 1
      expect(next, 'what the two logs share need not be sent again').toBeGreaterThanOrEqual(firstForeign)
    },
  )

  test('is never below 1 and never above where it was refused, whatever a follower says', () => {
    const cases = fc.record({
      logs: twoLogs,
      prev: fc.integer({ min: 1, max: 20 }),
      conflictIndex: fc.oneof(fc.nat(20), fc.constant(Number.MAX_SAFE_INTEGER)),
      conflictTerm: fc.option(fc.nat(9), { nil: undefined }),
    })
    return law(cases, 300, async ({ logs: [log], prev, ...conflict }, story) => {
      story.tell(`the leader has ${termsOf(log)}, refused after ${prev}: ${JSON.stringify(conflict)}`)
      const next = nextAfterConflict(log, prev, conflict)
      story.tell(`tries ${next} next`)
      expect(next, 'there is nothing before index 1').toBeGreaterThanOrEqual(1)
      expect(next, 'each try must be further back than the last, or the leader tries for ever').toBeLessThanOrEqual(
        prev,
      )
    })
  })
})

test('a leader finds the last entry that two logs share, with no more refusals than the follower has terms, and one', () =>
  law(twoLogs, 500, async ([leader, follower], story) => {
    story.tell(`the leader has ${termsOf(leader)}, the follower ${termsOf(follower)}`)
    const refusalsMax = termCount(follower) + 1
    let prev = leader.entries.length
    let refusals = 0
    while (!matches(leader, follower, prev)) {
      const conflict = conflictAt(follower, prev)
      prev = nextAfterConflict(leader, prev, conflict) - 1
      refusals += 1
      story.tell(`refused with ${JSON.stringify(conflict)}: the leader tries after ${prev}`)
      expect(
        refusals,
        `the terms of the follower's log: ${termCount(follower)}, and one refusal more`,
      ).toBeLessThanOrEqual(refusalsMax)
    }
    expect(prev, 'what they share up to here need not be sent').toBe(sharedUpTo(leader, follower))
  }))

function matches(leader: Log, follower: Log, index: number): boolean {
  return matchesAt(follower, index, termAt(leader, index) ?? 0)
}
