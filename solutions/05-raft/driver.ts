/**
 * Carries out what the core decides: it owns the timer, hands messages to the
 * network when the disk has what they say, and tells proposers what became of
 * their commands. It decides nothing about the protocol.
 */
import type { CancelTimer, Clock } from '#message-passing/clock'
import type { Random } from '#message-passing/random'
import type { Effect, Input } from '#raft/effects'
import type { Entry, Index, Message, ServerId, Term } from '#raft/messages'
import { RaftNode } from '#raft/node'
import type { RaftOptions } from '#raft/raft'
import type { RaftState } from '#raft/state'
import type { Storage } from '#raft/storage'

/** What became of a command. */
export type Outcome =
  /** It is in the log for good, at this index. */
  | { readonly kind: 'committed'; readonly index: Index }
  /** It is not in the log, and never will be. `leader` may be worth a try. */
  | { readonly kind: 'declined'; readonly leader: ServerId | undefined }
  /** Another entry stands in its place. It is not in the log, and never will be. */
  | { readonly kind: 'replaced' }

/** The world of a server: its clock, chance, disk and network, and what to do with committed entries. */
export interface DriverOptions extends Partial<RaftOptions> {
  readonly id: ServerId
  readonly members: readonly ServerId[]
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  send(to: ServerId, message: Message): void
  /** Called with each committed entry, in order, once. */
  apply(index: Index, entry: Entry): void
  /** Called after each step, for whoever watches. */
  onStep?(state: RaftState, effects: readonly Effect[]): void
}

interface Waiting {
  readonly term: Term
  settle(outcome: Outcome): void
}

export class Driver {
  readonly #options: DriverOptions
  readonly #node: RaftNode
  /** Who waits for the entry of an index: several, if the log was cut off there and has grown again. */
  readonly #waiting = new Map<Index, readonly Waiting[]>()
  /** Messages that wait for a save, oldest first. */
  #held: Extract<Effect, { readonly kind: 'send' }>[] = []
  #savedUpTo = 0
  #cancelTimer: CancelTimer = () => {}
  #timerAtMs: number | undefined

  constructor(options: DriverOptions) {
    const { clock, storage, ...rest } = options
    this.#options = options
    this.#node = new RaftNode({ ...rest, nowMs: clock.now(), ...(storage.saved ? { saved: storage.saved } : {}) })
    options.onStep?.(this.state, [])
    this.#setTimer()
  }

  /** To be looked at, and not changed. */
  get state(): RaftState {
    return this.#node.state
  }

  /** A message from another server. */
  receive(from: ServerId, message: Message): void {
    this.#step({ kind: 'message', from, message })
  }

  /**
   * Asks for a command in the log. `settle` is called once, when it is certain what
   * became of it. If the server stops before, the command may be in the log or not.
   */
  propose(command: Uint8Array, settle: (outcome: Outcome) => void): void {
    for (const effect of this.#step({ kind: 'propose', commands: [command] })) {
      if (effect.kind === 'declined') settle({ kind: 'declined', leader: effect.leader })
      if (effect.kind !== 'accepted') continue
      const { index, term } = effect
      this.#waiting.set(index, [...(this.#waiting.get(index) ?? []), { term, settle }])
    }
  }

  /** Stands for election now, unless it leads. */
  campaign(): void {
    this.#step({ kind: 'campaign' })
  }

  #step(input: Input, atMs = this.#options.clock.now()): readonly Effect[] {
    const effects = this.#node.step(atMs, input)
    this.#options.onStep?.(this.state, effects)
    for (const effect of effects) this.#carryOut(effect)
    this.#setTimer()
    return effects
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'save':
        return this.#options.storage.save(effect, () => this.#onSaved(effect.save))
      case 'send':
        if (effect.afterSave <= this.#savedUpTo) this.#send(effect)
        else this.#held.push(effect)
        return
      case 'apply':
        for (const [offset, entry] of effect.entries.entries()) this.#apply(effect.index + offset, entry)
        return
      case 'accepted':
      case 'declined':
        return // `propose` looks at these
    }
  }

  /** What was held back for this save goes out, and the core hears of it. */
  #onSaved(save: number): void {
    this.#savedUpTo = save
    const due = this.#held.filter((effect) => effect.afterSave <= save)
    this.#held = this.#held.filter((effect) => effect.afterSave > save)
    this.#step({ kind: 'saved', save })
    for (const effect of due) this.#send(effect)
  }

  #send({ to, message }: Extract<Effect, { readonly kind: 'send' }>): void {
    if (to === this.#options.id) this.receive(to, message)
    else this.#options.send(to, message)
  }

  /** An entry is committed. Whoever waits for another one at its index waits in vain. */
  #apply(index: Index, entry: Entry): void {
    this.#options.apply(index, entry)
    const all = this.#waiting.get(index) ?? []
    this.#waiting.delete(index)
    for (const waiting of all) {
      waiting.settle(waiting.term === entry.term ? { kind: 'committed', index } : { kind: 'replaced' })
    }
  }

  #setTimer(): void {
    const atMs = this.#node.wakeAtMs
    if (atMs === this.#timerAtMs) return
    this.#cancelTimer()
    this.#timerAtMs = atMs
    this.#cancelTimer = this.#options.clock.schedule(Math.max(0, atMs - this.#options.clock.now()), () => {
      this.#timerAtMs = undefined
      // a timer may ring a hair before its moment, as the clock sees it: it is that moment all the same
      this.#step({ kind: 'tick' }, Math.max(atMs, this.#options.clock.now()))
    })
  }
}
