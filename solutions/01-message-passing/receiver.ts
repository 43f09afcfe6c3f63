/**
 * The receiving end of a source: one message after another, until `CLOSED`.
 * What a subscriber of a `Broadcast` and a watcher of a `Watch` hold in hand.
 */
import { CLOSED } from '#message-passing/channel'
import { type Operation, perform } from '#message-passing/operation'

export class Receiver<T> implements AsyncIterable<T> {
  readonly #receiving: Operation<T | typeof CLOSED>

  /** `receiving` is performed once for each receive: unlike most operations, it must allow that. */
  constructor(receiving: Operation<T | typeof CLOSED>) {
    this.#receiving = receiving
  }

  /** The next message, or `CLOSED` when none is left and none will come. Rejects with the signal's reason. */
  receive(signal?: AbortSignal): Promise<T | typeof CLOSED> {
    return perform(this.#receiving, signal)
  }

  /** A receive as an `Operation`, to be waited for alone or among others. */
  receiving(): Operation<T | typeof CLOSED> {
    return this.#receiving
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (let received = await this.receive(); received !== CLOSED; received = await this.receive()) yield received
  }
}
