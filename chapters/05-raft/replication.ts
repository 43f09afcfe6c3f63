// Exercise 5.2, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.2-replication.md, then let `npm run check 5.2` tell you how far you are.
// Stub a1403a6d: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Log replication (section 5.3 of the paper), with batches, and with several
 * appends under way to each follower.
 *
 * A leader that doesn't know where a follower's log agrees with its own sends one
 * append at a time, each further back, until one is taken. From then on it sends
 * ahead of the answers. When something was lost on the way, the next append does
 * not fit, is refused, and the leader is back to one at a time.
 */
import { commitUpTo, onMatch } from '#raft/commit'
import { appendAfter, conflictAt, entriesFrom, matchesAt, nextAfterConflict, termAt } from '#raft/log'
import type { Entry, Index, MessageOf, ServerId } from '#raft/messages'
import type { Raft } from '#raft/raft'
import type { Leader, Progress, RaftState } from '#raft/state'
import { follow } from '#raft/terms'
import { unimplemented } from '#unimplemented'

/**
 * Takes entries from the leader of this term. `append.term` is not above this server's.
 * Whoever led an earlier term gets its refusal also from a leader, or from a follower of
 * another. What the message covers is acknowledged also if it was committed long ago.
 *
 * @exercise 5.2d Refuse what is of an earlier term, and what doesn't fit. What fits is in the log before it is acknowledged.
 */
export function onAppend(raft: Raft, from: ServerId, append: MessageOf<'append'>): void {
  throw unimplemented(
    '5.2d',
    "Refuse what is of an earlier term, and what doesn't fit. What fits is in the log before it is acknowledged.",
  )
}

/** Whether this term has another leader: there is one at most, so the message is a lie. */
function contradictsLeader({ role }: RaftState, from: ServerId): boolean {
  return role.kind === 'leader' || (role.kind === 'follower' && role.leader !== undefined && role.leader !== from)
}

/** Whether entries would replace committed ones, or go back in terms: no leader that follows the protocol sends such. */
function contradictsCommitted({ state }: Raft, prevIndex: Index, entries: readonly Entry[]): boolean {
  let before = termAt(state.log, prevIndex) ?? 0
  for (const [offset, { term }] of entries.entries()) {
    const index = prevIndex + 1 + offset
    if (term < before || term > state.term) return true
    if (index <= state.commitIndex && termAt(state.log, index) !== term) return true
    before = term
  }
  return false
}

/**
 * A follower has taken what was sent, up to `matchIndex`. If that makes a majority, it is
 * committed, though the follower may not have the rest yet, and what goes out next says so.
 *
 * @exercise 5.2e What the message says, and not what was sent since. Then there is room for more.
 */
export function onAppended(raft: Raft, from: ServerId, { term, matchIndex }: MessageOf<'appended'>): void {
  throw unimplemented('5.2e', 'What the message says, and not what was sent since. Then there is room for more.')
}

/**
 * A follower's log doesn't agree at `prevIndex`, or something before it was lost. While the
 * leader probes, only the refusal of the present try counts, the one behind `nextIndex - 1`.
 * `matchIndex` stays what it was.
 *
 * @exercise 5.2e Only if it is news: an answer may be late. Go back, to one append at a time.
 */
export function onRefused(raft: Raft, from: ServerId, refused: MessageOf<'refused'>): void {
  throw unimplemented('5.2e', 'Only if it is news: an answer may be late. Go back, to one append at a time.')
}

/**
 * Sends a follower what it doesn't have, as far as the window allows.
 *
 * @exercise 5.2f Nothing while a single append is out to find the place. Otherwise batch after batch.
 */
export function replicateTo(raft: Raft, { followers }: Leader, to: ServerId): void {
  throw unimplemented('5.2f', 'Nothing while a single append is out to find the place. Otherwise batch after batch.')
}

/**
 * An append without entries: the leader is there, and this is committed. It
 * follows the last that was sent, so it also finds out whether anything was lost.
 */
export function sendHeartbeat(raft: Raft, { followers }: Leader, to: ServerId): void {
  const progress = followers.get(to)
  if (progress === undefined) return
  sendAppend(raft, to, progress, 0)
}

/** Sends one append with at most `countMax` entries from `nextIndex` on. Returns how many. */
function sendAppend(raft: Raft, to: ServerId, { nextIndex }: Progress, countMax: number): number {
  const { term, log, commitIndex } = raft.state
  const prevIndex = nextIndex - 1
  const entries = countMax === 0 ? [] : entriesFrom(log, nextIndex, countMax)
  raft.sendNow(to, { kind: 'append', term, prevIndex, prevTerm: termAt(log, prevIndex) ?? 0, entries, commitIndex })
  return entries.length
}
