/**
 * The facts of a run, arranged for looking things up by time. Facts of one
 * moment count together: a message that is sent and received at once was never
 * in between. Nothing here depends on when the facts arrived, only on the facts.
 */
import { type Fact, type GivenUp, TASKS_MAX } from './facts.ts'
import { Track } from './track.ts'

export type MessagePlace =
  | { readonly at: 'producer'; readonly producer: number }
  | { readonly at: 'line'; readonly position: number }
  | { readonly at: 'buffer'; readonly slot: number }
  | { readonly at: 'consumer'; readonly consumer: number }
  | { readonly at: 'gone'; readonly why: GivenUp | 'consumed' }

export type ProducerState =
  | { readonly is: 'absent' }
  | { readonly is: 'making'; readonly fromMs: number; readonly untilMs: number }
  | { readonly is: 'waiting' }
  | { readonly is: 'stopped' }

export type ConsumerState =
  | { readonly is: 'absent' }
  | { readonly is: 'working'; readonly fromMs: number; readonly untilMs: number }
  | { readonly is: 'waiting'; readonly position: number }
  | { readonly is: 'stopped' }

export interface Message {
  readonly id: number
  readonly label: string
  readonly producer: number
  readonly bornMs: number
  readonly track: Track<MessagePlace>
}

export interface Totals {
  readonly buffered: number
  readonly sendersWaiting: number
  readonly receiversWaiting: number
  readonly sent: number
  readonly received: number
  readonly cancelled: number
  readonly closed: boolean
}

const NOTHING: Totals = {
  buffered: 0,
  sendersWaiting: 0,
  receiversWaiting: 0,
  sent: 0,
  received: 0,
  cancelled: 0,
  closed: false,
}

interface Live {
  readonly message: Message
  sent: boolean
  consumer: number | undefined
  gone: GivenUp | 'consumed' | undefined
}

export class History {
  readonly messages: Message[] = []
  readonly totals = new Track<Totals>({ ...NOTHING })
  readonly producers: readonly Track<ProducerState>[]
  readonly consumers: readonly Track<ConsumerState>[]
  readonly #live = new Map<number, Live>()
  /** Consumers in line, the one that has waited longest first. */
  #receivers: number[] = []
  readonly #holding = new Map<number, Live>()
  #totals = NOTHING
  #pending: Fact[] = []

  constructor() {
    this.producers = Array.from({ length: TASKS_MAX }, () => new Track<ProducerState>({ is: 'absent' }))
    this.consumers = Array.from({ length: TASKS_MAX }, () => new Track<ConsumerState>({ is: 'absent' }))
  }

  /** Takes in the facts of a stretch of time that is over. Stretches come in order. */
  add(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (this.#pending[0] !== undefined && this.#pending[0].atMs !== fact.atMs) this.#settle()
      this.#pending.push(fact)
    }
    this.#settle()
  }

  /** Takes in the facts of one moment, and then looks where everything is. */
  #settle(): void {
    const atMs = this.#pending[0]?.atMs
    if (atMs === undefined) return
    for (const fact of this.#pending) this.#take(fact)
    this.#pending = []
    this.#place(atMs)
  }

  #take(fact: Fact): void {
    switch (fact.what) {
      case 'making':
        return this.#work(this.producers[fact.producer], 'making', fact.atMs, fact.untilMs)
      case 'working':
        return this.#work(this.consumers[fact.consumer], 'working', fact.atMs, fact.untilMs)
      case 'sending':
        return this.#send(fact.id, fact.label, fact.producer, fact.atMs)
      case 'sent':
        this.#totals = { ...this.#totals, sent: this.#totals.sent + 1 }
        return this.#change(fact.id, (live) => (live.sent = true))
      case 'unsent':
        if (fact.why === 'cancelled') this.#totals = { ...this.#totals, cancelled: this.#totals.cancelled + 1 }
        return this.#change(fact.id, (live) => (live.gone = fact.why))
      case 'receiving':
        this.#release(fact.consumer)
        this.consumers[fact.consumer]?.set(fact.atMs, { is: 'waiting', position: 0 })
        this.#receivers.push(fact.consumer)
        return
      case 'received':
        this.#totals = { ...this.#totals, received: this.#totals.received + 1 }
        this.#leaveLine(fact.consumer)
        return this.#change(fact.id, (live) => {
          live.consumer = fact.consumer
          this.#holding.set(fact.consumer, live)
        })
      case 'empty-handed':
        if (fact.why === 'cancelled') this.#totals = { ...this.#totals, cancelled: this.#totals.cancelled + 1 }
        return this.#leaveLine(fact.consumer)
      case 'producer-left':
        this.producers[fact.producer]?.set(fact.atMs, { is: fact.sentAway ? 'absent' : 'stopped' })
        return
      case 'consumer-left':
        this.#release(fact.consumer)
        this.consumers[fact.consumer]?.set(fact.atMs, { is: fact.sentAway ? 'absent' : 'stopped' })
        return
      case 'closed':
        this.#totals = { ...this.#totals, closed: true }
    }
  }

  #work(
    track: Track<ProducerState> | Track<ConsumerState> | undefined,
    is: 'making' | 'working',
    fromMs: number,
    untilMs: number,
  ): void {
    const before = track?.last
    const goesOn = before?.is === is && before.untilMs > fromMs
    const state = { is, fromMs: goesOn ? before.fromMs : fromMs, untilMs }
    // `is` belongs to the track: producers make, consumers work
    ;(track as Track<typeof state> | undefined)?.set(fromMs, state)
  }

  #send(id: number, label: string, producer: number, atMs: number): void {
    const track = new Track<MessagePlace>({ at: 'producer', producer })
    const message = { id, label, producer, bornMs: atMs, track }
    this.messages.push(message)
    this.#live.set(id, { message, sent: false, consumer: undefined, gone: undefined })
    this.producers[producer]?.set(atMs, { is: 'waiting' })
  }

  #change(id: number, change: (live: Live) => void): void {
    const live = this.#live.get(id)
    if (live !== undefined) change(live)
  }

  #leaveLine(consumer: number): void {
    this.#receivers = this.#receivers.filter((other) => other !== consumer)
  }

  /** Lets go of the message that a consumer has finished with. */
  #release(consumer: number): void {
    const held = this.#holding.get(consumer)
    if (held !== undefined) held.gone = 'consumed'
    this.#holding.delete(consumer)
  }

  #place(atMs: number): void {
    let position = 0
    let slot = 0
    for (const live of this.#live.values()) {
      const { message, sent, consumer, gone } = live
      let place: MessagePlace
      if (gone !== undefined) place = { at: 'gone', why: gone }
      else if (consumer !== undefined) place = { at: 'consumer', consumer }
      else if (sent) place = { at: 'buffer', slot: slot++ }
      else place = { at: 'line', position: position++ }
      message.track.set(atMs, place)
      if (gone !== undefined) this.#live.delete(message.id)
    }
    this.#receivers.forEach((consumer, index) => {
      this.consumers[consumer]?.set(atMs, { is: 'waiting', position: index })
    })
    const receiversWaiting = this.#receivers.length
    this.totals.set(atMs, { ...this.#totals, buffered: slot, sendersWaiting: position, receiversWaiting })
  }
}
