import { describe, expect, test } from 'vitest'
import { savedAfter } from '#raft/storage'
import { entryOf } from './one-server.ts'

const entries = [entryOf(1, 1), entryOf(1, 2), entryOf(1, 3)]
const begun = { term: 1, votedFor: 'a', from: 1, entries }

describe('what is saved after a change', () => {
  test('is all there is, when nothing was saved before', () => {
    const saved = savedAfter(undefined, begun)
    expect(saved, 'its term, its vote and its entries').toEqual({ term: 1, votedFor: 'a', log: { entries } })
    const vote = { term: 2, votedFor: undefined, log: { entries: [] } }
    expect(savedAfter(undefined, { term: 2, entries: [] }), 'a change without a log or a vote').toEqual(vote)
  })

  test('has the term and the vote of now, even if the vote is that for nobody', () => {
    const { term, votedFor } = savedAfter(savedAfter(undefined, begun), { term: 2, entries: [] })
    expect(term, 'the term of the change').toBe(2)
    expect(votedFor, 'the vote was given in term 1: a new term begins without one').toBeUndefined()
  })

  test('leaves the log as it was, when it says nothing of it', () => {
    const saved = savedAfter(savedAfter(undefined, begun), { term: 2, votedFor: 'b', entries: [] })
    expect(saved.log.entries, 'without `from`, the change is one of the term or the vote').toEqual(entries)
  })

  test('puts its entries in the place of all from its index on, though they may be fewer', () => {
    const saved = savedAfter(savedAfter(undefined, begun), { term: 2, from: 2, entries: [entryOf(2, 2)] })
    const rule = 'entry 3 stood behind an entry that is gone: the server had cut it off before it asked for this save'
    expect(saved.log.entries, rule).toEqual([entryOf(1, 1), entryOf(2, 2)])
  })
})
