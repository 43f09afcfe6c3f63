/**
 * What will happen, in the order in which it will: a binary heap.
 *
 * Events of the same moment leave in the order in which they were added, so a
 * run doesn't depend on how the heap happens to lie. Adding and taking cost
 * O(log n).
 *
 * ```
 *            [0] next
 *        [1]         [2]        each parent comes before its two children:
 *      [3] [4]     [5] [6]      i has 2i + 1 and 2i + 2
 * ```
 */

/** Something that is due at a moment. */
export interface Scheduled {
  /** When, in milliseconds of virtual time. */
  readonly atMs: number
  /** Tells apart events of one moment. Given by the queue. */
  order: number
}

/** The events that are still to come. */
export class EventQueue<E extends Scheduled> {
  readonly #heap: E[] = []
  #added = 0

  get size(): number {
    return this.#heap.length
  }

  /** The next event, which stays in the queue. */
  get next(): E | undefined {
    return this.#heap[0]
  }

  /** Throws a `RangeError` when the event's moment is no number: nothing comes before or after that. */
  add(event: E): void {
    if (Number.isNaN(event.atMs)) throw new RangeError(`an event needs a moment in ms, not ${event.atMs}`)
    event.order = this.#added++
    const heap = this.#heap
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const parentIndex = (index - 1) >>> 1
      const parent = heap[parentIndex] as E // 0 <= parentIndex < index
      if (isBefore(parent, event)) break
      heap[index] = parent
      index = parentIndex
    }
    heap[index] = event
  }

  /** Takes the next event out. */
  take(): E | undefined {
    const heap = this.#heap
    const next = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return next
    this.#sink(last)
    return next
  }

  /** Lets `event` take the root's place, and then sink to where it belongs. */
  #sink(event: E): void {
    const heap = this.#heap
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      if (left >= heap.length) break
      const right = left + 1
      const leftChild = heap[left] as E // left < heap.length
      const rightChild = heap[right]
      const isRight = rightChild !== undefined && isBefore(rightChild, leftChild)
      const child = isRight ? rightChild : leftChild
      if (isBefore(event, child)) break
      heap[index] = child
      index = isRight ? right : left
    }
    heap[index] = event
  }
}

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}
