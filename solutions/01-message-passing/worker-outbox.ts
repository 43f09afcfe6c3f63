/**
 * The sending end of a channel whose receiver is on another thread.
 *
 * The two ends share no memory, so the sender can't see how full the receiver's
 * buffer is. It counts *credits* instead: it begins with `capacity` of them,
 * each message takes one, and the other side gives them back as it receives. So
 * at most `capacity` messages are sent and not yet received, wherever they are.
 *
 * A message is copied, or moved, at the moment in which it is sent. Changing an
 * object afterwards changes nothing for the other side, and a buffer that was
 * moved is gone. Numbers, strings and the like can't change, and so needn't be
 * posted at once: all that are sent in one turn share a post, the dear part of
 * a send. To send many small objects fast, send arrays of them.
 */
import { ChannelClosed } from '#message-passing/channel'
import { macrotask } from '#message-passing/macrotask'
import { type Completion, NOT_READY, type Operation, perform, type Withdraw } from '#message-passing/operation'
import { Line, Waiter } from '#message-passing/waiters'
import type { Post } from '#message-passing/worker-frames'
import { ownBuffers } from '#message-passing/worker-transfer'

/** Sends by `post`, at most `capacity` messages ahead of the receiver. O(1) a message, but for copying it. */
export class Outbox<T> {
  /** How many messages can be sent and not yet received. */
  readonly capacity: number
  readonly #post: Post
  readonly #line = new Line<WaitingSender<T>>()
  #credits: number
  /** Messages that are sent and not posted, until this turn is over. */
  #batch: T[] = []
  /** Makes the error that refuses a send, once nothing can be sent any more. */
  #refusal: (() => Error) | undefined

  /** Throws a `RangeError` when `capacity` is not a whole number from 1 up. */
  constructor(capacity: number, post: Post) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`a capacity between threads is a whole number from 1 up, not ${capacity}`)
    }
    this.capacity = capacity
    this.#credits = capacity
    this.#post = post
  }

  get closed(): boolean {
    return this.#refusal !== undefined
  }

  /**
   * Sends without waiting, or returns `false` when there is no credit. Throws
   * `ChannelClosed` once the outbox is closed, `WorkerFailed` once the other side
   * has failed, and a `DataCloneError` for a message that can't be copied (a
   * function, for instance): then nothing was sent.
   */
  trySend(value: T): boolean {
    if (this.#refusal !== undefined) throw this.#refusal()
    if (this.#credits === 0) return false // senders wait only while there is no credit: no queue to jump
    this.#dispatch(value)
    return true
  }

  /** Sends, and waits for a credit if there is none. Fails as `trySend` does, or with the signal's reason. */
  send(value: T, signal?: AbortSignal): Promise<void> {
    return perform(this.sending(value), signal)
  }

  /** A send as an `Operation`, to be waited for alone or among others. */
  sending(value: T): Operation<void> {
    return new Sending(this, this.#line, value)
  }

  /** Says that nothing more will be sent. Senders that wait fail with `ChannelClosed`. */
  close(): void {
    if (this.closed) return
    this.#flush()
    this.#post({ kind: 'closed' }, [])
    this.end(() => new ChannelClosed())
  }

  /** Credits came back: whoever has waited longest sends first. */
  grant(count: number): void {
    this.#credits += count
    while (this.#credits > 0) {
      const sender = this.#line.take()
      if (sender === undefined) return
      try {
        this.#dispatch(sender.value)
        sender.completion.complete()
      } catch (error) {
        sender.completion.fail(error) // this message can't be copied; the next one may
      }
    }
  }

  /** Refuses every send from now on, and those that wait. What was sent before is still posted. */
  end(refusal: () => Error): void {
    this.#flush()
    this.#refusal ??= refusal
    for (const sender of this.#line.takeAll()) sender.completion.fail(refusal())
  }

  /** Spends a credit and sends. Throws, and leaves all as it was, when the message can't be copied. */
  #dispatch(value: T): void {
    if (!isImmutable(value)) {
      this.#flush()
      this.#post({ kind: 'messages', messages: [value] }, ownBuffers(value))
      this.#credits--
      return
    }
    this.#credits--
    if (this.#batch.push(value) === 1) void macrotask().then(() => this.#flush())
    if (this.#credits === 0) this.#flush()
  }

  #flush(): void {
    if (this.#batch.length === 0) return
    const messages = this.#batch
    this.#batch = []
    this.#post({ kind: 'messages', messages }, [])
  }
}

/** Whether a value can wait to be copied, since it can't change. (A symbol can't be copied at all.) */
function isImmutable(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
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
  readonly #outbox: Outbox<T>
  readonly #line: Line<WaitingSender<T>>
  readonly #value: T

  constructor(outbox: Outbox<T>, line: Line<WaitingSender<T>>, value: T) {
    this.#outbox = outbox
    this.#line = line
    this.#value = value
  }

  attempt(): undefined | typeof NOT_READY {
    return this.#outbox.trySend(this.#value) ? undefined : NOT_READY
  }

  wait(completion: Completion<void>): Withdraw {
    const sender = new WaitingSender(completion, this.#value)
    this.#line.join(sender)
    return () => sender.leave()
  }
}
