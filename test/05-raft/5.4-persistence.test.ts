import { describe, expect, test } from 'vitest'
import type { Effect } from '#raft/effects'
import { freshly, saveInWords, write } from './log-changes.ts'
import { entryOf, OneServer } from './one-server.ts'

const heartbeat = { kind: 'append', term: 2, prevIndex: 3, prevTerm: 2, entries: [], commitIndex: 0 } as const
const fourth = { ...heartbeat, entries: [entryOf(2, 4)] }
const request = { kind: 'requestVote', term: 5, lastIndex: 3, lastTerm: 2 } as const

describe('a promise waits for the save that makes it true', () => {
  test('a vote leaves when the term and the vote are on the disk, and one save has both', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.hears('b', request)
    expect(savesIn(a.effects), 'term 5 and the vote for b, in one save: between two, a crash could fall').toEqual([
      'save 1: term 5, vote for b, the log as it was',
    ])
    const rule = 'a server that crashes before its vote is on the disk votes again, perhaps for another candidate'
    expect(promises(a), rule).toEqual(['vote to b after save 1'])
  })

  test('a candidate asks for votes when its own vote is on the disk', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.timesOut()
    expect(a.save, 'its new term, and its vote for itself').toMatchObject({ save: 1, term: 3, votedFor: 'a' })
    const rule = 'it has voted for itself: if it forgets that, it may vote for another one in this term'
    const expected = ['requestVote to b after save 1', 'requestVote to c after save 1', 'vote to a after save 1']
    expect(promises(a), rule).toEqual(expected)
  })

  test('a refusal names a term, so that the term is on the disk first', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.hears('b', { ...request, lastIndex: 1, lastTerm: 1 })
    expect(a.save, 'it has heard of term 5, and has voted for nobody in it').toMatchObject({ term: 5 })
    expect(a.save?.votedFor, 'a vote of an earlier term, or one that was refused, is none').toBeUndefined()
    expect(promises(a), 'whoever reads this believes that a is in term 5').toEqual(['vote to b after save 1'])
  })

  test('entries are acknowledged when they are on the disk, in one save with the term they came in', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.hears('b', { ...fourth, term: 6, entries: [entryOf(6, 4), entryOf(6, 5)] })
    const rule = 'without the term beside them, a crash leaves entries of a term that the server has never heard of'
    expect(savesIn(a.effects), rule).toEqual(['save 1: term 6, vote for nobody, from 4 on: 4 of term 6, 5 of term 6'])
    expect(promises(a), 'the leader counts this server for them').toEqual(['appended to b after save 1'])
  })

  test('entries that are being saved already are acknowledged after that save', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.hears('b', fourth)
    const rule = 'nothing has changed, and save 1 is still under way: what is promised is no truer than before'
    a.hears('b', fourth)
    expect(promises(a), `the same append came twice; ${rule}`).toEqual(['appended to b after save 1'])
    a.hears('b', { ...heartbeat, prevIndex: 4 })
    expect(promises(a), `a heartbeat behind it; ${rule}`).toEqual(['appended to b after save 1'])
  })

  test('a vote that is granted twice waits for the same save', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.hears('b', request).hears('b', request)
    expect(promises(a), 'the request came twice, and the vote is not on the disk yet').toEqual([
      'vote to b after save 1',
    ])
  })
})

describe('a save', () => {
  test('is asked for when something has changed, and not otherwise', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    const rule = 'nothing of it changes the term, the vote or the log: a sync for it would cost milliseconds'
    a.hears('b', heartbeat)
    expect(a.save, `a heartbeat; ${rule}`).toBeUndefined()
    a.hears('b', { ...heartbeat, prevIndex: 0, prevTerm: 0, entries: [entryOf(1, 1)] })
    expect(a.save, `an append of what is there; ${rule}`).toBeUndefined()
    a.isAsked('x = 1')
    expect(a.save, `a proposal that is declined; ${rule}`).toBeUndefined()
    a.hears('c', { ...request, term: 1 })
    expect(a.save, `a request of an earlier term; ${rule}`).toBeUndefined()
  })

  test('has what has changed since the one before, and its number is the next', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    const asked: string[] = []
    const fifth = { ...heartbeat, prevIndex: 4, entries: [entryOf(2, 5)] }
    for (const message of [fourth, fifth, { ...request, lastIndex: 5 }] as const) {
      asked.push(...savesIn(a.hears('b', message).effects))
    }
    const rule = 'entries from the first that has changed on, and none if the log is as it was'
    expect(asked, rule).toEqual([
      'save 1: term 2, vote for nobody, from 4 on: 4 of term 2',
      'save 2: term 2, vote for nobody, from 5 on: 5 of term 2',
      'save 3: term 5, vote for b, the log as it was',
    ])
  })

  test('has the log from the smallest index on that has changed, however often it has', () => {
    const { state, unsaved } = freshly([1, 1, 1, 1])
    write(state, unsaved, 4, [2])
    write(state, unsaved, 2, [3, 3])
    write(state, unsaved, 4, [3])
    const rule = 'entries 4, 2 and 4 were replaced in one step: all that is there from 2 on'
    expect([saveInWords(unsaved.take())], rule).toEqual([
      'save 1: term 1, vote for nobody, from 2 on: 2 of term 3, 3 of term 3, 4 of term 3',
    ])
    expect(unsaved.take(), 'nothing has changed since').toBeUndefined()
  })
})

describe('a leader', () => {
  test('hands on its entries before its own disk has them', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.leads()
    for (const from of ['b', 'c']) a.hears(from, { kind: 'appended', term: 3, matchIndex: 4 })
    a.isAsked('x = 1')
    expect(a.save, 'it asks its disk for the entry').toMatchObject({ from: 5 })
    const rule = 'an append says nothing of the disk of its sender: the leader writes while its followers do'
    expect(promises(a), rule).toEqual(['append to b after save 0', 'append to c after save 0'])
  })

  test('counts itself only for what its own disk has', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.leads()
    a.hears('b', { kind: 'appended', term: 3, matchIndex: 4 })
    expect(a.state.commitIndex, 'entry 4 is on the disk of b, and the save of a is under way: one of three').toBe(0)
    a.isAsked('x = 1')
    a.saves()
    expect(a.state.commitIndex, 'save of entry 4 is done: b and a are a majority').toBe(4)
    expect(a.state.durableIndex, 'entry 5 was appended after that save was asked for').toBe(4)
  })

  test('commits with two followers what its own disk does not have yet', () => {
    const a = new OneServer({ log: [1, 1, 2] })
    a.leads()
    for (const from of ['b', 'c']) a.hears(from, { kind: 'appended', term: 3, matchIndex: 4 })
    expect(a.state.durableIndex, 'its own save is under way').toBe(3)
    expect(a.state.commitIndex, 'b and c are a majority of three: the disk of the leader may come last').toBe(4)
  })
})

/** The saves among effects, in words. */
function savesIn(effects: readonly Effect[]): readonly string[] {
  return effects.filter((effect) => effect.kind === 'save').map(saveInWords)
}

/** `vote to b after save 1`: the messages of the last step. */
function promises({ sends }: OneServer): readonly string[] {
  return sends.map(({ to, message, afterSave }) => `${message.kind} to ${to} after save ${afterSave}`)
}
