import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUpToDate } from '#raft/election'
import { lastIndexOf, lastTermOf } from '#raft/log'
import type { Term } from '#raft/messages'
import { law } from '../law.ts'
import { entryOf, OneServer } from './one-server.ts'

type Terms = readonly Term[]

/** Whether a server with the log `own` finds the log `theirs` up to date. Logs are the terms of their entries. */
function mayWin(theirs: Terms, own: Terms): boolean {
  const [theirLog, ownLog] = [theirs, own].map((log) => new OneServer({ log: [...log] }).state)
  if (theirLog === undefined || ownLog === undefined) throw new Error('two logs are compared')
  return isUpToDate(ownLog, lastIndexOf(theirLog.log), lastTermOf(theirLog.log))
}

function inWords(log: Terms): string {
  return log.length === 0 ? 'an empty log' : log.join(' ')
}

const rows: readonly (readonly [string, Terms, Terms, boolean])[] = [
  ['two empty logs: the vote may be granted', [], [], true],
  ['the same log: the vote may be granted', [1, 1, 2], [1, 1, 2], true],
  ['the same last term, and longer: granted', [1, 1, 1], [1, 1], true],
  ['the same last term, and shorter: refused', [1, 1], [1, 1, 1], false],
  ['an empty log, to somebody with an entry: refused', [], [1], false],
  ['an entry, to somebody with an empty log: granted', [1], [], true],
  ['a later last term, and as long: granted', [1, 2], [1, 1], true],
  ['an earlier last term, and as long: refused', [1, 1], [1, 2], false],
  ['a later last term counts, though the log is shorter', [2], [1, 1, 1], true],
  ['an earlier last term counts, though the log is longer', [1, 1, 1, 1], [1, 2], false],
  ['a shorter log with a later last term, behind entries in common', [1, 1, 3], [1, 1, 2, 2, 2], true],
  ['the last term, and not the sum of terms or the number of terms', [1, 2, 3], [4], false],
]

describe('Election restriction: a log at least as up to date (Figure 2, RequestVote, receiver 2)', () => {
  const rule = 'the later last term is more up to date. Only where the last terms are equal does the length count'

  test.each(rows)('%s', (_, theirs, own, expected) => {
    const seen = `The candidate's log has the terms ${inWords(theirs)}, the voter's ${inWords(own)}`
    expect(mayWin(theirs, own), `${rule}. ${seen}`).toBe(expected)
  })

  test('a vote is granted by this rule, and refused by it', () => {
    for (const [, theirs, own, granted] of rows) {
      const voter = new OneServer({ term: 5, log: [...own] })
      voter.hears('b', { kind: 'requestVote', term: 6, lastIndex: theirs.length, lastTerm: theirs.at(-1) ?? 0 })
      const seen = `The candidate's log has the terms ${inWords(theirs)}, the voter's ${inWords(own)}`
      expect(voter.answers, `${rule}. ${seen}`).toEqual([`${granted ? 'yes' : 'no'} to b in term 6`])
    }
  })

  test('a candidate says truly where its log ends', () => {
    const ends = [[], [1], [1, 1, 4]].map((log) => {
      const { messages } = new OneServer({ term: 4, log }).timesOut()
      return messages.find(({ kind }) => kind === 'requestVote')
    })
    const asked = { kind: 'requestVote', term: 5 }
    expect(ends, 'index and term of its last entry, and 0 for both if there is none').toMatchObject([
      { ...asked, lastIndex: 0, lastTerm: 0 },
      { ...asked, lastIndex: 1, lastTerm: 1 },
      { ...asked, lastIndex: 3, lastTerm: 4 },
    ])
  })

  test('a candidate that is refused has not taken the vote: another one of its term gets it', () => {
    const voter = new OneServer({ term: 2, log: [1, 2] })
    voter.hears('b', { kind: 'requestVote', term: 3, lastIndex: 1, lastTerm: 1 })
    voter.hears('c', { kind: 'requestVote', term: 3, lastIndex: 2, lastTerm: 2 })
    const rule = 'b was refused for its log, so the vote of term 3 is free. Look at the log before you note the vote'
    expect(voter.answers, rule).toEqual(['yes to c in term 3'])
  })

  /** A server with an entry in its log whose save is under way. */
  const saving = () => {
    const append = { kind: 'append' as const, term: 1, prevIndex: 0, prevTerm: 0, commitIndex: 0 }
    return new OneServer({ term: 1 }).hears('b', { ...append, entries: [entryOf(1, 1)] })
  }

  test('a voter looks at its whole log, also at what is not on its disk yet', () => {
    const voter = saving().hears('c', { kind: 'requestVote', term: 2, lastIndex: 0, lastTerm: 0 })
    const lost = 'it has entry 1, and is about to say so to b, who may count on it. c lacks it, and must not win'
    expect(voter.answers, `${lost}: compare with state.log, whatever is saved of it`).toEqual(['no to c in term 2'])
  })

  test('a candidate names the end of its whole log, also of what is not on its disk yet', () => {
    const candidate = saving().timesOut()
    const request = candidate.messages.find(({ kind }) => kind === 'requestVote')
    const why = 'entry 1 is in state.log. The request waits for the disk, by then it is there'
    expect(request, why).toMatchObject({ lastIndex: 1, lastTerm: 1 })
  })

  test('a candidate with an old log is refused every time it asks, and in every term', () => {
    const voter = new OneServer({ term: 2, log: [1, 2] })
    const granted = [3, 3, 4, 9].flatMap((term) => {
      voter.hears('b', { kind: 'requestVote', term, lastIndex: 7, lastTerm: 1 })
      return voter.messages.map((message) => message.kind === 'vote' && message.granted)
    })
    expect(granted, 'a later term makes no log newer: b may lack what is committed').toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

describe('Figure 7: seven servers as a leader of term 8 comes to power', () => {
  const logs: Readonly<Record<string, Terms>> = {
    top: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6],
    a: [1, 1, 1, 4, 4, 5, 5, 6, 6],
    b: [1, 1, 1, 4],
    c: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
    d: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
    e: [1, 1, 1, 4, 4, 4, 4],
    f: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
  }
  const votersFor = (candidate: string) =>
    Object.keys(logs).filter((voter) => mayWin(logs[candidate] ?? [], logs[voter] ?? []))

  test('the server at the top can get five votes of seven: not those of c and d, which have later entries', () => {
    expect(votersFor('top'), 'those whose logs end before its own, or with it').toEqual(['top', 'a', 'b', 'e', 'f'])
  })

  test('f cannot win, though its log is longer than that of the top, and e gets two votes besides its own', () => {
    expect(votersFor('f'), 'term 3 is the oldest of all last terms').toEqual(['f'])
    expect(votersFor('e'), 'b is shorter in term 4, and f has only term 3').toEqual(['b', 'e', 'f'])
  })
})

describe('Election restriction: what the comparison must be for its argument to hold', () => {
  const log = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }).map((terms) => terms.sort((a, b) => a - b))

  test('of two logs at least one is up to date for the other, and both are only if they end alike', () =>
    law(fc.tuple(log, log), 200, async ([one, other], story) => {
      const [forward, back] = [mayWin(one, other), mayWin(other, one)]
      story.tell(`${inWords(one)} is ${forward ? '' : 'not '}up to date for ${inWords(other)}`)
      story.tell(`${inWords(other)} is ${back ? '' : 'not '}up to date for ${inWords(one)}`)
      const isAlike = one.length === other.length && one.at(-1) === other.at(-1)
      if (!forward && !back) expect.fail('neither of two servers could ever vote for the other')
      if (forward && back !== isAlike) expect.fail('two logs that end differently are both up to date for each other')
    }))

  test('it is transitive: whoever satisfies a voter satisfies all that this voter would have satisfied', () =>
    law(fc.tuple(log, log, log), 300, async ([one, two, three], story) => {
      if (!mayWin(one, two) || !mayWin(two, three)) return
      story.tell(`${inWords(one)} is up to date for ${inWords(two)}, and that for ${inWords(three)}`)
      if (!mayWin(one, three)) expect.fail(`${inWords(one)} is not up to date for ${inWords(three)}`)
    }))

  test('a log that only goes on from another is up to date for it', () =>
    law(fc.tuple(log, fc.nat(5)), 200, async ([whole, length], story) => {
      const part = whole.slice(0, length)
      story.tell(`${inWords(whole)} goes on from ${inWords(part)}`)
      if (!mayWin(whole, part)) expect.fail('a log that has all that the voter has must be up to date')
    }))
})
