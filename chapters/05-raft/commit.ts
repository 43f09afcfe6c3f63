// Exercise 5.3, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/05-raft/5.3-commit.md, then let `npm run check 5.3` tell you how far you are.
// Stub 1de72fea: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Commitment (sections 5.3 and 5.4.2 of the paper): which entries can't be lost
 * any more, and their way into the state machine.
 */
import { entriesFrom, termAt } from '#raft/log'
import type { Index } from '#raft/messages'
import type { Raft } from '#raft/raft'
import { type Leader, quorumOf } from '#raft/state'
import { unimplemented } from '#unimplemented'

/**
 * The greatest index up to which a majority of all servers has the leader's log on its
 * disks. What is known of a follower counts, whether the leader streams to it or probes.
 *
 * @exercise 5.3a The leader's own disk counts, as far as it is known to have written.
 */
export function quorumIndex(raft: Raft, { followers }: Leader): Index {
  throw unimplemented('5.3a', "The leader's own disk counts, as far as it is known to have written.")
}

/**
 * A server has more of the log on its disk than it had: perhaps more is committed.
 *
 * @exercise 5.3b Only an entry of this term is committed by counting (Figure 8). Those before it are committed with it.
 */
export function onMatch(raft: Raft, role: Leader): void {
  throw unimplemented(
    '5.3b',
    'Only an entry of this term is committed by counting (Figure 8). Those before it are committed with it.',
  )
}

/**
 * The log is committed at least up to `index`, which isn't beyond its end. What is
 * new goes to the state machine: all of it, in order, and each entry once. A no-op
 * goes there too, so that no index is missing. Asks for nothing when nothing is new.
 *
 * @exercise 5.3c Never back.
 */
export function commitUpTo(raft: Raft, index: Index): void {
  throw unimplemented('5.3c', 'Never back.')
}
