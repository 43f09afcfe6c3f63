import { describe, expect, test } from 'vitest'
import type { Message, Term } from '#raft/messages'
import { OneServer } from './one-server.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

function granted(term: Term): Message {
  return { kind: 'vote', term, granted: true }
}

function refused(term: Term): Message {
  return { kind: 'vote', term, granted: false }
}

function append(term: Term): Message {
  return { kind: 'append', term, prevIndex: 0, prevTerm: 0, entries: [], commitIndex: 0 }
}

describe('Figure 2, Candidates 1: on conversion to candidate, start election', () => {
  test('a server that hears from nobody stands in the next term, and votes for itself', () => {
    const server = new OneServer({ term: 3, votedFor: 'b' }).timesOut()
    expect(server.standing, 'it was in term 3').toBe('candidate of 4')
    expect(server.state.votedFor, 'its vote of term 4 is its own').toBe('a')
  })

  test('a candidate waits anew, in case nobody wins', () => {
    const server = new OneServer({ term: 3 }).timesOut()
    const rule = 'draw a new wait in startElection: the old one is over, and it would stand again at once, for ever'
    expect(server.waitMs, rule).toBeGreaterThanOrEqual(150)
  })

  test('it stands at the end of its wait, and not before', () => {
    const server = new OneServer({ term: 3 })
    server.passes(server.waitMs - 1)
    expect(server.standing, 'a millisecond is left').toBe('follower of 3')
    expect(server.passes(1).standing, 'the wait is over').toBe('candidate of 4')
  })

  test('it asks everybody else for a vote, once', () => {
    const members = ['a', 'b', 'c', 'd', 'e']
    const server = new OneServer({ members, log: [1, 3], term: 3 }).timesOut()
    const asked = server.messages.filter(({ kind }) => kind === 'requestVote')
    const request = { kind: 'requestVote', term: 4, lastIndex: 2, lastTerm: 3 }
    const rule = 'one request to each other member, none to itself'
    expect(
      [...asked].sort((x, y) => (x.to < y.to ? -1 : 1)),
      rule,
    ).toEqual(['b', 'c', 'd', 'e'].map((to) => ({ to, ...request })))
  })

  test('it asks everybody else, wherever it stands in the list of members', () => {
    for (const id of ['a', 'b', 'c']) {
      const server = new OneServer({ id, members: ['a', 'b', 'c'] }).timesOut()
      const asked = server.messages.filter(({ kind }) => kind === 'requestVote').map(({ to }) => to)
      const others = ['a', 'b', 'c'].filter((member) => member !== id)
      expect([...asked].sort(), `${id} is one of the members a, b and c, and asks the other two`).toEqual(others)
    }
  })

  test('its vote for itself is on the disk before anybody is asked', () => {
    const server = new OneServer({ term: 3 }).timesOut()
    const rule = 'a candidate that crashes must not vote for another one in its term: mark term and vote as unsaved'
    expect(server.save, rule).toMatchObject({ term: 4, votedFor: 'a' })
    for (const { to, afterSave } of server.sends) {
      expect(afterSave, `what goes to ${to} waits for the save: sendWhenSaved`).toBe(server.save?.save)
    }
  })

  test('its vote for itself is a message to itself, and counts when it arrives', () => {
    const server = new OneServer({ term: 3, members: ['a', 'b'] }).timesOut()
    expect(server.messages, 'a vote like any other').toContainEqual({ to: 'a', ...granted(4) })
    server.hears('b', granted(4))
    const early = 'its own vote is not on its disk yet, and b is one of two. Do not count it in startElection'
    expect(server.standing, early).toBe('candidate of 4')
    expect(server.settles().standing, 'now its own vote has arrived as well').toBe('leader of 4')
  })

  test('a server that is alone leads as soon as its own vote is on the disk', () => {
    const server = new OneServer({ members: ['a'] }).timesOut()
    expect(server.standing, 'its vote is not on the disk yet').toBe('candidate of 1')
    expect(server.settles().standing, 'one vote of one').toBe('leader of 1')
  })
})

describe('Figure 2, Candidates 2: votes of a majority', () => {
  test.each([
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [6, 4],
    [7, 4],
  ])('in a cluster of %d a leader needs %d votes, its own among them', (size, quorum) => {
    const server = new OneServer({ members: names.slice(0, size) }).stands()
    for (let votes = 2; votes <= quorum; votes++) {
      const enough = `${votes - 1} of ${size} votes: another candidate could get as many`
      expect(server.standing, enough).toBe('candidate of 1')
      server.hears(names[votes - 1] ?? '', granted(1))
    }
    expect(server.standing, `${quorum} of ${size} votes: nobody else can get as many`).toBe('leader of 1')
  })

  test('a vote counts once, however often it arrives', () => {
    const server = new OneServer({ members: names.slice(0, 5) }).stands()
    for (let times = 0; times < 3; times++) server.hears('b', granted(1))
    const rule = 'the network may bring a message twice. Two servers of five have voted: count servers, not messages'
    expect(server.standing, rule).toBe('candidate of 1')
  })

  test('its own vote counts once, though it stood twice before its disk was done', () => {
    const server = new OneServer({}).timesOut().timesOut().settles()
    expect(server.standing, 'it has its own vote of term 1, and its own of term 2').toBe('candidate of 2')
  })

  test('a refusal is no vote', () => {
    const server = new OneServer({}).stands()
    for (const from of ['b', 'c']) server.hears(from, refused(1))
    expect(server.standing, 'both have refused').toBe('candidate of 1')
  })

  test('a refusal takes no vote back', () => {
    const server = new OneServer({ members: names.slice(0, 5) }).stands()
    server.hears('b', granted(1)).hears('b', refused(1)).hears('c', granted(1))
    const rule = "b's vote was given for the whole term, and with c's and its own that makes three of five"
    expect(server.standing, rule).toBe('leader of 1')
  })

  test('a vote that is counted does not put off the next candidacy', () => {
    const server = new OneServer({ members: names.slice(0, 5) }).stands().passes(100)
    const dueMs = server.node.wakeAtMs
    server.hears('b', granted(1))
    const rule = 'two votes of five make no leader: onVote leaves the wait as startElection drew it'
    expect(server.node.wakeAtMs, rule).toBe(dueMs)
  })

  test('a vote that is counted is not saved', () => {
    const server = new OneServer({ members: names.slice(0, 5) }).stands().hears('b', granted(1))
    const rule = "neither term nor vote of this server has changed. b's vote is on b's disk"
    expect(server.save, rule).toBeUndefined()
  })

  test('a vote of an earlier term does not count in this one', () => {
    const server = new OneServer({ term: 3 }).stands().stands()
    for (const from of ['b', 'c']) server.hears(from, granted(4))
    expect(server.standing, 'these votes were for term 4, and in term 5 b and c are free').toBe('candidate of 5')
  })

  test('votes of two terms do not add up', () => {
    const server = new OneServer({ members: names.slice(0, 5) }).stands().hears('b', granted(1)).stands()
    server.hears('c', granted(2))
    expect(server.standing, 'in term 2 it has two votes of five: each candidacy counts anew').toBe('candidate of 2')
    expect(server.hears('d', granted(2)).standing, 'and now three').toBe('leader of 2')
  })

  test('a vote of somebody who is no member does not count', () => {
    const server = new OneServer({}).stands().hears('z', granted(1))
    expect(server.standing, 'z is a stranger').toBe('candidate of 1')
  })

  test('votes make no leader of a server that is not a candidate any more', () => {
    const server = new OneServer({}).stands().hears('c', append(1)).hears('b', granted(1))
    expect(server.standing, 'c was elected in term 1').toBe('follower of 1')
  })

  test('a vote that comes late changes nothing for a leader', () => {
    const server = new OneServer({}).leads()
    const before = server.logTerms
    server.hears('c', granted(1))
    expect(server.standing, 'it leads already').toBe('leader of 1')
    expect(server.logTerms, 'its term begins once, with one no-op').toEqual(before)
    expect(server.effects, 'there is nothing to do').toEqual([])
  })

  test('a new leader tells everybody at once, so that nobody else stands', () => {
    const server = new OneServer({ members: names.slice(0, 5) }).leads()
    const told = server.messages.filter(({ kind }) => kind === 'append').map(({ to }) => to)
    expect([...told].sort(), 'an append to each').toEqual(['b', 'c', 'd', 'e'])
  })
})

describe('Figure 2, Candidates 3 and 4: how a candidacy ends without an office', () => {
  test('a candidate that hears from the leader of its term follows it', () => {
    const server = new OneServer({ term: 3 }).stands().hears('b', append(4))
    expect(server.standing, 'b has won term 4').toBe('follower of 4')
    expect(server.leader, 'b leads').toBe('b')
  })

  test('a candidate that hears from the leader of an earlier term stays a candidate', () => {
    const server = new OneServer({ term: 3 }).stands().hears('b', append(3))
    expect(server.standing, 'b led term 3, which is over').toBe('candidate of 4')
  })

  test('a candidate that nobody elects tries again, in the next term', () => {
    const server = new OneServer({ term: 3 }).stands()
    expect(server.timesOut().standing, 'nobody won term 4').toBe('candidate of 5')
    const terms = server.messages.filter(({ kind }) => kind === 'requestVote').map(({ term }) => term)
    expect(terms, 'it asks for votes of term 5, in which everybody is free again').toEqual([5, 5])
  })

  test('a candidate that is refused goes on until its timeout is over', () => {
    const server = new OneServer({ term: 3 }).stands()
    const dueMs = server.node.wakeAtMs
    for (const from of ['b', 'c']) server.hears(from, refused(4))
    expect(server.standing, 'a refusal is no reason to give up: another vote may come').toBe('candidate of 4')
    expect(server.node.wakeAtMs, 'and none to wait longer').toBe(dueMs)
  })
})
