import { describe, expect, test } from 'vitest'
import { saidTo } from './append-messages.ts'
import { OneServer } from './one-server.ts'

const inFlightMax = 3
const entriesMax = 2

/** The leader of term 1 with 1 entry, its no-op, which b has acknowledged. c says nothing. */
function leader(): OneServer {
  const server = new OneServer({ entriesMax, inFlightMax }).leads().settles()
  return server.hears('b', { kind: 'appended', term: 1, matchIndex: 1 })
}

/** The appends to b of the last step: `3-4, after 4` for one with entries 3 and 4, and one without. */
function appendsToB(server: OneServer): string {
  const appends = server.messages.flatMap((message) => {
    if (message.to !== 'b' || message.kind !== 'append') return []
    const { prevIndex, entries } = message
    return entries.length === 0 ? [`after ${prevIndex}`] : [`${prevIndex + 1}-${prevIndex + entries.length}`]
  })
  return appends.join(', ') || 'nothing'
}

function acknowledges(server: OneServer, matchIndex: number): string {
  return appendsToB(server.hears('b', { kind: 'appended', term: 1, matchIndex }))
}

function refuses(server: OneServer, prevIndex: number, logEnd: number): string {
  return appendsToB(server.hears('b', { kind: 'refused', term: 1, prevIndex, conflictIndex: logEnd + 1 }))
}

const twelve = Array.from({ length: 12 }, (_, n) => `command ${n}`)

describe('once the place is known, the leader sends ahead of the answers', () => {
  test('each proposal goes out at once', () => {
    const server = leader()
    const sent = ['x', 'y', 'z'].map((command) => appendsToB(server.isAsked(command)))
    expect(sent, 'three proposals, one after the other, and no answer in between').toEqual(['2-2', '3-3', '4-4'])
  })

  test('many entries go out in appends of entriesMax, each behind the one before', () => {
    const rule = `13 entries, ${entriesMax} in an append, ${inFlightMax} appends under way: no entry twice, and none left out`
    expect(appendsToB(leader().isAsked(...twelve)), rule).toBe('2-3, 4-5, 6-7')
  })

  test('what was proposed while the place was unknown goes out with the answer', () => {
    const server = new OneServer({ entriesMax, inFlightMax }).leads().isAsked('x', 'y', 'z')
    expect(acknowledges(server, 1), 'entry 1 was under way, alone. There are three more').toBe('2-3, 4-4')
  })

  test('every append names the entry before its first', () => {
    const server = leader().isAsked('x').isAsked('y')
    const rule = 'the follower must be able to tell that nothing is missing before it'
    expect(saidTo('b', server), rule).toBe('append an entry of term 1 after 2 of term 1, committed 1')
  })
})

describe('no more than inFlightMax appends are under way', () => {
  test('with the window full, nothing goes out', () => {
    const server = leader().isAsked(...twelve)
    const rule = `${inFlightMax} appends wait for their answers: more would fill the memory of a network that is stuck`
    expect(appendsToB(server.isAsked('one more')), rule).toBe('nothing')
  })

  test('each answer makes room for one append', () => {
    const server = leader().isAsked(...twelve)
    expect(acknowledges(server, 3), 'the first of three is answered').toBe('8-9')
    expect(acknowledges(server, 5), 'the second too').toBe('10-11')
  })

  test('an answer to a later append stands for those before it', () => {
    const server = leader().isAsked(...twelve)
    expect(acknowledges(server, 5), 'who has all up to 5 has all up to 3: two appends are answered').toBe('8-9, 10-11')
  })

  test('an answer to a part of an append leaves it in the window', () => {
    const server = leader().isAsked(...twelve)
    const rule =
      'append 2-3 is answered. Of 4-5 the last entry is missing, and 6-7 is under way too: there is room for one'
    expect(acknowledges(server, 4), rule).toBe('8-9')
  })

  test('an answer that comes twice makes room once', () => {
    const server = leader().isAsked(...twelve)
    acknowledges(server, 3)
    expect(acknowledges(server, 3), 'appends 4-5, 6-7 and 8-9 are still under way').toBe('nothing')
    expect(acknowledges(server, 1), 'and an older answer says nothing new').toBe('nothing')
  })

  test('a heartbeat goes out all the same, behind the last that was sent', () => {
    const server = leader()
      .isAsked(...twelve)
      .timesOut()
    expect(appendsToB(server), 'it has no entries, so it needs no room').toBe('after 7')
  })
})

describe('when something was lost', () => {
  test('the refusal of an append that came before its time takes the leader back, to one at a time', () => {
    const server = leader().isAsked(...twelve)
    expect(refuses(server, 3, 1), 'the append 2-3 was lost, and 4-5 is refused').toBe('2-3')
    expect(refuses(server, 5, 1), 'so is 6-7: the leader knows').toBe('nothing')
    expect(appendsToB(server.isAsked('one more')), 'one at a time').toBe('nothing')
  })

  test('the refusal of a heartbeat shows that the last append was lost', () => {
    const server = leader().isAsked('x').timesOut()
    expect(refuses(server, 2, 1), 'the heartbeat follows entry 2, which has not come').toBe('2-2')
  })

  test('the whole window is free again once the place is found', () => {
    const server = leader().isAsked(...twelve)
    refuses(server, 7, 1)
    const rule = 'what was under way before is lost, or will be refused: nobody waits for it any more'
    expect(acknowledges(server, 3), rule).toBe('4-5, 6-7, 8-9')
  })

  test('lost answers are made up for by the answer to a heartbeat', () => {
    const server = leader()
      .isAsked(...twelve)
      .timesOut()
    const rule = 'all three appends have arrived, and their answers were lost. The heartbeat followed them'
    expect(acknowledges(server, 7), rule).toBe('8-9, 10-11, 12-13')
  })
})
