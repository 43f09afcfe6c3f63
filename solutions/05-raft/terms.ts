/**
 * Terms (section 5.1 of the paper): the clock of Raft. Whoever hears of a later
 * term belongs to it from then on, and to none of its offices.
 */
import type { ServerId, Term } from '#raft/messages'
import type { Raft } from '#raft/raft'

/**
 * Belongs to `term` from now on, which is later than the present one, and has not voted in it.
 * It becomes a follower that knows no leader, whatever it was. One that led begins to wait; anybody
 * else waits on as before.
 *
 * @exercise 5.1a A new term comes without a vote, and is on the disk before anybody hears of it.
 */
export function enterTerm(raft: Raft, term: Term): void {
  const { state } = raft
  state.term = term
  state.votedFor = undefined
  raft.unsaved.markVote()
  const electionDueMs = state.role.kind === 'leader' ? raft.drawElectionDueMs() : state.role.electionDueMs
  state.role = { kind: 'follower', leader: undefined, electionDueMs }
}

/**
 * Given: an append of the present term's leader has come, so wait anew. Not for votes: whoever is
 * voted for may lose, and a server with a wrong leader is deaf to the right one.
 */
export function follow(raft: Raft, leader: ServerId): void {
  raft.state.role = { kind: 'follower', leader, electionDueMs: raft.drawElectionDueMs() }
}
