// Exercise 1.4, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/01-message-passing/1.4-broadcast.md, then let `npm run check 1.4` tell you how far you are.
// Stub 37f88bbf: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * One sender's messages to everybody who subscribes.
 *
 * A channel with many receivers gives each message to one of them; a broadcast
 * gives each message to all. Then whose pace should the sender keep? Here: its
 * own. It keeps the last `capacity` messages and never waits, and a subscriber
 * that falls further behind loses the oldest and is told how many.
 *
 * Messages are numbered from 0 up. A subscription is only a cursor, the number
 * of the message that it will read next. With a capacity of 4, and 11 published:
 *
 * ```
 *       gone  |       kept        | next
 *   ...  5  6 |  7   8    9    10 |  11
 *           ^        ^               ^
 *         slow     behind        up to date
 * ```
 *
 * The slow one reads 7 next, and is told that it missed 1; the one behind reads
 * 8 and has missed none; the one up to date waits for 11.
 */
import { ChannelClosed, CLOSED } from '#message-passing/channel'
import { Condition } from '#message-passing/condition'
import { NOT_READY } from '#message-passing/operation'
import { Receiver } from '#message-passing/receiver'
import { unimplemented } from '#unimplemented'

/** A message, and how many the subscriber missed right before it: 0, unless it fell behind. */
export interface Delivery<T> {
  readonly value: T
  readonly missed: number
}

export class Broadcast<T> {
  /** How many messages a subscriber can fall behind before it loses some. */
  readonly capacity: number
  readonly #copy: (value: T) => T
  readonly #changed = new Condition()
  /** Message n stands at `n % capacity`, until message n + capacity takes its place. */
  readonly #ring: T[] = []
  #published = 0
  #closed = false

  /**
   * `copy` is called once for each message published and once for each one
   * received, so that no two tasks share an object. By default it is
   * `structuredClone`. Throws a `RangeError` when `capacity` is not a whole number from 1 up.
   */
  constructor(capacity: number, copy: (value: T) => T = structuredClone) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`a broadcast's capacity is a whole number from 1 up, not ${capacity}`)
    }
    this.capacity = capacity
    this.#copy = copy
  }

  get closed(): boolean {
    return this.#closed
  }

  /** The number of messages published so far, and so the number that the next one gets. */
  get published(): number {
    return this.#published
  }

  /**
   * Publishes a message to everybody who is subscribed now, without waiting.
   * Throws `ChannelClosed` once the broadcast is closed. Throws what `copy` throws, and publishes nothing.
   *
   * @exercise 1.4b Put a copy in the place of the oldest message, count it, and tell everybody who waits.
   */
  publish(value: T): void {
    throw unimplemented(
      '1.4b',
      'Put a copy in the place of the oldest message, count it, and tell everybody who waits.',
    )
  }

  /** Says that nothing more will be published. Subscribers can still receive what is kept. */
  close(): void {
    this.#closed = true
    this.#changed.notifyAll()
  }

  /** Subscribes to what is published from now on. A subscription holds nothing, so it needs no end. */
  subscribe(): Receiver<Delivery<T>> {
    let next = this.#published
    return new Receiver(
      this.#changed.until(() => {
        if (next === this.#published) return this.#closed ? CLOSED : NOT_READY
        const delivery = this.#read(next)
        next += delivery.missed + 1
        return delivery
      }),
    )
  }

  /**
   * The message at the cursor `next`, which is less than `published`; or the
   * oldest that is kept, when the one at the cursor is gone.
   *
   * @exercise 1.4c Find the oldest message from the cursor on that is still there, and count those that are not.
   */
  #read(next: number): Delivery<T> {
    throw unimplemented(
      '1.4c',
      'Find the oldest message from the cursor on that is still there, and count those that are not.',
    )
  }
}
