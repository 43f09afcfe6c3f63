import { describe, expect, test } from 'vitest'
import type { MessageOf } from '#raft/messages'
import { appliedIn, progressOf } from './leading.ts'
import { OneServer } from './one-server.ts'

const five = ['a', 'b', 'c', 'd', 'e']

/** A rule, and what became of it in the last step: was it committed and not applied, or neither? */
function told(rule: string, { state, effects }: OneServer): string {
  return `${rule} (${progressOf(state, effects)})`
}

function appended(term: number, matchIndex: number): MessageOf<'appended'> {
  return { kind: 'appended', term, matchIndex }
}

describe('Figure 8: the leader of term 3 finds an entry of term 1 in its log', () => {
  test('it is on three of five disks, and not committed; with the first entry of term 3 it is', () => {
    const a = new OneServer({ members: five, log: [1, 1], term: 2 }).leads().settles()
    expect(a.logTerms, 'the first entry of a term is its no-op, which the given modules append').toEqual([1, 1, 3])
    a.hears('b', appended(3, 2)).hears('c', appended(3, 2))
    const byCounting =
      'a, b and c have entry 2, of term 1. A server whose last entry is of term 2 could still be elected, as e is in ' +
      'Figure 8 of the paper, and overwrite it: an entry of an earlier term is never committed by counting'
    expect(a.state.commitIndex, byCounting).toBe(0)
    a.hears('d', appended(3, 2)).hears('e', appended(3, 2))
    expect(a.state.commitIndex, 'not even when all five have it').toBe(0)
    a.hears('b', appended(3, 3))
    expect(a.state.commitIndex, 'entry 3 is of term 3, and on two of five disks').toBe(0)
    a.hears('c', appended(3, 3))
    expect(a.state.commitIndex, 'entry 3 is of term 3, and on three of five disks: nobody without it can win').toBe(3)
    const together = 'those before it are committed together with it, and all are applied, in order, the no-op as well'
    expect(appliedIn(a.effects), told(together, a)).toBe('1 of term 1, 2 of term 1, 3 of term 3')
  })
})

describe('a leader', () => {
  test('commits when a majority has an entry, and applies it once, though answers come twice and late', () => {
    const a = new OneServer({}).leads().settles()
    a.hears('b', appended(1, 1))
    const two = told('its own disk and that of b are two of three; entry 1 is its no-op', a)
    expect(appliedIn(a.effects), two).toBe('1 of term 1')
    a.isAsked('x', 'y').settles()
    a.hears('c', appended(1, 3))
    const again = told('its own disk and that of c are two of three', a)
    expect(appliedIn(a.effects), again).toBe('2 of term 1, 3 of term 1')
    for (const late of [appended(1, 1), appended(1, 2), appended(1, 3)]) {
      a.hears('b', late)
      expect(a.state.commitIndex, `b has ${late.matchIndex}, and 3 were committed before`).toBe(3)
      expect(appliedIn(a.effects), 'all of it was applied before').toBe('nothing')
    }
  })

  test('does not count its own disk before that has the entry', () => {
    const a = new OneServer({}).leads()
    a.hears('b', appended(1, 1))
    const lost = 'b has the no-op, and a has it in memory only: if a crashes now, it is on one disk of three'
    expect(a.state.commitIndex, lost).toBe(0)
    a.settles()
    expect(a.state.commitIndex, 'now it is on the disks of a and b').toBe(1)
    expect(appliedIn(a.effects), told('a save that is done may commit as an answer does', a)).toBe('1 of term 1')
  })

  test('commits by the disks of others while its own is still writing', () => {
    const a = new OneServer({}).leads()
    a.hears('b', appended(1, 1)).hears('c', appended(1, 1))
    expect(a.state.durableIndex, "the leader's own disk is not done").toBe(0)
    expect(a.state.commitIndex, 'b and c are a majority without it').toBe(1)
    a.settles()
    expect(appliedIn(a.effects), 'it was applied when it was committed').toBe('nothing')
  })

  test('that is alone commits what its own disk has, and nothing before', () => {
    const a = new OneServer({ members: ['a'] }).timesOut()
    while (a.state.role.kind !== 'leader') a.settles()
    expect(appliedIn(a.effects), told('a majority of one is one', a)).toBe('1 of term 1')
    a.isAsked('x')
    expect(a.state.commitIndex, 'x is not on the disk').toBe(1)
    a.saves()
    expect(appliedIn(a.effects), told('x is on the disk', a)).toBe('2 of term 1')
  })
})

describe('a follower', () => {
  const append = (commitIndex: number, prevIndex: number, ...terms: readonly number[]): MessageOf<'append'> => {
    const entries = terms.map((term) => ({ term, command: Uint8Array.of(1) }))
    return { kind: 'append', term: 2, prevIndex, prevTerm: prevIndex === 0 ? 0 : 2, entries, commitIndex }
  }

  test('commits what its leader has committed, of whatever term, and applies each entry once, in order', () => {
    const b = new OneServer({ members: ['b', 'a', 'c'], term: 2, log: [1, 2] })
    b.hears('a', append(1, 2, 2))
    const one = told('the leader says 1; only a leader has to look at the term', b)
    expect(appliedIn(b.effects), one).toBe('1 of term 1')
    b.hears('a', append(3, 3))
    expect(appliedIn(b.effects), told('the leader says 3', b)).toBe('2 of term 2, 3 of term 2')
    b.hears('a', append(2, 3))
    expect(b.state.commitIndex, 'a heartbeat came late, with an earlier index: what is committed stays so').toBe(3)
    expect(appliedIn(b.effects), 'and is not applied again').toBe('nothing')
  })

  test('applies nothing that it does not have', () => {
    const b = new OneServer({ members: ['b', 'a', 'c'], term: 2, log: [2] })
    b.hears('a', append(9, 1, 2))
    expect(b.state.commitIndex, 'the leader has committed 9, and b has 2').toBe(2)
    const all = told('what is there is applied, and nothing else', b)
    expect(appliedIn(b.effects), all).toBe('1 of term 2, 2 of term 2')
  })

  test('that starts again applies from the first entry on: its state machine has forgotten them', () => {
    const b = new OneServer({ members: ['b', 'a', 'c'], term: 2, log: [1, 2, 2] })
    expect(b.state.commitIndex, 'nobody has told it yet what is committed').toBe(0)
    b.hears('a', append(2, 3))
    expect(appliedIn(b.effects), told('the leader says 2', b)).toBe('1 of term 1, 2 of term 2')
  })
})
