/** Another log: it compares slices, and looks for terms from their ends. */
import type { Entry, Index, Term } from '#raft/messages'

export interface Log {
  readonly entries: Entry[]
}

export function emptyLog(): Log {
  return { entries: [] }
}

export function lastIndexOf(log: Log): Index {
  return log.entries.length
}

export function lastTermOf(log: Log): Term {
  return termAt(log, lastIndexOf(log)) ?? 0
}

export function termAt({ entries }: Log, index: Index): Term | undefined {
  return index === 0 ? 0 : entries[index - 1]?.term
}

export function entriesFrom({ entries }: Log, from: Index, countMax: number): readonly Entry[] {
  return entries.slice(from - 1, from - 1 + countMax)
}

export function matchesAt({ entries }: Log, index: Index, term: Term): boolean {
  if (index === 0) return true
  const entry = entries[index - 1]
  return entry !== undefined && entry.term === term
}

export function appendAfter(log: Log, prevIndex: Index, entries: readonly Entry[]): Index | undefined {
  const present = log.entries.slice(prevIndex, prevIndex + entries.length)
  const conflict = present.findIndex((entry, at) => entry.term !== entries[at]?.term)
  const shared = conflict === -1 ? present.length : conflict
  if (shared === entries.length) return undefined
  log.entries.splice(prevIndex + shared, Number.POSITIVE_INFINITY, ...entries.slice(shared))
  return prevIndex + shared + 1
}

export interface Conflict {
  readonly conflictIndex: Index
  readonly conflictTerm?: Term | undefined
}

export function conflictAt({ entries }: Log, index: Index): Conflict {
  const conflictTerm = entries[index - 1]?.term
  if (conflictTerm === undefined) return { conflictIndex: entries.length + 1, conflictTerm }
  return { conflictIndex: entries.findIndex(({ term }) => term === conflictTerm) + 1, conflictTerm }
}

export function nextAfterConflict({ entries }: Log, prevIndex: Index, conflict: Conflict): Index {
  const { conflictIndex, conflictTerm } = conflict
  const behindOwn = conflictTerm === undefined ? 0 : entries.findLastIndex(({ term }) => term === conflictTerm) + 2
  const next = behindOwn > 1 ? behindOwn : conflictIndex
  if (next > prevIndex) return prevIndex
  return next < 1 ? 1 : next
}
