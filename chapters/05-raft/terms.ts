// Exercise 5.1, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.1-election.md, then let `npm run check 5.1` tell you how far you are.
// Stub 0b2f5cbb: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Terms (section 5.1 of the paper): the clock of Raft. Whoever hears of a later
 * term belongs to it from then on, and to none of its offices.
 */
import type { ServerId, Term } from '#raft/messages'
import type { Raft } from '#raft/raft'
import { unimplemented } from '#unimplemented'

/**
 * Belongs to `term` from now on, which is later than the present one, and has not voted in it.
 * It becomes a follower that knows no leader, whatever it was. One that led begins to wait; anybody
 * else waits on as before.
 *
 * @exercise 5.1a A new term comes without a vote, and is on the disk before anybody hears of it.
 */
export function enterTerm(raft: Raft, term: Term): void {
  throw unimplemented('5.1a', 'A new term comes without a vote, and is on the disk before anybody hears of it.')
}

/**
 * Given: an append of the present term's leader has come, so wait anew. Not for votes: whoever is
 * voted for may lose, and a server with a wrong leader is deaf to the right one.
 */
export function follow(raft: Raft, leader: ServerId): void {
  raft.state.role = { kind: 'follower', leader, electionDueMs: raft.drawElectionDueMs() }
}
