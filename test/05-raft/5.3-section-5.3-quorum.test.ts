import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quorumIndex } from '#raft/commit'
import type { ServerId } from '#raft/messages'
import { law, listed } from '../law.ts'
import { counted, followerAt, leaderWith } from './leading.ts'

/** The quorum index of a leader with these disks, its own first, that is probing some followers. */
function quorumOfDisks([durable = 0, ...matched]: readonly number[], probing: readonly ServerId[] = []): number {
  const terms = Array.from({ length: Math.max(durable, ...matched) }, () => 1)
  const { raft, role } = leaderWith({ term: 1, terms, durable, matched, probing })
  return quorumIndex(raft, role)
}

describe('the quorum index', () => {
  test("counts the leader's own log as far as its disk has it, and no further", () => {
    const { raft, role } = leaderWith({ term: 1, terms: [1, 1, 1, 1], durable: 1, matched: [4, 2] })
    const rule =
      'one follower has 4 entries, the other 2, and the leader has 4 in memory and 1 on its disk: a majority has 2. ' +
      'What is not on its disk is lost when it crashes (state.durableIndex)'
    expect(quorumIndex(raft, role), rule).toBe(2)
  })

  test('may be ahead of the disk of the leader, when a majority of the others is', () => {
    const { raft, role } = leaderWith({ term: 1, terms: [1, 1, 1], durable: 0, matched: [3, 3] })
    expect(quorumIndex(raft, role), "two of three disks have all of it, and neither is the leader's").toBe(3)
  })

  test('counts what a follower has acknowledged, while the leader is probing it as well', () => {
    const { raft, role } = leaderWith({ term: 1, terms: [1, 1], durable: 1, matched: [1, 0], probing: ['b', 'c'] })
    const rule =
      'the leader and b have entry 1 on their disks. b has refused a later append, before which one was lost, so the ' +
      'leader is probing it: what b has acknowledged is still on its disk (matchIndex, whatever the mode)'
    expect(quorumIndex(raft, role), rule).toBe(1)
  })

  const rows: readonly (readonly [string, readonly number[], number])[] = [
    ['of a server that is alone is what its own disk has', [4], 4],
    ['of two servers is what both have', [5, 3], 3],
    ['of three is what two of them have, the leader and one other', [5, 5, 0], 5],
    ['of three is what two of them have, and one that is far ahead changes nothing', [5, 3, 1], 3],
    ['of four is what three of them have: two are no majority', [7, 7, 2, 1], 2],
    ['of five is what three of them have', [9, 8, 7, 2, 1], 7],
    ['of five is the same in whatever order they stand', [2, 9, 7, 1, 8], 7],
    ['of six is what four of them have: three are no majority', [6, 6, 6, 4, 3, 3], 4],
    ['of seven is what four of them have', [1, 2, 3, 4, 5, 6, 7], 4],
    ['is 0 as long as nobody but the leader has anything', [6, 0, 0, 0, 0], 0],
    ['is found among numbers, and not among texts: 9 comes before 10', [10, 9, 2], 9],
  ]
  test.each(rows)('%s', (_rule, disks, expected) => {
    const seen = `the disks have ${listed(disks)}, the leader's own first, and a majority has ${expected}`
    expect(quorumOfDisks(disks), seen).toBe(expected)
  })

  test('is the greatest that more than half of the disks have, whatever they have', () => {
    const disk = fc.record({ index: fc.nat(12), isProbed: fc.boolean() })
    return law(fc.array(disk, { minLength: 1, maxLength: 7 }), 300, async (disks, story) => {
      const indexes = disks.map(({ index }) => index)
      const probing = disks.slice(1).flatMap(({ isProbed }, n) => (isProbed ? [followerAt(n)] : []))
      const has = (index: number) => indexes.filter((each) => each >= index).length
      let expected = 0
      while (has(expected + 1) * 2 > indexes.length) expected += 1
      story.tell(
        `${counted(disks.length, 'server')} with entries up to ${listed(indexes)}, the leader's own disk first`,
      )
      if (probing.length > 0) story.tell(`the leader is probing ${listed(probing)}`)
      const index = quorumOfDisks(indexes, probing)
      story.tell(`quorumIndex returns ${index}, which is on ${counted(has(index), 'disk')}`)
      expect(index, `quorumIndex should be ${expected}, the greatest that more than half of the disks have`).toBe(
        expected,
      )
    })
  })

  test('leaves what the leader knows as it was', () => {
    const { raft, role } = leaderWith({ term: 1, terms: [1, 1, 1], durable: 1, matched: [2, 3] })
    quorumIndex(raft, role)
    const matched = [...role.followers].map(([id, { matchIndex }]) => `${id} ${matchIndex}`)
    expect(matched, 'looking must not change what is known of the followers').toEqual(['b 2', 'c 3'])
    expect(raft.state.durableIndex, 'nor what is known of the own disk').toBe(1)
  })
})
