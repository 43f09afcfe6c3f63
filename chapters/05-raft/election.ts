// Exercise 5.1, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.1-election.md, then let `npm run check 5.1` tell you how far you are.
// Stub 34ec00d6: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Leader election (section 5.2 of the paper) and its restriction (5.4.1): one
 * leader a term at most, and none whose log lacks a committed entry.
 *
 * Each server votes once a term, and a leader needs the votes of a majority. Two
 * majorities have a server in common, and it has voted once.
 */

import { becomeLeader } from '#raft/leadership'
import { lastIndexOf, lastTermOf } from '#raft/log'
import type { Index, MessageOf, ServerId, Term } from '#raft/messages'
import type { Raft } from '#raft/raft'
import { quorumOf, type RaftState } from '#raft/state'
import { unimplemented } from '#unimplemented'

/**
 * Stands for election: a new term, a vote for itself, and a request to everybody else, which says where
 * the whole log ends. It waits anew meanwhile. Its own vote is a message to itself, and counts when it arrives.
 *
 * @exercise 5.1b The vote for itself is a vote like any other: on the disk before anybody is asked.
 */
export function startElection(raft: Raft): void {
  throw unimplemented('5.1b', 'The vote for itself is a vote like any other: on the disk before anybody is asked.')
}

/**
 * Whether a log that ends with this index and term has all that this server's
 * log may have of what is committed: the later last term is more up to date, and with
 * equal ones the longer log. The whole log counts, also what is not on the disk yet.
 *
 * @exercise 5.1c The term first. The length only where the terms are equal.
 */
export function isUpToDate(state: RaftState, lastIndex: Index, lastTerm: Term): boolean {
  throw unimplemented('5.1c', 'The term first. The length only where the terms are equal.')
}

/**
 * Grants a vote, or refuses it. `request.term` is not above this server's. A vote says nothing of who
 * leads: a follower's `leader` stays as it is.
 *
 * @exercise 5.1c One vote a term, to whoever asks first with a log that is up to date. Only a vote that is granted puts off one's own election.
 */
export function onRequestVote(raft: Raft, from: ServerId, request: MessageOf<'requestVote'>): void {
  throw unimplemented(
    '5.1c',
    "One vote a term, to whoever asks first with a log that is up to date. Only a vote that is granted puts off one's own election.",
  )
}

/**
 * Counts a vote. `vote.term` is not above this server's. Until it leads, nothing else changes: a vote puts
 * off no candidacy and is not saved, and a refusal takes no vote back.
 *
 * @exercise 5.1d Only one that is granted, and of this term. Each server counts once. With a majority, lead.
 */
export function onVote(raft: Raft, from: ServerId, vote: MessageOf<'vote'>): void {
  throw unimplemented(
    '5.1d',
    'Only one that is granted, and of this term. Each server counts once. With a majority, lead.',
  )
}
