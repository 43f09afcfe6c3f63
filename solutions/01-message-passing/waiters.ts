/**
 * The line in which waits stand: first come, first served, and anyone may
 * leave from the middle.
 *
 * A doubly linked ring around a sentinel, because a cancelled wait leaves in
 * O(1) wherever it stands. In an array, each of a thousand cancelled waits
 * would have to search the line first.
 *
 * ```
 *   sentinel <-> first <-> second <-> third <-> sentinel
 * ```
 */
import type { Completion } from '#message-passing/operation'

class Place {
  previous: Place = this
  next: Place = this
}

/** Somebody who waits for a T, and how to tell them. */
export class Waiter<T> extends Place {
  readonly completion: Completion<T>

  constructor(completion: Completion<T>) {
    super()
    this.completion = completion
  }

  /** Leaves the line. Leaving again, or after having been taken, does nothing. */
  leave(): void {
    this.previous.next = this.next
    this.next.previous = this.previous
    this.previous = this
    this.next = this
  }
}

export class Line<W extends Waiter<never>> {
  readonly #sentinel = new Place()

  get isEmpty(): boolean {
    return this.#sentinel.next === this.#sentinel
  }

  /** Lets `waiter` stand in line, last. */
  join(waiter: W): void {
    const last = this.#sentinel.previous
    waiter.previous = last
    waiter.next = this.#sentinel
    last.next = waiter
    this.#sentinel.previous = waiter
  }

  /** Takes the first out of the line, or returns `undefined` when nobody waits. */
  take(): W | undefined {
    if (this.isEmpty) return undefined
    const first = this.#sentinel.next as W // every place but the sentinel was added by `join`
    first.leave()
    return first
  }

  /**
   * Takes everybody who stands in line now, one by one, in order. Who joins
   * later is not among them, and neither is who leaves before their turn: the
   * first to be told may withdraw the next.
   */
  *takeAll(): Generator<W, void> {
    const present = new Line<W>()
    if (!this.isEmpty) present.#adopt(this.#sentinel)
    for (let waiter = present.take(); waiter !== undefined; waiter = present.take()) yield waiter
  }

  /** Puts this line's sentinel in the place of another's, whose line is empty then. */
  #adopt(other: Place): void {
    this.#sentinel.previous = other.previous
    this.#sentinel.next = other.next
    other.previous.next = this.#sentinel
    other.next.previous = this.#sentinel
    other.previous = other
    other.next = other
  }
}
