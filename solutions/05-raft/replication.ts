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

/**
 * Takes entries from the leader of this term. `append.term` is not above this server's.
 * Whoever led an earlier term gets its refusal also from a leader, or from a follower of
 * another. What the message covers is acknowledged also if it was committed long ago.
 *
 * @exercise 5.2d Refuse what is of an earlier term, and what doesn't fit. What fits is in the log before it is acknowledged.
 */
export function onAppend(raft: Raft, from: ServerId, append: MessageOf<'append'>): void {
  const { state } = raft
  const { prevIndex, prevTerm, entries } = append
  if (append.term < state.term) {
    return raft.sendWhenSaved(from, { kind: 'refused', term: state.term, prevIndex, conflictIndex: prevIndex })
  }
  if (contradictsLeader(state, from)) return
  follow(raft, from)
  if (!matchesAt(state.log, prevIndex, prevTerm)) {
    const conflict = conflictAt(state.log, prevIndex)
    return raft.sendWhenSaved(from, { kind: 'refused', term: state.term, prevIndex, ...conflict })
  }
  if (contradictsCommitted(raft, prevIndex, entries)) return
  const changedFrom = appendAfter(state.log, prevIndex, entries)
  if (changedFrom !== undefined) raft.unsaved.markLog(changedFrom)
  const matchIndex = prevIndex + entries.length
  commitUpTo(raft, Math.min(append.commitIndex, matchIndex))
  raft.sendWhenSaved(from, { kind: 'appended', term: state.term, matchIndex })
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
  const { state } = raft
  if (state.role.kind !== 'leader' || term !== state.term || matchIndex > raft.lastIndex) return
  const progress = state.role.followers.get(from)
  if (progress === undefined) return
  progress.matchIndex = Math.max(progress.matchIndex, matchIndex)
  if (progress.mode.kind === 'probing') {
    progress.nextIndex = progress.matchIndex + 1
    progress.mode = { kind: 'streaming', inFlight: [] }
  }
  progress.mode.inFlight = progress.mode.inFlight.filter((last) => last > matchIndex)
  onMatch(raft, state.role)
  replicateTo(raft, state.role, from)
}

/**
 * A follower's log doesn't agree at `prevIndex`, or something before it was lost. While the
 * leader probes, only the refusal of the present try counts, the one behind `nextIndex - 1`.
 * `matchIndex` stays what it was.
 *
 * @exercise 5.2e Only if it is news: an answer may be late. Go back, to one append at a time.
 */
export function onRefused(raft: Raft, from: ServerId, refused: MessageOf<'refused'>): void {
  const { state } = raft
  if (state.role.kind !== 'leader' || refused.term !== state.term) return
  const progress = state.role.followers.get(from)
  if (progress === undefined || refused.prevIndex <= progress.matchIndex) return
  if (progress.mode.kind === 'probing' && refused.prevIndex !== progress.nextIndex - 1) return
  const next = nextAfterConflict(state.log, refused.prevIndex, refused)
  progress.nextIndex = Math.max(next, progress.matchIndex + 1)
  progress.mode = { kind: 'probing', isWaiting: false }
  replicateTo(raft, state.role, from)
}

/**
 * Sends a follower what it doesn't have, as far as the window allows.
 *
 * @exercise 5.2f Nothing while a single append is out to find the place. Otherwise batch after batch.
 */
export function replicateTo(raft: Raft, { followers }: Leader, to: ServerId): void {
  const progress = followers.get(to)
  if (progress === undefined) return
  const { mode } = progress
  if (mode.kind === 'probing') {
    if (!mode.isWaiting) sendAppend(raft, to, progress, raft.options.entriesMax)
    mode.isWaiting = true
    return
  }
  while (mode.inFlight.length < raft.options.inFlightMax && progress.nextIndex <= raft.lastIndex) {
    progress.nextIndex += sendAppend(raft, to, progress, raft.options.entriesMax)
    mode.inFlight = [...mode.inFlight, progress.nextIndex - 1]
  }
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
