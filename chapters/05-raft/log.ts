// Exercise 5.2, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.2-replication.md, then let `npm run check 5.2` tell you how far you are.
// Stub d68de514: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * The log: entries numbered from 1, which two servers share up to some place and
 * from there on may not.
 *
 * Log Matching (section 5.3 of the paper): if two logs have an entry with the
 * same index and term, they have the same entries up to it. A leader makes one
 * entry for an index in its term, and a follower appends only what fits.
 */
import type { Entry, Index, Term } from '#raft/messages'
import { unimplemented } from '#unimplemented'

/** Plain data. `entries[i]` has the index `i + 1`. */
export interface Log {
  readonly entries: Entry[]
}

export function emptyLog(): Log {
  return { entries: [] }
}

/** The index of the last entry, 0 if there is none. */
export function lastIndexOf({ entries }: Log): Index {
  return entries.length
}

/** The term of the last entry, 0 if there is none. */
export function lastTermOf({ entries }: Log): Term {
  return entries.at(-1)?.term ?? 0
}

/** The term of the entry at `index`: 0 at index 0, before the first, and `undefined` behind the last. */
export function termAt({ entries }: Log, index: Index): Term | undefined {
  return index === 0 ? 0 : entries[index - 1]?.term
}

/** The entries from `from` on, at most `countMax` of them. */
export function entriesFrom({ entries }: Log, from: Index, countMax: number): readonly Entry[] {
  return entries.slice(from - 1, from - 1 + countMax)
}

/**
 * Whether the log has an entry of this term at this index, and so all that the
 * sender has up to there.
 *
 * @exercise 5.2a Index and term must agree. Index 0, before the first entry, always does.
 */
export function matchesAt(log: Log, index: Index, term: Term): boolean {
  throw unimplemented('5.2a', 'Index and term must agree. Index 0, before the first entry, always does.')
}

/**
 * Makes the log agree with `entries`, which follow `prevIndex`. Returns the
 * first index that has changed, or `undefined` if it has them all already.
 *
 * A message may come late, and be a part of what came before it: only an entry
 * of another term is a conflict, and only a conflict may shorten the log.
 *
 * @exercise 5.2b Pass over what is there already. At the first that isn't, cut off, and append the rest.
 */
export function appendAfter(log: Log, prevIndex: Index, entries: readonly Entry[]): Index | undefined {
  throw unimplemented('5.2b', "Pass over what is there already. At the first that isn't, cut off, and append the rest.")
}

/** Where the log doesn't agree with a leader, so that the leader can go back by a whole term at a time. */
export interface Conflict {
  /**
   * The index of the first entry of `conflictTerm`. Without a term it is the index behind the log's
   * last entry, where the follower would take the next one: 1 if the log is empty.
   */
  readonly conflictIndex: Index
  /** The term of the entry that is in the way, if there is one. */
  readonly conflictTerm?: Term | undefined
}

/**
 * Why the log doesn't match at `index`.
 *
 * @exercise 5.2c The log is too short, or has an entry of another term: name the first of that term.
 */
export function conflictAt(log: Log, index: Index): Conflict {
  throw unimplemented('5.2c', 'The log is too short, or has an entry of another term: name the first of that term.')
}

/**
 * Where a leader tries next, after a follower has refused an append behind `prevIndex`:
 * the index of the first entry to send. It is from 1 to `prevIndex`, whatever the follower
 * says. Without a `conflictTerm` the follower's log is too short, and `conflictIndex` is
 * the place. What the two logs share isn't sent again.
 *
 * @exercise 5.2c If the leader has entries of that term too, behind its last one. Otherwise before all of the follower's.
 */
export function nextAfterConflict(log: Log, prevIndex: Index, { conflictIndex, conflictTerm }: Conflict): Index {
  throw unimplemented(
    '5.2c',
    "If the leader has entries of that term too, behind its last one. Otherwise before all of the follower's.",
  )
}
