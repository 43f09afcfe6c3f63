/** What the parts of the core share while they handle one input: the state, and the effects so far. */
import type { Random } from '#message-passing/random'
import type { Effect } from '#raft/effects'
import { lastIndexOf } from '#raft/log'
import type { Index, Message, ServerId } from '#raft/messages'
import { Unsaved } from '#raft/persistence'
import type { RaftState } from '#raft/state'

/** All waiting times, in the milliseconds of an injected clock, and all bounds. */
export interface RaftOptions {
  /** Without word from a leader, a server waits a random time between these before it stands for election. */
  readonly electionTimeoutMsMin: number
  readonly electionTimeoutMsMax: number
  /** How often a leader sends, even if there is nothing to say. */
  readonly heartbeatMs: number
  /** Entries in one append. */
  readonly entriesMax: number
  /** Appends to one follower that wait for their answer. */
  readonly inFlightMax: number
}

/** Elections as the paper recommends them, 150 to 300 ms (section 9.3). The heartbeat and the bounds are ours. */
export const DEFAULT_OPTIONS: RaftOptions = {
  electionTimeoutMsMin: 150,
  electionTimeoutMsMax: 300,
  heartbeatMs: 50,
  entriesMax: 64,
  inFlightMax: 8,
}

export class Raft {
  readonly state: RaftState
  readonly options: RaftOptions
  readonly unsaved: Unsaved
  readonly #random: Random
  nowMs = 0
  #effects: Effect[] = []

  constructor(state: RaftState, options: RaftOptions, random: Random) {
    this.state = state
    this.options = options
    this.unsaved = new Unsaved(state)
    this.#random = random
  }

  /** The last index of the log. */
  get lastIndex(): Index {
    return lastIndexOf(this.state.log)
  }

  /** When a server that hears nothing from now on stands for election. A new time on each call. */
  drawElectionDueMs(): number {
    const { electionTimeoutMsMin, electionTimeoutMsMax } = this.options
    return this.nowMs + electionTimeoutMsMin + this.#random.uniform() * (electionTimeoutMsMax - electionTimeoutMsMin)
  }

  /** Sends a message that is true only once all that has changed is on the disk. */
  sendWhenSaved(to: ServerId, message: Message): void {
    this.#effects.push({ kind: 'send', to, message, afterSave: this.unsaved.afterSave })
  }

  /** Sends a message that is true whatever this server's disk holds. */
  sendNow(to: ServerId, message: Message): void {
    this.#effects.push({ kind: 'send', to, message, afterSave: 0 })
  }

  do(effect: Exclude<Effect, { readonly kind: 'send' | 'save' }>): void {
    this.#effects.push(effect)
  }

  /** Ends the handling of an input. Returns what it has led to, with what must be saved in front. */
  finish(): readonly Effect[] {
    const effects = this.#effects
    this.#effects = []
    const save = this.unsaved.take()
    return save === undefined ? effects : [save, ...effects]
  }
}
