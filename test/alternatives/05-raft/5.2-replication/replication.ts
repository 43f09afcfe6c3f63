/** Another replication: a reply is made in one place, and the window is filled by a function that calls itself. */
import { commitUpTo, onMatch } from '#raft/commit'
import { appendAfter, conflictAt, entriesFrom, matchesAt, nextAfterConflict, termAt } from '#raft/log'
import type { Entry, Index, Message, MessageOf, ServerId } from '#raft/messages'
import type { Raft } from '#raft/raft'
import type { Leader, Progress } from '#raft/state'
import { follow } from '#raft/terms'

export function onAppend(raft: Raft, from: ServerId, append: MessageOf<'append'>): void {
  const reply = replyTo(raft, from, append)
  if (reply !== undefined) raft.sendWhenSaved(from, reply)
}

function replyTo(raft: Raft, from: ServerId, append: MessageOf<'append'>): Message | undefined {
  const { log, term, role } = raft.state
  const { prevIndex } = append
  if (append.term !== term) return { kind: 'refused', term, prevIndex, conflictIndex: 1 }
  if (role.kind === 'leader') return undefined
  if (role.kind === 'follower' && (role.leader ?? from) !== from) return undefined
  follow(raft, from)
  const isFit = matchesAt(log, prevIndex, append.prevTerm)
  if (!isFit) return { kind: 'refused', term, prevIndex, ...conflictAt(log, prevIndex) }
  if (!isPossible(raft, append)) return undefined
  take(raft, prevIndex, append.entries)
  const matchIndex = prevIndex + append.entries.length
  commitUpTo(raft, matchIndex < append.commitIndex ? matchIndex : append.commitIndex)
  return { kind: 'appended', term, matchIndex }
}

function take(raft: Raft, prevIndex: Index, entries: readonly Entry[]): void {
  const from = appendAfter(raft.state.log, prevIndex, entries)
  if (from !== undefined) raft.unsaved.markLog(from)
}

function isPossible({ state }: Raft, { prevIndex, prevTerm, entries }: MessageOf<'append'>): boolean {
  const terms = [prevTerm, ...entries.map(({ term }) => term), state.term]
  if (terms.some((term, at) => term > (terms[at + 1] ?? term))) return false
  const committed = entries.slice(0, Math.max(0, state.commitIndex - prevIndex))
  return committed.every(({ term }, at) => termAt(state.log, prevIndex + 1 + at) === term)
}

/** What the leader of the answer's term knows of the one who answers. */
function leading(raft: Raft, from: ServerId, { term }: Message): [Leader, Progress] | undefined {
  const { role } = raft.state
  if (role.kind !== 'leader' || term < raft.state.term) return undefined
  const progress = role.followers.get(from)
  return progress && [role, progress]
}

export function onAppended(raft: Raft, from: ServerId, appended: MessageOf<'appended'>): void {
  const [leader, progress] = leading(raft, from, appended) ?? []
  const { matchIndex } = appended
  if (leader === undefined || progress === undefined || matchIndex > raft.state.log.entries.length) return
  const isNews = matchIndex > progress.matchIndex
  if (isNews) progress.matchIndex = matchIndex
  const { mode } = progress
  if (mode.kind === 'streaming') {
    const unanswered = mode.inFlight.findIndex((last) => last > matchIndex)
    mode.inFlight = unanswered === -1 ? [] : mode.inFlight.slice(unanswered)
  } else {
    progress.nextIndex = progress.matchIndex + 1
    progress.mode = { kind: 'streaming', inFlight: [] }
  }
  if (isNews) onMatch(raft, leader)
  replicateTo(raft, leader, from)
}

export function onRefused(raft: Raft, from: ServerId, refused: MessageOf<'refused'>): void {
  const [leader, progress] = leading(raft, from, refused) ?? []
  if (leader === undefined || progress === undefined) return
  const { matchIndex, nextIndex, mode } = progress
  const isLate = mode.kind === 'probing' ? refused.prevIndex + 1 !== nextIndex : refused.prevIndex <= matchIndex
  if (isLate || refused.prevIndex <= matchIndex) return
  progress.mode = { kind: 'probing', isWaiting: false }
  progress.nextIndex = nextAfterConflict(raft.state.log, refused.prevIndex, refused)
  if (progress.nextIndex <= matchIndex) progress.nextIndex = matchIndex + 1
  replicateTo(raft, leader, from)
}

export function replicateTo(raft: Raft, leader: Leader, to: ServerId): void {
  const progress = leader.followers.get(to)
  const mode = progress?.mode
  if (progress === undefined || mode === undefined) return
  const { entriesMax, inFlightMax } = raft.options
  const entries = entriesFrom(raft.state.log, progress.nextIndex, entriesMax)
  if (mode.kind === 'probing') {
    if (!mode.isWaiting) send(raft, to, progress.nextIndex - 1, entries)
    progress.mode = { kind: 'probing', isWaiting: true }
  } else if (entries.length > 0 && mode.inFlight.length < inFlightMax) {
    send(raft, to, progress.nextIndex - 1, entries)
    progress.nextIndex += entries.length
    mode.inFlight = mode.inFlight.concat(progress.nextIndex - 1)
    replicateTo(raft, leader, to)
  }
}

export function sendHeartbeat(raft: Raft, { followers }: Leader, to: ServerId): void {
  const nextIndex = followers.get(to)?.nextIndex
  if (nextIndex !== undefined) send(raft, to, nextIndex - 1, [])
}

function send(raft: Raft, to: ServerId, prevIndex: Index, entries: readonly Entry[]): void {
  const { term, log, commitIndex } = raft.state
  raft.sendNow(to, { kind: 'append', term, prevIndex, prevTerm: termAt(log, prevIndex) ?? 0, entries, commitIndex })
}
