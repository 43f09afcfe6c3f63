/**
 * A condition variable: waits until something about a shared object is so.
 *
 * The object calls `notifyAll` after each change, and everybody who waits looks
 * again; whoever still doesn't find what they wait for goes on waiting. To be
 * told is a hint and not a promise, as in Mesa (Lampson and Redell,
 * "Experience with Processes and Monitors in Mesa", 1980).
 */
import { type Completion, NOT_READY, type Operation } from '#message-passing/operation'
import { Line, Waiter } from '#message-passing/waiters'

export class Condition {
  readonly #line = new Line<Looking<unknown>>()

  /**
   * Completes with what `look` returns, as soon as that is not `NOT_READY`, or fails
   * with what it throws. `look` may change the object when it succeeds.
   */
  until<T>(look: () => T | typeof NOT_READY): Operation<T> {
    return {
      attempt: look,
      wait: (completion) => {
        const waiter = new Looking(completion, look)
        this.#line.join(waiter)
        return () => waiter.leave()
      },
    }
  }

  /** Lets everybody who waits look again, in the order in which they came. O(waiters). */
  notifyAll(): void {
    for (const waiter of this.#line.takeAll()) {
      if (!waiter.lookAgain()) this.#line.join(waiter)
    }
  }
}

class Looking<T> extends Waiter<T> {
  readonly #look: () => T | typeof NOT_READY

  constructor(completion: Completion<T>, look: () => T | typeof NOT_READY) {
    super(completion)
    this.#look = look
  }

  /** Returns whether the wait is over: what was looked for is there, or the look failed. */
  lookAgain(): boolean {
    let outcome: T | typeof NOT_READY
    try {
      outcome = this.#look()
    } catch (error) {
      this.completion.fail(error)
      return true
    }
    if (outcome === NOT_READY) return false
    this.completion.complete(outcome)
    return true
  }
}
