/** Another commitment: it counts down from the end as Figure 2 words it, and hands entries on one by one. */
import { termAt } from '#raft/log'
import type { Index } from '#raft/messages'
import type { Raft } from '#raft/raft'
import type { Leader } from '#raft/state'

export function quorumIndex(raft: Raft, role: Leader): Index {
  let index = raft.lastIndex
  while (index > 0 && !isOnMajority(raft, role, index)) index -= 1
  return index
}

export function onMatch(raft: Raft, role: Leader): void {
  const { state } = raft
  for (let index = raft.lastIndex; index > state.commitIndex; index--) {
    if (termAt(state.log, index) !== state.term) return // those before it are of earlier terms as well
    if (isOnMajority(raft, role, index)) return commitUpTo(raft, index)
  }
}

export function commitUpTo(raft: Raft, index: Index): void {
  const { state } = raft
  state.commitIndex = Math.max(state.commitIndex, index)
  for (const entry of state.log.entries.slice(state.appliedIndex, state.commitIndex)) {
    state.appliedIndex += 1
    raft.do({ kind: 'apply', index: state.appliedIndex, entries: [entry] })
  }
}

function isOnMajority({ state }: Raft, { followers }: Leader, index: Index): boolean {
  let missing = state.durableIndex < index ? 1 : 0
  for (const { matchIndex } of followers.values()) if (matchIndex < index) missing += 1
  return missing < state.members.length - missing
}
