/**
 * Another right answer to exercise 1.1: one plain array for buffer and senders.
 *
 * `#offers` holds every message that is offered, oldest first. The first
 * `capacity` of them are the buffer; those behind still have a sender that
 * waits. Whenever the array gets shorter, the offer that has moved inside the
 * bound is accepted. Taking from the front of an array costs O(length): fine
 * for a buffer of a hundred.
 */
import { type Completion, NOT_READY, type Operation, perform } from '#message-passing/operation'

export const CLOSED: unique symbol = Symbol('closed')
export const EMPTY: unique symbol = Symbol('empty')

export class ChannelClosed extends Error {
  override readonly name = 'ChannelClosed'
  readonly code = 'CHANNEL_CLOSED'

  constructor() {
    super('nobody can send into this channel any more')
  }
}

interface Offer<T> {
  readonly value: T
  /** Who still waits to hear that the message was accepted. */
  sender?: Completion<void> | undefined
}

export class Channel<T> implements AsyncIterable<T> {
  readonly capacity: number
  #closed = false
  #offers: Offer<T>[] = []
  #receivers: Completion<T | typeof CLOSED>[] = []

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 0) {
      throw new RangeError(`capacity: a whole number from 0 up, please, and not ${capacity}`)
    }
    this.capacity = capacity
  }

  get closed(): boolean {
    return this.#closed
  }

  get size(): number {
    return Math.min(this.#offers.length, this.capacity)
  }

  trySend(value: T): boolean {
    if (this.#closed) throw new ChannelClosed()
    const receiver = this.#receivers.shift()
    if (receiver) receiver.complete(value)
    else if (this.#offers.length < this.capacity) this.#offers.push({ value })
    else return false
    return true
  }

  tryReceive(): T | typeof EMPTY | typeof CLOSED {
    const [oldest] = this.#offers
    if (oldest === undefined) return this.#closed ? CLOSED : EMPTY
    this.#withdrawOffer(oldest)
    accept(oldest)
    return oldest.value
  }

  sending(value: T): Operation<void> {
    return {
      attempt: () => (this.trySend(value) ? undefined : NOT_READY),
      wait: (sender) => {
        const offer: Offer<T> = { value, sender }
        this.#offers.push(offer)
        return () => {
          if (offer.sender === undefined) return
          offer.sender = undefined
          this.#withdrawOffer(offer)
        }
      },
    }
  }

  receiving(): Operation<T | typeof CLOSED> {
    return {
      attempt: () => {
        const received = this.tryReceive()
        return received === EMPTY ? NOT_READY : received
      },
      wait: (receiver) => {
        this.#receivers.push(receiver)
        return () => {
          this.#receivers = this.#receivers.filter((other) => other !== receiver)
        }
      },
    }
  }

  async send(value: T, signal?: AbortSignal): Promise<void> {
    await perform(this.sending(value), signal)
  }

  async receive(signal?: AbortSignal): Promise<T | typeof CLOSED> {
    return await perform(this.receiving(), signal)
  }

  close(): void {
    this.#closed = true
    for (const offer of this.#offers.splice(this.capacity)) offer.sender?.fail(new ChannelClosed())
    while (this.#receivers.length > 0) this.#receivers.shift()?.complete(CLOSED)
  }

  [Symbol.asyncIterator](): AsyncGenerator<T, undefined> {
    return this.messages()
  }

  async *messages(signal?: AbortSignal): AsyncGenerator<T, undefined> {
    while (true) {
      const received = await this.receive(signal)
      if (received === CLOSED) return
      yield received
    }
  }

  #withdrawOffer(offer: Offer<T>): void {
    this.#offers = this.#offers.filter((other) => other !== offer)
    const movedUp = this.#offers[this.capacity - 1]
    if (movedUp) accept(movedUp)
  }
}

/** Tells the sender, if it has not been told, that its message is in the buffer or received. */
function accept<T>(offer: Offer<T>): void {
  const { sender } = offer
  offer.sender = undefined
  sender?.complete()
}
