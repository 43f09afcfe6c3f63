import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { InvariantBroken } from '#raft/invariants'
import type { Entry } from '#raft/messages'
import { members, Watched } from './watched.ts'

const notOnDisk = 'a server tells nobody what is not on its disk'
const other: Entry = { term: 1, command: Uint8Array.of(99) }

/** For each rule, a step that breaks it, and what led there. */
const breaches: readonly (readonly [rule: string, how: string, breach: (watched: Watched) => void])[] = [
  [
    notOnDisk,
    'its term',
    (w) => w.disk(['a'], 1, []).sends('a', 'b', { kind: 'requestVote', term: 2, lastIndex: 0, lastTerm: 0 }),
  ],
  [notOnDisk, 'anything at all', (w) => w.sends('a', 'b', { kind: 'vote', term: 1, granted: false })],
  [notOnDisk, 'its vote', (w) => w.disk(['a'], 2, [], 'c').sends('a', 'b', { kind: 'vote', term: 2, granted: true })],
  [notOnDisk, 'an entry', (w) => w.disk(['a'], 2, [1]).sends('a', 'b', { kind: 'appended', term: 2, matchIndex: 2 })],
  ["a server's term never goes back", 'in one life', (w) => w.starts('a', { term: 3 }).steps('a', { term: 2 })],
  [
    'a server votes once in a term',
    'for two',
    (w) => w.starts('a', { term: 3, votedFor: 'b' }).steps('a', { term: 3, votedFor: 'c' }),
  ],
  [
    'a server votes once in a term',
    'and forgets it',
    (w) => w.starts('a', { term: 3, votedFor: 'b' }).steps('a', { term: 3 }),
  ],
  [
    'what is committed stays committed',
    'two, and then one',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1, 1])
        .starts('a', { term: 1, log: [1, 1] })
        .steps('a', { term: 1, log: [1, 1], committed: 2 })
        .steps('a', { term: 1, log: [1, 1], committed: 1 }),
  ],
  [
    'entries are applied in order, once, and only when they are committed',
    'beyond what is committed',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1, 1])
        .starts('a', { term: 1, log: [1, 1] })
        .steps('a', { term: 1, log: [1, 1], committed: 1, applied: 2 }),
  ],
  [
    'entries are applied in order, once, and only when they are committed',
    'back to the first',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1, 1])
        .starts('a', { term: 1, log: [1, 1] })
        .steps('a', { term: 1, log: [1, 1], committed: 2 })
        .steps('a', { term: 1, log: [1, 1], committed: 2, applied: 1 }),
  ],
  [
    'entries are applied in order, once, and only when they are committed',
    'the second, where the first is next',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1, 1])
        .starts('a', { term: 1, log: [1, 1] })
        .steps('a', { term: 1, log: [1, 1], committed: 2, hands: [2, [1, 1]] }),
  ],
  [
    'entries are applied in order, once, and only when they are committed',
    'another entry than is committed',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1, 1])
        .starts('a', { term: 1, log: [1, 1] })
        .steps('a', { term: 1, log: [1, 1], committed: 2, hands: [1, [1, other]] }),
  ],
  [
    'entries are applied in order, once, and only when they are committed',
    'one of two, and says both',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1, 1])
        .starts('a', { term: 1, log: [1, 1] })
        .steps('a', { term: 1, log: [1, 1], committed: 2, hands: [1, [1]] }),
  ],
  [
    'a leader only appends to its log',
    'and replaces an entry',
    (w) =>
      w.starts('a', { term: 2, log: [1, 1], leads: [0, 1] }).steps('a', { term: 2, log: [1, 2], leads: [0, 1] }, 2),
  ],
  [
    'a committed entry is never overwritten',
    'by a leader that came later',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1])
        .starts('a', { term: 1, log: [1] })
        .steps('a', { term: 1, log: [1], committed: 1 })
        .steps('a', { term: 2, log: [2], committed: 1 }, 1),
  ],
  ['terms never go back along a log', 'two before one', (w) => w.starts('a', { term: 2, log: [2, 1] })],
  [
    'logs that agree in an index and a term agree up to there',
    'another command in the same place',
    (w) => w.starts('a', { term: 1, log: [1] }).starts('b', { term: 1, log: [other] }),
  ],
  [
    'logs that agree in an index and a term agree up to there',
    'another term before it',
    (w) => w.starts('a', { term: 3, log: [1, 3] }).starts('b', { term: 3, log: [2, 3] }),
  ],
  [
    'there is one leader a term at most',
    'though the first is long gone',
    (w) =>
      w
        .starts('a', { term: 2, leads: [0, 1] })
        .steps('a', { term: 3 })
        .starts('b', { term: 2, leads: [0, 1] }),
  ],
  [
    'what is known of a follower only grows, and stays below what is sent next',
    'it shrinks',
    (w) => w.starts('a', { term: 1, log: [1, 1], leads: [2, 3] }).steps('a', { term: 1, log: [1, 1], leads: [1, 3] }),
  ],
  [
    'what is known of a follower only grows, and stays below what is sent next',
    'what it has is sent again',
    (w) => w.starts('a', { term: 1, log: [1, 1], leads: [2, 2] }),
  ],
  [
    'a leader has every committed entry',
    'and c has none',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1])
        .starts('a', { term: 1, log: [1] })
        .steps('a', { term: 1, log: [1], committed: 1 })
        .starts('c', { term: 2, leads: [0, 1] }),
  ],
  [
    'only entries of its own term are committed by counting',
    'and this one is of an earlier',
    (w) =>
      w
        .disk(members, 3, [1, 1])
        .starts('a', { term: 3, log: [1, 1], leads: [2, 3] })
        .steps('a', { term: 3, log: [1, 1], leads: [2, 3], committed: 2 }),
  ],
  [
    'what is committed is in the log',
    'and this is not',
    (w) =>
      w
        .disk(members, 1, [1])
        .starts('a', { term: 1, log: [1] })
        .steps('a', { term: 1, log: [1], committed: 2 }),
  ],
  [
    'no two servers apply different entries at one index',
    'of two terms',
    (w) =>
      w
        .disk(['a', 'b'], 1, [1])
        .starts('a', { term: 1, log: [1] })
        .steps('a', { term: 1, log: [1], committed: 1 })
        .disk(['b', 'c'], 2, [2])
        .starts('c', { term: 2, log: [2] })
        .steps('c', { term: 2, log: [2], committed: 1 }),
  ],
  [
    'what is committed is on the disks of a majority',
    'and it is on one of three',
    (w) =>
      w
        .disk(['a'], 1, [1])
        .starts('a', { term: 1, log: [1] })
        .steps('a', { term: 1, log: [1], committed: 1 }),
  ],
  [
    'what is committed is on the disks of a majority',
    'where others have another entry',
    (w) =>
      w
        .disk(['a'], 2, [2])
        .disk(['b', 'c'], 1, [1])
        .starts('a', { term: 2, log: [2] })
        .steps('a', { term: 2, log: [2], committed: 1 }),
  ],
]

describe('a breach is seen at the step that commits it, and named', () => {
  test.each(breaches)('%s: %s', (rule, _how, breach) => {
    const seen = broken(() => breach(new Watched()))
    expect(seen?.rule, seen?.message ?? 'nothing was noticed').toBe(rule)
  })

  test('and there is one here for every rule that the invariants know', () => {
    const text = readFileSync(new URL('../../solutions/05-raft/invariants.ts', import.meta.url), 'utf8')
    const found = text.matchAll(/(?:InvariantBroken\(|const rule = )(?:'([^']+)'|"([^"]+)")/g)
    const rules = [...found].map(([, single, double]) => single ?? double)
    expect(rules.length, 'rules in the source').toBeGreaterThan(10)
    expect(new Set(breaches.map(([rule]) => rule))).toEqual(new Set(rules))
  })
})

describe('nothing is said of a legal history', () => {
  test('an election, two entries, a crash, another leader that replaces what was not committed', () => {
    const watched = new Watched()
    for (const id of members) watched.starts(id, { term: 0 })
    watched.disk(members, 1, [], 'a')
    watched.sends('a', 'b', { kind: 'requestVote', term: 1, lastIndex: 0, lastTerm: 0 })
    watched.sends('b', 'a', { kind: 'vote', term: 1, granted: true })
    watched.steps('a', { term: 1, votedFor: 'a', log: [1, 1], leads: [0, 1] }, 1)
    for (const id of ['b', 'c']) watched.steps(id, { term: 1, votedFor: 'a', log: [1] }, 1)
    watched.disk(members, 1, [1], 'a').disk(['a'], 1, [1, 1], 'a')
    watched.sends('b', 'a', { kind: 'appended', term: 1, matchIndex: 1 })
    watched.steps('a', { term: 1, votedFor: 'a', log: [1, 1], leads: [1, 2], committed: 1 })
    watched.steps('b', { term: 2, votedFor: 'b', log: [1, 2], leads: [0, 2] }, 2)
    watched.disk(['b', 'c'], 2, [1, 2], 'b')
    watched.steps('c', { term: 2, votedFor: 'b', log: [1, 2] }, 2)
    watched.steps('b', { term: 2, votedFor: 'b', log: [1, 2], leads: [0, 2], committed: 2 })
    watched.steps('a', { term: 2, log: [1, 2], committed: 1 }, 2)
    expect(watched.invariants.committedCount, 'entries that were ever committed').toBe(2)
  })

  test('a server that starts again has applied nothing, and may have lost what nobody relied on', () => {
    const watched = new Watched().disk(['a', 'b'], 2, [1, 2])
    watched.starts('a', { term: 2, log: [1, 2] }).steps('a', { term: 2, log: [1, 2], committed: 2 })
    watched.steps('a', { term: 3, votedFor: 'a', log: [1, 2, 2], committed: 2 }, 3)
    watched.starts('a', { term: 2, log: [1, 2] })
    expect(watched.invariants.committedCount).toBe(2)
  })

  test('a message about an old term says nothing of the disk as it is now', () => {
    const watched = new Watched().disk(['a'], 3, [1], 'c')
    watched.sends('a', 'b', { kind: 'vote', term: 2, granted: true })
    watched.sends('a', 'b', { kind: 'appended', term: 2, matchIndex: 5 })
    expect(broken(() => watched.sends('a', 'b', { kind: 'appended', term: 3, matchIndex: 5 }))?.rule).toBe(notOnDisk)
  })
})

/** The rule that was broken, if one was. */
function broken(happen: () => void): InvariantBroken | undefined {
  try {
    happen()
  } catch (error) {
    if (error instanceof InvariantBroken) return error
    throw error
  }
  return undefined
}
