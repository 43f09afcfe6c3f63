/** A cluster as the invariants see it, without any servers: each step is a few words that say what a server is like. */
import type { Effect } from '#raft/effects'
import { Invariants } from '#raft/invariants'
import type { Entry, Index, Message, ServerId, Term } from '#raft/messages'
import { initialState, type Progress, type RaftState, type Role } from '#raft/state'
import type { Saved } from '#raft/storage'

export const members = ['a', 'b', 'c']

/** A server as it is seen, in a few words. */
interface Sketch {
  readonly term: Term
  readonly votedFor?: ServerId
  /** Its entries: numbers are terms, and the command of each is its index. */
  readonly log?: readonly (Term | Entry)[]
  readonly committed?: Index
  readonly applied?: Index
  /** What it hands to its state machine, if not what it has applied since it was last seen. */
  readonly hands?: readonly [index: Index, entries: readonly (Term | Entry)[]]
  /** If it leads: the follower b's matchIndex and nextIndex. */
  readonly leads?: readonly [matchIndex: Index, nextIndex: Index]
}

function entriesOf(log: readonly (Term | Entry)[]): Entry[] {
  return log.map((each, at) => (typeof each === 'number' ? { term: each, command: Uint8Array.of(at + 1) } : each))
}

function stateOf(id: ServerId, sketch: Sketch): RaftState {
  const { term, votedFor, log = [], committed = 0, applied = committed, leads } = sketch
  const state = initialState(id, members, { term, votedFor, log: { entries: entriesOf(log) } }, 0)
  return Object.assign(state, {
    commitIndex: committed,
    appliedIndex: applied,
    role: leads ? leader(leads) : state.role,
  })
}

function leader([matchIndex, nextIndex]: readonly [Index, Index]): Role {
  const progress: Progress = { matchIndex, nextIndex, mode: { kind: 'probing', isWaiting: false } }
  return { kind: 'leader', followers: new Map([['b', progress]]), heartbeatDueMs: 0 }
}

/** The invariants of a cluster, and its disks. */
export class Watched {
  readonly disks = new Map<ServerId, Saved>()
  readonly invariants = new Invariants(members, (id) => this.disks.get(id))
  readonly #applied = new Map<ServerId, Index>()

  /** What is on the disk of a server. */
  disk(ids: readonly ServerId[], term: Term, log: readonly (Term | Entry)[], votedFor?: ServerId): this {
    for (const id of ids) this.disks.set(id, { term, votedFor, log: { entries: entriesOf(log) } })
    return this
  }

  starts(id: ServerId, sketch: Sketch): this {
    this.invariants.observe(stateOf(id, sketch), [], true)
    this.#applied.delete(id)
    return this
  }

  #applies(state: RaftState, hands: Sketch['hands']): readonly Effect[] {
    const before = this.#applied.get(state.id) ?? 0
    this.#applied.set(state.id, state.appliedIndex)
    if (hands !== undefined) return [{ kind: 'apply', index: hands[0], entries: entriesOf(hands[1]) }]
    if (state.appliedIndex <= before) return []
    return [{ kind: 'apply', index: before + 1, entries: state.log.entries.slice(before, state.appliedIndex) }]
  }

  /** A step, after which the server is like this, and has written its log from an index on. */
  steps(id: ServerId, sketch: Sketch, wroteFrom?: Index): this {
    const state = stateOf(id, sketch)
    const entries = wroteFrom === undefined ? [] : state.log.entries.slice(wroteFrom - 1)
    const { term, votedFor } = state
    const save: Effect = { kind: 'save', save: 1, term, votedFor, from: wroteFrom, entries }
    this.invariants.observe(state, [...(wroteFrom === undefined ? [] : [save]), ...this.#applies(state, sketch.hands)])
    return this
  }

  sends(id: ServerId, to: ServerId, message: Message): this {
    this.invariants.observeSend(id, to, message)
    return this
  }
}
