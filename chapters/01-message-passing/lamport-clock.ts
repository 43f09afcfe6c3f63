// Exercise 1.6, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/01-message-passing/1.6-logical-clocks.md, then let `npm run check 1.6` tell you how far you are.
// Stub 539e9992: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * Lamport's logical clock (Lamport, "Time, Clocks, and the Ordering of Events
 * in a Distributed System", 1978): a counter that never contradicts causality.
 *
 * If one event could have caused another, its number is smaller. The converse
 * does not hold: a smaller number says nothing about cause.
 */
import { unimplemented } from '#unimplemented'

/** Counts the events of one host, and keeps its count ahead of every message that arrives there. */
export class LamportClock {
  #time = 0

  /** The number of the latest event. 0 when there was none. */
  get time(): number {
    return this.#time
  }

  /**
   * Counts an event of this host, and returns its number. A message carries the number of its sending.
   *
   * @exercise 1.6a Count the event.
   */
  tick(): number {
    throw unimplemented('1.6a', 'Count the event.')
  }

  /**
   * Counts the receipt of a message that was sent at `sentAt`, and returns the number of the receipt.
   * Throws a `RangeError`, and changes nothing, when `sentAt` is not a safe integer from 0 up.
   *
   * @exercise 1.6a The receipt comes after everything here and after the sending.
   */
  receive(sentAt: number): number {
    throw unimplemented('1.6a', 'The receipt comes after everything here and after the sending.')
  }
}

/** An event's place in a total order that agrees with causality: by time, and by host where times are equal. */
export interface Stamp {
  readonly time: number
  readonly host: string
}

/**
 * Below 0 when `a` comes first, above 0 when `b` does. Every host that compares
 * the same two stamps comes to the same answer, and no two events are equal. Hosts
 * are the same only if their names are, character for character.
 *
 * @exercise 1.6b Order by time, and equal times by host.
 */
export function compareStamps(a: Stamp, b: Stamp): number {
  throw unimplemented('1.6b', 'Order by time, and equal times by host.')
}
