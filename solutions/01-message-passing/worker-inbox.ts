/**
 * The receiving end of a channel whose sender is on another thread: a `Channel`
 * that the other side fills, and a count of what has been taken out of it.
 *
 * Credits go back half a capacity at a time. One at a time would be a post for
 * each message; all at once would leave the sender waiting while the last ones
 * are on their way. Half is safe: a sender without a credit means that
 * `capacity` messages are under way or received, and once the last of them is
 * received at least half a capacity is owed.
 */
import { Channel, CLOSED, EMPTY } from '#message-passing/channel'
import { type Completion, NOT_READY, type Operation, type Withdraw } from '#message-passing/operation'
import { Receiver } from '#message-passing/receiver'

/** Takes what arrives, hands it out by its `receiver`, and calls `giveBack` with the credits that come free. */
export class Inbox<T> {
  /** What the tasks of this side receive from. */
  readonly receiver: InboxReceiver<T>
  readonly #channel: Channel<T>
  readonly #giveBack: (credits: number) => void
  #owed = 0
  /** Makes the error that receivers get after the last message, when the other side has failed. */
  #failure: (() => Error) | undefined

  constructor(capacity: number, giveBack: (credits: number) => void) {
    this.#channel = new Channel(capacity)
    this.#giveBack = giveBack
    this.receiver = new InboxReceiver(new Receiving(this, this.#channel.receiving()))
  }

  /** Messages arrived. The sender had a credit for each, so there is room. */
  deliver(messages: readonly T[]): void {
    for (const message of messages) {
      if (!this.#channel.trySend(message)) throw new RangeError('the other thread sent more than it had credits for')
    }
  }

  /** No messages will arrive any more. What has arrived can still be received; then comes `CLOSED`, or the failure. */
  end(failure?: () => Error): void {
    this.#failure ??= failure
    this.#channel.close()
  }

  /** Counts a received message. Throws the failure in the place of `CLOSED`, if there was one. */
  received(outcome: T | typeof CLOSED): T | typeof CLOSED {
    if (outcome === CLOSED) {
      if (this.#failure !== undefined) throw this.#failure()
      return CLOSED
    }
    this.#owed++
    if (this.#owed * 2 >= this.#channel.capacity) {
      const credits = this.#owed
      this.#owed = 0
      this.#giveBack(credits)
    }
    return outcome
  }
}

/** A receiver that need not wait. */
export class InboxReceiver<T> extends Receiver<T> {
  /**
   * The next message, if it is here; `EMPTY` if it may still come, and `CLOSED`
   * if none will. Throws the failure once the other side has failed.
   */
  tryReceive(): T | typeof EMPTY | typeof CLOSED {
    const outcome = this.receiving().attempt()
    return outcome === NOT_READY ? EMPTY : outcome
  }
}

/** The channel's own receive, with `Inbox.received` behind it. */
class Receiving<T> implements Operation<T | typeof CLOSED> {
  readonly #inbox: Inbox<T>
  readonly #inner: Operation<T | typeof CLOSED>

  constructor(inbox: Inbox<T>, inner: Operation<T | typeof CLOSED>) {
    this.#inbox = inbox
    this.#inner = inner
  }

  attempt(): T | typeof CLOSED | typeof NOT_READY {
    const outcome = this.#inner.attempt()
    return outcome === NOT_READY ? NOT_READY : this.#inbox.received(outcome)
  }

  wait(completion: Completion<T | typeof CLOSED>): Withdraw {
    return this.#inner.wait(new Counted(this.#inbox, completion))
  }
}

class Counted<T> implements Completion<T | typeof CLOSED> {
  readonly #inbox: Inbox<T>
  readonly #completion: Completion<T | typeof CLOSED>

  constructor(inbox: Inbox<T>, completion: Completion<T | typeof CLOSED>) {
    this.#inbox = inbox
    this.#completion = completion
  }

  complete(outcome: T | typeof CLOSED): void {
    try {
      this.#completion.complete(this.#inbox.received(outcome))
    } catch (error) {
      this.#completion.fail(error)
    }
  }

  fail(error: unknown): void {
    this.#completion.fail(error)
  }
}
