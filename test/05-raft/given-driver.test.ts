import { beforeEach, describe, expect, test } from 'vitest'
import { Random } from '#message-passing/random'
import { VirtualClock } from '#message-passing/virtual-clock'
import { Driver, type Outcome } from '#raft/driver'
import type { Save } from '#raft/effects'
import type { Entry, Message, ServerId, Term } from '#raft/messages'
import type { Saved } from '#raft/storage'

/** A disk that is done with a save when it is told to be. */
class SlowDisk {
  readonly asked: { readonly save: Save; readonly done: () => void }[] = []
  readonly saved: Saved | undefined

  constructor(saved?: Saved) {
    this.saved = saved
  }

  save(save: Save, done: () => void): void {
    this.asked.push({ save, done })
  }

  /** The oldest save is done. */
  finish(): void {
    const oldest = this.asked.shift()
    if (oldest === undefined) throw new RangeError('nothing is being saved')
    oldest.done()
  }

  /** Every save is done, and those that follow from it. */
  finishAll(): void {
    while (this.asked.length > 0) this.finish()
  }
}

let clock: VirtualClock
let disk: SlowDisk
let sent: string[]
let applied: string[]
let driver: Driver

function start(members: readonly ServerId[] = ['a', 'b', 'c'], saved?: Saved): void {
  clock = new VirtualClock()
  disk = new SlowDisk(saved)
  sent = []
  applied = []
  driver = new Driver({
    id: 'a',
    members,
    clock,
    random: new Random(1),
    storage: disk,
    send: (to, message) => sent.push(`${to}: ${message.kind} ${message.term}`),
    apply: (index, { term }) => applied.push(`${index} of term ${term}`),
  })
}

beforeEach(() => start())

/** b votes for a, which leads from then on. */
function lead(): void {
  driver.campaign()
  disk.finishAll()
  driver.receive('b', { kind: 'vote', term: driver.state.term, granted: true })
  expect(driver.state.role.kind).toBe('leader')
  disk.finishAll()
}

function hearAppend(term: Term, prevIndex: number, prevTerm: Term, terms: readonly Term[], commitIndex: number): void {
  const entries = terms.map((each) => ({ term: each }))
  driver.receive('b', { kind: 'append', term, prevIndex, prevTerm, entries, commitIndex })
}

/** Asks for a command. Returns what its proposer is told, as often as it is told. */
function propose(): Outcome[] {
  const outcomes: Outcome[] = []
  driver.propose(Uint8Array.of(1), (outcome) => outcomes.push(outcome))
  return outcomes
}

describe('a message', () => {
  test('that promises something waits for the save that makes it true', () => {
    driver.campaign()
    expect(sent, 'the term and the vote are not on the disk').toEqual([])
    disk.finish()
    expect(sent, 'they are now').toEqual(['b: requestVote 1', 'c: requestVote 1'])
  })

  test('that waits for an earlier save does not wait for a later one', () => {
    driver.receive('b', { kind: 'requestVote', term: 1, lastIndex: 0, lastTerm: 0 })
    driver.receive('c', { kind: 'requestVote', term: 2, lastIndex: 0, lastTerm: 0 })
    expect(disk.asked.length, 'each vote is saved').toBe(2)
    disk.finish()
    expect(sent, 'the vote of term 1 is on the disk, that of term 2 is not').toEqual(['b: vote 1'])
    disk.finish()
    expect(sent, 'then that of term 2').toEqual(['b: vote 1', 'c: vote 2'])
  })

  test('that changes nothing waits for the save that is under way all the same', () => {
    const request: Message = { kind: 'requestVote', term: 1, lastIndex: 0, lastTerm: 0 }
    driver.receive('b', request)
    driver.receive('b', request)
    expect(disk.asked.length, 'the vote was granted before').toBe(1)
    expect(sent, 'and is not on the disk').toEqual([])
    disk.finish()
    expect(sent, 'in the order in which they were asked for').toEqual(['b: vote 1', 'b: vote 1'])
  })

  test('that promises nothing new goes out at once: a leader hands on what its own disk does not have yet', () => {
    lead()
    sent = []
    driver.receive('b', { kind: 'appended', term: 1, matchIndex: 1 })
    propose()
    expect(disk.asked.length, 'the command is being saved').toBe(1)
    expect(sent, 'and on its way to b').toEqual(['b: append 1'])
  })

  test('to the server itself never leaves it', () => {
    lead()
    expect(
      sent.filter((line) => line.startsWith('a')),
      'its vote for itself',
    ).toEqual([])
  })

  test('from a stranger changes nothing', () => {
    driver.receive('stranger', { kind: 'requestVote', term: 9, lastIndex: 9, lastTerm: 9 })
    expect([driver.state.term, disk.asked.length, sent.length], 'no term, no save, no answer').toEqual([0, 0, 0])
  })

  test('of a later term ends the leadership, whatever its kind', () => {
    lead()
    driver.receive('b', { kind: 'refused', term: 5, prevIndex: 0, conflictIndex: 0 })
    expect([driver.state.role.kind, driver.state.term], 'it belongs to term 5').toEqual(['follower', 5])
  })
})

describe('time', () => {
  test('makes a server stand for election when nobody is heard of, and wait again when somebody is', async () => {
    const dueMs = clock.nextAtMs ?? 0
    expect(dueMs, 'a timeout is drawn at the start').toBeGreaterThanOrEqual(150)
    await clock.advance(dueMs - 1)
    hearAppend(1, 0, 0, [], 0)
    await clock.advance(140)
    expect(driver.state.role.kind, 'it has heard of a leader').toBe('follower')
    await clock.advance(200)
    expect(driver.state.role.kind, 'and then of nobody for longer than any timeout').toBe('candidate')
    expect(clock.pending, 'one timer is set, and the ones before it are cancelled').toBe(1)
  })

  test('makes a leader send heartbeats', async () => {
    lead()
    sent = []
    await clock.advance(100)
    expect(sent, 'every 50 ms').toEqual(['b: append 1', 'c: append 1', 'b: append 1', 'c: append 1'])
  })
})

describe('what a server finds on its disk', () => {
  test('is what it begins with', () => {
    const entries: Entry[] = [{ term: 1 }, { term: 3 }]
    start(['a', 'b', 'c'], { term: 4, votedFor: 'c', log: { entries } })
    driver.receive('b', { kind: 'requestVote', term: 4, lastIndex: 9, lastTerm: 4 })
    expect(driver.state.votedFor, 'it has voted in term 4').toBe('c')
    hearAppend(4, 2, 3, [], 2)
    expect(applied, 'what is committed goes to the state machine from the first on').toEqual([
      '1 of term 1',
      '2 of term 3',
    ])
  })
})

describe('whoever proposes a command', () => {
  test('is told that it is committed when it is, and not before', () => {
    lead()
    const outcomes = propose()
    disk.finishAll()
    expect(outcomes, 'only the leader has it').toEqual([])
    driver.receive('b', { kind: 'appended', term: 1, matchIndex: 2 })
    expect(outcomes, 'a majority has it on its disks').toEqual([{ kind: 'committed', index: 2 }])
    expect(applied, 'and it was handed to the state machine').toEqual(['1 of term 1', '2 of term 1'])
    driver.receive('c', { kind: 'appended', term: 1, matchIndex: 2 })
    expect(outcomes.length, 'once').toBe(1)
  })

  test('is declined at once by a follower, with the name of the leader if it knows one', () => {
    expect(propose(), 'nobody has been heard of').toEqual([{ kind: 'declined', leader: undefined }])
    hearAppend(1, 0, 0, [], 0)
    expect(propose(), 'b leads').toEqual([{ kind: 'declined', leader: 'b' }])
    expect(driver.state.log.entries, 'nothing of it is in the log').toEqual([])
  })

  test('is told that it was replaced when another entry is committed in its place', () => {
    lead()
    const outcomes = propose()
    hearAppend(2, 1, 1, [2], 1)
    disk.finishAll()
    expect(outcomes, 'another entry stands at 2, and may be overwritten in turn: nothing is certain').toEqual([])
    hearAppend(2, 2, 2, [], 2)
    expect(outcomes, 'entry 2 of term 2 is committed, and so the command never will be').toEqual([{ kind: 'replaced' }])
  })

  test('hears of it even if the server has taken another command for the same index since', () => {
    lead()
    const earlier = [propose(), propose(), propose()]
    hearAppend(2, 1, 1, [2], 1) // cuts the log off behind entry 1
    disk.finishAll()
    lead() // of term 3, with the no-op at 3
    const later = propose()
    disk.finishAll()
    driver.receive('b', { kind: 'appended', term: 3, matchIndex: 4 })
    expect(later, 'the command of term 3 is committed at 4').toEqual([{ kind: 'committed', index: 4 }])
    const rule = 'those of term 1, at 2, 3 and 4, were replaced, and whoever asked for them still waits'
    expect(earlier, rule).toEqual([[{ kind: 'replaced' }], [{ kind: 'replaced' }], [{ kind: 'replaced' }]])
  })

  test('is told that it is committed by whichever leader has done it', () => {
    lead()
    const outcomes = propose()
    hearAppend(2, 2, 1, [2], 3)
    expect(outcomes, 'b has the command in its log too, and has committed it in term 2').toEqual([
      { kind: 'committed', index: 2 },
    ])
  })

  test('together with others is told of its own command, in order', () => {
    lead()
    const told: string[] = []
    for (const name of ['x', 'y', 'z']) {
      driver.propose(Uint8Array.of(1), (outcome) => told.push(`${name} ${outcome.kind}`))
    }
    hearAppend(2, 3, 1, [2, 2], 5)
    expect(told, 'x and y are in the log of the next leader, and z is not').toEqual([
      'x committed',
      'y committed',
      'z replaced',
    ])
  })
})
