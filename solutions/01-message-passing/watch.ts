/**
 * A value that changes, for whoever wants to know the latest: configuration,
 * the current leader, the request to shut down.
 *
 * There is no queue and so nothing to overflow. A watcher that is slow skips
 * what was overwritten meanwhile: what it receives next is always the latest.
 */
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { Condition } from '#message-passing/condition'
import { NOT_READY } from '#message-passing/operation'
import { Receiver } from '#message-passing/receiver'

/** A value with watchers. They are handed the value itself and no copy: let it be one that nobody changes. */
export class Watch<T> {
  readonly #changed = new Condition()
  #value: T
  #version = 0
  #closed = false

  constructor(initial: T) {
    this.#value = initial
  }

  get value(): T {
    return this.#value
  }

  get closed(): boolean {
    return this.#closed
  }

  /**
   * Replaces the value. Watchers are told even if it is equal to the one before. Throws `ChannelClosed`, and changes nothing, once the watch is closed.
   *
   * @exercise 1.4d Replace the value, give it a new version, and tell everybody who waits.
   */
  set(value: T): void {
    if (this.#closed) throw new ChannelClosed()
    this.#value = value
    this.#version++
    this.#changed.notifyAll()
  }

  /** Says that the value will not change again. */
  close(): void {
    this.#closed = true
    this.#changed.notifyAll()
  }

  /**
   * A watcher that has seen nothing yet: the first value that it receives is
   * the present one, and each later one is newer than the one before.
   *
   * @exercise 1.4e Return a receiver that looks for a version that it has not seen.
   */
  watcher(): Receiver<T> {
    let seen = -1
    return new Receiver(
      this.#changed.until(() => {
        if (seen === this.#version) return this.#closed ? CLOSED : NOT_READY
        seen = this.#version
        return this.#value
      }),
    )
  }
}
