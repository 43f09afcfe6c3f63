/** The beginning of a leader's term, and its heartbeat. */
import type { Entry, ServerId } from '#raft/messages'
import type { Raft } from '#raft/raft'
import { replicateTo, sendHeartbeat } from '#raft/replication'
import type { Leader, Progress } from '#raft/state'

/**
 * Leads from now on. The first entry of the term is a no-op (section 8 of the paper): entries
 * of earlier terms are committed only together with one of this term (section 5.4.2).
 */
export function becomeLeader(raft: Raft): void {
  const { state } = raft
  const followers = new Map<ServerId, Progress>()
  for (const member of state.members) {
    if (member === state.id) continue
    followers.set(member, { nextIndex: raft.lastIndex + 1, matchIndex: 0, mode: { kind: 'probing', isWaiting: false } })
  }
  const role: Leader = { kind: 'leader', followers, heartbeatDueMs: raft.nowMs + raft.options.heartbeatMs }
  state.role = role
  appendOwn(raft, role, [{ term: state.term }])
}

/** Appends entries of the leader's own to its log, and hands them on. */
export function appendOwn(raft: Raft, role: Leader, entries: readonly Entry[]): void {
  raft.unsaved.markLog(raft.lastIndex + 1)
  for (const entry of entries) raft.state.log.entries.push(entry)
  for (const follower of role.followers.keys()) replicateTo(raft, role, follower)
}

/** Tells every follower that the leader is there. */
export function beat(raft: Raft, role: Leader): void {
  role.heartbeatDueMs = raft.nowMs + raft.options.heartbeatMs
  for (const follower of role.followers.keys()) sendHeartbeat(raft, role, follower)
}
