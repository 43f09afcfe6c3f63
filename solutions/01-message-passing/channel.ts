/**
 * A bounded first-in, first-out channel: any number of tasks send into it, any
 * number receive from it, and each message is received once.
 *
 * The bound is the point. While the buffer is full, senders wait, and so a slow
 * receiver slows its senders down: *backpressure*. With capacity 0 there is no
 * buffer, and a send completes at the moment a receiver takes the message: a
 * *rendezvous* (Hoare, "Communicating Sequential Processes", 1978).
 *
 * What holds between any two calls:
 * - the buffer holds at most `capacity` messages;
 * - senders wait only while the buffer is full, receivers only while it is empty;
 * - so senders and receivers don't wait at the same time, unless one `select` waits at both ends;
 * - nobody waits in a closed channel.
 */
import { type Completion, NOT_READY, type Operation, perform, type Withdraw } from '#message-passing/operation'
import { Queue } from '#message-passing/queue'
import { Line, Waiter } from '#message-passing/waiters'

/** Received in place of a message once the channel is closed and drained. */
export const CLOSED: unique symbol = Symbol('closed')

/** What `tryReceive` returns when there is no message now, but one may still come. */
export const EMPTY: unique symbol = Symbol('empty')

/** A send into a closed channel. Definite: the message was not sent and never will be. */
export class ChannelClosed extends Error {
  override readonly name = 'ChannelClosed'
  readonly code = 'CHANNEL_CLOSED'

  constructor() {
    super('the channel is closed: this message was not sent')
  }
}

export class Channel<T> implements AsyncIterable<T> {
  /** The number of messages that the buffer holds at most. */
  readonly capacity: number
  readonly #buffer = new Queue<T>()
  readonly #senders = new Line<WaitingSender<T>>()
  readonly #receivers = new Line<Waiter<T | typeof CLOSED>>()
  #closed = false

  /** Throws a `RangeError` when `capacity` is not a whole number from 0 up. */
  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 0) {
      throw new RangeError(`a channel's capacity is a whole number from 0 up, not ${capacity}`)
    }
    this.capacity = capacity
  }

  /** The number of messages in the buffer now. */
  get size(): number {
    return this.#buffer.size
  }

  get closed(): boolean {
    return this.#closed
  }

  /**
   * Sends without waiting: to the receiver that has waited longest or, when
   * nobody waits, into the buffer. Returns `false`, and sends nothing, when
   * there is no room either. Throws `ChannelClosed` once the channel is closed.
   *
   * @exercise 1.1a Hand the message to the first waiting receiver, or buffer it if there is room, or return false.
   */
  trySend(value: T): boolean {
    if (this.#closed) throw new ChannelClosed()
    const receiver = this.#receivers.take()
    if (receiver !== undefined) {
      receiver.completion.complete(value)
      return true
    }
    if (this.#buffer.size >= this.capacity) return false
    this.#buffer.add(value)
    return true
  }

  /**
   * Receives the oldest message without waiting. The place that comes free goes
   * to the sender that has waited longest. Returns `EMPTY` when there is no
   * message now, and `CLOSED` when there will never be one again.
   *
   * @exercise 1.1b Take the oldest message, and let the first waiting sender move up into the free place.
   */
  tryReceive(): T | typeof EMPTY | typeof CLOSED {
    const sender = this.#senders.take()
    if (sender !== undefined) {
      this.#buffer.add(sender.value) // over capacity for two lines: the oldest leaves next
      sender.completion.complete()
    }
    if (this.#buffer.size > 0) return this.#buffer.take()
    return this.#closed ? CLOSED : EMPTY
  }

  /**
   * Sends, and waits until the message is in the buffer or with its receiver.
   *
   * Rejects with `ChannelClosed` when the channel is closed before that, and
   * with the signal's reason when `signal` is aborted before that. Both are
   * definite: the message was not sent and never will be.
   */
  send(value: T, signal?: AbortSignal): Promise<void> {
    return perform(this.sending(value), signal)
  }

  /**
   * Receives the next message, or `CLOSED` once the channel is closed and drained.
   * Rejects with the signal's reason when `signal` is aborted first; that loses no message.
   */
  receive(signal?: AbortSignal): Promise<T | typeof CLOSED> {
    return perform(this.receiving(), signal)
  }

  /** A send as an `Operation`, to be waited for alone or among others. */
  sending(value: T): Operation<void> {
    return new Sending(this, this.#senders, value)
  }

  /** A receive as an `Operation`, to be waited for alone or among others. */
  receiving(): Operation<T | typeof CLOSED> {
    return new Receiving(this, this.#receivers)
  }

  /**
   * Says that nothing more will be sent. What is in the buffer can still be
   * received. Senders that wait now fail with `ChannelClosed`, receivers that
   * wait now get `CLOSED`. Closing again does nothing.
   *
   * @exercise 1.1d Refuse what is sent from now on, and end every wait.
   */
  close(): void {
    this.#closed = true
    for (const sender of this.#senders.takeAll()) sender.completion.fail(new ChannelClosed())
    for (const receiver of this.#receivers.takeAll()) receiver.completion.complete(CLOSED)
  }

  /** Receives until the channel is closed and drained. Leaving the loop early does not close the channel. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return { next: () => this.receive().then(iteratorResult) }
  }

  /** The same for a loop that can be cancelled: it throws the signal's reason when `signal` is aborted. */
  messages(signal: AbortSignal): AsyncIterable<T> {
    return { [Symbol.asyncIterator]: () => ({ next: () => this.receive(signal).then(iteratorResult) }) }
  }
}

function iteratorResult<T>(received: T | typeof CLOSED): IteratorResult<T, undefined> {
  return received === CLOSED ? { done: true, value: undefined } : { done: false, value: received }
}

/** A sender in line, with the message that it holds. */
class WaitingSender<T> extends Waiter<void> {
  readonly value: T

  constructor(completion: Completion<void>, value: T) {
    super(completion)
    this.value = value
  }
}

class Sending<T> implements Operation<void> {
  readonly #channel: Channel<T>
  readonly #line: Line<WaitingSender<T>>
  readonly #value: T

  constructor(channel: Channel<T>, line: Line<WaitingSender<T>>, value: T) {
    this.#channel = channel
    this.#line = line
    this.#value = value
  }

  attempt(): undefined | typeof NOT_READY {
    return this.#channel.trySend(this.#value) ? undefined : NOT_READY
  }

  /**
   * Stands in line with the message.
   *
   * @exercise 1.1c Let a waiting sender join its line, and return the function that takes it out again.
   */
  wait(completion: Completion<void>): Withdraw {
    const sender = new WaitingSender(completion, this.#value)
    this.#line.join(sender)
    return () => sender.leave()
  }
}

class Receiving<T> implements Operation<T | typeof CLOSED> {
  readonly #channel: Channel<T>
  readonly #line: Line<Waiter<T | typeof CLOSED>>

  constructor(channel: Channel<T>, line: Line<Waiter<T | typeof CLOSED>>) {
    this.#channel = channel
    this.#line = line
  }

  attempt(): T | typeof CLOSED | typeof NOT_READY {
    const received = this.#channel.tryReceive()
    return received === EMPTY ? NOT_READY : received
  }

  /**
   * Stands in line for a message.
   *
   * @exercise 1.1c Let a waiting receiver join its line, and return the function that takes it out again.
   */
  wait(completion: Completion<T | typeof CLOSED>): Withdraw {
    const receiver = new Waiter(completion)
    this.#line.join(receiver)
    return () => receiver.leave()
  }
}
