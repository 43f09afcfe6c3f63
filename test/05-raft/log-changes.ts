/** What servers do with their logs, for the checks of what must be saved: entries are appended, replaced, voted on. */
import type { Save } from '#raft/effects'
import type { Entry, Index } from '#raft/messages'
import { Unsaved } from '#raft/persistence'
import { initialState, type RaftState } from '#raft/state'
import { entryOf } from './one-server.ts'

/** A server that has started, with entries of these terms on its disk. */
export function freshly(terms: readonly number[]): { readonly state: RaftState; readonly unsaved: Unsaved } {
  const entries = terms.map((term, at) => entryOf(term, at + 1))
  const saved = { term: terms.at(-1) ?? 1, votedFor: undefined, log: { entries } }
  const state = initialState('a', ['a', 'b', 'c'], saved, 0)
  return { state, unsaved: new Unsaved(state) }
}

/** As a follower does: entries of these terms take the place of all from an index on, and then it says so. */
export function write({ log }: RaftState, unsaved: Unsaved, index: Index, terms: readonly number[]): void {
  log.entries.splice(index - 1, Infinity, ...terms.map((term, at) => entryOf(term, index + at)))
  unsaved.markLog(index)
}

/** As a leader does: it says that the log changes, and then changes it. */
export function append({ term, log }: RaftState, unsaved: Unsaved, count: number): void {
  unsaved.markLog(log.entries.length + 1)
  for (let n = 0; n < count; n++) log.entries.push(entryOf(term, log.entries.length + 1))
}

/** A new term begins, and the last `count` entries are replaced by one of it. */
export function replace(state: RaftState, unsaved: Unsaved, count: number): void {
  state.term += 1
  write(state, unsaved, Math.max(1, state.log.entries.length + 1 - count), [state.term])
}

/** A new term begins, with a vote for b. */
export function vote(state: RaftState, unsaved: Unsaved): void {
  state.term += 1
  state.votedFor = 'b'
  unsaved.markVote()
}

/** `save 2: term 3, vote for nobody, from 4 on: 4 of term 3`, or `no save`. */
export function saveInWords(save: Save | undefined): string {
  if (save === undefined) return 'no save'
  const { save: number, term, votedFor, from, entries } = save
  const log = from === undefined && entries.length === 0 ? 'the log as it was' : `from ${from} on: ${named(entries)}`
  return `save ${number}: term ${term}, vote for ${votedFor ?? 'nobody'}, ${log}`
}

/** Entries of `entryOf` have their names as commands. */
function named(entries: readonly Entry[]): string {
  return entries.map(({ command }) => new TextDecoder().decode(command)).join(', ') || 'no entries'
}
