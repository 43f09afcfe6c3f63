import { describe, expect, test } from 'vitest'
import type { Message, Term } from '#raft/messages'
import { OneServer } from './one-server.ts'

/** One of each kind, of this term. Its sender has an empty log. */
function messagesOf(term: Term): readonly Message[] {
  return [
    { kind: 'requestVote', term, lastIndex: 0, lastTerm: 0 },
    { kind: 'vote', term, granted: false },
    { kind: 'append', term, prevIndex: 0, prevTerm: 0, entries: [], commitIndex: 0 },
    { kind: 'appended', term, matchIndex: 0 },
    { kind: 'refused', term, prevIndex: 0, conflictIndex: 1 },
  ]
}

/** A server in term 3, in each of the roles: what it was does not matter when a later term begins. */
const roles: readonly (readonly [string, () => OneServer])[] = [
  ['a follower of b', () => new OneServer({ term: 3, votedFor: 'b' }).hears('b', append(3))],
  ['a candidate', () => new OneServer({ term: 2 }).stands()],
  ['the leader', () => new OneServer({ term: 2 }).leads()],
]

describe('Figure 2, All Servers 2: a later term', () => {
  const rule = 'whoever hears of a later term belongs to it from then on, and is a follower there: enterTerm'

  test('a follower that hears of a later term in whatever message belongs to it', () => {
    for (const message of messagesOf(9)) {
      const server = new OneServer({ term: 3, votedFor: 'c' }).hears('b', message)
      expect(server.standing, `${message.kind} of term 9 has come. ${rule}`).toBe('follower of 9')
    }
  })

  test('a candidate that hears of a later term in whatever message is a candidate no more', () => {
    for (const message of messagesOf(9)) {
      const server = new OneServer({ term: 3 }).stands().hears('b', message)
      expect(server.standing, `${message.kind} of term 9 has come. ${rule}`).toBe('follower of 9')
    }
  })

  test('a leader that hears of a later term in whatever message leads no more', () => {
    for (const message of messagesOf(9)) {
      const server = new OneServer({ term: 3 }).leads().hears('b', message)
      const why = `${message.kind} of term 9 has come. ${rule}. Or else two servers take commands`
      expect(server.standing, why).toBe('follower of 9')
    }
  })

  test('nobody is the leader of a term before it has been heard of', () => {
    for (const [role, inTerm3] of roles) {
      const server = inTerm3().hears('b', refusal(9))
      const why = `it was ${role}. Nobody has won term 9 yet: clients would be sent to somebody who leads no more`
      expect(server.leader, `${why}, and the real leader would not be heard`).toBeUndefined()
      server.hears('c', append(9))
      expect(server.leader, `it was ${role}, and c has won term 9`).toBe('c')
    }
  })

  test('a new term comes without a vote, whoever got the vote of the term before', () => {
    for (const [role, inTerm3] of roles) {
      const server = inTerm3().hears('b', refusal(9))
      expect(server.state.votedFor, `it was ${role}: a vote belongs to its term`).toBeUndefined()
      server.hears('c', { kind: 'requestVote', term: 9, lastIndex: 9, lastTerm: 8 })
      expect(server.answers, `it was ${role}. In term 9 it is free`).toEqual(['yes to c in term 9'])
    }
  })

  test('a new term is on the disk before anybody hears of it', () => {
    const server = new OneServer({ log: [1, 2], term: 3, votedFor: 'b' })
    server.hears('c', { kind: 'requestVote', term: 4, lastIndex: 1, lastTerm: 1 })
    expect(server.answers, "c's log is the older one: it gets no vote, and hears of the term").toEqual([
      'no to c in term 4',
    ])
    const asked = 'a new term must be saved: after a crash the server would vote once more in a term before it'
    expect(server.save?.term, asked).toBe(4)
    expect(server.sends[0]?.afterSave, 'the reply speaks of term 4: it waits for the save').toBe(server.save?.save)
  })

  test('a message of the present term begins none, and nothing is saved because of it', () => {
    const server = new OneServer({ term: 3, votedFor: 'b' })
    server.hears('c', { kind: 'vote', term: 3, granted: false })
    expect([server.state.term, server.save], 'term 3 is old news').toEqual([3, undefined])
  })

  test('terms may leap: what happened in between is over', () => {
    const server = new OneServer({ term: 3 }).hears('b', append(1_000))
    expect(server.state.term, 'the term of the message, and not the next one').toBe(1_000)
  })
})

describe('Raft basics: a term is no reason to wait anew', () => {
  test('a follower that hears of a later term, and of no leader, waits on as before', () => {
    const server = new OneServer({ term: 3, log: [3] }).passes(100)
    const dueMs = server.node.wakeAtMs
    server.hears('b', { kind: 'requestVote', term: 4, lastIndex: 0, lastTerm: 0 })
    const rule = 'b cannot win, and its request must not put off the election of somebody who can'
    expect(server.node.wakeAtMs, rule).toBe(dueMs)
  })

  test('a candidate that hears of a later term, and of no leader, waits on as before', () => {
    const server = new OneServer({ term: 3 }).stands().passes(100)
    const dueMs = server.node.wakeAtMs
    server.hears('b', { kind: 'vote', term: 5, granted: false })
    expect(server.node.wakeAtMs, 'a refused vote is no leader: keep the time that was drawn').toBe(dueMs)
  })

  test('a leader that is leader no more begins to wait', () => {
    const server = new OneServer({ term: 3 }).leads().passes(20)
    server.hears('b', { kind: 'appended', term: 9, matchIndex: 0 })
    const rule = 'a leader has waited for nobody: it begins with a whole election timeout, and not with its heartbeat'
    expect(server.waitMs, rule).toBeGreaterThanOrEqual(150)
    expect(server.waitMs, rule).toBeLessThanOrEqual(300)
  })
})

describe('Raft basics: what comes from an earlier term', () => {
  test('a leader is not disturbed by it', () => {
    for (const message of messagesOf(2)) {
      const server = new OneServer({ term: 3 }).leads()
      const before = server.standing
      server.hears('b', message)
      expect(server.standing, `${message.kind} of term 2 has come, which is over`).toBe(before)
    }
  })

  test('it does not put off the election of a follower', () => {
    for (const message of messagesOf(2)) {
      const server = new OneServer({ term: 3 }).passes(100)
      const dueMs = server.node.wakeAtMs
      server.hears('b', message)
      const rule = `${message.kind} of term 2 says nothing of term 3, and a message may be late: wait on`
      expect(server.node.wakeAtMs, rule).toBe(dueMs)
    }
  })

  test('a candidate of an earlier term is told of the present one, which is on the disk already', () => {
    const server = new OneServer({ term: 3 })
    server.hears('b', { kind: 'requestVote', term: 2, lastIndex: 9, lastTerm: 2 })
    expect(server.answers, 'so that b gives up').toEqual(['no to b in term 3'])
    expect(server.save, 'nothing has changed').toBeUndefined()
    expect(server.sends[0]?.afterSave, 'the reply waits for nothing').toBe(0)
  })
})

function refusal(term: Term): Message {
  return { kind: 'vote', term, granted: false }
}

function append(term: Term): Message {
  return { kind: 'append', term, prevIndex: 0, prevTerm: 0, entries: [], commitIndex: 0 }
}
