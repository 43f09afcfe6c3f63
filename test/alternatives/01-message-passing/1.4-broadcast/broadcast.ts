/**
 * Another broadcast: each subscriber has a mailbox of its own, and the
 * publisher drops what is oldest in those that are full. A dropped message
 * leaves its count to the one behind it.
 */
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { type Completion, NOT_READY, type Operation } from '#message-passing/operation'
import { Receiver } from '#message-passing/receiver'

export interface Delivery<T> {
  readonly value: T
  readonly missed: number
}

type Message<T> = Delivery<T> | typeof CLOSED

export class Broadcast<T> {
  readonly capacity: number
  readonly #copy: (value: T) => T
  readonly #mailboxes: Mailbox<T>[] = []
  #published = 0
  #closed = false

  constructor(capacity: number, copy: (value: T) => T = structuredClone) {
    if (!Number.isSafeInteger(capacity) || capacity <= 0)
      throw new RangeError(`no capacity for a broadcast: ${capacity}`)
    this.capacity = capacity
    this.#copy = copy
  }

  get closed(): boolean {
    return this.#closed
  }

  get published(): number {
    return this.#published
  }

  publish(value: T): void {
    if (this.#closed) throw new ChannelClosed()
    const kept = this.#copy(value)
    this.#published++
    for (const mailbox of this.#mailboxes) mailbox.put(kept)
  }

  close(): void {
    this.#closed = true
    for (const mailbox of this.#mailboxes) mailbox.close()
  }

  subscribe(): Receiver<Delivery<T>> {
    const mailbox = new Mailbox(this.capacity, this.#copy)
    if (this.#closed) mailbox.close()
    this.#mailboxes.push(mailbox)
    return new Receiver(mailbox)
  }
}

class Mailbox<T> implements Operation<Message<T>> {
  readonly #capacity: number
  readonly #copy: (value: T) => T
  readonly #messages: Delivery<T>[] = []
  #waiting: Completion<Message<T>>[] = []
  #closed = false

  constructor(capacity: number, copy: (value: T) => T) {
    this.#capacity = capacity
    this.#copy = copy
  }

  put(value: T): void {
    let missed = 0
    if (this.#messages.length === this.#capacity) missed = (this.#messages.shift()?.missed ?? 0) + 1
    this.#messages.push({ value, missed: 0 })
    const oldest = this.#messages[0]
    if (oldest !== undefined && missed > 0) this.#messages[0] = { ...oldest, missed: oldest.missed + missed }
    this.#serve()
  }

  close(): void {
    this.#closed = true
    this.#serve()
  }

  attempt(): Message<T> | typeof NOT_READY {
    const oldest = this.#messages.shift()
    if (oldest !== undefined) return { value: this.#copy(oldest.value), missed: oldest.missed }
    return this.#closed ? CLOSED : NOT_READY
  }

  wait(completion: Completion<Message<T>>): () => void {
    this.#waiting.push(completion)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== completion)
    }
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const message = this.attempt()
      if (message === NOT_READY) return
      this.#waiting.shift()?.complete(message)
    }
  }
}
