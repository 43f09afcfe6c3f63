/**
 * Another election: a candidate enters the next term like anybody who hears of it,
 * and then asks all members for a vote, itself among them. It votes for itself by
 * the same function by which it votes for others.
 */
import { becomeLeader } from '#raft/leadership'
import { lastIndexOf, lastTermOf } from '#raft/log'
import type { Index, MessageOf, ServerId, Term } from '#raft/messages'
import type { Raft } from '#raft/raft'
import type { RaftState } from '#raft/state'
import { enterTerm } from '#raft/terms'

export function startElection(raft: Raft): void {
  const { state } = raft
  enterTerm(raft, state.term + 1)
  state.role = { kind: 'candidate', votes: new Set(), electionDueMs: raft.drawElectionDueMs() }
  const request = {
    kind: 'requestVote' as const,
    term: state.term,
    lastIndex: lastIndexOf(state.log),
    lastTerm: lastTermOf(state.log),
  }
  onRequestVote(raft, state.id, request)
  const others = state.members.filter((member) => member !== state.id)
  for (const member of others.reverse()) raft.sendWhenSaved(member, request)
}

/** The order of the ends of two logs, as that of two words: the first letter is the term. */
export function isUpToDate({ log }: RaftState, lastIndex: Index, lastTerm: Term): boolean {
  const differences = [lastTerm - lastTermOf(log), lastIndex - lastIndexOf(log)]
  return (differences.find((difference) => difference !== 0) ?? 0) >= 0
}

export function onRequestVote(raft: Raft, from: ServerId, request: MessageOf<'requestVote'>): void {
  raft.sendWhenSaved(from, { kind: 'vote', term: raft.state.term, granted: decide(raft, from, request) })
}

/** A vote that was given already is given again, whatever the log is like by now: the promise stands. */
function decide(raft: Raft, from: ServerId, request: MessageOf<'requestVote'>): boolean {
  const { state } = raft
  if (request.term < state.term) return false
  if (state.votedFor === from) return true
  if (state.votedFor !== undefined) return false
  if (!isUpToDate(state, request.lastIndex, request.lastTerm)) return false
  state.votedFor = from
  raft.unsaved.markVote()
  if (state.role.kind === 'follower') {
    state.role = { ...state.role, electionDueMs: raft.drawElectionDueMs() }
  }
  return true
}

export function onVote(raft: Raft, from: ServerId, { term, granted }: MessageOf<'vote'>): void {
  const { state } = raft
  const { role } = state
  if (role.kind !== 'candidate') return
  if (term === state.term && granted) {
    const votes = new Set([...role.votes, from])
    state.role = { ...role, votes }
    const others = state.members.length - votes.size
    if (votes.size > others) becomeLeader(raft)
  }
}
