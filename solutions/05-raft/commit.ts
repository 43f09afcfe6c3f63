/**
 * Commitment (sections 5.3 and 5.4.2 of the paper): which entries can't be lost
 * any more, and their way into the state machine.
 */
import { entriesFrom, termAt } from '#raft/log'
import type { Index } from '#raft/messages'
import type { Raft } from '#raft/raft'
import { type Leader, quorumOf } from '#raft/state'

/**
 * The greatest index up to which a majority of all servers has the leader's log on its
 * disks. What is known of a follower counts, whether the leader streams to it or probes.
 *
 * @exercise 5.3a The leader's own disk counts, as far as it is known to have written.
 */
export function quorumIndex(raft: Raft, { followers }: Leader): Index {
  const matched = [...followers.values()].map((progress) => progress.matchIndex)
  matched.push(raft.state.durableIndex)
  matched.sort((a, b) => b - a)
  return matched[quorumOf(raft.state) - 1] ?? 0
}

/**
 * A server has more of the log on its disk than it had: perhaps more is committed.
 *
 * @exercise 5.3b Only an entry of this term is committed by counting (Figure 8). Those before it are committed with it.
 */
export function onMatch(raft: Raft, role: Leader): void {
  const index = quorumIndex(raft, role)
  if (termAt(raft.state.log, index) === raft.state.term) commitUpTo(raft, index)
}

/**
 * The log is committed at least up to `index`, which isn't beyond its end. What is
 * new goes to the state machine: all of it, in order, and each entry once. A no-op
 * goes there too, so that no index is missing. Asks for nothing when nothing is new.
 *
 * @exercise 5.3c Never back.
 */
export function commitUpTo(raft: Raft, index: Index): void {
  const { state } = raft
  if (index <= state.commitIndex) return
  state.commitIndex = index
  const first = state.appliedIndex + 1
  state.appliedIndex = index
  raft.do({ kind: 'apply', index: first, entries: entriesFrom(state.log, first, index - first + 1) })
}
