/**
 * Another way to know what has changed: compare with what was asked for last. And
 * saves under way are left as they were asked for; a mark among them says where the log was cut.
 */
import type { Save } from '#raft/effects'
import { lastIndexOf } from '#raft/log'
import type { Entry, Index, ServerId, Term } from '#raft/messages'
import type { RaftState } from '#raft/state'

/** Stands in the place of a save's number where the log was cut. */
const CUT = 0

interface Asked {
  readonly term: Term
  readonly votedFor: ServerId | undefined
  readonly entries: readonly Entry[]
}

export class Unsaved {
  readonly #state: RaftState
  #asked: Asked

  constructor(state: RaftState) {
    this.#state = state
    this.#asked = copyOf(state)
  }

  markVote(): void {}

  markLog(index: Index): void {
    const state = this.#state
    if (state.durableIndex >= index) state.durableIndex = index - 1
    if (state.pending.length > 0) state.pending = [...state.pending, { save: CUT, lastIndex: index - 1 }]
  }

  get afterSave(): number {
    const { saves } = this.#state
    return this.#hasChanged() || this.#changedFrom() !== undefined ? saves + 1 : saves
  }

  take(): Save | undefined {
    const from = this.#changedFrom()
    if (from === undefined && !this.#hasChanged()) return undefined
    const state = this.#state
    const save = state.saves + 1
    state.saves = save
    state.pending = [...state.pending, { save, lastIndex: lastIndexOf(state.log) }]
    this.#asked = copyOf(state)
    const { term, votedFor, entries } = this.#asked
    return { kind: 'save', save, term, votedFor, from, entries: from === undefined ? [] : entries.slice(from - 1) }
  }

  #hasChanged(): boolean {
    return this.#asked.term !== this.#state.term || this.#asked.votedFor !== this.#state.votedFor
  }

  /** The first index at which the log isn't what was asked for. Two logs with the very same entry agree before it too. */
  #changedFrom(): Index | undefined {
    const { entries } = this.#state.log
    const asked = this.#asked.entries
    let same = Math.min(entries.length, asked.length)
    while (same > 0 && entries[same - 1] !== asked[same - 1]) same -= 1
    return same === entries.length && same === asked.length ? undefined : same + 1
  }
}

export function noteSaved(state: RaftState, save: number): void {
  const place = state.pending.findLastIndex((pending) => pending.save !== CUT && pending.save <= save)
  const done = state.pending[place]
  if (done === undefined) return
  const later = state.pending.slice(place + 1)
  const cuts = later.filter((pending) => pending.save === CUT).map(({ lastIndex }) => lastIndex)
  state.durableIndex = Math.max(state.durableIndex, Math.min(done.lastIndex, ...cuts))
  state.pending = later.some((pending) => pending.save !== CUT) ? later : []
}

function copyOf({ term, votedFor, log }: RaftState): Asked {
  return { term, votedFor, entries: [...log.entries] }
}
