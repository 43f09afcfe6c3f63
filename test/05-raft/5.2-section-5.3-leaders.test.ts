import { describe, expect, test } from 'vitest'
import type { Message } from '#raft/messages'
import type { Progress } from '#raft/state'
import { said, saidTo } from './append-messages.ts'
import { OneServer } from './one-server.ts'

/** The leader of term 4, of a, b and c. The entries of `log` are of the disk, and its no-op comes behind them. */
function leaderOf4(log: readonly number[], options: { entriesMax?: number; inFlightMax?: number } = {}): OneServer {
  return new OneServer({ ...options, term: 3, log }).leads()
}

function appended(matchIndex: number, term = 4): Message {
  return { kind: 'appended', term, matchIndex }
}

function refused(prevIndex: number, conflictIndex: number, conflictTerm?: number, term = 4): Message {
  return { kind: 'refused', term, prevIndex, conflictIndex, conflictTerm }
}

/** What the leader believes of b. */
function progressOfB({ state: { role } }: OneServer): Progress | undefined {
  return role.kind === 'leader' ? role.followers.get('b') : undefined
}

describe('the beginning of a term', () => {
  test('each follower gets the no-op, behind the last entry that the leader has from before', () => {
    const leader = leaderOf4([1, 1, 3])
    const rule = 'the leader begins where its own log ended, and goes back from there if it must'
    const first = 'append an entry of term 4 after 3 of term 3, committed 0'
    expect(saidTo('b', leader), rule).toBe(first)
    expect(saidTo('c', leader), rule).toBe(first)
  })

  test('the first append need not wait for the disk of the leader', () => {
    const leader = leaderOf4([1])
    const waitsFor = leader.sends.map(({ afterSave }) => afterSave)
    expect(waitsFor, 'an append promises nothing of what is on the disk of its sender').toEqual([0, 0])
  })
})

describe('while the leader does not know where the logs agree', () => {
  test('one append is under way to a follower, and no more, whatever is proposed', () => {
    const leader = leaderOf4([1, 1]).isAsked('x')
    const rule = 'what follows an append that is refused is refused too: wait for the answer'
    expect(saidTo('b', leader), rule).toBe('nothing')
    leader.isAsked('y')
    expect(saidTo('b', leader), rule).toBe('nothing')
  })

  test('a refusal leads to one append further back', () => {
    const leader = leaderOf4([1, 1, 3, 3]).hears('b', refused(4, 2, 2))
    const rule = 'the follower has term 2 from index 2, and the leader has none of it: try behind index 1'
    expect(saidTo('b', leader), rule).toBe('append entries of terms 1 3 3 4 after 1 of term 1, committed 0')
    expect(saidTo('c', leader), 'c has said nothing').toBe('nothing')
    leader.hears('b', refused(1, 1))
    expect(saidTo('b', leader), 'its log is empty').toBe(
      'append entries of terms 1 1 3 3 4 after the beginning, committed 0',
    )
    leader.isAsked('x')
    expect(saidTo('b', leader), 'still one at a time').toBe('nothing')
  })

  test('a refusal that names a term leads behind the last entry of it that the leader has', () => {
    const leader = leaderOf4([1, 1, 3, 3]).hears('b', refused(4, 1, 1))
    const rule = 'the follower has term 1 from index 1, and the leader up to 2: nextAfterConflict finds the place'
    expect(saidTo('b', leader), rule).toBe('append entries of terms 3 3 4 after 2 of term 1, committed 0')
  })

  test.each([
    ['without a term', refused(4, 1_000)],
    ['with a term', refused(4, 1_000, 2)],
  ])('a refusal that names an index ahead, %s, leads back all the same', (_, refusal) => {
    const leader = leaderOf4([1, 1, 3, 3]).hears('b', refusal)
    const tries = leader.messages.flatMap((message) => (message.kind === 'append' ? [message.prevIndex] : []))
    expect(tries.length, `one append is the next try, and b gets: ${saidTo('b', leader)}`).toBe(1)
    expect(tries[0], 'behind 4 was refused, so the next try is further back, whatever the refusal says').toBeLessThan(4)
  })

  test('a refusal of another append than the last is ignored', () => {
    const leader = leaderOf4([1, 1, 3, 3]).hears('b', refused(4, 2, 2))
    for (const late of [refused(4, 2, 2), refused(3, 1, 2), refused(0, 1)]) {
      leader.hears('b', late)
      expect(said(leader), 'it comes twice, or late: the append behind 1 is not answered yet').toBe('nothing')
    }
    leader.hears('b', appended(5))
    expect(progressOfB(leader)?.matchIndex, 'the answer that counts').toBe(5)
  })

  test('a refusal from further back than the present try is ignored', () => {
    const leader = leaderOf4([1, 1, 3, 3]).hears('b', refused(4, 4)).hears('b', refused(2, 1))
    const rule = 'the append behind 3 is not answered yet: only the refusal behind nextIndex - 1 counts'
    expect(said(leader), rule).toBe('nothing')
    expect(progressOfB(leader)?.nextIndex, rule).toBe(4)
  })

  test('when the one append is lost, the answer to a heartbeat finds the place too', () => {
    const leader = leaderOf4([1, 1]).isAsked('x').timesOut()
    expect(saidTo('b', leader), 'a heartbeat behind the same entry').toBe(
      'append nothing after 2 of term 1, committed 0',
    )
    leader.hears('b', appended(2))
    expect(saidTo('b', leader), 'the place is known: what is missing goes out').toBe(
      'append entries of terms 4 4 after 2 of term 1, committed 0',
    )
  })

  test('when the one append is lost, the refusal of a heartbeat leads on too', () => {
    const leader = leaderOf4([1, 1]).timesOut().hears('b', refused(2, 1))
    expect(saidTo('b', leader), 'the follower has nothing').toBe(
      'append entries of terms 1 1 4 after the beginning, committed 0',
    )
  })

  test('no append has more than entriesMax entries', () => {
    const leader = leaderOf4([1, 1, 3, 3], { entriesMax: 2 }).hears('b', refused(4, 1))
    expect(saidTo('b', leader), 'five entries, two in an append').toBe(
      'append entries of terms 1 1 after the beginning, committed 0',
    )
  })
})

describe('what the leader believes of a follower', () => {
  test('matchIndex is what the answer says, and not what was sent since', () => {
    const leader = leaderOf4([1, 1]).isAsked('x').isAsked('y').hears('b', appended(3))
    const rule = 'the follower has 3 entries for certain. The leader has 5, and may have sent them: they can be lost'
    expect(progressOfB(leader)?.matchIndex, rule).toBe(3)
    leader.hears('b', appended(4))
    expect(progressOfB(leader)?.matchIndex, rule).toBe(4)
  })

  test('matchIndex never goes back', () => {
    const leader = leaderOf4([1, 1]).hears('b', appended(3)).hears('b', appended(2))
    expect(progressOfB(leader)?.matchIndex, 'the second answer is an older one: what is on a disk stays there').toBe(3)
  })

  test('nothing that was acknowledged is asked for again, whatever a refusal says', () => {
    const leader = leaderOf4([1, 1, 1]).isAsked('x').hears('b', appended(4))
    leader.hears('b', refused(5, 1))
    const rule = 'the follower has acknowledged 4 entries: the hole is behind them'
    expect(saidTo('b', leader), rule).toBe('append an entry of term 4 after 4 of term 4, committed 0')
    expect(progressOfB(leader)?.matchIndex, `${rule}, and these stay on its disk`).toBe(4)
  })

  test('nothing that was acknowledged is sent again, though an older acknowledgement comes late', () => {
    const leader = leaderOf4([1, 1, 1]).isAsked('x').hears('b', appended(4)).hears('b', refused(5, 1))
    leader.hears('b', appended(3))
    const again = leader.messages.filter((message) => message.kind === 'append' && message.prevIndex < 4)
    expect(again.length, `b has acknowledged 4 entries, and now it gets: ${saidTo('b', leader)}`).toBe(0)
    expect(
      progressOfB(leader)?.nextIndex,
      'the entry to send next is behind all that was acknowledged',
    ).toBeGreaterThan(4)
  })

  test('a refusal from before an acknowledgement is ignored', () => {
    const leader = leaderOf4([1, 1, 1]).hears('b', appended(4))
    for (const late of [refused(3, 1), refused(4, 2, 1)]) {
      leader.hears('b', late)
      expect(said(leader), 'the log agrees there since').toBe('nothing')
    }
    leader.isAsked('x')
    expect(saidTo('b', leader), 'and the leader sends ahead as before').toBe(
      'append an entry of term 4 after 4 of term 4, committed 0',
    )
  })

  test.each([
    ['an acknowledgement', appended(3, 3)],
    ['a refusal', refused(2, 1, undefined, 3)],
  ])('%s of an earlier term is ignored', (_, answer) => {
    const leader = leaderOf4([1, 1]).hears('b', answer)
    expect(said(leader), 'it answers an append of term 3: much may have happened since').toBe('nothing')
    expect(progressOfB(leader)?.matchIndex, 'nothing is known of b in term 4').toBe(0)
  })

  test('an acknowledgement of more than there is is ignored', () => {
    const leader = leaderOf4([1, 1]).hears('b', appended(9))
    expect(progressOfB(leader)?.matchIndex, 'the leader has 3 entries: nobody can have 9 of them').toBe(0)
  })

  test('an answer to a server that leads no more is ignored', () => {
    for (const answer of [appended(3), refused(2, 1)]) {
      const server = new OneServer({ term: 4, log: [1, 1, 4] }).hears('b', answer)
      expect(said(server), 'only a leader sends entries').toBe('nothing')
    }
  })
})

describe('what is acknowledged by a majority', () => {
  test('is committed as soon as the answer comes that makes it one', () => {
    const leader = leaderOf4([1, 1]).settles().hears('b', appended(3))
    expect(leader.state.commitIndex, 'a and b have 3 entries: two of three').toBe(3)
  })

  test('is committed though the follower does not have the rest yet', () => {
    const leader = leaderOf4([1, 1], { entriesMax: 1 }).isAsked('x', 'y', 'z').settles()
    for (const matchIndex of [3, 4, 5]) {
      leader.hears('b', appended(matchIndex))
      const rule = `a and b have ${matchIndex} of 6 entries: under load a follower never has all, and nothing would be committed`
      expect(leader.state.commitIndex, rule).toBe(matchIndex)
    }
  })

  test('is told to the follower with what goes out next', () => {
    const leader = leaderOf4([1, 1]).isAsked('x').settles().hears('b', appended(3))
    const toB = leader.messages.filter((message) => message.to === 'b')
    const committed = toB.flatMap((message) => (message.kind === 'append' ? [message.commitIndex] : []))
    const rule = 'entry 3 is committed with this answer: onMatch comes first, and then the append with entry 4'
    expect(committed, rule).toEqual([3])
  })
})
