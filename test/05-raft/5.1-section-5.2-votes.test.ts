import { describe, expect, test } from 'vitest'
import type { Message, Term } from '#raft/messages'
import { OneServer } from './one-server.ts'

function asks(term: Term, lastIndex = 0, lastTerm = 0): Message {
  return { kind: 'requestVote', term, lastIndex, lastTerm }
}

function refusal(term: Term): Message {
  return { kind: 'vote', term, granted: false }
}

function append(term: Term): Message {
  return { kind: 'append', term, prevIndex: 0, prevTerm: 0, entries: [], commitIndex: 0 }
}

describe('Figure 2, RequestVote, receiver 1: reply false if term < currentTerm', () => {
  test('a vote for an earlier term is refused, also to whom it was granted then', () => {
    const server = new OneServer({ term: 2 }).hears('b', asks(3)).settles()
    server.hears('c', asks(5)).settles().hears('b', asks(3))
    expect(server.answers, 'term 3 is over: b is told of term 5').toEqual(['no to b in term 5'])
  })

  test('a vote for an earlier term is refused, though the vote of the present one is free', () => {
    const server = new OneServer({ term: 4 }).hears('b', asks(2))
    expect(server.answers, 'whoever won term 2 by it would lead beside whom others elected then').toEqual([
      'no to b in term 4',
    ])
    expect(server.state.votedFor, 'a refused vote takes nothing').toBeUndefined()
  })
})

describe('Figure 2, RequestVote, receiver 2: votedFor is null or candidateId', () => {
  test('whoever asks first gets the vote, and nobody else gets one in this term', () => {
    const server = new OneServer({ term: 2 }).hears('b', asks(3))
    expect(server.answers, 'the vote of term 3 is free, and both logs are empty').toEqual(['yes to b in term 3'])
    server.hears('c', asks(3))
    expect(server.answers, 'it is given away: two leaders could be elected otherwise').toEqual(['no to c in term 3'])
    expect(server.state.votedFor, 'a refusal changes nothing').toBe('b')
  })

  test('in a later term the vote is free again', () => {
    const server = new OneServer({ term: 2 }).hears('b', asks(3)).hears('c', asks(4))
    expect(server.answers, 'the vote for b was one of term 3').toEqual(['yes to c in term 4'])
  })

  test('a candidate has voted for itself, and refuses all others', () => {
    const server = new OneServer({ term: 2 }).timesOut().hears('b', asks(3))
    expect(server.answers, 'it stands in term 3, so its vote of term 3 is given away').toEqual(['no to b in term 3'])
    expect(server.standing, 'somebody else of the same term is no reason to give up').toBe('candidate of 3')
  })

  test('a leader has voted for itself, and refuses all others', () => {
    const server = new OneServer({ term: 2 }).leads().hears('c', asks(3, 9, 3))
    expect(server.answers, 'it got its own vote in term 3').toEqual(['no to c in term 3'])
    expect(server.standing, 'a request of its own term does not end its office').toBe('leader of 3')
  })

  test('a server that has crashed since keeps to the vote that is on its disk', () => {
    const server = new OneServer({ term: 3, votedFor: 'b' }).hears('c', asks(3))
    expect(server.answers, 'its disk says that the vote of term 3 is b’s').toEqual(['no to c in term 3'])
    server.hears('b', asks(3))
    expect(server.answers, 'b may not have got the answer that was sent before the crash').toEqual([
      'yes to b in term 3',
    ])
  })

  test('a candidate that asks again gets its vote again, without a second promise', () => {
    const server = new OneServer({ term: 2 }).hears('b', asks(3)).settles().hears('b', asks(3))
    expect(server.answers, 'the first answer may be lost, so the second must be the same').toEqual([
      'yes to b in term 3',
    ])
    expect(server.save, 'the vote for b is on the disk already').toBeUndefined()
  })
})

describe('Leader election: a vote says nothing of who leads', () => {
  test('a vote that is granted makes nobody leader: another one may win', () => {
    const server = new OneServer({ term: 3 }).hears('b', asks(4)).settles()
    const rule = 'b has one vote more, and may lose. Leave `leader` as it is: follow is not for votes'
    expect(server.leader, rule).toBeUndefined()
    server.hears('c', append(4))
    const deaf = 'c has won term 4. A server that takes b for the leader is deaf to c'
    expect(server.answers, deaf).toEqual(['appended to c in term 4'])
    expect(server.leader, deaf).toBe('c')
  })

  test('a vote that is granted late takes no leader away', () => {
    const server = new OneServer({ term: 3 }).hears('c', append(3)).hears('b', asks(3))
    expect(server.answers, 'the vote of term 3 is free').toEqual(['yes to b in term 3'])
    const rule = 'c leads term 3 all the same, and clients are sent there. Leave `leader` as it is'
    expect(server.leader, rule).toBe('c')
  })
})

describe('Figure 2, State: on stable storage before responding', () => {
  test('a vote is on the disk before it is told', () => {
    const server = new OneServer({ term: 3 }).hears('b', asks(3))
    const rule = 'after a crash the server has forgotten this vote and gives another: mark it as unsaved'
    expect(server.save, rule).toMatchObject({ term: 3, votedFor: 'b' })
    expect(server.sends[0]?.afterSave, 'the vote waits for its save: sendWhenSaved').toBe(server.save?.save)
  })

  test('a vote in a new term is on the disk with the term before it is told', () => {
    const server = new OneServer({ term: 2 }).hears('b', asks(3))
    expect(server.save, 'one save has both').toMatchObject({ term: 3, votedFor: 'b' })
    expect(server.sends[0]?.afterSave, 'the vote waits for this save').toBe(server.save?.save)
  })

  test('a vote that is told again while its save is under way waits for the same save', () => {
    const server = new OneServer({ term: 3 }).hears('b', asks(3))
    const save = server.save?.save
    server.hears('b', asks(3))
    expect(server.answers, 'granted again').toEqual(['yes to b in term 3'])
    expect(server.sends[0]?.afterSave, 'the promise is not on the disk yet: sendWhenSaved').toBe(save)
  })
})

describe('Figure 2, Followers 2: what puts an election off, and what does not', () => {
  test('a vote that is granted puts off one’s own election', () => {
    const server = new OneServer({ term: 3 }).passes(140).hears('b', asks(3))
    const rule = 'b has a chance to win: wait a whole election timeout for it'
    expect(server.waitMs, rule).toBeGreaterThanOrEqual(150)
    expect(server.waitMs, rule).toBeLessThanOrEqual(300)
  })

  const refused: readonly (readonly [string, OneServer, Message])[] = [
    ['the vote is given away', new OneServer({ term: 3, votedFor: 'c' }), asks(3)],
    ['the log is older', new OneServer({ term: 3, log: [1, 2] }), asks(3, 5, 1)],
    ['the log is older, in a new term', new OneServer({ term: 3, log: [1, 2] }), asks(4, 5, 1)],
    ['the term is over', new OneServer({ term: 3 }), asks(2, 5, 2)],
  ]
  test.each(refused)('a vote that is refused does not put off one’s own election: %s', (why, server, message) => {
    server.passes(100)
    const dueMs = server.node.wakeAtMs
    server.hears('b', message)
    expect(server.answers, `this vote must be refused: ${why}`).toEqual([`no to b in term ${server.state.term}`])
    const rule = 'a candidate that cannot win could keep all those from standing who can, by asking again and again'
    expect(server.node.wakeAtMs, rule).toBe(dueMs)
  })

  test('word from the leader of the term puts off the election', () => {
    const server = new OneServer({ term: 3 }).passes(140)
    server.hears('b', append(3))
    expect(server.waitMs, 'there is a leader: wait a whole election timeout').toBeGreaterThanOrEqual(150)
  })
})

describe('Leader election: timeouts are chosen by chance from an interval', () => {
  const options = { electionTimeoutMsMin: 400, electionTimeoutMsMax: 500 }
  const waits: readonly (readonly [string, (server: OneServer) => OneServer])[] = [
    ['a candidacy', (server) => server.timesOut()],
    ['a vote', (server) => server.hears('b', asks(server.state.term + 1))],
    ['the end of an office', (server) => server.leads().hears('b', refusal(server.state.term + 1))],
  ]

  test.each(waits)('the wait behind %s is drawn anew each time, between the bounds', (_, begin) => {
    const server = new OneServer(options)
    const drawn = Array.from({ length: 20 }, () => begin(server).settles().waitMs)
    for (const waitMs of drawn) {
      expect(waitMs, 'not below electionTimeoutMsMin').toBeGreaterThanOrEqual(400)
      expect(waitMs, 'not above electionTimeoutMsMax').toBeLessThanOrEqual(500)
    }
    const rule = 'two servers that always wait alike split the vote for ever: draw each time. Different waits in 20'
    expect(new Set(drawn).size, rule).toBeGreaterThan(5)
  })
})

describe('Leader election: votes are the business of the members', () => {
  test('a stranger gets no vote, and its term is not believed', () => {
    const server = new OneServer({ term: 3 }).hears('z', asks(9))
    expect(server.answers, 'z is a stranger').toEqual([])
    expect(server.state.term, 'not even its term is believed').toBe(3)
  })
})
