/** Servers in the middle of their term, for the checks that look at a leader's counting and at what is applied. */
import { Random } from '#message-passing/random'
import type { Effect } from '#raft/effects'
import type { Entry, Index, ServerId, Term } from '#raft/messages'
import { DEFAULT_OPTIONS, Raft } from '#raft/raft'
import { initialState, type Leader, type Progress, type RaftState } from '#raft/state'

/** What a leader knows. */
export interface Knowledge {
  readonly term: Term
  /** The terms of the entries of its log. */
  readonly terms: readonly Term[]
  /** Up to where its own disk has the log. */
  readonly durable: Index
  /** Up to where each follower has it. */
  readonly matched: readonly Index[]
  /** Who has refused an append since: the leader is probing them. It streams to the others. */
  readonly probing?: readonly ServerId[]
  /** Up to where it has committed and applied. */
  readonly committed?: Index
}

/** A leader called a, with the followers b, c, …. */
export function leaderWith(known: Knowledge): { raft: Raft; role: Leader } {
  const { term, terms, durable, matched, probing = [], committed = 0 } = known
  const followers = new Map<ServerId, Progress>()
  for (const [n, matchIndex] of matched.entries()) {
    const id = followerAt(n)
    const progress: Progress = probing.includes(id)
      ? { matchIndex, nextIndex: matchIndex + 1, mode: { kind: 'probing', isWaiting: true } }
      : { matchIndex, nextIndex: terms.length + 1, mode: { kind: 'streaming', inFlight: [] } }
    followers.set(id, progress)
  }
  const role: Leader = { kind: 'leader', followers, heartbeatDueMs: 50 }
  const saved = { term, votedFor: 'a', log: { entries: entriesOf(terms) } }
  const state = initialState('a', ['a', ...followers.keys()], saved, 0)
  Object.assign(state, { role, durableIndex: durable, commitIndex: committed, appliedIndex: committed })
  return { raft: new Raft(state, DEFAULT_OPTIONS, new Random(1)), role }
}

/** The name of follower number `n`: b, c, … */
export function followerAt(n: number): ServerId {
  return String.fromCharCode(98 + n)
}

/** `1 disk`, `3 disks` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** Entries of these terms. The command of each is its index. */
export function entriesOf(terms: readonly Term[]): Entry[] {
  return terms.map((term, at) => ({ term, command: Uint8Array.of(at + 1) }))
}

/** Where a server stands after a step: `commitIndex is 3, applied now: 2 of term 1, 3 of term 3`. */
export function progressOf({ commitIndex }: RaftState, effects: readonly Effect[]): string {
  return `commitIndex is ${commitIndex}, applied now: ${appliedIn(effects)}`
}

/** What is handed to the state machine, in order: `1 of term 1, 2 of term 3`. */
export function appliedIn(effects: readonly Effect[]): string {
  const applied = effects.flatMap((effect) =>
    effect.kind === 'apply' ? effect.entries.map(({ term }, at) => `${effect.index + at} of term ${term}`) : [],
  )
  return applied.join(', ') || 'nothing'
}
