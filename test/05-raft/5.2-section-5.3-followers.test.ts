import { describe, expect, test } from 'vitest'
import { logInWords } from '#raft/in-words'
import { append, said, saidInTerm, saidTo } from './append-messages.ts'
import { appliedIn } from './leading.ts'
import { OneServer } from './one-server.ts'
import { entriesOf, named } from './two-logs.ts'

/** A follower of term 4 that has heard of its leader, b. */
function followerOfB(log: readonly number[]): OneServer {
  const server = new OneServer({ term: 4, log })
  return server.hears('b', append({ term: 4, after: log.length, of: log.at(-1) ?? 0 })).settles()
}

describe('Figure 2, AppendEntries RPC, receiver 1: an append of an earlier term', () => {
  test('is refused, with the term of the receiver, and changes nothing', () => {
    const server = new OneServer({ term: 4, log: [1, 2] })
    server.hears('b', append({ term: 3, after: 2, of: 2, adds: [3], committed: 2 }))
    const rule = "its sender leads no more, and doesn't know: tell it the term that it has missed"
    expect(saidInTerm(server), rule).toBe('to b: refused, term 4')
    expect(server.logTerms, 'an entry of a leader that leads no more').toEqual([1, 2])
    const rest = 'what it believes to be committed may be, but this server heard it from nobody'
    expect(appliedIn(server.effects), rest).toBe('nothing')
  })

  test.each([
    ['a follower of another leader', () => followerOfB([1, 2])],
    ['a leader', () => new OneServer({ term: 3, log: [1, 2] }).leads().settles()],
  ])('is refused by %s too', (_, make) => {
    const server = make()
    const log = server.logTerms
    server.hears('c', append({ term: 3, after: 2, of: 2, adds: [3] }))
    const rule = 'c leads no more, and waits for an answer: silence is for a second leader of the SAME term'
    expect(saidInTerm(server), rule).toBe('to c: refused, term 4')
    expect(server.logTerms, 'an entry of a leader that leads no more').toEqual(log)
  })

  test('does not put the election off, and nobody follows its sender', () => {
    const server = new OneServer({ term: 4 })
    const { wakeAtMs } = server.node
    server.nowMs = 100
    server.hears('b', append({ term: 3, after: 0, of: 0 }))
    expect(server.node.wakeAtMs, 'only the leader of the present term puts it off').toBe(wakeAtMs)
    expect(server.state.role, 'b led in term 3').toMatchObject({ leader: undefined })
  })
})

describe('receiver 2: an append behind an entry that the log does not have', () => {
  test.each(
    named(
      [
        { log: [1, 1], after: 5, of: 1, says: 'refuses after 5, its log ends before 3', why: 'the log is too short' },
        { log: [], after: 1, of: 1, says: 'refuses after 1, its log ends before 1', why: 'the log is empty' },
        {
          log: [1, 2, 2],
          after: 3,
          of: 3,
          says: 'refuses after 3, has term 2 from 2',
          why: 'there is another one, older',
        },
        {
          log: [1, 3, 3],
          after: 2,
          of: 2,
          says: 'refuses after 2, has term 3 from 2',
          why: 'there is another one, newer',
        },
      ],
      ({ why }) => why,
    ),
  )('is refused with the reason: %s', (_, { log, after, of, says }) => {
    const server = followerOfB(log).hears('b', append({ term: 4, after, of, adds: [4], committed: 5 }))
    const rule = 'index AND term of the entry before must agree, and what is there instead helps the leader to go back'
    expect(saidTo('b', server), rule).toBe(says)
    expect(server.logTerms, 'nothing is appended behind a hole, and nothing cut off on suspicion').toEqual(log)
    const unknown = "how far its log is the leader's is not known, so nothing in it is known to be committed"
    expect(appliedIn(server.effects), unknown).toBe('nothing')
  })

  test('is refused once the term that the refusal tells is on the disk', () => {
    const server = new OneServer({ term: 3, log: [1] }).hears('b', append({ term: 4, after: 3, of: 2 }))
    const save = server.save?.save
    expect(save, 'a new term has to be saved').toBeDefined()
    const waitsFor = server.sends.map(({ afterSave }) => afterSave)
    expect(waitsFor, 'a crash takes this server back to term 3, and it has told b that it is in term 4').toEqual([save])
    server.hears('c', append({ term: 3, after: 0, of: 0 }))
    const secondWaitsFor = server.sends.map(({ afterSave }) => afterSave)
    expect(secondWaitsFor, 'to c it tells term 4 too, and the save is still under way').toEqual([save])
  })

  test('comes from the leader all the same: it puts the election off', () => {
    const server = new OneServer({ term: 4, log: [1] })
    server.nowMs = 100
    server.hears('b', append({ term: 4, after: 3, of: 2 }))
    expect(server.waitMs, 'the leader is there: wait for the next append').toBeGreaterThanOrEqual(150)
    expect(server.state.role, 'b leads term 4').toMatchObject({ kind: 'follower', leader: 'b' })
  })

  test('shows a candidate that its term has a leader', () => {
    const server = new OneServer({ term: 3, log: [1] }).stands()
    server.hears('b', append({ term: 4, after: 3, of: 2 }))
    expect(server.standing, 'b was elected in the term in which this server stands').toBe('follower of 4')
  })
})

describe('receiver 3: an entry that conflicts with a new one', () => {
  test.each(
    named(
      [
        { log: [1, 1, 1], after: 1, of: 1, adds: [4], becomes: [1, 4], from: 2 },
        { log: [1, 2, 2, 2], after: 1, of: 1, adds: [2, 3], becomes: [1, 2, 3], from: 3 },
        { log: [2, 2], after: 0, of: 0, adds: [3, 3, 3], becomes: [3, 3, 3], from: 1 },
      ],
      ({ log, becomes }) => `${log.join(' ')} becomes ${becomes.join(' ')}`,
    ),
  )('goes, and all that follow it: %s', (_, { log, after, of, adds, becomes, from }) => {
    const server = followerOfB(log).hears('b', append({ term: 4, after, of, adds }))
    expect(server.logTerms, 'two entries of one index, and the leader is right').toEqual(becomes)
    const { save } = server
    const saved = { from: save?.from, terms: save?.entries.map(({ term }) => term) }
    const rule = 'the disk has to change from the first index on that has changed, and no earlier'
    expect(saved, rule).toEqual({ from, terms: becomes.slice(from - 1) })
  })

  test.each(
    named(
      [
        { after: 1, of: 1, adds: [1], why: 'a part that comes again' },
        { after: 1, of: 1, adds: [], why: 'a heartbeat that is late' },
        { after: 0, of: 0, adds: [1, 1, 2], why: 'the same from the beginning' },
      ],
      ({ why }) => why,
    ),
  )('nothing goes without a conflict: %s', (_, { after, of, adds }) => {
    const server = followerOfB([1, 1, 2, 2]).hears('b', append({ term: 4, after, of, adds }))
    const rule = 'messages come late: this server has acknowledged the rest since, and the leader may have counted it'
    expect(server.logTerms, rule).toEqual([1, 1, 2, 2])
    expect(server.save, 'nothing has changed: there is nothing to save').toBeUndefined()
  })
})

describe('receiver 4, and the reply', () => {
  test('entries that are not in the log are appended, and those that are there are passed over', () => {
    const server = followerOfB([1, 1]).hears('b', append({ term: 4, after: 1, of: 1, adds: [1, 3, 4] }))
    expect(server.logTerms, 'the first is there, the others are new').toEqual([1, 1, 3, 4])
    expect(server.state.log.entries, 'the entries as they were sent').toEqual(entriesOf(1, 1, 1, 3, 4))
  })

  test.each([
    { after: 1, adds: [], covers: 1 },
    { after: 1, adds: [1], covers: 2 },
    { after: 2, adds: [2, 2], covers: 4 },
    { after: 2, adds: [2, 2, 4], covers: 5 },
  ])('acknowledges what the message covered, and no more: $covers', ({ after, adds, covers }) => {
    const server = followerOfB([1, 1, 2, 2]).hears('b', append({ term: 4, after, of: 1, adds }))
    const rule = "what stands behind it in this log may not be in the leader's: it must not be counted"
    expect(saidTo('b', server), rule).toBe(`has all up to ${covers}`)
  })

  test('acknowledges also what was committed long ago', () => {
    const server = followerOfB([1, 1, 1]).hears('b', append({ term: 4, after: 3, of: 1, committed: 3 }))
    server.hears('b', append({ term: 4, after: 1, of: 1, committed: 3 }))
    const rule = 'a leader that looks for the place asks about old entries too, and waits for the answer'
    expect(saidTo('b', server), rule).toBe('has all up to 1')
  })

  test('leaves once the entries are on the disk', () => {
    const server = followerOfB([1]).hears('b', append({ term: 4, after: 1, of: 1, adds: [4] }))
    const waitsFor = server.sends.map(({ afterSave }) => afterSave)
    expect(server.save, 'a new entry has to be saved').toBeDefined()
    expect(waitsFor, 'an entry that was acknowledged must be there after a crash').toEqual([server.save?.save])
  })

  test('leaves once the entries are on the disk, also when they come again while they are being written', () => {
    const entries = append({ term: 4, after: 1, of: 1, adds: [4] })
    const server = followerOfB([1]).hears('b', entries)
    const save = server.save?.save
    server.hears('b', entries)
    const waitsFor = server.sends.map(({ afterSave }) => afterSave)
    expect(waitsFor, 'they are in the log and not on the disk: the second answer waits as the first does').toEqual([
      save,
    ])
  })
})

describe('receiver 5: what the leader has committed', () => {
  test.each(
    named(
      [
        { log: [1, 1, 1], after: 3, adds: [], committed: 2, becomes: 2, why: 'the leader has committed less' },
        { log: [1, 1, 1], after: 3, adds: [4], committed: 4, becomes: 4, why: 'the new entry too' },
        {
          log: [1, 1, 1],
          after: 3,
          adds: [4],
          committed: 9,
          becomes: 4,
          why: 'more than was sent: up to the last new one',
        },
        { log: [1, 1, 1], after: 1, adds: [], committed: 3, becomes: 1, why: 'the message covers one entry of three' },
        {
          log: [1, 1, 1],
          after: 1,
          adds: [1],
          committed: 3,
          becomes: 2,
          why: 'the message covers two entries of three',
        },
      ],
      ({ why }) => why,
    ),
  )('is committed here as far as the message goes: %s', (_, { log, after, adds, committed, becomes }) => {
    const server = followerOfB(log).hears('b', append({ term: 4, after, of: 1, adds, committed }))
    const { commitIndex } = server.state
    const lesser =
      'the lesser of what the leader has committed and the last entry of the MESSAGE: behind it may stand an entry that no leader has committed'
    const none = 'nothing was committed here at all: what the message says of it goes to commitUpTo'
    expect(commitIndex, commitIndex === 0 ? none : lesser).toBe(becomes)
    const applied = server.logTerms.slice(0, becomes).map((term, at) => `${at + 1} of term ${term}`)
    expect(appliedIn(server.effects), 'what is committed goes to the state machine').toBe(applied.join(', '))
  })

  test('stays committed when an older message says less', () => {
    const server = followerOfB([1, 1, 1]).hears('b', append({ term: 4, after: 3, of: 1, committed: 3 }))
    server.hears('b', append({ term: 4, after: 3, of: 1, committed: 1 }))
    expect(server.state.commitIndex, 'the message is late').toBe(3)
    expect(appliedIn(server.effects), 'and nothing is applied again').toBe('nothing')
  })
})

describe('what no leader sends is ignored, without an answer', () => {
  function isIgnored(server: OneServer, happen: () => void, rule: string): void {
    const before = logInWords(server.state)
    happen()
    expect(said(server), `${rule}: it gets no answer`).toBe('nothing')
    const unchanged = `${rule}: nothing of it is believed, neither entries nor what is committed, before the bar`
    expect(logInWords(server.state), unchanged).toBe(before)
  }

  test('an append of a second leader of the term', () => {
    const server = followerOfB([1])
    isIgnored(server, () => server.hears('c', append({ term: 4, after: 1, of: 1, adds: [4] })), 'b leads term 4')
    expect(server.state.role, 'one leader a term').toMatchObject({ leader: 'b' })
  })

  test('an append of its own term to a leader', () => {
    const server = new OneServer({ term: 3, log: [1] }).leads()
    isIgnored(
      server,
      () => server.hears('b', append({ term: 4, after: 1, of: 1, adds: [4] })),
      'this server leads term 4',
    )
    expect(server.standing, 'it was elected, and so nobody else was').toBe('leader of 4')
  })

  test.each(
    named(
      [
        { adds: [3, 2], why: 'terms grow along a log' },
        { adds: [1], why: 'the entry before is of term 2' },
        { adds: [5], why: 'the leader of term 4 has no entry of a term to come' },
      ],
      ({ why }) => why,
    ),
  )('entries whose terms go back, or ahead: %s', (_, { adds, why }) => {
    const server = followerOfB([1, 2])
    isIgnored(server, () => server.hears('b', append({ term: 4, after: 2, of: 2, adds, committed: 3 })), why)
  })

  test('entries in the place of committed ones', () => {
    const server = followerOfB([1, 1]).hears('b', append({ term: 4, after: 2, of: 1, committed: 2 }))
    isIgnored(server, () => server.hears('b', append({ term: 4, after: 1, of: 1, adds: [4] })), 'entry 2 is committed')
  })
})
